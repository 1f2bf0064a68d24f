//! On which side a body is read: a server refuses properties that the document does not allow, a client passes over them.
//!
//! A `Deserialize` implementation can learn it from the thread only.

use std::cell::Cell;

#[cfg(feature = "server")]
use super::restore::Restore;

thread_local! {
    static SERVING: Cell<bool> = const { Cell::new(false) };
    static RECEIVING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a server is reading what a client sent.
pub(crate) fn is_serving() -> bool {
    SERVING.get() && !RECEIVING.get()
}

/// Runs a decoding of what a server received.
#[cfg(feature = "server")]
pub(crate) fn serving<R>(decode: impl FnOnce() -> R) -> R {
    let _restore = Restore(&SERVING, SERVING.replace(true));
    decode()
}

/// Runs a decoding of what the API itself sent, such as a callback: it is read as a client reads a response.
#[cfg(feature = "server")]
pub(crate) fn receiving<R>(decode: impl FnOnce() -> R) -> R {
    let _restore = Restore(&RECEIVING, RECEIVING.replace(true));
    decode()
}
