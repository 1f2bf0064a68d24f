//! Findings as people and programs read them.

mod counts;
mod finding_texts;
mod github;
mod human;
mod json;
mod lines;
mod markdown;

use specie_codegen::source::Source;

use crate::{Audience, ComparedCrate, Finding};
use lines::Lines;

/// What [`Format::Json`] prints, as JSON Schema 2020-12.
pub const JSON_SCHEMA: &str = include_str!("../docs/report.schema.json");

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A list for a terminal.
    Human,
    /// One JSON object. Its `schema_version` changes where a program that reads it would fail.
    Json,
    /// A table for a pull request, cut at 60,000 characters.
    Markdown,
    /// Annotations that GitHub shows in a pull request.
    Github,
}

/// The two documents, whose lines are named.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The old document.
    pub old: &'a Source,
    /// The new document.
    pub new: &'a Source,
    /// The revision that the old document is of, where both are one file.
    pub revision: Option<&'a str>,
    /// The crate, where its code was compared as well.
    pub krate: Option<ComparedCrate<'a>>,
}

/// Prints findings, the worst first and otherwise in their order.
#[must_use]
pub fn render(findings: &[Finding], sources: Sources<'_>, format: Format) -> String {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(Audience::ALL.map(|audience| finding.verdict(audience))));
    let mut lines = Lines::new(sources);
    match format {
        Format::Human => human::render(&sorted, &mut lines),
        Format::Json => json::render(&sorted, &mut lines),
        Format::Markdown => markdown::render(&sorted, &mut lines),
        Format::Github => github::render(&sorted, &mut lines),
    }
}
