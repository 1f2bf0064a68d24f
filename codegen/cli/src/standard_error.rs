//! What is said beside the result of a command.

use std::io::{self, Write as _};

/// Writes to standard error. Unlike `eprint!` it does not panic when nobody reads it: the exit code says how the command ended.
pub(crate) fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
