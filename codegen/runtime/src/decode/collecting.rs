//! Whether a reading goes on behind a fault, to find them all.
//!
//! A `Deserialize` implementation can learn it from the thread only.

use std::cell::Cell;

use super::restore::Restore;

/// How many faults are collected: a hostile body must not make more of them than it is long.
pub(crate) const LIMIT: usize = 1000;

thread_local! {
    static COLLECTING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a reading goes on behind a fault.
pub(crate) fn is_collecting() -> bool {
    COLLECTING.get()
}

/// Runs a reading that goes on behind a fault.
#[cfg(feature = "server")]
pub(super) fn collecting<R>(read: impl FnOnce() -> R) -> R {
    let _restore = Restore(&COLLECTING, COLLECTING.replace(true));
    read()
}

/// Runs an attempt, whose faults nobody is told: it ends at the first one.
pub(super) fn without_collecting<R>(attempt: impl FnOnce() -> R) -> R {
    let _restore = Restore(&COLLECTING, COLLECTING.replace(false));
    attempt()
}
