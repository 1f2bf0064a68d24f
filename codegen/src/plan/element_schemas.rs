//! The one schema of what a list holds in every place, and of what an object holds beside its listed properties.

use crate::api::{Additional, List, Object, SchemaId, Schemas, Shape, Untyped};

/// The schema of all items of a list; `None` where its places differ, or nothing is said of them.
pub(super) fn item(schemas: &Schemas, list: &List) -> Option<SchemaId> {
    // Behind the first items there are none.
    let behind = list.items.filter(|items| shape(schemas, *items) != Some(&Shape::Any(Untyped::Never)));
    let is_closed = behind.is_none() && list.items.is_some();
    let mut all = list.prefix.iter().copied().chain(behind);
    let first = all.next().filter(|_| list.prefix.is_empty() || behind.is_some() || is_closed)?;
    all.all(|other| shape(schemas, other) == shape(schemas, first)).then_some(first)
}

/// What properties beside the listed ones are. Which of several patterns a name fits is not told apart.
pub(super) fn further(schemas: &Schemas, object: &Object) -> Additional {
    let Some(&(_, first)) = object.patterns.first() else { return object.additional };
    let is_one = object.patterns.iter().all(|(_, other)| shape(schemas, *other) == shape(schemas, first));
    let is_all = match object.additional {
        Additional::None => true,
        Additional::Schema(other) => shape(schemas, other) == shape(schemas, first),
        Additional::Unstated | Additional::Any => false,
    };
    if is_one && is_all { Additional::Schema(first) } else { Additional::Any }
}

/// Whether nothing but the listed properties may be there (`additionalProperties: false`).
pub(super) fn is_closed(object: &Object) -> bool {
    object.additional == Additional::None && object.patterns.is_empty()
}

fn shape(schemas: &Schemas, id: SchemaId) -> Option<&Shape> {
    schemas.get(schemas.resolve(id)).map(|schema| &schema.shape)
}
