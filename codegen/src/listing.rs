//! Diagnostics in the formats that people and programs read.

mod excerpt;
mod human;
mod lines;
mod machine;
mod pointers;
mod summary;

use crate::diagnostic::Diagnostics;
use crate::source::Source;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Listings in the manner of rustc.
    Human {
        /// Whether to colour them with ANSI escapes.
        color: bool,
    },
    /// One JSON object a line.
    Json,
    /// Annotations that GitHub shows in a pull request.
    GitHub,
}

/// Prints diagnostics in their order.
#[must_use]
pub fn render(diagnostics: &Diagnostics, source: &Source, format: Format) -> String {
    match format {
        Format::Human { color } => human::render(diagnostics, source, color),
        Format::Json => machine::json(diagnostics, source),
        Format::GitHub => machine::github(diagnostics, source),
    }
}

/// Prints warnings by their codes, three places of each, and then the errors in full.
#[must_use]
pub fn summary(diagnostics: &Diagnostics, source: &Source, color: bool) -> String {
    summary::render(diagnostics, source, color)
}

#[cfg(test)]
mod tests;
