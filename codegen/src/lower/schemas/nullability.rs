//! Whether null is a value of a schema.

use std::collections::HashSet;

use super::analysis::{AnalyzedSchema, AnalyzedSchemas, Conjuncts, NullBranch, Role};
use crate::api::Shape;
use crate::document::schema::SchemaId;

/// Whether null is a value of a schema of the document that has a shape; `all` is what a value of it has to satisfy.
pub(super) fn of_stated(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &Conjuncts, shape: &Shape) -> bool {
    let is_stated = says_null(schemas, id)
        || all.list.len() > 1 && !matches!(shape, Shape::Reference(_)) && schemas.all_allow_null(all)
        || matches!(shape, Shape::Enumeration(_)) && a_branch_allows_null(schemas, all);
    is_stated && !is_refused(schemas, all)
}

/// Whether null is a value of all of several schemas; one that says nothing of types does not forbid it. `all` is what a value of them has
/// to satisfy.
pub(super) fn of_several(schemas: &AnalyzedSchemas<'_>, ids: &[SchemaId], all: &Conjuncts) -> bool {
    let allows = |id: &SchemaId| says_null(schemas, *id) || says_null(schemas, schemas[*id].target);
    let forbids = |id: &SchemaId| !allows(id) && !schemas[schemas[*id].target].described.nothing;
    ids.iter().any(allows) && !ids.iter().any(forbids) && !is_refused(schemas, all)
}

/// Whether null satisfies a branch of the unions among several schemas that list no values themselves.
fn a_branch_allows_null(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> bool {
    !all.list.iter().any(|one| schemas[one.id].keywords.lists_values())
        && all.list.iter().any(|one| schemas.null_branch(one.id) != NullBranch::None)
}

/// Whether a schema says itself that null is allowed, or an inline part of its `allOf` that says nothing else of types.
fn says_null(schemas: &AnalyzedSchemas<'_>, id: SchemaId) -> bool {
    let schema = &schemas[id];
    let by_part = |part: &SchemaId| schemas[*part].keywords.adds_null() && schemas[*part].described.nothing;
    schema.keywords.names_null()
        || schemas.null_branch(id) == NullBranch::Stated
        || schema.keywords.composition.all_of().iter().any(by_part)
}

/// Whether one of several schemas refuses null by the values that it lists, or by a keyword such as `not` or `if`. `nullable` adds null to
/// what is listed, whatever stands beside. The type of a reference beside `type: [object, 'null']` does not refuse it, for documents mean
/// null by that.
pub(super) fn is_refused(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> bool {
    let is_nullable = all.list.iter().any(|one| schemas[one.id].keywords.nullable);
    let beside_null = beside_null(schemas, all);
    let refuses = |schema: &AnalyzedSchema<'_>| {
        let asserted = &schema.constraints.demanded.asserted;
        let lists_others = !is_nullable && schema.keywords.lists_null() == Some(false);
        !schema.keywords.adds_null() && (lists_others || asserted.iter().any(|one| !one.assertion.allows_null()))
    };
    all.list.iter().any(|one| !beside_null.contains(&one.id) && refuses(&schemas[one.id]))
}

/// The schemas that apply through a branch beside a null branch: they do not refuse null.
fn beside_null(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> HashSet<SchemaId> {
    let unions = all.list.iter().flat_map(|one| &schemas[one.id].unions);
    let applied = unions.filter(|union| union.role == Role::Applied && union.present.len() < union.list.value.len());
    let branches = applied.flat_map(|union| &union.present);
    branches.flat_map(|branch| &schemas[*branch].all.list).map(|one| one.id).collect()
}
