//! The one schema of what a list holds in every place, and of what an object holds beside its listed properties.

use crate::api::{Additional, List, Object, SchemaId, Schemas, Shape, Untyped};

/// The schema of all items of a list; `None` where nothing is said of them, or places have schemas of their own.
pub(in crate::plan) fn item(list: &List) -> Option<SchemaId> {
    list.items.filter(|_| list.prefix.is_empty())
}

/// The schema of the items behind the places that have schemas of their own.
pub(in crate::plan) fn remaining_items(schemas: &Schemas, list: &List) -> RemainingItems {
    match list.items {
        None => RemainingItems::Any,
        Some(items) if shape(schemas, items) == Some(&Shape::Any(Untyped::Never)) => RemainingItems::Nothing,
        Some(items) => RemainingItems::Items(items),
    }
}

/// What stands behind the places of a list that have schemas of their own.
pub(in crate::plan) enum RemainingItems {
    /// Nothing does.
    Nothing,
    /// Items of one schema.
    Items(SchemaId),
    /// Items of any kind.
    Any,
}

/// What properties beside the listed ones are. Which of several patterns a name fits is not told apart.
pub(in crate::plan) fn additional(schemas: &Schemas, object: &Object) -> Additional {
    let Some(&(_, first)) = object.patterns.first() else { return object.additional };
    let is_one = object.patterns.iter().all(|(_, other)| shape(schemas, *other) == shape(schemas, first));
    let is_all = match object.additional {
        Additional::None => true,
        Additional::Schema(other) => shape(schemas, other) == shape(schemas, first),
        Additional::Unstated | Additional::Any => false,
    };
    if is_one && is_all { Additional::Schema(first) } else { Additional::Any }
}

/// Whether properties beside the listed ones are kept.
pub(in crate::plan) fn keeps_additional(schemas: &Schemas, object: &Object) -> bool {
    matches!(additional(schemas, object), Additional::Schema(_) | Additional::Any)
}

/// What a list or a map holds.
pub(in crate::plan) enum Held {
    /// Items of one schema.
    Items(SchemaId),
    /// Items of any kind.
    AnyItems,
    /// Values of one schema.
    Values(SchemaId),
    /// Values of any kind.
    AnyValues,
}

/// What a shape holds that is a list or a map.
pub(in crate::plan) fn held(schemas: &Schemas, shape: &Shape) -> Held {
    match shape {
        Shape::List(list) => item(list).map_or(Held::AnyItems, Held::Items),
        Shape::Object(object) => match additional(schemas, object) {
            Additional::Schema(values) => Held::Values(values),
            Additional::Any | Additional::None | Additional::Unstated => Held::AnyValues,
        },
        _ => Held::AnyValues,
    }
}

/// Whether a type sees every property of a value: those beside the listed ones are refused or kept.
pub(in crate::plan) fn sees_all_properties(object: &Object) -> bool {
    object.states_additional() || object.additional == Additional::None
}

/// Whether nothing but the listed properties may be there (`additionalProperties: false`).
pub(in crate::plan) fn is_closed(object: &Object) -> bool {
    object.additional == Additional::None && object.patterns.is_empty()
}

fn shape(schemas: &Schemas, id: SchemaId) -> Option<&Shape> {
    schemas.get(schemas.resolve(id)).map(|schema| &schema.shape)
}
