//! Keywords with schemas in them.

use super::super::{Keywords, SchemaId, Schemas};
use crate::syntax::{Key, Node};

/// Reads a keyword for what objects hold; `false` where it is none of these.
pub(super) fn in_objects(
    schemas: &mut Schemas,
    keywords: &mut Keywords,
    key: &Key,
    value: &Node,
    id: SchemaId,
) -> bool {
    match key.text() {
        "properties" => keywords.object.fill().properties = Some(schemas.map(key, value, "properties", id)),
        "additionalProperties" => {
            keywords.object.fill().additional_properties = Some(schemas.one(key, value, "additionalProperties", id));
        }
        "patternProperties" => {
            keywords.object.fill().pattern_properties = Some(schemas.map(key, value, "patternProperties", id));
        }
        "propertyNames" => keywords.object.fill().property_names = Some(schemas.one(key, value, "propertyNames", id)),
        "unevaluatedProperties" => {
            keywords.object.fill().unevaluated_properties = Some(schemas.one(key, value, "unevaluatedProperties", id));
        }
        "dependentSchemas" => {
            keywords.object.fill().dependent_schemas = Some(schemas.map(key, value, "dependentSchemas", id));
        }
        _ => return false,
    }
    true
}

/// Reads a keyword for the value itself; `false` where it is none of these.
pub(super) fn in_place(schemas: &mut Schemas, keywords: &mut Keywords, key: &Key, value: &Node, id: SchemaId) -> bool {
    match key.text() {
        // An empty list says nothing, and was reported.
        "allOf" | "oneOf" | "anyOf" if value.items().is_empty() => {}
        "allOf" => keywords.composition.fill().all_of = Some(schemas.list(key, value, "allOf", id)),
        "oneOf" => keywords.composition.fill().one_of = Some(schemas.list(key, value, "oneOf", id)),
        "anyOf" => keywords.composition.fill().any_of = Some(schemas.list(key, value, "anyOf", id)),
        "not" => keywords.composition.fill().not = Some(schemas.one(key, value, "not", id)),
        "if" => keywords.composition.fill().condition = Some(schemas.one(key, value, "if", id)),
        "then" => keywords.composition.fill().consequence = Some(schemas.one(key, value, "then", id)),
        "else" => keywords.composition.fill().alternative = Some(schemas.one(key, value, "else", id)),
        _ => return false,
    }
    true
}

/// Reads a keyword for what arrays and texts hold; `false` where it is none of these.
pub(super) fn in_arrays_and_strings(
    schemas: &mut Schemas,
    keywords: &mut Keywords,
    key: &Key,
    value: &Node,
    id: SchemaId,
) -> bool {
    match key.text() {
        "items" => keywords.array.fill().items = Some(schemas.one(key, value, "items", id)),
        "prefixItems" => keywords.array.fill().prefix_items = Some(schemas.list(key, value, "prefixItems", id)),
        "contains" => keywords.array.fill().contains = Some(schemas.one(key, value, "contains", id)),
        "unevaluatedItems" => {
            keywords.array.fill().unevaluated_items = Some(schemas.one(key, value, "unevaluatedItems", id));
        }
        "contentSchema" => keywords.string.fill().content_schema = Some(schemas.one(key, value, "contentSchema", id)),
        _ => return false,
    }
    true
}
