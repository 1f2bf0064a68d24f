//! Texts, numbers and words.

use super::{Checker, Name, yaml_ambiguity};
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::grammar::schema_objects::TYPES;
use crate::grammar::{Kind, Need, Shape, Version};
use crate::names::is_statable;
use crate::source::Span;
use crate::syntax::ScalarKind;
use crate::syntax::{Node, Value};

impl Checker<'_> {
    pub(super) fn scalar(&mut self, node: &mut Node, shape: Shape, name: Name<'_>) {
        match shape {
            Shape::String => self.string(node, name),
            Shape::Name => self.rust_name(node, name),
            Shape::Bool if self.is_boolean_elsewhere(node) => self.make_boolean(node),
            Shape::Bool if node.as_bool().is_none() => self.wrong_type(node, "true or false", name),
            Shape::Flag if node.as_bool().is_none() => self.wrong_type(node, "`true` or `false`", name),
            Shape::Number if self.is_former_limit(node, name) => self.former_limit(node, name),
            Shape::Number if !node.is_number() => self.wrong_type(node, "a number", name),
            Shape::Number => self.number_trap(node),
            Shape::Count => self.count(node, name),
            Shape::Status if !node.as_integer().is_some_and(|status| (100..600).contains(&status)) => {
                self.wrong_type(node, "an HTTP status", name);
            }
            Shape::Word(words) => self.word(node, words, name),
            Shape::Types if node.is_sequence() && !node.items().is_empty() => {
                node.items().iter().filter(|word| !word.is_null()).for_each(|word| self.type_word(word, name));
            }
            Shape::Types => self.type_word(node, name),
            _ => {}
        }
    }

    fn string(&mut self, node: &mut Node, name: Name<'_>) {
        let kind = node.kind();
        match kind {
            Some(ScalarKind::String) => {
                if let Some(text) = node.text().filter(|_| self.is_boolean_elsewhere(node)) {
                    let message = format!("{} is a boolean to YAML 1.1 readers", quoted(text));
                    self.diagnostics.warning(Code::YamlTrap, message, node.span).help(format!("write \"{text}\""));
                }
            }
            Some(ScalarKind::Null) | None => self.wrong_type(node, "a string", name),
            Some(ScalarKind::Bool | ScalarKind::Integer | ScalarKind::Float) => self.make_string(node, name),
        }
    }

    fn rust_name(&mut self, node: &mut Node, name: Name<'_>) {
        self.string(node, name);
        let Some(text) = node.as_str().filter(|text| !is_statable(text)) else { return };
        let message = format!("{} is no name", quoted(text));
        self.diagnostics.error(Code::UnknownValue, message, node.span).help(
            "write letters, digits, `_` and `-`, beginning with a letter, and no word that Rust keeps for itself",
        );
    }

    /// Takes an unquoted number or boolean for the text that it is written as.
    pub(super) fn make_string(&mut self, node: &mut Node, name: Name<'_>) {
        if !self.yaml {
            return self.wrong_type(node, "a string", name);
        }
        let span = node.span;
        if let Some(scalar) = node.as_scalar_mut() {
            let what = if scalar.kind == ScalarKind::Bool { "a boolean" } else { "a number" };
            scalar.kind = ScalarKind::String;
            // From here on it is a text whatever it looks like.
            scalar.quoted = true;
            let text = quoted(&scalar.text);
            let message = format!("{text} is {what} in YAML, and a string is expected here");
            let help = format!("write \"{}\"", text.trim_matches('`'));
            self.diagnostics.warning(Code::YamlTrap, message, span).help(help);
        }
    }

    /// Takes an unquoted `no` for the boolean that it is to readers of YAML 1.1.
    pub(super) fn make_boolean(&mut self, node: &mut Node) {
        let span = node.span;
        if let Some(scalar) = node.as_scalar_mut() {
            let value = if yaml_ambiguity::is_old_truth(&scalar.text) { "true" } else { "false" };
            let message = format!("{} is a boolean to YAML 1.1 readers only", quoted(&scalar.text));
            scalar.text = value.into();
            scalar.kind = ScalarKind::Bool;
            self.diagnostics.warning(Code::YamlTrap, message, span).help(format!("write `{value}`"));
        }
    }

    /// A number that other readers take for another one, or for none.
    fn number_trap(&mut self, node: &Node) {
        let unquoted = node.as_scalar().filter(|scalar| self.yaml && !scalar.quoted);
        let Some(reason) = unquoted.and_then(|scalar| yaml_ambiguity::reason(&scalar.text)) else { return };
        let message = format!("{} {reason}", quoted(node.text().unwrap_or_default()));
        self.diagnostics
            .warning(Code::YamlTrap, message, node.span)
            .help("write it in plain digits, without a leading zero or an exponent");
    }

    fn count(&mut self, node: &mut Node, name: Name<'_>) {
        let Some(value) = node.as_integer().filter(|value| (0..=i128::from(i64::MAX)).contains(value)) else {
            let too_large = node.number_text().is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            if too_large && self.strictness.is_lenient() {
                return self.largest_count(node, name);
            }
            let expected = if too_large { "an integer up to 9223372036854775807" } else { "an integer from zero" };
            return self.wrong_type(node, expected, name);
        };
        self.number_trap(node);
        // `100.0` is an integer to JSON Schema; later stages read digits.
        if let Some(scalar) = node.as_scalar_mut().filter(|scalar| scalar.kind == ScalarKind::Float) {
            scalar.text = value.to_string().into();
            scalar.kind = ScalarKind::Integer;
        }
    }

    /// A count that no value reaches is as good as the largest one.
    fn largest_count(&mut self, node: &mut Node, name: Name<'_>) {
        let message = format!("{} is beyond any length, and read as {}", name.words(), i64::MAX);
        self.diagnostics.warning(Code::WrongType, message, node.span).help("write a limit that values can reach");
        *node = Node::scalar(i64::MAX.to_string(), false, node.span);
    }

    fn word(&mut self, node: &Node, words: &'static [&'static str], name: Name<'_>) {
        let is_type = name.key == "type" && self.around.last() == Some(&Kind::Schema);
        if is_type && (self.later_type(node) || self.former_type(node)) {
            return;
        }
        let Some(text) = node.as_str() else {
            return self.wrong_type(node, &one_of(words), name);
        };
        if words.contains(&text) {
            return;
        }
        let message = format!("{} is not a value of {}", quoted(text), name.words());
        let found = self.diagnostics.error(Code::UnknownValue, message, node.span);
        if let Some(word) = closest(text, words.iter().copied()) {
            found.suggest(format!("did you mean `{word}`?"));
        } else if text == "body" && name.key == "in" {
            found.help("describe the body under `requestBody` of the operation");
        } else {
            found.help(format!("write {}", one_of(words)));
        }
    }

    /// A type of JSON Schema, null among them.
    fn type_word(&mut self, node: &Node, name: Name<'_>) {
        if node.as_str() != Some("null") {
            self.word(node, TYPES, name);
        }
    }

    /// Whether this is `type: file` of Swagger 2.0. Its meaning is plain, and documents by others are read by it.
    fn former_type(&mut self, node: &Node) -> bool {
        let is_former = node.as_str() == Some("file") && self.strictness.is_lenient();
        if is_former {
            let message = "`file` is a type of Swagger 2.0, and read as a string of bytes";
            self.diagnostics
                .warning(Code::UnknownValue, message, node.span)
                .help("write `type: string` and `format: binary`");
        }
        is_former
    }

    /// A boolean where a limit is expected from OpenAPI 3.1 on.
    fn is_former_limit(&self, node: &Node, name: Name<'_>) -> bool {
        matches!(name.key, "exclusiveMinimum" | "exclusiveMaximum")
            && self.around.last() == Some(&Kind::Schema)
            && node.as_bool().is_some()
    }

    fn former_limit(&mut self, node: &Node, name: Name<'_>) {
        let help = if name.key == "exclusiveMinimum" {
            "write the limit itself under `exclusiveMinimum`, without `minimum`"
        } else {
            "write the limit itself under `exclusiveMaximum`, without `maximum`"
        };
        self.former("a boolean here", node.span, help);
    }

    /// Whether this is `type: [string, "null"]` or `type: "null"`, which came with OpenAPI 3.1. Its meaning is plain, and documents by
    /// others are read by it.
    fn later_type(&mut self, node: &Node) -> bool {
        let later = self.version == Version::V30 && (node.is_sequence() || node.text() == Some("null"));
        if later {
            let message = "lists of types and the type `null` came with OpenAPI 3.1";
            let severity = self.strictness.severity();
            self.diagnostics
                .push(Diagnostic::new(Code::LaterKeyword, severity, message, node.span))
                .help("in OpenAPI 3.0, write one type and `nullable: true`");
        }
        later
    }

    pub(super) fn wrong_type(&mut self, node: &Node, expected: &str, name: Name<'_>) {
        if matches!(name.key, "exclusiveMinimum" | "exclusiveMaximum") && node.is_number() {
            let message = format!("numbers under {} came with OpenAPI 3.1", name.words());
            let severity = self.strictness.severity();
            self.diagnostics
                .push(Diagnostic::new(Code::LaterKeyword, severity, message, node.span))
                .help("in 3.0, write the limit under `minimum` or `maximum`, and `true` here");
            return;
        }
        let is_flag = name.key == "required" && self.around.last() == Some(&Kind::Schema) && node.as_bool().is_some();
        let is_tight = expected == "a list" && node.entries().any(|(key, _)| key.text().starts_with('-'));
        let found = self.report_wrong_type(node, expected, name);
        if is_flag {
            found.help("a property is required where the schema that holds it lists its name under `required`");
        } else if is_tight {
            found.help("write a blank behind the dash that begins an item");
        } else {
            found.help(format!("write {expected}"));
        }
    }

    /// Something else where an object of a kind is expected.
    pub(super) fn wrong_object(&mut self, node: &Node, kind: Kind, name: Name<'_>) {
        let needed = kind.fields(self.version).find(|field| field.need == Need::Required);
        let such = needed.map_or_else(String::new, |field| format!(", at least `{}`", field.name));
        self.report_wrong_type(node, "an object", name)
            .help(format!("write an object with the keys of {}{such}", kind.name()));
    }

    fn report_wrong_type(&mut self, node: &Node, expected: &str, name: Name<'_>) -> &mut Diagnostic {
        let message = format!("{} must be {expected}", name.words());
        let span = match node.value {
            Value::Scalar(_) => node.span,
            // A list or an object may fill pages; its beginning is enough.
            _ => beginning(node),
        };
        self.diagnostics.error(Code::WrongType, message, span).mark(format!("this is {}", what_is(node)))
    }

    /// Any value: the one thing that can be wrong in it is a scalar that readers disagree about.
    pub(super) fn any(&mut self, node: &Node) {
        if !self.yaml {
            return;
        }
        if let Some(scalar) = node.as_scalar() {
            if !scalar.quoted
                && let Some(reason) = yaml_ambiguity::reason(&scalar.text)
            {
                let text = quoted(&scalar.text);
                let help = format!("write \"{}\" if a text is meant", text.trim_matches('`'));
                self.diagnostics.warning(Code::YamlTrap, format!("{text} {reason}"), node.span).help(help);
            }
            return;
        }
        node.items().iter().chain(node.entries().map(|(_, value)| value)).for_each(|inner| self.any(inner));
    }
}

fn one_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
        [] => String::new(),
    }
}

/// The first key of an object in block style, the bracket in flow style, the first item's dash or bracket of a list.
fn beginning(node: &Node) -> Span {
    let first = super::first_span(node);
    let bracket = Span { end: node.span.start + 1, ..node.span };
    if first.start == node.span.start && node.is_mapping() { first } else { bracket }
}

fn what_is(node: &Node) -> &'static str {
    match (&node.value, node.kind()) {
        (Value::Sequence(_), _) => "a list",
        (Value::Mapping(_), _) => "an object",
        (_, Some(ScalarKind::Null)) => "empty",
        (_, Some(ScalarKind::Bool)) => "a boolean",
        (_, Some(ScalarKind::Integer | ScalarKind::Float)) => "a number",
        _ => "a string",
    }
}
