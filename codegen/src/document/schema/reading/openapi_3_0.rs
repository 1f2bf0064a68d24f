//! Keywords that mean something else in OpenAPI 3.0 than in JSON Schema 2020-12: `nullable`, and exclusive limits that are
//! booleans.

use super::super::number::Number;
use super::super::{Keyword, Keywords, NumberKeywords, Type, TypeSet};
use crate::syntax::Node;

/// Reads them into the terms of JSON Schema. A document of a later version that has them means the same.
pub(super) fn settle(keywords: &mut Keywords, node: &Node) {
    // Bytes, in the words of Swagger 2.0.
    if let Some((key, value)) = node.entry("type").filter(|(_, value)| value.as_str() == Some("file")) {
        keywords.types = Some(Keyword::new(key, value, TypeSet::default().with(Type::String)));
        keywords.format = Some(Keyword::new(key, value, "binary".into()));
    }
    // Swagger 2.0 had no key for null, and its documents said `x-nullable`.
    let stated = node.entry("nullable").or_else(|| node.entry("x-nullable"));
    if stated.is_some_and(|(_, value)| value.as_bool() == Some(true)) {
        keywords.nullable = true;
        if let Some(types) = &mut keywords.types {
            types.value = types.value.with(Type::Null);
        }
    }
    let says = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
    if says("exclusiveMinimum") {
        exclude(keywords, |number| (&mut number.minimum, &mut number.exclusive_minimum));
    }
    if says("exclusiveMaximum") {
        exclude(keywords, |number| (&mut number.maximum, &mut number.exclusive_maximum));
    }
}

type Limit = Option<Keyword<Number>>;

/// Makes an inclusive limit an exclusive one.
fn exclude(keywords: &mut Keywords, limits: impl Fn(&mut NumberKeywords) -> (&mut Limit, &mut Limit)) {
    if !keywords.number.is_empty() {
        let (inclusive, exclusive) = limits(keywords.number.fill());
        if let Some(limit) = inclusive.take() {
            *exclusive = Some(limit);
        }
    }
}
