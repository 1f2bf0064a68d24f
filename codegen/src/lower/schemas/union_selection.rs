//! Which `oneOf` and `anyOf` of a schema tell shapes apart; the others take part in every value, or only restrict it.

use std::collections::HashSet;

use super::keyword_predicates::{Stated, has_properties, is_null, is_object, is_silent, stated, stated_parts};
use crate::api::{Combination, Shape};
use crate::document::schema::{Keywords, SchemaId, Schemas};

/// Whether null is one of the branches.
pub(super) fn has_null_branch(schemas: &Schemas, keywords: &Keywords) -> bool {
    stated(keywords).any(|union| union.list.value.iter().any(|branch| is_null(schemas, *branch)))
}

/// Whether a branch lists or allows null, where the branches became one list.
pub(super) fn lists_null(schemas: &Schemas, keywords: &Keywords, shape: &Shape) -> bool {
    matches!(shape, Shape::Enumeration(_))
        && stated(keywords)
            .any(|union| union.list.value.iter().any(|id| schemas[schemas.target(*id)].keywords().names_null()))
}

/// The branches that a value has to satisfy in any case: the only one beside null, and those of an `anyOf` that fit together.
pub(super) fn parts(schemas: &Schemas, keywords: &Keywords) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for union in stated(keywords) {
        let branches = union.present(schemas);
        if branches.len() == 1 || union.combination == Combination::Any && fit_together(schemas, keywords, &branches) {
            found.extend(branches);
        }
    }
    found
}

/// Whether each object satisfies each of the branches: none of them requires anything, and no two speak of one property.
fn fit_together(schemas: &Schemas, keywords: &Keywords, branches: &[SchemaId]) -> bool {
    let mut names = HashSet::new();
    let mut is_loose = |branch: &SchemaId| {
        let branch = schemas[schemas.target(*branch)].keywords();
        stated_parts(branch).is_empty()
            && is_object(schemas, branch)
            && has_properties(branch)
            && branch.object.required().is_empty()
            && branch.object.additional_properties.is_none()
            && stated(branch).next().is_none()
            && branch.object.properties().all(|(name, _)| names.insert(name.to_owned()))
    };
    keywords.discriminator.is_none() && branches.iter().all(&mut is_loose)
}

/// Whether the branches only say which properties must be there, or what else has to hold: they tell no shapes apart.
fn tell_nothing(schemas: &Schemas, branches: &[SchemaId]) -> bool {
    branches.iter().all(|branch| {
        let keywords = schemas[schemas.target(*branch)].keywords();
        keywords.only_requires() || is_silent(schemas, keywords)
    })
}

/// The unions of a schema that tell shapes apart.
pub(super) fn that_count<'a>(schemas: &'a Schemas, keywords: &'a Keywords) -> impl Iterator<Item = Stated<'a>> {
    stated(keywords).filter(|union| {
        let branches = union.present(schemas);
        let is_taken = union.combination == Combination::Any && fit_together(schemas, keywords, &branches);
        branches.len() > 1 && !is_taken && !tell_nothing(schemas, &branches)
    })
}

/// Whether a schema has branches that tell shapes apart.
pub(super) fn is_union(schemas: &Schemas, keywords: &Keywords) -> bool {
    that_count(schemas, keywords).next().is_some()
}

/// The unions that only say what else has to hold.
pub(super) fn that_restrict<'a>(schemas: &'a Schemas, keywords: &'a Keywords) -> impl Iterator<Item = Stated<'a>> {
    stated(keywords).filter(|union| {
        let branches = union.present(schemas);
        branches.len() > 1 && tell_nothing(schemas, &branches)
    })
}
