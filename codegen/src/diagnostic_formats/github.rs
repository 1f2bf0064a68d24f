//! Diagnostics as workflow commands of GitHub.

use std::fmt::Write as _;

use super::advice;
use super::line_column::Lines;
use crate::diagnostic::{Diagnostics, Severity, plain};
use crate::source::{Source, Span};

/// Workflow commands, which GitHub shows as annotations.
pub(super) fn github(diagnostics: &Diagnostics, source: &Source) -> String {
    let mut lines = Lines::new(source);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.span();
        let start = lines.position(span);
        let end = lines.position(Span { start: span.end, ..span });
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let file = property(&plain(source.name(span.file)));
        let mut message = diagnostic.message.clone();
        if let Some(advice) = advice(diagnostic) {
            let _ = write!(message, "\n{advice}");
        }
        let _ = write!(out, "::{command} file={file},line={},col={}", start.line, start.column);
        if end.line == start.line {
            let _ = write!(out, ",endColumn={}", end.column);
        }
        let _ = writeln!(out, ",title={}::{}", property(diagnostic.code.as_str()), data(&message));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
