//! Which entries the calls of this process took.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use specie_runtime::client::Holder;

/// The entries that each holder of this process took, by id. A holder is one call, so no other process has any of it.
///
/// The table says who holds a row now; this says what a holder once took, so that it learns what it lost.
#[derive(Debug, Default)]
pub(super) struct Holdings(Mutex<HashMap<String, BTreeSet<String>>>);

impl Holdings {
    pub(super) fn add(&self, holder: &Holder, ids: impl IntoIterator<Item = String>) {
        self.lock().entry(holder.id().to_owned()).or_default().extend(ids);
    }

    pub(super) fn of(&self, holder: &Holder) -> Vec<String> {
        self.lock().get(holder.id()).map(|ids| ids.iter().cloned().collect()).unwrap_or_default()
    }

    /// Forgets a holder; gives what it had.
    pub(super) fn remove(&self, holder: &Holder) -> Vec<String> {
        self.lock().remove(holder.id()).map(|ids| ids.into_iter().collect()).unwrap_or_default()
    }

    /// Nothing panics while it holds the lock.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, BTreeSet<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
