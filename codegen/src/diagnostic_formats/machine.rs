//! Diagnostics for other programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::json_pointers::Pointers;
use super::line_column::Lines;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, plain};
use crate::source::{Source, Span};
use crate::syntax::Input;

/// One JSON object a line.
pub(super) fn json(diagnostics: &Diagnostics, input: Input<'_>) -> String {
    let source = input.source;
    let mut lines = Lines::new(source);
    let mut pointers = Pointers::new(input);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let pointer = pointers.to(diagnostic.span());
        // Texts and numbers always have a JSON form.
        out.push_str(&serde_json::to_string(&object(diagnostic, source, &mut lines, pointer)).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// A diagnostic as other programs read it.
#[derive(Serialize)]
struct Object<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    span: Spot<'a>,
    pointer: Option<String>,
    help: Option<String>,
    labels: Vec<Other<'a>>,
}

/// A further place.
#[derive(Serialize)]
struct Other<'a> {
    #[serde(flatten)]
    span: Spot<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

fn object<'a>(
    diagnostic: &'a Diagnostic,
    source: &'a Source,
    lines: &mut Lines<'a>,
    pointer: Option<String>,
) -> Object<'a> {
    let mut spot = |span: Span| {
        let position = lines.position(span);
        Spot { file: source.name(span.file), line: position.line, column: position.column }
    };
    Object {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity.as_str(),
        message: &diagnostic.message,
        span: spot(diagnostic.span()),
        pointer,
        help: advice(diagnostic),
        labels: diagnostic.others.iter().map(|label| Other { span: spot(label.span), text: &label.text }).collect(),
    }
}

/// What to do, in words: from the marker and from the help.
fn advice(diagnostic: &Diagnostic) -> Option<String> {
    let marked = Some(diagnostic.fault.text.as_str()).filter(|text| !text.is_empty());
    match (marked, diagnostic.help.as_deref()) {
        (Some(marked), Some(help)) if marked != help => Some(format!("{marked}; {help}")),
        (marked, help) => marked.or(help).map(str::to_owned),
    }
}

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
