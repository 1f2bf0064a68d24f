//! A node as JSON.

use super::node::{Node, Value};
use super::scalar::{ScalarKind, json_number};

impl Node {
    /// The node as one line of JSON, in which every number keeps its digits.
    #[must_use]
    pub fn to_json_text(&self) -> String {
        let mut text = String::new();
        write(self, &mut text);
        text
    }

    /// The node as a JSON value, in which a number may lose digits.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Scalar(_) => scalar_to_json(self),
            Value::Sequence(items) => items.iter().map(Self::to_json).collect(),
            Value::Mapping(_) => serde_json::Value::Object(
                self.entries().map(|(key, node)| (key.text().to_owned(), node.to_json())).collect(),
            ),
        }
    }
}

fn scalar_to_json(node: &Node) -> serde_json::Value {
    let text = node.text().unwrap_or_default();
    match node.kind() {
        None | Some(ScalarKind::Null) => serde_json::Value::Null,
        Some(ScalarKind::Bool) => serde_json::Value::Bool(node.as_bool().unwrap_or_default()),
        Some(ScalarKind::Integer | ScalarKind::Float) => {
            // Beyond 64 bits and beyond what a double holds, the nearest value stands for the number.
            serde_json::from_str(&json_number(text)).unwrap_or_else(|_| f64::MAX.into())
        }
        Some(ScalarKind::String) => serde_json::Value::String(text.to_owned()),
    }
}

fn write(node: &Node, out: &mut String) {
    match &node.value {
        Value::Scalar(scalar) => match scalar.kind {
            ScalarKind::Null => out.push_str("null"),
            ScalarKind::Bool => out.push_str(if node.as_bool() == Some(true) { "true" } else { "false" }),
            ScalarKind::Integer | ScalarKind::Float => out.push_str(&json_number(&scalar.text)),
            ScalarKind::String => write_string(&scalar.text, out),
        },
        Value::Sequence(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                write(item, out);
            }
            out.push(']');
        }
        Value::Mapping(mapping) => {
            out.push('{');
            for (at, (key, value)) in mapping.entries().iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                write_string(key.text(), out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}
