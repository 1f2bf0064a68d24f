//! Values that are empty, and how each is read.

use super::{Checker, Keep};
use crate::diagnostic::{Code, quoted};
use crate::grammar::{AS_ABSENT, Kind, Need, Shape};
use crate::source::Span;
use crate::syntax::{Key, Mapping, Node, Value};

impl Checker<'_> {
    /// A field without a value.
    pub(super) fn empty_field(&mut self, kind: Kind, need: Need, key: &Key, value: &Node) -> Keep {
        if need == Need::Required {
            let message = format!("{} of {} is empty", quoted(key.text()), kind.name());
            self.diagnostics.error(Code::WrongType, message, key.span).help("give it a value");
            return Keep::Yes;
        }
        self.empty_value(kind, key, value, AS_ABSENT);
        Keep::No
    }

    pub(super) fn empty_value(&mut self, kind: Kind, key: &Key, value: &Node, reading: &str) {
        let message = format!("{} of {} is empty, and read {reading}", quoted(key.text()), kind.name());
        let span = if value.span.start < value.span.end { value.span } else { key.span };
        self.diagnostics.warning(Code::EmptyValue, message, span).help("give it a value or remove the key");
    }

    /// Takes an empty value in a list or a map for an empty object or list.
    pub(super) fn fill_empty(&mut self, node: &mut Node, shape: Shape, at: Span) {
        if !node.is_null() {
            return;
        }
        let value = match shape {
            Shape::List(_) => Value::Sequence(Vec::new()),
            Shape::Object(_) | Shape::Ref(_) | Shape::Map(_) => Value::Mapping(Mapping::default()),
            _ => return,
        };
        let what = if matches!(value, Value::Sequence(_)) { "list" } else { "object" };
        self.diagnostics
            .warning(Code::EmptyValue, format!("this is empty, and read as an empty {what}"), at)
            .help(if what == "list" { "write `[]`" } else { "write `{}`" });
        node.value = value;
    }
}

/// Whether this is a list or an object with nothing in it.
pub(super) fn is_hollow(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(_) => false,
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(mapping) => mapping.entries().is_empty(),
    }
}
