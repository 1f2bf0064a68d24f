//! Unquoted scalars of YAML that its readers disagree about: `no`, `010`, `1e3`, `12:30`.

use super::{Checker, Name};
use crate::diagnostic::{Code, quoted};
use crate::syntax::ScalarKind;
use crate::syntax::{Key, Node};

/// Why readers disagree about an unquoted scalar.
pub(super) fn reason(text: &str) -> Option<&'static str> {
    let first = text.as_bytes().first()?;
    if first.is_ascii_digit() {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if text.len() > 1 && *first == b'0' && digits(text) {
            return Some("is an octal number to some YAML readers, a decimal one or a text to others");
        }
        if is_sexagesimal(text) {
            return Some("is a number to YAML 1.1 readers and a text to others");
        }
        let exponent = text.split_once(['e', 'E']);
        return exponent
            .is_some_and(|(mantissa, exponent)| digits(mantissa) && digits(exponent))
            .then_some("is a number to some YAML readers and a text to others");
    }
    is_old_boolean(text).then_some("is a boolean to YAML 1.1 readers and a text to others")
}

/// Whether readers of YAML disagree about an unquoted scalar.
pub(crate) fn is_ambiguous(text: &str) -> bool {
    reason(text).is_some()
}

/// `12:30`, which YAML 1.1 reads to the base of sixty.
fn is_sexagesimal(text: &str) -> bool {
    let mut parts = text.split(':');
    let first =
        parts.next().is_some_and(|part| !part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit()));
    let mut count = 0;
    let rest = parts.all(|part| {
        count += 1;
        matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
    });
    first && rest && count > 0
}

/// The booleans of YAML 1.1 that are texts today.
fn is_old_boolean(text: &str) -> bool {
    matches!(text, "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "on" | "On" | "ON" | "off" | "Off" | "OFF")
}

/// Whether one of these is true.
pub(super) fn is_old_truth(text: &str) -> bool {
    text.starts_with(['y', 'Y']) || text.eq_ignore_ascii_case("on")
}

/// The one type that a schema names beside null.
fn only_type(schema: &Node) -> Option<&str> {
    let types = schema.get("type")?;
    let mut words = types.items().iter().filter_map(Node::as_str).filter(|word| *word != "null");
    let first = types.as_str().or_else(|| words.next());
    first.filter(|_| words.next().is_none())
}

impl Checker<'_> {
    pub(super) fn is_boolean_elsewhere(&self, node: &Node) -> bool {
        self.yaml && node.as_scalar().is_some_and(|scalar| !scalar.quoted && is_old_boolean(&scalar.text))
    }

    pub(super) fn key_trap(&mut self, key: &Key) {
        if !self.yaml || key.quoted {
            return;
        }
        let text = key.text();
        let other = match ScalarKind::of_plain(text) {
            ScalarKind::Null => "null to YAML readers",
            ScalarKind::Bool => "a boolean to YAML readers",
            ScalarKind::Integer | ScalarKind::Float => "a number to YAML readers",
            ScalarKind::String if is_old_boolean(text) => "a boolean to YAML 1.1 readers",
            ScalarKind::String => return,
        };
        let name = quoted(text);
        let message = format!("the key {name} is {other}");
        let help = format!("write \"{}\"", name.trim_matches('`'));
        self.diagnostics.warning(Code::YamlTrap, message, key.span).help(help);
    }

    /// In a schema of strings, unquoted numbers among the values are texts; in one of booleans, an unquoted `no` is a boolean.
    pub(super) fn plain_values(&mut self, schema: &mut Node) {
        let repair = match only_type(schema) {
            Some("string") => Self::plain_string,
            Some("boolean") => Self::plain_boolean,
            _ => return,
        };
        for (key, value) in schema.entries_mut() {
            match key.text() {
                name @ ("enum" | "examples") => {
                    value.items_mut().iter_mut().for_each(|item| repair(self, item, Name::of(name).item()));
                }
                name @ ("default" | "example" | "const") => repair(self, value, Name::of(name)),
                _ => {}
            }
        }
    }

    fn plain_string(&mut self, value: &mut Node, name: Name<'_>) {
        let is_other = matches!(value.kind(), Some(ScalarKind::Integer | ScalarKind::Float | ScalarKind::Bool));
        if is_other && self.yaml {
            self.make_string(value, name);
        }
    }

    fn plain_boolean(&mut self, value: &mut Node, _: Name<'_>) {
        if self.is_boolean_elsewhere(value) {
            self.make_boolean(value);
        }
    }
}
