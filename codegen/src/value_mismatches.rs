//! Defaults and examples of a document that are no values of their schemas.

use crate::api::{Direction, Schemas, Value};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::{Document, StatedAs, StatedValue};
use crate::grammar::is_ambiguous;
use crate::instance::{Fault, faults};
use crate::lower::{same_id, value, value_with};
use crate::syntax::Node;

/// Reports the first fault of each default and example.
pub(crate) fn value_mismatches(document: &Document, schemas: &Schemas) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for stated in document.stated_values() {
        if let Some(fault) = first_fault(schemas, &stated) {
            report(&stated, &fault, &mut diagnostics);
        }
    }
    diagnostics
}

/// The first fault of a value in every direction and however YAML readers take its scalars: a scalar that they disagree about is
/// reported as that.
fn first_fault(schemas: &Schemas, stated: &StatedValue<'_>) -> Option<Fault> {
    let read = value(stated.node);
    let of = |value: &Value, direction| faults(schemas, same_id(stated.schema), value, direction);
    let mut found = of(&read, Direction::Request);
    if found.is_empty() {
        return None;
    }
    let answered = of(&read, Direction::Response);
    found.retain(|fault| answered.contains(fault));
    let as_texts = with_texts(stated.node);
    if as_texts != read {
        let of_texts = of(&as_texts, Direction::Request);
        found.retain(|fault| of_texts.contains(fault));
    }
    found.into_iter().next()
}

/// A value in which the scalars that YAML readers disagree about are texts.
fn with_texts(node: &Node) -> Value {
    value_with(node, &|scalar| {
        let ambiguous = scalar.as_scalar().filter(|scalar| !scalar.quoted && is_ambiguous(&scalar.text))?;
        Some(Value::String(ambiguous.text.to_string()))
    })
}

fn report(stated: &StatedValue<'_>, fault: &Fault, diagnostics: &mut Diagnostics) {
    let (code, what) = match stated.stated_as {
        StatedAs::Default => (Code::DefaultMismatch, "default"),
        StatedAs::Example => (Code::ExampleMismatch, "example"),
    };
    let part = stated.node.at(&fault.pointer).unwrap_or(stated.node);
    let shown = match part.text() {
        Some(_) if part.as_str().is_some() => quoted(&part.to_json_text()),
        Some(text) => quoted(text),
        None => "this".to_owned(),
    };
    let first_key = part.entries().next().map(|(key, _)| key.span);
    let message = format!("the {what} does not fit its schema: {shown} {}", fault.reason);
    let is_json_in_text = part.as_str().is_some_and(|text| text.trim_start().starts_with(['{', '[']));
    let found = diagnostics.warning(code, message, first_key.unwrap_or(part.span));
    if is_json_in_text {
        found.help("write the value itself, not its JSON as a text");
    } else {
        found.help(format!("correct the {what} or the schema"));
    }
}
