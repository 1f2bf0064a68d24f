//! Diagnostics in the formats that people and programs read.

mod excerpt;
mod github;
mod human;
mod json;
mod json_pointers;
mod line_column;
mod summary;

use crate::Program;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::syntax::Input;

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
///
/// Their JSON pointers come from the trees of [`Gathered`](crate::Gathered) files; what was not parsed there is parsed here.
#[must_use]
pub fn render<'a>(diagnostics: &Diagnostics, input: impl Into<Input<'a>>, format: Format) -> String {
    let input = input.into();
    match format {
        Format::Human(terminal) => human::render(diagnostics, input, terminal),
        Format::Json => json::json(diagnostics, input),
        Format::GitHub => github::github(diagnostics, input.source),
    }
}

/// Prints warnings by their codes, three places of each, and then the errors in full.
#[must_use]
pub fn summary<'a>(diagnostics: &Diagnostics, input: impl Into<Input<'a>>, terminal: Terminal) -> String {
    summary::render(diagnostics, input.into(), terminal)
}

/// What to do, in words: from the marker and from the help.
fn advice(diagnostic: &Diagnostic) -> Option<String> {
    let marked = Some(diagnostic.fault.text.as_str()).filter(|text| !text.is_empty());
    match (marked, diagnostic.help.as_deref()) {
        (Some(marked), Some(help)) if marked != help => Some(format!("{marked}; {help}")),
        (marked, help) => marked.or(help).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
