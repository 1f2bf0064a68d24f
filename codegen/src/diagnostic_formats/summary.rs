//! Many problems in few lines, for documents by others.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Terminal;
use super::human;
use super::json_pointers::Pointers;
use super::line_column::Lines;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, plain};
use crate::source::Source;
use crate::syntax::Input;

/// How many places of a warning are named.
const PLACES: usize = 3;

/// How many errors of one code are listed.
const ERRORS: usize = 20;

pub(super) fn render(diagnostics: &Diagnostics, input: Input<'_>, terminal: Terminal) -> String {
    let mut out = String::new();
    let mut places =
        Positions { source: input.source, lines: Lines::new(input.source), pointers: Pointers::new(input) };
    for (code, found) in by_code(diagnostics, Severity::Warning) {
        let count = found.len() + diagnostics.omitted_warnings(code);
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{}: {}", human::heading(Severity::Warning, code, terminal.color), code.summary());
        for one in found.iter().take(PLACES) {
            let _ = writeln!(out, "  {}  {}", places.of(one), one.message);
        }
        if count > PLACES {
            let _ = writeln!(out, "  … and {} more", count - PLACES);
        }
        let _ = writeln!(out, "  = explain: {} explain {}\n", terminal.program.as_str(), code.as_str());
    }
    out + &errors(diagnostics, input, terminal)
}

fn by_code(diagnostics: &Diagnostics, severity: Severity) -> BTreeMap<Code, Vec<&Diagnostic>> {
    let mut by_code: BTreeMap<Code, Vec<&Diagnostic>> = BTreeMap::new();
    for one in diagnostics.iter().filter(|one| one.severity == severity) {
        by_code.entry(one.code).or_default().push(one);
    }
    by_code
}

/// The errors in the order of the document, no code more often than [`ERRORS`] times.
fn errors(diagnostics: &Diagnostics, input: Input<'_>, terminal: Terminal) -> String {
    let mut listed: BTreeMap<Code, usize> = BTreeMap::new();
    let mut shown = Diagnostics::new();
    for one in diagnostics.iter().filter(|one| one.severity == Severity::Error) {
        let count = listed.entry(one.code).or_default();
        *count += 1;
        if *count <= ERRORS {
            shown.push(one.clone());
        }
    }
    let mut out = human::render(&shown, input, terminal);
    let more = diagnostics.errors().saturating_sub(shown.len());
    if more > 0 {
        let _ = writeln!(out, "… and {more} more errors: {} lint lists them\n", terminal.program.as_str());
    }
    out
}

/// Where a problem is, in a few characters.
struct Positions<'a> {
    source: &'a Source,
    lines: Lines<'a>,
    pointers: Pointers<'a>,
}

impl Positions<'_> {
    fn of(&mut self, one: &Diagnostic) -> String {
        let span = one.span();
        let name = plain(self.source.name(span.file));
        let position = self.lines.position(span);
        let place = format!("{name}:{}:{}", position.line, position.column);
        // In a document on one line, line and column help nobody.
        let pointer = if self.lines.is_long(span) { self.pointers.to(span) } else { None };
        match pointer {
            Some(pointer) => format!("{place} {}", plain(pointer)),
            None => place,
        }
    }
}
