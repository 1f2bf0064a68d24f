//! Whether the branches of unions allow null.

use std::collections::HashSet;

use super::schema_table::SchemaTable;
use super::{AnalyzedSchema, Conjunct, Conjuncts, NullBranch};
use crate::document::schema::{SchemaId, Schemas, Type};

/// What the unions of each schema say of null, in the order of the document.
pub(super) fn of_each(schemas: &SchemaTable<'_>) -> Vec<NullBranch> {
    schemas.iter().map(|(_, schema)| of(schemas, schema)).collect()
}

fn of(schemas: &SchemaTable<'_>, schema: &AnalyzedSchema<'_>) -> NullBranch {
    let mut present = schema.unions.iter().flat_map(|union| &union.present);
    if schema.unions.iter().any(|union| union.present.len() < union.list.value.len()) {
        NullBranch::Stated
    } else if present.any(|branch| takes_null(schemas, *branch)) {
        NullBranch::Allowed
    } else {
        NullBranch::None
    }
}

/// Whether null satisfies a branch: by what it says itself, by a branch of its own, or by the parts of its `allOf`.
fn takes_null(schemas: &SchemaTable<'_>, branch: SchemaId) -> bool {
    names_null(schemas.document, branch) || all_allow_null(schemas, &schemas[branch].all)
}

/// Whether one of the schemas that a value has to satisfy names null, and none of them can refuse it.
pub(super) fn all_allow_null(schemas: &SchemaTable<'_>, all: &Conjuncts) -> bool {
    let may_refuse = |one: &Conjunct| {
        let (schema, keywords) = (&schemas[one.id], schemas[one.id].keywords);
        let is_unknown = schema.constraints.omitted.iter().any(|(keyword, _)| matches!(*keyword, "not" | "if"));
        !schema.unions.is_empty() || keywords.lists_values() && !keywords.names_null() || is_unknown
    };
    all.types.is_none_or(|types| types.contains(Type::Null))
        && all.list.iter().any(|one| schemas[one.id].keywords.names_null())
        && !all.list.iter().any(may_refuse)
}

/// How deep null is looked for in unions within unions.
const DEPTH: usize = 8;

/// Whether a branch names null, or one of its own branches does. Each is looked at once: unions may hold the same ones in many ways.
fn names_null(schemas: &Schemas, branch: SchemaId) -> bool {
    let (mut level, mut seen) = (vec![schemas.target(branch)], HashSet::new());
    for _ in 0..=DEPTH {
        for id in std::mem::take(&mut level) {
            let keywords = schemas[id].keywords();
            let composition = &keywords.composition;
            let inner = composition.one_of.iter().chain(&composition.any_of).flat_map(|list| &list.value);
            if keywords.names_null() || inner.clone().any(|inner| schemas.is_null(*inner)) {
                return true;
            }
            level.extend(inner.map(|inner| schemas.target(*inner)).filter(|target| seen.insert(*target)));
        }
    }
    false
}
