//! On which side a body is read: a server refuses properties that the document does not allow, a client passes over them.
//!
//! A `Deserialize` implementation can learn it from the thread only.

use std::cell::Cell;

#[cfg(feature = "server")]
use super::work_budget::Restore;

thread_local! {
    static SERVING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a server is reading what it received.
pub(crate) fn is_serving() -> bool {
    SERVING.get()
}

/// Runs a decoding of what a server received.
#[cfg(feature = "server")]
pub(crate) fn serving<R>(decode: impl FnOnce() -> R) -> R {
    let _restore = Restore(&SERVING, SERVING.replace(true));
    decode()
}
