//! The Rust types of bodies.

use super::bodies::Value;
use super::response_variants::ResponseVariant;
use super::types::{Typed, Types};
use crate::api::SchemaId;
use crate::rust::Type;

/// The type of a whole body.
pub(super) fn value_type(types: &Types, value: Value) -> Typed {
    let plain = Typed::plain;
    match value {
        Value::Text => plain(Type::String),
        Value::Bytes => plain(Type::Bytes),
        Value::Stream => plain(Type::Body),
        Value::Json(_) => plain(Type::Json),
        Value::JsonObject(_) => plain(Type::JsonObject),
        Value::Schema(schema) => types.of(schema),
        Value::Items(schema) => plain(Type::Items(Box::new(item(types, schema)))),
        Value::Events(schema) => plain(Type::Events(Box::new(item(types, schema)))),
        Value::TextEvents => plain(Type::Events(Box::new(Type::String))),
    }
}

/// The type of the items of a stream.
fn item(types: &Types, schema: Option<SchemaId>) -> Type {
    schema.map_or(Type::Json, |schema| types.of(schema).element())
}

/// The type of a response's body; `None`: there is none.
pub(super) fn body_type(types: &Types, variant: &ResponseVariant<'_>) -> Option<Type> {
    variant.body.as_ref().map(|body| value_type(types, body.value).element())
}
