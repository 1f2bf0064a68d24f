//! Schemas under `not`, `if` and the like: they only test values and become no types.

use std::collections::HashSet;

use super::gathered::{GatheredSchemas, Role};
use crate::document::schema::{Home, SchemaId};

/// Keywords whose schemas are conditions.
const CONDITIONS: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "contentSchema",
    "unevaluatedItems",
];

/// The schemas below such keywords, and below unions that only restrict.
pub(super) fn conditions(schemas: &GatheredSchemas<'_>) -> HashSet<SchemaId> {
    let mut found = HashSet::new();
    let unions = schemas.iter().flat_map(|(_, schema)| &schema.unions);
    let restricting: HashSet<SchemaId> =
        unions.filter(|union| union.role == Role::Restriction).flat_map(|union| &union.present).copied().collect();
    // A schema stands before those in it.
    for (id, schema) in schemas.iter() {
        if let Home::Schema(holder, step) = &schema.schema.home
            && (CONDITIONS.contains(&step.key) || restricting.contains(&id) || found.contains(holder))
        {
            found.insert(id);
        }
    }
    found
}
