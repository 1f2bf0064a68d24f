//! `enum` and `const`: lists of values.

use std::collections::HashSet;

use crate::api::{Docs, EnumerationValue, Value};
use crate::document::schema::{Keywords, Type};
use crate::lower::{docs, values};
use crate::source::Span;
use crate::syntax::Node;

/// The listed values, each once and null aside, and where the list stands; `None` where the schema lists none.
pub fn listed(keywords: &Keywords) -> Option<(Vec<EnumerationValue>, Span)> {
    let (nodes, span) = match (&keywords.enumeration, &keywords.constant) {
        (Some(list), _) => (list.value.as_slice(), list.key),
        (None, Some(constant)) => (std::slice::from_ref(&constant.value), constant.key),
        (None, None) => return None,
    };
    let names = words(keywords, "x-enum-varnames");
    let descriptions = words(keywords, "x-enum-descriptions");
    let of_texts = keywords.only_type() == Some(Type::String);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| !node.is_null()) {
        let value = value(node, of_texts);
        // A value listed twice was reported by validation.
        if seen.insert(value.clone()) {
            let description = docs::text(descriptions.get(index).copied().flatten());
            found.push(EnumerationValue {
                value,
                given_name: docs::text(names.get(index).copied().flatten()),
                docs: Docs { description, ..Docs::default() },
                span: node.span,
            });
        }
    }
    (!found.is_empty()).then_some((found, span))
}

/// A value; where the type is a text, what is written without quotes is one as well.
fn value(node: &Node, of_texts: bool) -> Value {
    match node.text() {
        Some(text) if of_texts => Value::String(text.to_owned()),
        _ => values::value(node),
    }
}

/// The texts of a list under an extension key, one for each value.
fn words<'a>(keywords: &'a Keywords, key: &str) -> Vec<Option<&'a str>> {
    let stated = keywords.extension(key).map(|(_, node)| node.items()).unwrap_or_default();
    stated.iter().map(Node::text).collect()
}
