//! How the thread decodes: for which side, and whether a reading goes on behind a fault.
//!
//! A `Deserialize` implementation can learn it from the thread only.

use std::cell::Cell;
use std::thread::LocalKey;

/// How many faults are collected: a hostile body must not make more of them than it is long.
pub(crate) const LIMIT: usize = 1000;

thread_local! {
    static SERVING: Cell<bool> = const { Cell::new(false) };
    static RECEIVING: Cell<bool> = const { Cell::new(false) };
    static COLLECTING: Cell<bool> = const { Cell::new(false) };
}

/// Puts a value of the thread back, also when decoding panics.
pub(crate) struct Restore<T: Copy + 'static>(pub(crate) &'static LocalKey<Cell<T>>, pub(crate) T);

impl<T: Copy + 'static> Drop for Restore<T> {
    fn drop(&mut self) {
        self.0.set(self.1);
    }
}

/// Whether a server is reading what a client sent. It refuses properties that the document does not allow, and a client passes over them.
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

/// Whether a reading goes on behind a fault, to find them all.
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
