//! Which entries calls are at work on, so that none is gone on from while its own call, or another resumption of it, is under way.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The ids of entries with a call. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct InHand(Arc<Mutex<HashSet<String>>>);

/// An entry in the hands of one call, until that ends or is dropped.
pub(crate) struct Claim {
    all: InHand,
    id: String,
}

impl InHand {
    /// Takes an entry; `None` if a call has it.
    pub(super) fn take(&self, id: &str) -> Option<Claim> {
        let is_free = self.with(|ids| ids.insert(id.to_owned()));
        is_free.then(|| Claim { all: self.clone(), id: id.to_owned() })
    }

    fn with<R>(&self, action: impl FnOnce(&mut HashSet<String>) -> R) -> R {
        action(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.all.with(|ids| ids.remove(&self.id));
    }
}
