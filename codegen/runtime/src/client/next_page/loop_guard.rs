//! Which pages were read, in a few bytes each.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::position::Page;

/// What was read so far: hashes, under a key that is drawn for each list.
#[derive(Default)]
pub(in crate::client) struct Seen {
    hashes: HashSet<u64>,
    key: RandomState,
    /// How many pages without items came one after the other.
    empty: u32,
}

/// How many pages without items may follow each other. Servers that filter after they have cut a list into pages give such pages; one
/// that gives nothing else would never come to an end.
const EMPTY: u32 = 1000;

impl Seen {
    /// Remembers a page; false if it was read before.
    pub(in crate::client) fn place(&mut self, place: &Page) -> bool {
        let hash = self.key.hash_one(("place", place));
        self.hashes.insert(hash)
    }

    /// Counts pages without items; false if there were too many in a row.
    pub(in crate::client) fn goes_on(&mut self, is_empty: bool) -> bool {
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        self.empty < EMPTY
    }

    /// Remembers the items of a page as they came; false if the same ones were read before.
    pub(in crate::client) fn items(&mut self, text: &str) -> bool {
        let hash = self.key.hash_one(("items", text));
        self.hashes.insert(hash)
    }
}
