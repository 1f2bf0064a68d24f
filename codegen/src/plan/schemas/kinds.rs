//! Which schemas become a type of their own, and which kind of type.

use super::elements;
use crate::api::{Enumeration, Key, List, Nesting, Object, Schema, SchemaId, Schemas, Shape, Union, Untyped, Value};

/// What a schema with a type of its own becomes.
#[derive(Clone, Copy, Debug)]
pub(in crate::plan) enum Kind<'a> {
    /// A struct: a JSON object with known properties.
    Struct(&'a Object),
    /// An enum without values: a string or an integer from a list.
    Enum(&'a Enumeration),
    /// An enum with a value in each variant: one of several shapes.
    Union(&'a Union),
    /// A struct around a list or map that holds such values again: a name alone cannot hold itself.
    Nested(&'a Shape),
    /// A tuple struct: a list whose places have schemas of their own.
    Tuple(&'a List),
    /// A name for any JSON, with the reason why it is no narrower.
    Json(&'static str),
}

/// What a schema becomes, unless it is only a name for something simpler.
pub(in crate::plan) fn kind(schema: &Schema) -> Option<Kind<'_>> {
    match shape(schema) {
        Shape::Enumeration(listed) => Some(Kind::Enum(listed)),
        Shape::Union(union) => Some(Kind::Union(union)),
        Shape::Object(object) if is_struct(object) => Some(Kind::Struct(object)),
        Shape::List(list) if !list.prefix.is_empty() => Some(Kind::Tuple(list)),
        shape @ (Shape::List(_) | Shape::Object(_)) if schema.nesting == Nesting::Recursive => {
            Some(Kind::Nested(shape))
        }
        shape @ Shape::Any(Untyped::TooManyShapes) => Some(Kind::Json(reason(shape))),
        _ => None,
    }
}

/// What a schema says of its values, but for a list of them that becomes no enum.
pub(in crate::plan) fn shape(schema: &Schema) -> &Shape {
    match &schema.shape {
        Shape::Enumeration(listed) if !become_variants(listed) => &listed.base,
        shape => shape,
    }
}

/// An object where a schema is one by itself or by what it refers to.
pub(in crate::plan) fn object(schemas: &Schemas, id: SchemaId) -> Option<&Object> {
    match &schemas.get(schemas.resolve(id))?.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// Whether an object has properties, of its own or those of others, or may have none at all; any other keeps all that it is given.
pub(in crate::plan) fn is_struct(object: &Object) -> bool {
    !object.properties.is_empty() || !object.constants.is_empty() || elements::is_closed(object)
}

/// Why values of a shape are any JSON.
pub(super) const fn reason(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any(Untyped::UnknownType) => "the schema's type is not one of JSON's",
        Shape::Any(Untyped::TooManyShapes) => "several `oneOf` or `anyOf` together",
        _ => "the schema states no type",
    }
}

/// The component with a type of its own that a schema is or refers to.
pub(in crate::plan) fn component(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let id = schemas.resolve(id);
    let schema = schemas.get(id)?;
    (component_name(schema).is_some() && kind(schema).is_some()).then_some(id)
}

/// The name of a schema that is a component.
pub(in crate::plan) fn component_name(schema: &Schema) -> Option<&str> {
    match &schema.key {
        Key::Component(name) => Some(name),
        Key::Pointer(_) => None,
    }
}

/// Whether a schema lists values that become an enum, null aside: texts alone, or integers alone.
fn become_variants(listed: &Enumeration) -> bool {
    are_texts(listed) || are_integers(listed)
}

fn are_texts(listed: &Enumeration) -> bool {
    let is_text = match &*listed.base {
        Shape::String { .. } | Shape::Union(_) | Shape::Reference(_) => true,
        Shape::Any(reason) => *reason == Untyped::NoType,
        _ => false,
    };
    is_text && listed.values.iter().all(|one| one.value.as_str().is_some())
}

fn are_integers(listed: &Enumeration) -> bool {
    // A point in time is no name for something.
    let is_integer = match &*listed.base {
        Shape::Integer { format } => format.as_deref() != Some("unix-time"),
        _ => false,
    };
    is_integer && !listed.values.is_empty() && listed.values.iter().all(|one| integer(&one.value).is_some())
}

/// A listed value as an integer, if it is written as one.
pub(in crate::plan) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(text) => text.parse().ok().filter(|integer: &i64| integer.to_string() == *text),
        _ => None,
    }
}
