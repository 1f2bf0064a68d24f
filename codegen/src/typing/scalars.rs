//! Scalars: the Rust type of each format, and the constraints beside it.

use crate::api::{self, Shape};
use crate::ir::{Constraints, Format, TypeRef};

/// The type of a scalar, and the word for it; `None` where the shape is none.
pub fn scalar(shape: &Shape) -> Option<(TypeRef, &'static str)> {
    Some(match shape {
        // JSON Schema Validation 2020-12, 8.3: the text holds bytes.
        Shape::String { encoding: Some(encoding), .. } if encoding.eq_ignore_ascii_case("base64") => {
            (TypeRef::Base64, "string")
        }
        Shape::String { format, .. } => (string(format.as_deref().unwrap_or_default()), "string"),
        Shape::Integer { format } => (integer(format.as_deref().unwrap_or_default()), "integer"),
        Shape::Number { format } => (number(format.as_deref().unwrap_or_default()), "number"),
        Shape::Boolean => (TypeRef::Bool, "boolean"),
        _ => return None,
    })
}

/// Unknown formats are annotations (OpenAPI 3.0.4, "Data Type Format"): the text stays a text.
fn string(format: &str) -> TypeRef {
    match format {
        "date" => TypeRef::Formatted(Format::Date),
        "date-time" => TypeRef::Formatted(Format::DateTime),
        "time" => TypeRef::Formatted(Format::Time),
        "duration" => TypeRef::Formatted(Format::Duration),
        "uuid" => TypeRef::Formatted(Format::Uuid),
        "uri" | "url" => TypeRef::Formatted(Format::Uri),
        "byte" => TypeRef::Base64,
        "decimal" => TypeRef::QuotedDecimal,
        _ => TypeRef::String,
    }
}

/// Without a format an integer has 64 bits: what JSON writers on every platform can be expected to send.
fn integer(format: &str) -> TypeRef {
    match format {
        "int8" | "int16" | "int32" => TypeRef::I32,
        "uint8" | "uint16" | "uint32" => TypeRef::U32,
        "uint64" => TypeRef::U64,
        "unix-time" => TypeRef::UnixTime,
        _ => TypeRef::I64,
    }
}

/// A number is exact unless the document asks for a binary float by name: cents are lost silently, never loudly.
fn number(format: &str) -> TypeRef {
    match format {
        "float" | "double" => TypeRef::F64,
        _ => TypeRef::Decimal,
    }
}

/// What a valid value fulfils beyond its type: one range of sizes, whichever the shape has.
pub fn constraints(stated: &api::Constraints, shape: &Shape) -> Constraints {
    let bound = |bound: &Option<api::Bound>| bound.as_ref().map(|bound| (bound.value.clone(), bound.exclusive));
    let sized = !matches!(shape, Shape::Number { .. } | Shape::Integer { .. });
    let least = stated.min_length.or(stated.min_items).or(stated.min_properties);
    let most = stated.max_length.or(stated.max_items).or(stated.max_properties);
    Constraints {
        minimum: bound(&stated.minimum),
        maximum: bound(&stated.maximum),
        multiple_of: stated.multiple_of.clone(),
        min_length: least.filter(|_| sized),
        max_length: most.filter(|_| sized),
        pattern: stated.pattern.clone(),
        unique: stated.unique_items,
    }
}
