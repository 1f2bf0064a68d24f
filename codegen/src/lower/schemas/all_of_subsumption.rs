//! Which of the schemas that apply to one value includes the others: of the parts of an `allOf`, and of what several parts say of one
//! property, or of the items of one list. Where none includes the others, a new schema combines them.

use std::collections::HashSet;

use super::analysis::{AnalyzedSchema, AnalyzedSchemas, Conjunct, Conjuncts, NullBranch};
use super::derived_schemas::{DerivedSchema, Origin, SchemaOfSeveral};
use super::ids_and_keys::key_below;
use super::intersection::Part;
use super::nullability;
use crate::api::{Constraints, Key};
use crate::document::schema::{Keyword, Keywords, SchemaId, Type};
use crate::number_text::canonical;
use crate::syntax::Node;

/// The one part of an `allOf` that the schema equals, annotations aside; OpenAPI 3.0 writes a description beside a reference so.
pub(super) fn only_part(schemas: &AnalyzedSchemas<'_>, id: SchemaId) -> Option<SchemaId> {
    let schema = &schemas[id];
    if schema.parts.is_empty() || !schema.adds_nothing || schema.alternatives().next().is_some() {
        return None;
    }
    let part = covering(schemas, &schema.parts).filter(|part| cuts_no_type(schemas, schema.keywords, *part))?;
    if cuts_null(schemas, &schema.all, part) {
        return None;
    }
    // A union that lists the schema is more than the schema.
    let mut branches = schemas[schemas[part].target].unions.iter().flat_map(|union| &union.present);
    (!branches.any(|branch| schemas[*branch].target == id)).then_some(part)
}

/// The one of several schemas whose type and shape include those of the others.
pub(super) fn covering(schemas: &AnalyzedSchemas<'_>, parts: &[SchemaId]) -> Option<SchemaId> {
    let says_all = |part: &&SchemaId| parts.iter().all(|other| covers(schemas, **part, *other));
    parts.iter().rev().find(says_all).copied()
}

/// Whether the types of a schema leave those of its part as they are. A part that says nothing of types has all of them.
fn cuts_no_type(schemas: &AnalyzedSchemas<'_>, keywords: &Keywords, part: SchemaId) -> bool {
    let Some(own) = &keywords.types else { return true };
    let part = &schemas[schemas[part].target];
    match part.keywords.types.as_ref().map(|types| types.value.without(Type::Null)) {
        Some(types) => types.common(own.value) == types,
        None => !part.described.nothing,
    }
}

/// Whether a part allows null and the other schemas that a value has to satisfy refuse it.
pub(super) fn cuts_null(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts, part: SchemaId) -> bool {
    let names_null =
        |one: &Conjunct| schemas[one.id].keywords.names_null() || schemas.null_branch(one.id) != NullBranch::None;
    let of_part = &schemas[part].all;
    nullability::is_refused(schemas, all)
        && !nullability::is_refused(schemas, of_part)
        && of_part.list.iter().any(names_null)
}

/// Whether the type and shape of a schema include those of another one.
fn covers(schemas: &AnalyzedSchemas<'_>, one: SchemaId, other: SchemaId) -> bool {
    let (one, other) = (schemas[one].target, schemas[other].target);
    if one == other {
        return true;
    }
    let (new, old) = (&schemas[one], &schemas[other]);
    if old.adds_nothing && old.described.nothing && old.schema.as_bool() != Some(false) {
        return true;
    }
    new.includes(other) || !is_object(old) && !old.restricts_properties && narrows(schemas, new, old)
}

/// The schema of a value that has to satisfy several, as a property does that several parts of an `allOf` describe; `None` where there are
/// none. As a refinement usually does, one of them may include the others.
pub(super) fn of_several(
    schemas: &AnalyzedSchemas<'_>,
    stated: &[SchemaId],
    holder: &Key,
    (keyword, name): (&str, &str),
) -> Option<SchemaOfSeveral> {
    let (&last, earlier) = stated.split_last()?;
    if earlier.iter().all(|one| says_all_of(schemas, last, *one)) {
        return Some(SchemaOfSeveral::Stated(last));
    }
    let origin = Origin::of(stated.iter().map(|id| Part::Whole(*id)).collect());
    let (key, span) = (key_below(holder, keyword, name), schemas[last].schema.name);
    Some(SchemaOfSeveral::Derived(DerivedSchema { origin, key, span }))
}

