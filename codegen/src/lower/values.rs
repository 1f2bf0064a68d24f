//! Values of the document as data: defaults, examples, arguments.

use openapiv3::ReferenceOr;

use super::docs::{Texts, docs};
use crate::api::{Example, Value};
use crate::document::{Document, Located};
use crate::syntax::{Key, Node, ScalarKind};

/// A value of the document.
pub(crate) fn value(node: &Node) -> Value {
    value_with(node, &|_| None)
}

/// A value of the document, where a scalar is what `scalar` takes it for, or else what it says.
pub(crate) fn value_with(node: &Node, scalar: &impl Fn(&Node) -> Option<Value>) -> Value {
    match node.kind() {
        None if node.is_sequence() => Value::List(node.items().iter().map(|item| value_with(item, scalar)).collect()),
        None => {
            let entries = node.entries();
            Value::Object(entries.map(|(key, entry)| (key.text().to_owned(), value_with(entry, scalar))).collect())
        }
        Some(kind) => scalar(node).unwrap_or_else(|| of_kind(node, kind)),
    }
}

fn of_kind(scalar: &Node, kind: ScalarKind) -> Value {
    match kind {
        ScalarKind::Null => Value::Null,
        ScalarKind::Bool => Value::Bool(scalar.as_bool() == Some(true)),
        ScalarKind::Integer | ScalarKind::Float => Value::Number(scalar.to_json_text()),
        ScalarKind::String => Value::String(scalar.text().unwrap_or_default().to_owned()),
    }
}

/// An example without a name.
pub(super) fn unnamed_example(node: &Node) -> Example {
    Example {
        name: None,
        value: Some(value(node)),
        serialized: None,
        docs: crate::api::Docs::default(),
        span: node.span,
    }
}

/// The `example` and the `examples` of an object that is no schema.
pub(super) fn examples(
    document: &Document,
    unnamed: Option<(&Key, &Node)>,
    named: &indexmap::IndexMap<String, ReferenceOr<openapiv3::Example>>,
) -> Vec<Example> {
    let one = unnamed.map(|(_, node)| unnamed_example(node));
    let several = named.iter().filter_map(|(name, at)| Some(example(name, document.example(at)?)));
    one.into_iter().chain(several).collect()
}

fn example(name: &str, located: Located<'_, openapiv3::Example>) -> Example {
    let (stated, object) = (located.stated, located.object);
    let texts =
        Texts { summary: stated.summary.as_deref(), description: stated.description.as_deref(), ..Texts::default() };
    Example {
        name: Some(name.to_owned()),
        value: located.value("dataValue").or_else(|| located.value("value")).map(|(_, node)| value(node)),
        serialized: located.text("serializedValue").map(str::to_owned),
        docs: docs(object, texts),
        span: object.name,
    }
}
