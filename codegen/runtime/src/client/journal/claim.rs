//! Which call holds an entry, and the result of claiming one.

use std::io;
use std::sync::Arc;

use super::Journal;
use crate::client::transport::environment::{Environment, random_key};

/// Who works on entries: one call, by an id that no other call has, on any machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Holder(String);

impl Holder {
    /// A holder with this id. Clients draw one for each call; tests of a journal choose them.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }
}

/// The result of claiming an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// The entry is the holder's, and so is every open entry of its group that no other holder had.
    Taken,
    /// Another holder works on it.
    Held,
    /// It is not open: it was settled meanwhile, or is of another journal.
    NotOpen,
}

/// What a call holds; it lets go of all of it when it is dropped.
pub(in crate::client) struct Claim {
    pub(in crate::client) journal: Arc<dyn Journal>,
    pub(in crate::client) holder: Holder,
}

impl Claim {
    /// A new holder, who holds nothing yet.
    pub(in crate::client) fn new(journal: &Arc<dyn Journal>, environment: &dyn Environment) -> io::Result<Self> {
        Ok(Self { journal: Arc::clone(journal), holder: Holder(random_key(environment)?) })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.journal.release(&self.holder);
    }
}
