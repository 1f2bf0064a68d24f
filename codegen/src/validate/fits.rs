//! Whether a value fits a schema, as far as it can be told quickly.

use std::collections::HashSet;

use super::formats;
use super::survey::Survey;
use crate::grammar::is_ambiguous;
use crate::syntax::{Node, ScalarKind};

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
    let word = schema.get("type").and_then(Node::as_str);
    // A number that other readers take for a text was reported as that.
    let is_trap = || {
        word == Some("string") && value.as_scalar().is_some_and(|scalar| !scalar.quoted && is_ambiguous(&scalar.text))
    };
    if let Some(word) = word.filter(|word| !is_of_type(value, word) && !is_trap()) {
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
    let reason = number(value)
        .and_then(|amount| bounds(schema, amount))
        .or_else(|| integer_width(schema, value))
        .or_else(|| sizes(schema, value))
        .or_else(|| value.as_str().and_then(|text| formats::misfit(schema, text).map(str::to_owned)))?;
    Some((value, reason))
}

fn bounds(schema: &Node, amount: f64) -> Option<String> {
    let limit = |key: &str| schema.get(key).and_then(number);
    let excludes = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
    let (least, most) = (limit("minimum"), limit("maximum"));
    let reason = if least.is_some_and(|least| amount < least) {
        "is below `minimum`"
    } else if most.is_some_and(|most| amount > most) {
        "is above `maximum`"
    } else if least.is_some_and(|least| amount <= least) && excludes("exclusiveMinimum") {
        "is `minimum` itself, which `exclusiveMinimum` forbids"
    } else if most.is_some_and(|most| amount >= most) && excludes("exclusiveMaximum") {
        "is `maximum` itself, which `exclusiveMaximum` forbids"
    } else {
        return None;
    };
    Some(reason.to_owned())
}

/// An integer that its format has no room for.
fn integer_width(schema: &Node, value: &Node) -> Option<String> {
    let format = schema.get("format").and_then(Node::as_str)?;
    let range = match format {
        "int32" => i128::from(i32::MIN)..=i128::from(i32::MAX),
        "int64" => i128::from(i64::MIN)..=i128::from(i64::MAX),
        _ => return None,
    };
    let is_outside = value.as_integer().is_some_and(|value| !range.contains(&value));
    is_outside.then(|| format!("does not fit into the format `{format}`"))
}

fn sizes(schema: &Node, value: &Node) -> Option<String> {
    let count = |key: &str| schema.get(key).and_then(Node::as_integer).and_then(|limit| usize::try_from(limit).ok());
    let sizes = [
        (value.as_str().map(|text| text.chars().count()), "minLength", "maxLength"),
        (value.is_sequence().then(|| value.items().len()), "minItems", "maxItems"),
        (value.is_mapping().then(|| value.entries().len()), "minProperties", "maxProperties"),
    ];
    for (size, least, most) in sizes {
        let Some(size) = size else { continue };
        if count(least).is_some_and(|limit| size < limit) {
            return Some(format!("is shorter than `{least}` says"));
        }
        if count(most).is_some_and(|limit| size > limit) {
            return Some(format!("is longer than `{most}` says"));
        }
    }
    let mut seen = HashSet::new();
    let unique = schema.get("uniqueItems").and_then(Node::as_bool) == Some(true);
    let repeats = unique && !value.items().iter().all(|item| seen.insert(item.to_json_text()));
    repeats.then(|| "repeats an item, which `uniqueItems` forbids".to_owned())
}

fn null<'a>(schema: &'a Node, value: &'a Node) -> Option<(&'a Node, String)> {
    let nullable = schema.get("nullable").and_then(Node::as_bool) == Some(true);
    let typed = schema.get("type").is_some();
    (typed && !nullable).then(|| (value, "is not allowed, as the schema is not nullable".to_owned()))
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
