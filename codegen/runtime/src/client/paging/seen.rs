//! Which pages were read, in a few bytes each.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::position::Place;

/// What was read so far: hashes, under a key that is drawn for each list.
#[derive(Default)]
pub(super) struct Seen {
    hashes: HashSet<u64>,
    key: RandomState,
}

impl Seen {
    /// Notes the place of a page; false if it was noted before.
    pub(super) fn place(&mut self, place: &Place) -> bool {
        let hash = self.key.hash_one(("place", place));
        self.hashes.insert(hash)
    }

    /// Notes the items of a page, as they came; false if the same ones were noted before.
    pub(super) fn items(&mut self, text: &str) -> bool {
        let hash = self.key.hash_one(("items", text));
        self.hashes.insert(hash)
    }
}
