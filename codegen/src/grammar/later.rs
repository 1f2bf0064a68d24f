//! A document of OpenAPI 3.1 in the terms of 3.0, so that one grammar and one set of rules are enough.
//!
//! Whatever 3.0 can say is rewritten at its place; the keys that 3.0 has nothing for stay, and are passed over by the checker. What
//! is put in has a place without length, which tells it from what was written.

use super::{Kind, Shape, visit};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Span;
use crate::syntax::{Key, Mapping, Node, Value};

/// Keys beside a `$ref` that say nothing about values.
const ANNOTATIONS: &[&str] = &[
    "description",
    "summary",
    "title",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "example",
    "examples",
    "$comment",
];

/// Rewrites a tree that is expected to have a shape. Keywords of 3.0 that ended with it are reported, and read as they are meant.
pub(crate) fn rewrite(node: &mut Node, shape: Shape, severity: Severity, diagnostics: &mut Diagnostics) {
    visit(node, shape, &mut |node, shape| {
        if matches!(shape, Shape::Ref(Kind::Schema)) && node.as_bool().is_some() {
            boolean_schema(node);
        }
        let span = node.span;
        let Some(mapping) = node.as_mapping_mut() else { return true };
        match shape.kind() {
            Some(Kind::OpenApi) => document(mapping, span),
            Some(Kind::Operation) if mapping.position("responses").is_none() => {
                put(mapping, "responses", Node::mapping(Vec::new(), start_of(span)), span);
            }
            Some(Kind::Schema) => Schema { mapping, severity, diagnostics }.rewrite(span),
            _ => {}
        }
        true
    });
}

const fn start_of(span: Span) -> Span {
    Span { end: span.start, ..span }
}

/// Adds an entry that nobody wrote, at the start of what it follows from.
fn put(mapping: &mut Mapping, key: &str, value: Node, from: Span) {
    mapping.push(Key::new(key, true, start_of(from)), value);
}

fn is_put(key: &Key) -> bool {
    key.span.start == key.span.end
}

fn flag(value: &str, from: Span) -> Node {
    Node::scalar(value, false, start_of(from))
}

/// `true` allows anything, `false` nothing.
fn boolean_schema(node: &mut Node) {
    let allows = node.as_bool() == Some(true);
    let anything = Node::mapping(Vec::new(), node.span);
    let entries = if allows { Vec::new() } else { vec![(Key::new("not", true, start_of(node.span)), anything)] };
    node.value = Value::Mapping(Mapping::new(entries));
}

/// `webhooks` under the name that they have in 3.0; `paths` may be missing where something else is there.
fn document(mapping: &mut Mapping, span: Span) {
    mapping.rename("webhooks", "x-webhooks");
    let has = |key| mapping.position(key).is_some();
    if !has("paths") && (has("components") || has("x-webhooks")) {
        put(mapping, "paths", Node::mapping(Vec::new(), start_of(span)), span);
    }
}

struct Schema<'m, 'd> {
    mapping: &'m mut Mapping,
    severity: Severity,
    diagnostics: &'d mut Diagnostics,
}

