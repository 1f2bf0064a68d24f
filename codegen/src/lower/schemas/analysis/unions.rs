//! `oneOf` and `anyOf`: which of them tell shapes apart. The others apply to every value, or only restrict it.
//!
//! More is applied here than the rules of `validate` read (`validate/index.rs`): null where every branch is null, and branches of an
//! `anyOf` that fit together, which only their own keywords tell.

use std::collections::HashSet;

use super::own_keywords::OwnKeywords;
use super::{Role, StatedUnion};
use crate::api::Combination;
use crate::document::schema::{Keyword, Keywords, SchemaId, Schemas};

/// The unions of a schema.
pub(super) fn of<'a>(schemas: &'a Schemas, own: &[OwnKeywords], id: SchemaId) -> Vec<StatedUnion<'a>> {
    let keywords = schemas[id].keywords();
    let one = keywords.composition.one_of.as_ref().map(|list| (list, Combination::One));
    let any = keywords.composition.any_of.as_ref().map(|list| (list, Combination::Any));
    let union = |(list, combination): (&'a Keyword<Vec<SchemaId>>, Combination)| {
        let mut present = schemas.branches_beside_null(&list.value);
        if present.is_empty() {
            // Null is all that there is.
            present.clone_from(&list.value);
        }
        let branches: Vec<Branch<'_>> =
            present.iter().filter_map(|branch| self::branch(schemas, own, *branch)).collect();
        let fit_together =
            combination == Combination::Any && keywords.discriminator.is_none() && fit_together(&branches);
        let role = if present.len() < 2 || fit_together && refuses_others(schemas, keywords) {
            Role::Applied
        } else if tell_nothing(&branches) {
            Role::Restriction
        } else {
            Role::Alternatives
        };
        StatedUnion { list, combination, present, role, fit_together }
    };
    one.into_iter().chain(any).map(union).collect()
}

/// What a branch, or the schema that it plainly refers to, says.
type Branch<'a> = (&'a OwnKeywords, &'a Keywords);

fn branch<'a>(schemas: &'a Schemas, own: &'a [OwnKeywords], branch: SchemaId) -> Option<Branch<'a>> {
    let target = own.get(branch.index())?.target;
    Some((own.get(target.index())?, schemas[target].keywords()))
}

/// Whether one object may well satisfy all branches: none of them requires anything, and no two speak of one property.
fn fit_together(branches: &[Branch<'_>]) -> bool {
    let mut names = HashSet::new();
    branches
        .iter()
        .all(|(own, keywords)| own.is_loose && keywords.object.properties().all(|(name, _)| names.insert(name)))
}

/// Whether a property that no branch accepts is refused: one that does not fit the branch that lists it is not evaluated.
fn refuses_others(schemas: &Schemas, keywords: &Keywords) -> bool {
    let stated = keywords.object.unevaluated_properties.as_ref();
    stated.is_some_and(|stated| schemas[stated.value].as_bool() == Some(false))
}

/// Whether the branches only say which properties must be there, or what else has to hold: they tell no shapes apart.
fn tell_nothing(branches: &[Branch<'_>]) -> bool {
    branches.iter().all(|(own, keywords)| own.described.nothing || keywords.only_requires())
}