/// Whether a later schema of a property says all that an earlier one says.
fn says_all_of(schemas: &AnalyzedSchemas<'_>, later: SchemaId, earlier: SchemaId) -> bool {
    if schemas[earlier].secret.is_some() && schemas[later].secret.is_none() {
        return false;
    }
    let (later, earlier) = (schemas[later].target, schemas[earlier].target);
    if later == earlier {
        return true;
    }
    let (new, old) = (&schemas[later], &schemas[earlier]);
    if is_object(old) {
        return is_object(new) && new.includes(earlier);
    }
    let is_silent = old.described.nothing && old.keywords.object.required().is_empty();
    has_all_constraints(new, old) && (is_silent || narrows(schemas, new, old))
}

/// Whether a schema describes an object, by itself or by its parts.
const fn is_object(schema: &AnalyzedSchema<'_>) -> bool {
    schema.described.object || !schema.stated_parts.is_empty()
}

/// Whether the one allows no value that the other does not, as far as type, format and listed values tell.
fn narrows(schemas: &AnalyzedSchemas<'_>, new: &AnalyzedSchema<'_>, old: &AnalyzedSchema<'_>) -> bool {
    let is_composed = |schema: &AnalyzedSchema<'_>| !schema.stated_parts.is_empty() || !schema.unions.is_empty();
    if is_composed(old) || is_composed(new) && !new.keywords.lists_values() {
        return false;
    }
    let (new, old) = (new.keywords, old.keywords);
    let types = |keywords: &Keywords| keywords.types.as_ref().map(|types| types.value);
    let has_type = types(old).is_none() || types(new) == types(old) || types(new).is_none() && new.lists_values();
    let text = |keyword: &Option<Keyword<Box<str>>>| keyword.as_ref().map(|format| format.value.clone());
    let has_format = old.format.is_none() || text(&new.format) == text(&old.format);
    let items = |keywords: &Keywords| keywords.array.items.as_ref().map(|items| schemas[items.value].target);
    let has_items =
        items(old).is_none_or(|old| items(new).is_some_and(|new| new == old || is_silent(schemas, new, old)));
    let has_prefix = old.array.prefix_items.is_none();
    has_type
        && has_format
        && has_items
        && has_prefix
        && (!old.lists_values() || new.lists_values() && lists_no_other(new, old))
}

/// Whether a schema describes no shape of values, and demands nothing else that another one does not demand.
fn is_silent(schemas: &AnalyzedSchemas<'_>, new: SchemaId, old: SchemaId) -> bool {
    let (new, old) = (&schemas[new], &schemas[old]);
    let is_kept_secret = old.secret.is_none() || new.secret.is_some();
    old.described.nothing && is_kept_secret && has_all_constraints(new, old)
}

/// Whether a schema has all constraints of another one.
fn has_all_constraints(new: &AnalyzedSchema<'_>, old: &AnalyzedSchema<'_>) -> bool {
    let (new, old) = (&new.constraints.demanded, &old.constraints.demanded);
    let step = |of: &Constraints| of.multiple_of.as_deref().map(canonical);
    // Of two values of `multipleOf`, one field holds one.
    let has_step = old.multiple_of.is_none() || step(old) == step(new);
    has_step && old.clone().and(new.clone()) == *new
}

/// Whether each value that the one lists is listed by the other.
fn lists_no_other(new: &Keywords, old: &Keywords) -> bool {
    let known: HashSet<String> = values(old).map(Node::to_json_text).collect();
    values(new).all(|value| known.contains(&value.to_json_text()))
}

fn values(keywords: &Keywords) -> impl Iterator<Item = &Node> {
    let list = keywords.enumeration.iter().flat_map(|list| &list.value);
    list.chain(keywords.constant.iter().map(|constant| &constant.value)).filter(|value| !value.is_null())
}