impl Schema<'_, '_> {
    fn rewrite(&mut self, span: Span) {
        self.siblings(span);
        self.former_keywords();
        self.types();
        self.constant();
        self.examples();
        for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            self.limit(exclusive, inclusive);
        }
    }

    fn take(&mut self, key: &str) -> Option<(Key, Node)> {
        let at = self.mapping.position(key)?;
        let entry = self.mapping.entries().get(at).cloned();
        self.mapping.retain(|(other, _)| other.text() != key);
        entry
    }

    /// A reference with constraints beside it is one of two parts.
    fn siblings(&mut self, span: Span) {
        let is_other = |key: &Key| !(key.text() == "$ref" || key.text().starts_with("x-"));
        let others: Vec<&str> =
            self.mapping.entries().iter().map(|(key, _)| key).filter(|key| is_other(key)).map(Key::text).collect();
        if self.mapping.position("$ref").is_none() || others.is_empty() {
            return;
        }
        if others.iter().all(|key| ANNOTATIONS.contains(key)) {
            self.mapping.retain(|(key, _)| !is_other(key));
            return;
        }
        let Some((key, reference)) = self.take("$ref") else { return };
        let part = Node::mapping(vec![(key, reference)], span);
        let mut parts = vec![part];
        if let Some((_, Node { value: Value::Sequence(further), .. })) = self.take("allOf") {
            parts.extend(further);
        }
        put(self.mapping, "allOf", Node { span: start_of(span), value: Value::Sequence(parts) }, span);
    }

    fn former_keywords(&mut self) {
        let entries = self.mapping.entries().iter().filter(|(key, _)| !is_put(key));
        let found: Vec<(Span, &str, &str)> = entries
            .filter_map(|(key, value)| match key.text() {
                "nullable" if value.as_bool() == Some(false) => {
                    Some((key.span, "`nullable`", "remove it: a type without `\"null\"` is not nullable"))
                }
                "nullable" => {
                    Some((key.span, "`nullable`", "write `type: [string, \"null\"]`, with the type that it has"))
                }
                "exclusiveMinimum" if value.as_bool().is_some() => Some((
                    key.span,
                    "a boolean here",
                    "write the limit itself under `exclusiveMinimum`, without `minimum`",
                )),
                "exclusiveMaximum" if value.as_bool().is_some() => Some((
                    key.span,
                    "a boolean here",
                    "write the limit itself under `exclusiveMaximum`, without `maximum`",
                )),
                _ => None,
            })
            .collect();
        for (span, what, help) in found {
            let message = format!("{what} ended with OpenAPI 3.0, and this document says 3.1");
            self.diagnostics.push(Diagnostic::new(Code::FormerKeyword, self.severity, message, span)).help(help);
        }
    }

    /// A list of types: one of them and null, or anything where there are several. A word that is no type is left for the checker.
    fn types(&mut self) {
        let Some((key, node)) = self.take("type") else { return };
        let words = if node.is_sequence() { node.items() } else { std::slice::from_ref(&node) };
        let is_null = |word: &&Node| word.as_str() == Some("null") || word.is_null() && node.is_sequence();
        let nullable = words.iter().any(|word| is_null(&word));
        let present: Vec<&Node> = words.iter().filter(|word| !is_null(word)).collect();
        let is_type = |word: &&&Node| word.as_str().is_some_and(|word| super::TYPES.contains(&word));
        let kept = match present.as_slice() {
            [] if nullable => None,
            [] => Some(node.clone()),
            [one] => Some((*one).clone()),
            several => several.iter().find(|word| !is_type(word)).map(|word| (*word).clone()),
        };
        if nullable && self.mapping.position("nullable").is_none() {
            put(self.mapping, "nullable", flag("true", node.span), node.span);
        }
        if nullable && present.is_empty() {
            let null = Node { span: node.span, value: Value::Sequence(vec![flag("null", node.span)]) };
            put(self.mapping, "enum", null, node.span);
        }
        if let Some(kept) = kept {
            self.mapping.push(key, kept);
        }
    }

    fn constant(&mut self) {
        let Some((key, value)) = self.take("const") else { return };
        if self.mapping.position("enum").is_none() {
            let span = value.span;
            let list = Node { span, value: Value::Sequence(vec![value]) };
            self.mapping.push(Key::new("enum", true, key.span), list);
        }
    }

    fn examples(&mut self) {
        let is_list = |(_, node): &(Key, Node)| node.is_sequence();
        let at = self.mapping.position("examples").filter(|&at| self.mapping.entries().get(at).is_some_and(is_list));
        if at.is_none() {
            return;
        }
        let Some((key, list)) = self.take("examples") else { return };
        if let Some(first) = list.items().first().filter(|_| self.mapping.position("example").is_none()) {
            self.mapping.push(Key::new("example", true, key.span), first.clone());
        }
    }

    /// A limit that does not belong to the range is a limit, and the word that it does not.
    fn limit(&mut self, exclusive: &str, inclusive: &str) {
        let at = self.mapping.position(exclusive);
        let is_number = at.and_then(|at| self.mapping.entries().get(at)).is_some_and(|(_, node)| node.is_number());
        if !is_number {
            return;
        }
        let Some((key, value)) = self.take(exclusive) else { return };
        if self.mapping.position(inclusive).is_none() {
            put(self.mapping, exclusive, flag("true", key.span), key.span);
            self.mapping.push(Key::new(inclusive, true, key.span), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Source};

    fn rewritten(text: &str, kind: Kind) -> (String, usize) {
        let source = Source::new("a.yaml", text);
        let mut node = crate::syntax::tree(&source, FileId::ROOT).expect("a tree");
        let mut diagnostics = Diagnostics::new();
        // A tree may be rewritten more than once.
        for _ in 0..2 {
            rewrite(&mut node, Shape::Ref(kind), Severity::Warning, &mut diagnostics);
        }
        diagnostics.sort();
        (node.to_json_text(), diagnostics.len())
    }

    #[test]
    fn what_three_zero_can_say_is_said_in_its_terms() {
        let cases = [
            ("{type: [string, 'null']}", r#"{"nullable":true,"type":"string"}"#),
            ("{type: [string, integer]}", "{}"),
            ("{type: [string, strng]}", r#"{"type":"strng"}"#),
            ("{type: 'null'}", r#"{"nullable":true,"enum":[null]}"#),
            ("{const: 5}", r#"{"enum":[5]}"#),
            ("{examples: [a, b]}", r#"{"example":"a"}"#),
            ("{exclusiveMinimum: 5}", r#"{"exclusiveMinimum":true,"minimum":5}"#),
            ("{$ref: '#/a', description: b}", r##"{"$ref":"#/a"}"##),
            ("{$ref: '#/a', minLength: 1}", r##"{"minLength":1,"allOf":[{"$ref":"#/a"}]}"##),
            ("{items: true, not: false}", r#"{"items":{},"not":{"not":{}}}"#),
            (
                "{properties: {a: {type: [integer, 'null']}}}",
                r#"{"properties":{"a":{"nullable":true,"type":"integer"}}}"#,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(rewritten(text, Kind::Schema), (expected.to_owned(), 0), "{text}");
        }
        assert_eq!(rewritten("{webhooks: {}}", Kind::OpenApi).0, r#"{"x-webhooks":{},"paths":{}}"#);
        assert_eq!(rewritten("{summary: a}", Kind::Operation).0, r#"{"summary":"a","responses":{}}"#);
    }

    #[test]
    fn what_ended_with_three_zero_is_reported_once() {
        for text in
            ["{type: string, nullable: true}", "{minimum: 1, exclusiveMinimum: true}", "{exclusiveMaximum: false}"]
        {
            assert_eq!(rewritten(text, Kind::Schema).1, 1, "{text}");
        }
    }
}
