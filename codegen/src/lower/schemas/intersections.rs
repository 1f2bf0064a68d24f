//! What several schemas say of one value: the parts of an `allOf` of one property, of the items of a list.
//!
//! A part that comes later refines what an earlier one says, and mostly says all of it again. Where one of them says all, the value is
//! of that schema; where none does, it has a schema of its own, which says what they say together.

use std::collections::HashSet;

use super::all_of::{self, Part};
use super::keys::{key_below, same_id};
use super::synthesized::{Additions, Origin};
use super::{constraints, keyword_predicates, sensitivity, union_selection};
use crate::api::{self, Key};
use crate::document::schema::{Keyword, Keywords, SchemaId, Schemas, Type};
use crate::syntax::Node;

/// The schema of a value, by those that it has to satisfy; `None` where there are none.
pub(super) fn schema(
    schemas: &Schemas,
    stated: &[SchemaId],
    holder: &Key,
    (keyword, name): (&str, &str),
    additions: &mut Additions,
) -> Option<api::SchemaId> {
    let (&last, earlier) = stated.split_last()?;
    let span = schemas[last].name;
    if earlier.iter().all(|one| says_all_of(schemas, last, *one)) || !additions.affords(stated.len(), span) {
        return Some(same_id(last));
    }
    let parts = stated.iter().map(|id| Part::Whole(*id)).collect();
    Some(additions.schema(Origin::of(parts), key_below(holder, keyword, name), span))
}

/// The one part of an `allOf` that the schema equals, annotations aside; OpenAPI 3.0 writes a description beside a reference so.
pub(super) fn only_part(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let keywords = schemas[id].keywords();
    let parts = all_of::parts(schemas, keywords);
    if parts.is_empty() || !adds_nothing(schemas, keywords) || union_selection::is_union(schemas, keywords) {
        return None;
    }
    covering(schemas, &parts).filter(|part| cuts_no_type(schemas, keywords, *part))
}

/// The one of several schemas that says all that the others say of the look of a value.
pub(super) fn covering(schemas: &Schemas, parts: &[SchemaId]) -> Option<SchemaId> {
    let says_all = |part: &&SchemaId| parts.iter().all(|other| covers(schemas, **part, *other));
    parts.iter().rev().find(says_all).copied()
}

/// Whether the types of a schema leave those of its part as they are. A part that says nothing of types has all of them.
fn cuts_no_type(schemas: &Schemas, keywords: &Keywords, part: SchemaId) -> bool {
    let Some(own) = &keywords.types else { return true };
    let part = schemas[schemas.target(part)].keywords();
    match part.types.as_ref().map(|types| types.value.without(Type::Null)) {
        Some(types) => types.common(own.value) == types,
        None => !keyword_predicates::is_silent(schemas, part),
    }
}

/// Whether the keywords of a schema alone say nothing of the look of values, its type and its unions aside.
pub(super) fn adds_nothing(schemas: &Schemas, keywords: &Keywords) -> bool {
    !keyword_predicates::has_properties(keywords)
        && !restricts_properties(schemas, keywords)
        && keywords.array.items.is_none()
        && keywords.array.prefix_items.is_none()
        && !lists(keywords)
        && keywords.string.content_encoding.is_none()
        && keywords.format.is_none()
}

/// Whether a schema says all of the look of a value that another one says.
fn covers(schemas: &Schemas, one: SchemaId, other: SchemaId) -> bool {
    let (one, other) = (schemas.target(one), schemas.target(other));
    if one == other {
        return true;
    }
    let (new, old) = (schemas[one].keywords(), schemas[other].keywords());
    if adds_nothing(schemas, old)
        && keyword_predicates::is_silent(schemas, old)
        && schemas[other].as_bool() != Some(false)
    {
        return true;
    }
    if all_of::all(schemas, one).contains(&other) {
        return true;
    }
    !is_object(schemas, other) && !restricts_properties(schemas, old) && narrows(schemas, new, old)
}

/// Whether a schema says which properties an object has, without listing any.
fn restricts_properties(schemas: &Schemas, keywords: &Keywords) -> bool {
    let object = &keywords.object;
    let further = [&object.additional_properties, &object.unevaluated_properties];
    !object.required().is_empty()
        || object.pattern_properties.is_some()
        || further.into_iter().flatten().any(|further| schemas[further.value].as_bool() != Some(true))
}

fn is_object(schemas: &Schemas, id: SchemaId) -> bool {
    let keywords = schemas[id].keywords();
    keyword_predicates::is_object(schemas, keywords) || !keyword_predicates::stated_parts(keywords).is_empty()
}

/// Whether a later schema of a property says all that an earlier one says.
fn says_all_of(schemas: &Schemas, later: SchemaId, earlier: SchemaId) -> bool {
    if sensitivity::secret(schemas, earlier).is_some() && sensitivity::secret(schemas, later).is_none() {
        return false;
    }
    let (later, earlier) = (schemas.target(later), schemas.target(earlier));
    if later == earlier {
        return true;
    }
    let (new, old) = (schemas[later].keywords(), schemas[earlier].keywords());
    if is_object(schemas, earlier) {
        return is_object(schemas, later) && all_of::all(schemas, later).contains(&earlier);
    }
    has_all_constraints(schemas, new, old)
        && (keyword_predicates::is_silent(schemas, old) && old.object.required().is_empty()
            || narrows(schemas, new, old))
}

fn has_all_constraints(schemas: &Schemas, new: &Keywords, old: &Keywords) -> bool {
    let (new, old) = (constraints::of(schemas, new), constraints::of(schemas, old));
    old.and(new.clone()) == new
}

/// Whether the one allows no value that the other does not, as far as type, format and listed values tell.
fn narrows(schemas: &Schemas, new: &Keywords, old: &Keywords) -> bool {
    let is_composed = |keywords: &Keywords| {
        !keyword_predicates::stated_parts(keywords).is_empty() || keyword_predicates::stated(keywords).next().is_some()
    };
    if is_composed(old) || is_composed(new) && !lists(new) {
        return false;
    }
    let types = |keywords: &Keywords| keywords.types.as_ref().map(|types| types.value);
    let has_type = types(old).is_none() || types(new) == types(old) || types(new).is_none() && lists(new);
    let text = |keyword: &Option<Keyword<Box<str>>>| keyword.as_ref().map(|format| format.value.clone());
    let has_format = old.format.is_none() || text(&new.format) == text(&old.format);
    let items = |keywords: &Keywords| keywords.array.items.as_ref().map(|items| schemas.target(items.value));
    let has_items = items(old).is_none_or(|old| {
        items(new) == Some(old)
            || keyword_predicates::is_silent(schemas, schemas[old].keywords()) && items(new).is_some()
    });
    let has_prefix = old.array.prefix_items.is_none();
    has_type && has_format && has_items && has_prefix && (!lists(old) || lists(new) && lists_no_other(new, old))
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

const fn lists(keywords: &Keywords) -> bool {
    keywords.enumeration.is_some() || keywords.constant.is_some()
}
