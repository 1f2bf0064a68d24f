//! What steps from one schema to the next lead to.

use std::collections::HashSet;
use std::hash::Hash;

/// A schema and all that steps from one schema to the next lead to, each once: a schema stands before those that it leads to. The list ends
/// where it has `most` schemas.
pub(crate) fn reachable<Id: Copy + Eq + Hash>(start: Id, most: usize, next: impl Fn(Id) -> Vec<Id>) -> Vec<Id> {
    let (mut found, mut seen, mut pending) = (Vec::new(), HashSet::new(), vec![start]);
    while let Some(id) = pending.pop().filter(|_| found.len() < most) {
        if seen.insert(id) {
            found.push(id);
            pending.extend(next(id).into_iter().rev());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::reachable;

    #[test]
    fn each_schema_is_reached_once_and_before_those_that_it_leads_to() {
        let next = |id: u8| match id {
            0 => vec![1, 3],
            1 => vec![2, 0],
            2 => vec![3],
            _ => Vec::new(),
        };
        assert_eq!(reachable(0, usize::MAX, next), [0, 1, 2, 3]);
        assert_eq!(reachable(0, 2, next), [0, 1]);
    }
}
