//! Diagnostics as JSON.

use serde::Serialize;

use super::advice;
use super::json_pointers::Pointers;
use super::line_column::Lines;
use crate::diagnostic::{Diagnostic, Diagnostics};
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
