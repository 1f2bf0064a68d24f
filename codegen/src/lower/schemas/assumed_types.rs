//! Schemas that state no type, and are taken for an object or a list for what they say of such.

use super::all_of::{self, Conjunct};
use super::keyword_predicates;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::schema::{Home, SchemaId, Schemas};

/// Reports a schema that is taken for an object or a list.
pub(super) fn report(schemas: &Schemas, id: SchemaId, all: &[Conjunct], diagnostics: &mut Diagnostics) {
    let schema = &schemas[id];
    let keywords = schema.keywords();
    let is_stated = all_of::types(schemas, all).is_some() || keywords.enumeration.is_some();
    if is_stated || is_part(schemas, id) || keyword_predicates::stated(keywords).next().is_some() {
        return;
    }
    let (what, word) = if keyword_predicates::is_object(schemas, keywords) {
        ("an object", "object")
    } else if keyword_predicates::is_list(keywords) {
        ("a list", "array")
    } else {
        return;
    };
    let message = format!("this schema states no type, which allows every value; it is taken for {what}");
    diagnostics.warning(Code::AssumedType, message, schema.name).help(format!("add `type: {word}`"));
}

/// Whether it is a part of an `allOf`, or a branch of what states a type.
fn is_part(schemas: &Schemas, id: SchemaId) -> bool {
    let Home::Schema(holder, step) = &schemas[id].home else { return false };
    let states_type = schemas[*holder].keywords().types.is_some();
    step.key == "allOf" || states_type && matches!(step.key, "oneOf" | "anyOf")
}
