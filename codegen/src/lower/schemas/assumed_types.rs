//! Schemas without `type` that are read as objects or lists because they have keywords for these.

use super::analysis::AnalyzedSchemas;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::schema::{Parent, SchemaId};

/// Reports each schema that is taken for an object or a list; one that only tests values is neither.
pub(super) fn report(schemas: &AnalyzedSchemas<'_>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (id, _) in schemas.iter().filter(|(id, _)| !schemas.is_condition(*id)) {
        report_one(schemas, id, &mut diagnostics);
    }
    diagnostics
}

fn report_one(schemas: &AnalyzedSchemas<'_>, id: SchemaId, diagnostics: &mut Diagnostics) {
    let schema = &schemas[id];
    let is_stated = schema.all.types.is_some() || schema.keywords.enumeration.is_some();
    if is_stated || is_part(schemas, id) || !schema.unions.is_empty() {
        return;
    }
    let (what, word) = if schema.described.object {
        ("an object", "object")
    } else if schema.described.list {
        ("a list", "array")
    } else {
        return;
    };
    let message = format!("this schema states no type, which allows every value; it is taken for {what}");
    diagnostics.warning(Code::AssumedType, message, schema.schema.name).help(format!("add `type: {word}`"));
}

/// Whether it is a part of an `allOf`, or a branch of what states a type.
fn is_part(schemas: &AnalyzedSchemas<'_>, id: SchemaId) -> bool {
    let Parent::Schema(holder, step) = &schemas[id].schema.parent else { return false };
    let states_type = schemas[*holder].keywords.types.is_some();
    step.key == "allOf" || states_type && matches!(step.key, "oneOf" | "anyOf")
}
