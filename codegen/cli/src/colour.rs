//! Colours on standard error, where a person looks on.

use std::io::{self, IsTerminal};

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
