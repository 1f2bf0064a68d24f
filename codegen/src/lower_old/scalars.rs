//! Scalars: types and formats, and the constraints beside them.

use super::context::{Hint, Lowering};
use super::located::Facets;
use super::values;
use crate::ir::{Constraints, Format, TypeRef};

/// A scalar by `type` and `format`.
pub fn scalar(lowering: &mut Lowering<'_>, facets: &Facets<'_>, kind: &str, hint: &Hint) -> TypeRef {
    if facets.values.is_some() {
        lowering.report.values_not_checked(kind, values::place(facets));
    }
    match kind {
        "string" => string(facets.format.unwrap_or_default()),
        "integer" => integer(facets.format.unwrap_or_default()),
        "number" => number(facets.format.unwrap_or_default()),
        "boolean" => TypeRef::Bool,
        _ => {
            lowering.untyped(hint, "the schema's type is not one of JSON's");
            TypeRef::Json
        }
    }
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

/// What a valid value fulfils beyond its type; numbers as the document writes them.
pub fn constraints(facets: &Facets<'_>) -> Constraints {
    let bound = |key: &str, exclusive: &str| facets.text(key).map(|text| (text.to_owned(), facets.flag(exclusive)));
    let count = |keys: [&str; 3]| keys.into_iter().find_map(|key| facets.text(key)).and_then(|text| text.parse().ok());
    let sized = facets.kind != Some("number") && facets.kind != Some("integer");
    Constraints {
        minimum: bound("minimum", "exclusiveMinimum"),
        maximum: bound("maximum", "exclusiveMaximum"),
        multiple_of: facets.text("multipleOf").map(str::to_owned),
        min_length: count(["minLength", "minItems", "minProperties"]).filter(|_| sized),
        max_length: count(["maxLength", "maxItems", "maxProperties"]).filter(|_| sized),
        pattern: facets.text("pattern").map(str::to_owned),
        unique: facets.flag("uniqueItems"),
    }
}
