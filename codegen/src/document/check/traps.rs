//! What YAML readers take for something else than its writer meant.

use super::Checker;
use crate::diagnostic::{Code, quoted};
use crate::document::ScalarKind;
use crate::document::node::{Key, Node};

/// Why readers disagree about an unquoted scalar.
pub(super) fn reason(text: &str) -> Option<&'static str> {
    let first = text.as_bytes().first()?;
    if first.is_ascii_digit() {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if text.len() > 1 && *first == b'0' && digits(text) {
            return Some("is an octal number to some YAML readers, a decimal one or a text to others");
        }
        let exponent = text.split_once(['e', 'E']);
        return exponent
            .is_some_and(|(mantissa, exponent)| digits(mantissa) && digits(exponent))
            .then_some("is a number to some YAML readers and a text to others");
    }
    is_old_boolean(text).then_some("is a boolean to YAML 1.1 readers and a text to others")
}

/// The booleans of YAML 1.1 that are texts today.
fn is_old_boolean(text: &str) -> bool {
    matches!(text, "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "on" | "On" | "ON" | "off" | "Off" | "OFF")
}

impl Checker<'_> {
    pub(super) fn is_boolean_elsewhere(&self, node: &Node, text: &str) -> bool {
        self.yaml && is_old_boolean(text) && node.as_scalar().is_some_and(|scalar| !scalar.quoted)
    }

    pub(super) fn key_trap(&mut self, key: &Key) {
        if !self.yaml || key.quoted {
            return;
        }
        let text = key.text();
        let other = match ScalarKind::of_plain(text) {
            ScalarKind::Null => "null",
            ScalarKind::Bool => "a boolean",
            ScalarKind::Integer | ScalarKind::Float => "a number",
            ScalarKind::String if is_old_boolean(text) => "a boolean to some",
            ScalarKind::String => return,
        };
        let name = quoted(text);
        let message = format!("the key {name} is {other} to YAML readers");
        let help = format!("write \"{}\"", name.trim_matches('`'));
        self.diagnostics.warning(Code::YamlTrap, message, key.place).help(help);
    }

    /// In a schema of strings, unquoted numbers among the values are texts.
    pub(super) fn string_values(&mut self, schema: &mut Node) {
        if schema.get("type").and_then(Node::as_str) != Some("string") {
            return;
        }
        let is_other =
            |node: &Node| matches!(node.kind(), Some(ScalarKind::Integer | ScalarKind::Float | ScalarKind::Bool));
        for (key, value) in schema.entries_mut() {
            match key.text() {
                "enum" => value
                    .items_mut()
                    .iter_mut()
                    .filter(|item| is_other(item))
                    .for_each(|item| self.make_string(item, "enum")),
                name @ ("default" | "example") if is_other(value) && self.yaml => self.make_string(value, name),
                _ => {}
            }
        }
    }
}
