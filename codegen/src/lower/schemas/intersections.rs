//! What several parts of an `allOf` say of one property.
//!
//! A part that comes later refines what an earlier one says, and mostly says all of it again. Where it does not, the
//! property has a schema of its own, which says what the parts say together.

use super::{Additions, Origin, constraints, facts, key_below, objects, same_id, shapes};
use crate::api::{self, Constraints, Key, Shape, Untyped};
use crate::document::schema::{Keyword, Keywords, SchemaId, Schemas, Type};

/// The schema of a property, by those that the parts give it.
pub fn schema(
    schemas: &Schemas,
    stated: &[SchemaId],
    holder: &Key,
    property: &str,
    additions: &mut Additions,
) -> api::SchemaId {
    let Some((&last, earlier)) = stated.split_last() else { return api::SchemaId(0) };
    if earlier.iter().all(|one| says_all_of(schemas, last, *one)) {
        return same_id(last);
    }
    let is_affordable = additions.affords(stated.len(), schemas[last].name);
    if !is_affordable {
        return same_id(last);
    }
    additions.schema(Origin::Intersection(stated.to_vec()), key_below(holder, "properties", property))
}

/// What the schemas look like together: one object of them all, or else what the narrowest of them says.
pub fn shape(schemas: &Schemas, ids: &[SchemaId], key: &Key, additions: &mut Additions) -> Shape {
    let targets: Vec<SchemaId> = ids.iter().map(|id| schemas.target(*id)).collect();
    let objects = targets.iter().filter(|id| is_object(schemas, **id)).count();
    if objects > 1
        && let Some(shape) = objects::intersection(schemas, ids, key, additions)
    {
        return shape;
    }
    if have_no_common_type(schemas, &targets) {
        return Shape::Any(Untyped::Never);
    }
    let narrowest = ids.iter().max_by_key(|id| narrowness(schemas, **id));
    Shape::Reference(narrowest.map_or(api::SchemaId(0), |id| same_id(*id)))
}

/// Whether two of the schemas allow values of different types alone, null aside, so that no value fits both.
fn have_no_common_type(schemas: &Schemas, ids: &[SchemaId]) -> bool {
    let types = ids.iter().filter_map(|id| schemas[*id].keywords().types.as_ref());
    let types: Vec<_> = types.map(|types| types.value.without(Type::Null)).filter(|types| !types.is_empty()).collect();
    types.iter().any(|one| types.iter().any(|other| !one.overlaps(*other)))
}

/// The constraints of all of them, those of the schemas that they refer to as well.
pub fn constraints(schemas: &Schemas, ids: &[SchemaId]) -> Constraints {
    let all = ids.iter().flat_map(|id| [*id, schemas.target(*id)]);
    all.map(|id| constraints::constraints(schemas[id].keywords())).fold(Constraints::default(), Constraints::and)
}

fn is_object(schemas: &Schemas, id: SchemaId) -> bool {
    let keywords = schemas[id].keywords();
    (shapes::is_object(keywords) || !shapes::parts(keywords).is_empty()) && objects::may_be_object(schemas, id)
}

/// How much a schema says of what its values look like.
fn narrowness(schemas: &Schemas, id: SchemaId) -> u8 {
    let keywords = schemas[schemas.target(id)].keywords();
    if keywords.enumeration.is_some() || keywords.constant.is_some() {
        2
    } else {
        u8::from(!shapes::is_silent(keywords))
    }
}

/// Whether a later schema of a property says all that an earlier one says.
fn says_all_of(schemas: &Schemas, later: SchemaId, earlier: SchemaId) -> bool {
    if facts::secret(schemas, earlier).is_some() && facts::secret(schemas, later).is_none() {
        return false;
    }
    let (later, earlier) = (schemas.target(later), schemas.target(earlier));
    if later == earlier {
        return true;
    }
    let (new, old) = (schemas[later].keywords(), schemas[earlier].keywords());
    if is_object(schemas, earlier) {
        return is_object(schemas, later) && objects::all_parts(schemas, later).contains(&earlier);
    }
    has_all_constraints(new, old) && (shapes::is_silent(old) || narrows(schemas, new, old))
}

fn has_all_constraints(new: &Keywords, old: &Keywords) -> bool {
    let (new, old) = (constraints::constraints(new), constraints::constraints(old));
    old.and(new.clone()) == new
}

/// Whether the one allows no value that the other does not, as far as type, format and listed values tell.
fn narrows(schemas: &Schemas, new: &Keywords, old: &Keywords) -> bool {
    let is_composed =
        |keywords: &Keywords| !shapes::parts(keywords).is_empty() || super::unions::has_branches(keywords);
    if is_composed(old) || is_composed(new) && !lists(new) {
        return false;
    }
    let types = |keywords: &Keywords| keywords.types.as_ref().map(|types| types.value);
    let has_type = types(old).is_none() || types(new) == types(old) || types(new).is_none() && lists(new);
    let text = |keyword: &Option<Keyword<Box<str>>>| keyword.as_ref().map(|format| format.value.clone());
    let has_format = old.format.is_none() || text(&new.format) == text(&old.format);
    let items = |keywords: &Keywords| keywords.array.items.as_ref().map(|items| schemas.target(items.value));
    let has_items = items(old).is_none_or(|old| {
        items(new) == Some(old) || shapes::is_silent(schemas[old].keywords()) && items(new).is_some()
    });
    has_type && has_format && has_items && (!lists(old) || lists(new))
}

const fn lists(keywords: &Keywords) -> bool {
    keywords.enumeration.is_some() || keywords.constant.is_some()
}
