//! One step of the path from the document down to an object or a schema: the key, and the name or index below it.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::pointer;

/// One step from an object or a schema to one in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathStep {
    /// The key, such as `properties`; empty where the holder is a map itself, as `responses` is.
    pub key: &'static str,
    /// Which of the key's values, where it has several.
    pub entry: Entry,
}

/// Which value of a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// The only one.
    Only,
    /// The one with a name.
    Name(Arc<str>),
    /// The one at a place in the list, from zero.
    Index(usize),
}

impl PathStep {
    /// To the only value of a key.
    pub(super) const fn to(key: &'static str) -> Self {
        Self { key, entry: Entry::Only }
    }

    /// To the value of a key that has a name.
    pub(super) fn named(key: &'static str, name: impl Into<Arc<str>>) -> Self {
        Self { key, entry: Entry::Name(name.into()) }
    }

    /// To an item of a key's list.
    pub(crate) const fn item(key: &'static str, index: usize) -> Self {
        Self { key, entry: Entry::Index(index) }
    }

    /// Adds the step to a JSON pointer.
    pub(super) fn write(&self, pointer: &mut String) {
        if !self.key.is_empty() {
            pointer.push('/');
            pointer.push_str(self.key);
        }
        // Writing to a text never fails.
        let _ = match &self.entry {
            Entry::Only => Ok(()),
            Entry::Name(name) => write!(pointer, "/{}", pointer::escape(name)),
            Entry::Index(index) => write!(pointer, "/{index}"),
        };
    }
}
