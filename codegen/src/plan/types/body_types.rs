//! The Rust types of bodies.

use super::schema_types::{Typed, Types};
use crate::api::SchemaId;
use crate::plan::bodies::media_types::Value;
use crate::plan::operation_signatures::response_variants::ResponseVariant;
use crate::plan::schemas::value_constraints::ValueConstraints;
use crate::rust::Type;

/// The type of a whole body.
pub(in crate::plan) fn value_type(types: &Types, value: Value) -> Typed {
    let plain = Typed::plain;
    match value {
        Value::Text => plain(Type::String),
        Value::Bytes => plain(Type::Bytes),
        Value::Stream => plain(Type::Body),
        Value::Json(_) => plain(Type::Json),
        Value::JsonObject(_) => plain(Type::JsonObject),
        Value::Schema(schema) => types.of(schema),
        Value::Items(schema) => Typed {
            value_constraints: ValueConstraints::default().of_each(of_items(types, schema)),
            ..plain(Type::Items(Box::new(item(types, schema))))
        },
        Value::Events(schema) => plain(Type::Events(Box::new(item(types, schema)))),
        Value::TextEvents => plain(Type::Events(Box::new(Type::String))),
    }
}

/// The type of the items of a stream.
fn item(types: &Types, schema: Option<SchemaId>) -> Type {
    schema.map_or(Type::Json, |schema| types.of(schema).element())
}

/// What is required of the items of a stream.
fn of_items(types: &Types, schema: Option<SchemaId>) -> ValueConstraints {
    schema.map_or_else(ValueConstraints::default, |schema| types.of(schema).value_constraints)
}

/// The type of a response's body; `None`: there is none.
pub(in crate::plan) fn body_type(types: &Types, variant: &ResponseVariant<'_>) -> Option<Type> {
    variant.body.as_ref().map(|body| value_type(types, body.value).element())
}
