//! A value of the thread for as long as something is decoded: [`Restore`].

use std::cell::Cell;
use std::thread::LocalKey;

/// Puts a value back, also when decoding panics.
pub(super) struct Restore<T: Copy + 'static>(pub(super) &'static LocalKey<Cell<T>>, pub(super) T);

impl<T: Copy + 'static> Drop for Restore<T> {
    fn drop(&mut self) {
        self.0.set(self.1);
    }
}
