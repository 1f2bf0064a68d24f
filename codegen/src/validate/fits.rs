//! Whether a value fits a schema, as far as it can be told quickly.

use super::survey::Survey;
use crate::document::{Node, ScalarKind};

/// Steps that one value may take; whoever needs more is believed.
const FUEL: usize = 10_000;

/// Schemas within schemas, likewise.
const DEPTH: usize = 100;

/// Why a value does not fit, if it plainly does not; and the part of it that is to blame.
pub(super) fn misfit<'a>(survey: &Survey<'a>, schema: &'a Node, value: &'a Node) -> Option<(&'a Node, String)> {
    let mut check = Check { survey, fuel: FUEL, depth: 0 };
    check.value(schema, value)
}

/// Whether a value is of a type of JSON Schema.
pub(super) fn is_of_type(value: &Node, word: &str) -> bool {
    match word {
        "string" => value.kind() == Some(ScalarKind::String),
        "boolean" => value.kind() == Some(ScalarKind::Bool),
        "number" => value.is_number(),
        "integer" => value.is_number() && value.as_integer().is_some(),
        "object" => value.is_mapping(),
        "array" => value.is_sequence(),
        _ => true,
    }
}

struct Check<'s, 'a> {
    survey: &'s Survey<'a>,
    fuel: usize,
    depth: usize,
}

impl<'a> Check<'_, 'a> {
    fn value(&mut self, schema: &'a Node, value: &'a Node) -> Option<(&'a Node, String)> {
        if self.fuel == 0 || self.depth == DEPTH {
            return None;
        }
        self.fuel -= 1;
        self.depth += 1;
        let schema = self.survey.target(schema);
        let found = if value.is_null() {
            null(schema, value)
        } else {
            own(schema, value).or_else(|| self.composed(schema, value)).or_else(|| self.children(schema, value))
        };
        self.depth -= 1;
        found
    }

    fn composed(&mut self, schema: &'a Node, value: &'a Node) -> Option<(&'a Node, String)> {
        for branch in schema.get("allOf").map_or(&[][..], Node::items) {
            if let Some(misfit) = self.value(branch, value) {
                return Some(misfit);
            }
        }
        for key in ["oneOf", "anyOf"] {
            let branches = schema.get(key).map_or(&[][..], Node::items);
            let fits = branches.is_empty() || branches.iter().any(|branch| self.value(branch, value).is_none());
            if !fits {
                return Some((value, format!("fits no branch of `{key}`")));
            }
        }
        None
    }

    fn children(&mut self, schema: &'a Node, value: &'a Node) -> Option<(&'a Node, String)> {
        if let Some(items) = schema.get("items") {
            for item in value.items() {
                if let Some(misfit) = self.value(items, item) {
                    return Some(misfit);
                }
            }
        }
        if !value.is_mapping() {
            return None;
        }
        let properties = schema.get("properties");
        let further = schema.get("additionalProperties");
        for (key, inner) in value.entries() {
            let declared = properties.and_then(|properties| properties.get(key.text()));
            let schema = declared.or(further.filter(|node| node.is_mapping()));
            if let Some(misfit) = schema.and_then(|schema| self.value(schema, inner)) {
                return Some(misfit);
            }
            if declared.is_none() && further.and_then(Node::as_bool) == Some(false) {
                return Some((inner, format!("stands under `{}`, which is no property", key.text())));
            }
        }
        self.missing(schema, value).map(|name| (value, format!("lacks the property `{name}`")))
    }

    /// A required property that is absent, unless it belongs to one direction only.
    fn missing(&self, schema: &'a Node, value: &'a Node) -> Option<&'a str> {
        let names = schema.get("required").map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
        let one_way = |name: &str| {
            let property = schema.get("properties").and_then(|properties| properties.get(name));
            let property = property.map(|property| self.survey.target(property));
            let is = |key| property.and_then(|property| property.get(key)).and_then(Node::as_bool) == Some(true);
            is("readOnly") || is("writeOnly")
        };
        names.into_iter().find(|name| value.get(name).is_none() && !one_way(name))
    }
}

/// The keywords that look at nothing but the value.
fn own<'a>(schema: &'a Node, value: &'a Node) -> Option<(&'a Node, String)> {
    if let Some(word) = schema.get("type").and_then(Node::as_str).filter(|word| !is_of_type(value, word)) {
        return Some((value, format!("is not of the type `{word}`")));
    }
    if let Some(values) = schema.get("enum")
        && !values.items().iter().any(|item| is_same(item, value))
    {
        return Some((value, "is not one of the values of `enum`".to_owned()));
    }
    limits(schema, value)
}

fn limits<'a>(schema: &'a Node, value: &'a Node) -> Option<(&'a Node, String)> {
    let limit = |key: &str| schema.get(key).and_then(number);
    let amount = number(value);
    if let Some(amount) = amount {
        if limit("minimum").is_some_and(|least| amount < least) {
            return Some((value, "is below `minimum`".to_owned()));
        }
        if limit("maximum").is_some_and(|most| amount > most) {
            return Some((value, "is above `maximum`".to_owned()));
        }
    }
    let count = |key: &str| schema.get(key).and_then(Node::as_integer).and_then(|limit| usize::try_from(limit).ok());
    let sizes = [
        (value.as_str().map(|text| text.chars().count()), "minLength", "maxLength"),
        (value.is_sequence().then(|| value.items().len()), "minItems", "maxItems"),
        (value.is_mapping().then(|| value.entries().len()), "minProperties", "maxProperties"),
    ];
    for (size, least, most) in sizes {
        let Some(size) = size else { continue };
        if count(least).is_some_and(|limit| size < limit) {
            return Some((value, format!("is shorter than `{least}` says")));
        }
        if count(most).is_some_and(|limit| size > limit) {
            return Some((value, format!("is longer than `{most}` says")));
        }
    }
    None
}

fn null<'a>(schema: &'a Node, value: &'a Node) -> Option<(&'a Node, String)> {
    let nullable = schema.get("nullable").and_then(Node::as_bool) == Some(true);
    let typed = schema.get("type").is_some();
    (typed && !nullable).then(|| (value, "is null, and the schema is not nullable".to_owned()))
}

/// Whether two values are equal; numbers are, however they are written.
fn is_same(left: &Node, right: &Node) -> bool {
    match (number(left), number(right)) {
        // Exactly: both are read from decimal digits in the same way.
        (Some(left), Some(right)) => left.to_bits() == right.to_bits(),
        (None, None) => left.to_json_text() == right.to_json_text(),
        _ => false,
    }
}

fn number(node: &Node) -> Option<f64> {
    node.number_text()?.parse().ok()
}
