//! Diagnostics for other programs.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::lines::Lines;
use super::{Diagnostic, Diagnostics, Severity};
use crate::document::{self, Node, pointer};
use crate::source::{Place, Source};

/// One JSON object a line.
pub(super) fn json(diagnostics: &Diagnostics, source: &Source) -> String {
    let mut lines = Lines::new(source);
    let mut trees: Vec<Option<Option<Node>>> = vec![None; source.files.len()];
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = diagnostic.place();
        let slot = trees.get_mut(place.file.index());
        let tree = slot.and_then(|slot| slot.get_or_insert_with(|| document::tree(source, place.file)).as_ref());
        let pointer = tree.map(|tree| pointer_to(tree, place));
        let _ = writeln!(out, "{}", object(diagnostic, source, &mut lines, pointer));
    }
    out
}

fn object(diagnostic: &Diagnostic, source: &Source, lines: &mut Lines<'_>, pointer: Option<String>) -> Value {
    let mut object = Map::new();
    object.insert("code".to_owned(), diagnostic.code.as_str().into());
    object.insert("severity".to_owned(), diagnostic.severity.as_str().into());
    object.insert("message".to_owned(), diagnostic.message.as_str().into());
    insert_place(&mut object, diagnostic.place(), source, lines);
    object.insert("pointer".to_owned(), pointer.into());
    object.insert("help".to_owned(), advice(diagnostic).into());
    let labels = diagnostic.labels.iter().skip(1).map(|label| {
        let mut other = Map::new();
        insert_place(&mut other, label.place, source, lines);
        other.insert("text".to_owned(), label.text.as_str().into());
        Value::Object(other)
    });
    object.insert("labels".to_owned(), labels.collect());
    Value::Object(object)
}

fn insert_place(object: &mut Map<String, Value>, place: Place, source: &Source, lines: &mut Lines<'_>) {
    let position = lines.position(place);
    object.insert("file".to_owned(), source.name(place.file).into());
    object.insert("line".to_owned(), position.line.into());
    object.insert("column".to_owned(), position.column.into());
}

/// What to do, in words: from the marker and from the help.
fn advice(diagnostic: &Diagnostic) -> Option<String> {
    let marked = diagnostic.labels.first().map(|label| label.text.as_str()).filter(|text| !text.is_empty());
    match (marked, diagnostic.help.as_deref()) {
        (Some(marked), Some(help)) if marked != help => Some(format!("{marked}; {help}")),
        (marked, help) => marked.or(help).map(str::to_owned),
    }
}

/// The pointer to the innermost node that holds a place; a key stands for its value.
fn pointer_to(tree: &Node, place: Place) -> String {
    let mut pointer = String::new();
    let mut node = tree;
    loop {
        let entry = node.entries().find(|(key, value)| key.place.contains(place) || value.place.contains(place));
        let item = || node.items().iter().enumerate().find(|(_, item)| item.place.contains(place));
        if let Some((key, value)) = entry {
            let _ = write!(pointer, "/{}", pointer::escape(key.text()));
            node = value;
            if key.place.contains(place) {
                return pointer;
            }
        } else if let Some((at, value)) = item() {
            let _ = write!(pointer, "/{at}");
            node = value;
        } else {
            return pointer;
        }
    }
}

/// Workflow commands, which GitHub shows as annotations.
pub(super) fn github(diagnostics: &Diagnostics, source: &Source) -> String {
    let mut lines = Lines::new(source);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = diagnostic.place();
        let start = lines.position(place);
        let end = lines.position(Place { start: place.end, ..place });
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let file = property(source.name(place.file));
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
