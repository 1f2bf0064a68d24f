//! JSON pointers into values that a schema describes.

use super::survey::Survey;
use crate::document::{Node, pointer};

/// Schemas that one lookup may pass; whoever needs more is believed.
const FUEL: usize = 1_000;

/// Where a pointer leads, as far as the schemas say.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// To a value with this schema.
    Schema(&'a Node),
    /// Into free JSON, where anything may be.
    Free,
    /// To nothing.
    Nowhere,
}

impl<'a> Place<'a> {
    pub(super) const fn is_nowhere(self) -> bool {
        matches!(self, Self::Nowhere)
    }

    /// The place of an item of the list there.
    pub(super) fn item(self, survey: &Survey<'a>) -> Self {
        match self {
            Self::Schema(schema) => step(survey, schema, None, &mut FUEL.clone()),
            other => other,
        }
    }
}

/// Follows a pointer through properties and items, also those of the parts of a composition.
pub(super) fn follow<'a>(survey: &Survey<'a>, start: Place<'a>, text: &str) -> Place<'a> {
    let Some(tokens) = pointer::tokens(text) else { return Place::Nowhere };
    let mut fuel = FUEL;
    tokens.iter().fold(start, |place, token| match place {
        Place::Schema(schema) => step(survey, schema, Some(token), &mut fuel),
        other => other,
    })
}

/// One step: to a property, or to the items of a list.
fn step<'a>(survey: &Survey<'a>, schema: &'a Node, token: Option<&str>, fuel: &mut usize) -> Place<'a> {
    if *fuel == 0 {
        return Place::Free;
    }
    *fuel -= 1;
    let schema = survey.target(schema);
    let is_index = token.is_none_or(|token| token.bytes().all(|byte| byte.is_ascii_digit()) && !token.is_empty());
    if is_index && let Some(items) = schema.get("items") {
        return Place::Schema(items);
    }
    if let Some(property) =
        token.and_then(|token| schema.get("properties").and_then(|properties| properties.get(token)))
    {
        return Place::Schema(property);
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        for branch in schema.get(key).map_or(&[][..], Node::items) {
            let place = step(survey, branch, token, fuel);
            if !place.is_nowhere() {
                return place;
            }
        }
    }
    match schema.get("additionalProperties") {
        Some(further) if further.is_mapping() && token.is_some() => Place::Schema(further),
        Some(further) if further.as_bool() == Some(true) => Place::Free,
        _ if is_free(schema) => Place::Free,
        _ => Place::Nowhere,
    }
}

/// Whether a schema says nothing about what is inside.
fn is_free(schema: &Node) -> bool {
    let says = ["properties", "items", "allOf", "oneOf", "anyOf", "additionalProperties"];
    let scalar = matches!(schema.get("type").and_then(Node::as_str), Some("string" | "number" | "integer" | "boolean"));
    !scalar && says.iter().all(|key| schema.get(key).is_none())
}
