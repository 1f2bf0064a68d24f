//! What is found at a pair of schemas while pairs that it leads back to are still compared. Such a pair is taken to be the same as long as it
//! is compared, so what rests on it holds as long.

use std::collections::HashMap;

use super::Pair;

/// Pairs that are still compared, by how deep they stand in each other; one bit for each.
pub(super) type Rests = u32;

/// What is found, and what it rests on.
pub(super) struct Provisional<T> {
    known: HashMap<Pair, (T, Rests)>,
    /// By the deepest pair that they rest on, which is compared to its end first.
    by_depth: Vec<Vec<Pair>>,
}

impl<T: Clone> Provisional<T> {
    pub(super) fn new() -> Self {
        Self { known: HashMap::new(), by_depth: Vec::new() }
    }

    /// What is found at a pair so far, and what that rests on.
    pub(super) fn get(&self, pair: Pair) -> Option<(T, Rests)> {
        self.known.get(&pair).cloned()
    }

    /// Keeps what is found as long as what it rests on is compared; what rests on nothing is not kept here.
    pub(super) fn insert(&mut self, pair: Pair, found: T, rests: Rests) {
        let Some(deepest) = rests.checked_ilog2().and_then(|bit| usize::try_from(bit).ok()) else { return };
        if self.by_depth.len() <= deepest {
            self.by_depth.resize(deepest + 1, Vec::new());
        }
        if let Some(all) = self.by_depth.get_mut(deepest) {
            all.push(pair);
        }
        self.known.insert(pair, (found, rests));
    }

    /// Drops what rests on the pair that is so deep: it is compared to its end.
    pub(super) fn leave(&mut self, depth: usize) {
        for pair in self.by_depth.get_mut(depth).map(std::mem::take).unwrap_or_default() {
            self.known.remove(&pair);
        }
    }
}
