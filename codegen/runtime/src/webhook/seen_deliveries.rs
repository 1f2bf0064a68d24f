//! What [`Deliveries`](super::Deliveries) remembers: hashes and times, up to a number of resources.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};

/// An id as two hashes under random keys: its size does not depend on the id, and a sender cannot choose two ids that collide.
pub(super) type Key = (u64, u64);

/// How many states of one version are remembered.
const STATES: usize = 8;

/// Why a delivery needs no handling.
pub(super) enum Known {
    Repeated,
    Outdated,
}

/// The resources that changed last.
pub(super) struct Memory<V> {
    resources: HashMap<Key, Resource<V>>,
    /// The same keys, by the turn in which they changed.
    turns: BTreeMap<u64, Key>,
    turn: u64,
    capacity: usize,
    /// Those that are being handled.
    busy: HashSet<Key>,
    hashers: (RandomState, RandomState),
}

struct Resource<V> {
    /// The latest version.
    version: Option<V>,
    /// The states that were handled of it, the last one at the end.
    states: Vec<u64>,
    turn: u64,
}

impl<V> Memory<V> {
    pub(super) fn key(&self, id: &str) -> Key {
        (self.hashers.0.hash_one(id), self.hashers.1.hash_one(id))
    }

    pub(super) fn fingerprint<S: Hash + ?Sized>(&self, state: &S) -> u64 {
        self.hashers.0.hash_one(state)
    }

    /// Marks a resource as being handled; false if it is already.
    pub(super) fn take(&mut self, key: Key) -> bool {
        self.busy.insert(key)
    }

    pub(super) fn give_back(&mut self, key: Key) {
        self.busy.remove(&key);
    }
}

impl<V: Ord> Memory<V> {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            resources: HashMap::new(),
            turns: BTreeMap::new(),
            turn: 0,
            capacity,
            busy: HashSet::new(),
            hashers: (RandomState::new(), RandomState::new()),
        }
    }

    /// What is known of a version; `None` where it is new, or might be.
    pub(super) fn judge(&self, key: Key, version: Option<&V>, state: u64) -> Option<Known> {
        let known = self.resources.get(&key)?;
        let is_repeated = match (version, &known.version) {
            (Some(version), Some(latest)) => match version.cmp(latest) {
                Ordering::Less => return Some(Known::Outdated),
                Ordering::Equal => known.states.contains(&state),
                Ordering::Greater => false,
            },
            (Some(_), None) => false,
            // A state that came back is told from a repeated one by its time alone, so only the last one counts.
            (None, _) => known.states.last() == Some(&state),
        };
        is_repeated.then_some(Known::Repeated)
    }

    /// Notes that a version was handled, and that its resource is free.
    pub(super) fn settle(&mut self, key: Key, version: Option<V>, state: u64) {
        self.give_back(key);
        self.turn += 1;
        let turn = self.turn;
        let known = self.resources.entry(key).or_insert(Resource { version: None, states: Vec::new(), turn });
        self.turns.remove(&known.turn);
        self.turns.insert(turn, key);
        known.turn = turn;
        if version.is_some() && version != known.version {
            known.version = version;
            known.states.clear();
        }
        known.states.retain(|known| *known != state);
        if known.states.len() == STATES {
            known.states.remove(0);
        }
        known.states.push(state);
        while self.resources.len() > self.capacity {
            let Some((_, oldest)) = self.turns.pop_first() else {
                break;
            };
            self.resources.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_remembered_than_there_is_room_for() {
        let mut memory = Memory::new(3);
        for id in 0..100 {
            // The first one keeps changing, so it is kept.
            for id in ["first", &id.to_string()] {
                let key = memory.key(id);
                assert!(memory.take(key));
                memory.settle(key, Some(1), 0);
            }
            assert!(memory.resources.len() <= 3);
            assert_eq!(memory.turns.len(), memory.resources.len());
            assert!(memory.busy.is_empty());
        }
        let is_known = |id: &str| memory.judge(memory.key(id), Some(&1), 0).is_some();
        assert!(is_known("first") && is_known("99") && is_known("98"));
        assert!(!is_known("97"));
    }

    #[test]
    fn of_one_version_only_some_states_are_kept() {
        let mut memory = Memory::new(1);
        let key = memory.key("x");
        for state in 0..100 {
            memory.settle(key, Some(1), state);
        }
        assert_eq!(memory.resources[&key].states, (92..100).collect::<Vec<_>>());
    }
}
