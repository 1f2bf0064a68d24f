//! Listings in the manner of rustc.

use std::fmt::Write as _;

use codespan_reporting::diagnostic::{Diagnostic as Report, Label as Mark, LabelStyle, Severity as Level};
use codespan_reporting::term::{self, Config, StylesWriter, termcolor};

use super::Terminal;
use super::excerpt::Excerpts;
use super::json_pointers::Pointers;
use super::line_column::Lines;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, plain};
use crate::source::{Source, Span};
use crate::syntax::Input;

pub(super) fn render(diagnostics: &Diagnostics, input: Input<'_>, terminal: Terminal) -> String {
    let source = input.source;
    let mut lines = Lines::new(source);
    let mut pointers = Pointers::new(input);
    let mut out = String::new();
    for diagnostic in diagnostics {
        // What is cut out of a long line does not show where it belongs.
        let is_cut = lines.is_long(diagnostic.span());
        let pointer = if is_cut { pointers.to(diagnostic.span()) } else { None };
        let listing = listing(diagnostic, source, &mut lines, pointer, terminal);
        // The library can only fail on ranges outside of the text, and these were clamped.
        out.push_str(&listing.unwrap_or_else(|| bare(diagnostic)));
        out.push('\n');
    }
    if diagnostics.omitted() > 0 {
        let _ = writeln!(out, "… and {} more", diagnostics.omitted());
    }
    out
}

/// The beginning of a listing: `warning[unknown-key]`.
pub(super) fn heading(severity: Severity, code: Code, color: bool) -> String {
    let text = format!("{}[{}]", severity.as_str(), code.as_str());
    let style = match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
    };
    if color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text }
}

fn listing<'a>(
    diagnostic: &Diagnostic,
    source: &'a Source,
    lines: &mut Lines<'a>,
    pointer: Option<String>,
    terminal: Terminal,
) -> Option<String> {
    let spans: Vec<Span> = diagnostic.labels().map(|label| label.span).collect();
    let (excerpts, markers) = Excerpts::cut(source, lines, &spans);
    let level = match diagnostic.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    let mut report = Report::new(level).with_code(diagnostic.code.as_str()).with_message(&diagnostic.message);
    for (at, (label, marker)) in diagnostic.labels().zip(markers).enumerate() {
        let style = if at == 0 { LabelStyle::Primary } else { LabelStyle::Secondary };
        report = report.with_label(Mark::new(style, marker.excerpt, marker.range).with_message(&label.text));
    }
    if let Some(pointer) = pointer.filter(|pointer| !pointer.is_empty()) {
        report = report.with_note(format!("at: {}", plain(pointer)));
    }
    if let Some(help) = diagnostic.help.as_ref().filter(|help| **help != diagnostic.fault.text) {
        report = report.with_note(format!("help: {help}"));
    }
    report = report.with_note(format!("explain: {} explain {}", terminal.program.as_str(), diagnostic.code.as_str()));
    let config = Config { start_context_lines: 1, ..Config::default() };
    let mut text = Vec::new();
    let emitted = if terminal.color {
        let styles = term::Styles::default();
        let mut writer = StylesWriter::new(termcolor::Ansi::new(&mut text), &styles);
        term::emit_to_write_style(&mut writer, &config, &excerpts, &report)
    } else {
        term::emit_to_io_write(&mut text, &config, &excerpts, &report)
    };
    emitted.ok()?;
    let text = String::from_utf8(text).ok()?;
    // The library ends lines without text with blanks.
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    Some(lines.join("\n") + "\n")
}

fn bare(diagnostic: &Diagnostic) -> String {
    format!("{}[{}]: {}\n", diagnostic.severity.as_str(), diagnostic.code.as_str(), diagnostic.message)
}
