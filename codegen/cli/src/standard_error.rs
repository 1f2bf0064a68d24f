//! What is said beside the result of a command, in colours where a person looks on.

use std::io::{self, IsTerminal as _, Write as _};

/// Writes to standard error. Unlike `eprint!` it does not panic when nobody reads it: the exit code says how the command ended.
pub(crate) fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// What a word on standard error stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Error,
    Help,
    Added,
    Removed,
}

/// Whether listings on standard error are coloured: on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
pub(crate) fn colour() -> bool {
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !forbidden && !dumb && io::stderr().is_terminal()
}

/// The text in its colour where colour is wanted.
pub(crate) fn paint(style: Style, text: &str) -> String {
    if !colour() {
        return text.to_owned();
    }
    let code = match style {
        Style::Error => "1;31",
        Style::Help => "1;36",
        Style::Added => "32",
        Style::Removed => "31",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}
