//! Diagnostics in the formats that people and programs read.

mod excerpt;
mod human;
mod json_pointers;
mod line_column;
mod machine;
mod summary;

use crate::Program;
use crate::diagnostic::Diagnostics;
use crate::source::Source;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Listings in the manner of rustc.
    Human(Terminal),
    /// One JSON object a line.
    Json,
    /// Annotations that GitHub shows in a pull request.
    GitHub,
}

/// For whom a listing is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Whether to colour it with ANSI escapes.
    pub color: bool,
    /// The program whose commands its reader can type.
    pub program: Program,
}

/// Prints diagnostics in their order.
#[must_use]
pub fn render(diagnostics: &Diagnostics, source: &Source, format: Format) -> String {
    match format {
        Format::Human(terminal) => human::render(diagnostics, source, terminal),
        Format::Json => machine::json(diagnostics, source),
        Format::GitHub => machine::github(diagnostics, source),
    }
}

/// Prints warnings by their codes, three places of each, and then the errors in full.
#[must_use]
pub fn summary(diagnostics: &Diagnostics, source: &Source, terminal: Terminal) -> String {
    summary::render(diagnostics, source, terminal)
}

#[cfg(test)]
mod tests;
