//! JSON pointers into values that a schema describes.

use super::index::Index;
use crate::document::schema::{Keywords, SchemaId, Type};
use crate::pointer;

/// How many schemas one lookup may visit. After that the pointer is taken to be right.
const FUEL: usize = 1_000;

/// Where a pointer leads, as far as the schemas say.
#[derive(Clone, Copy)]
pub(super) enum Pointee {
    /// To a value with this schema.
    Schema(SchemaId),
    /// Into free JSON, where anything may be.
    Free,
    /// To nothing.
    Nowhere,
}

impl Pointee {
    /// The value that a schema describes; nothing where there is none.
    pub(super) fn of(schema: Option<SchemaId>) -> Self {
        schema.map_or(Self::Nowhere, Self::Schema)
    }

    pub(super) const fn is_nowhere(self) -> bool {
        matches!(self, Self::Nowhere)
    }

    /// What an item of the list is, where the pointer leads to a list.
    pub(super) fn item(self, index: &Index<'_>) -> Self {
        match self {
            Self::Schema(schema) => step(index, schema, None, &mut FUEL.clone()),
            other => other,
        }
    }
}

/// Follows a pointer through properties and items, also those of the parts of a composition.
pub(super) fn follow(index: &Index<'_>, start: Pointee, text: &str) -> Pointee {
    let Some(tokens) = pointer::tokens(text) else { return Pointee::Nowhere };
    let mut fuel = FUEL;
    tokens.iter().fold(start, |place, token| match place {
        Pointee::Schema(schema) => step(index, schema, Some(token), &mut fuel),
        other => other,
    })
}

/// One step: to a property, or to the items of a list.
fn step(index: &Index<'_>, id: SchemaId, token: Option<&str>, fuel: &mut usize) -> Pointee {
    if *fuel == 0 {
        return Pointee::Free;
    }
    *fuel -= 1;
    let keywords = index.keywords(index.schemas.target(id));
    let is_index = token.is_none_or(|token| token.bytes().all(|byte| byte.is_ascii_digit()) && !token.is_empty());
    if is_index && let Some(items) = &keywords.array.items {
        return Pointee::Schema(items.value);
    }
    if let Some(property) = token.and_then(|token| keywords.object.property(token)) {
        return Pointee::Schema(property);
    }
    let composition = &keywords.composition;
    let beside = keywords.reference.as_ref().and_then(|reference| reference.value.target);
    let parts = [composition.all_of(), composition.one_of(), composition.any_of()].concat();
    for part in beside.into_iter().chain(parts) {
        let place = step(index, part, token, fuel);
        if !place.is_nowhere() {
            return place;
        }
    }
    let further = keywords.object.additional_properties.as_ref().map(|further| further.value);
    match further.map(|further| (further, index.schemas[further].as_bool())) {
        Some((further, None)) if token.is_some() => Pointee::Schema(further),
        Some((_, Some(true))) => Pointee::Free,
        _ if is_free(keywords) => Pointee::Free,
        _ => Pointee::Nowhere,
    }
}

/// Whether a schema says nothing about the properties or items of its values.
fn is_free(keywords: &Keywords) -> bool {
    let composition = &keywords.composition;
    let says = keywords.object.properties.is_some()
        || keywords.array.items.is_some()
        || keywords.object.additional_properties.is_some()
        || keywords.reference.is_some()
        || [&composition.all_of, &composition.one_of, &composition.any_of].iter().any(|list| list.is_some());
    let is_scalar = matches!(keywords.only_type(), Some(Type::String | Type::Number | Type::Integer | Type::Boolean));
    !says && !is_scalar
}
