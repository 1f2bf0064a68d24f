//! Scalars: the Rust type of each format, and the constraints beside it.

use super::integers;
use crate::api::{Bound, Constraints, Shape, Side, Untyped};
use crate::rust::Type;

/// The type of a scalar, and the word for it; `None` where the shape is none.
pub(super) fn scalar(shape: &Shape, stated: &Constraints) -> Option<(Type, &'static str)> {
    Some(match shape {
        // JSON Schema Validation 2020-12, 8.3: the text holds bytes.
        Shape::String { encoding: Some(encoding), .. } if encoding.eq_ignore_ascii_case("base64") => {
            (Type::Base64, "string")
        }
        Shape::String { encoding: Some(encoding), .. } if encoding.eq_ignore_ascii_case("base64url") => {
            (Type::Base64Url, "string")
        }
        Shape::String { format, .. } => (string(format.as_deref().unwrap_or_default()), "string"),
        Shape::Integer { format } => (integers::integer(format.as_deref().unwrap_or_default(), stated), "integer"),
        Shape::Number { format } => (number(format.as_deref().unwrap_or_default(), stated), "number"),
        Shape::Boolean => (Type::Bool, "boolean"),
        // Of the one, null is a value beside; of the other, nothing is.
        Shape::Null | Shape::Any(Untyped::Never) => (Type::Never, "value"),
        _ => return None,
    })
}

/// Unknown formats are annotations (OpenAPI 3.0.4, "Data Type Format"): the text stays a text.
fn string(format: &str) -> Type {
    match format {
        "date" => Type::Date,
        "date-time" => Type::DateTime,
        "time" => Type::Time,
        "duration" => Type::Duration,
        "uuid" => Type::Uuid,
        "uri" | "url" => Type::Uri,
        "byte" => Type::Base64,
        "base64url" => Type::Base64Url,
        "decimal" => Type::QuotedDecimal,
        _ => Type::String,
    }
}

/// A number is exact unless the document asks for a binary float by name: cents are lost silently, never loudly.
///
/// `decimal128` has up to 34 digits (OpenAPI Format Registry), and `Decimal` 28. Where the document states bounds, it is `Decimal` all the
/// same, which can be held to them.
fn number(format: &str, stated: &Constraints) -> Type {
    let is_bounded = stated.minimum.is_some() || stated.maximum.is_some() || stated.multiple_of.is_some();
    match format {
        "float" | "double" => Type::F64,
        "decimal128" if !is_bounded => Type::LongDecimal,
        _ => Type::Decimal,
    }
}

/// What a valid value of a shape fulfils beyond its type: its size is a number of characters, items or properties, whichever
/// the type has, and stands in `min_length` and `max_length`.
pub(super) fn constraints(stated: Constraints, shape: &Shape, ty: &Type) -> Constraints {
    let (least, most) = size(&stated, ty);
    let format = match shape {
        Shape::Integer { format } => format.as_deref().and_then(integers::of_format),
        _ => None,
    };
    let bound = |value: &str| Bound { value: value.to_owned(), exclusive: false };
    let stated = if is_no_number(ty) {
        Constraints { minimum: None, maximum: None, multiple_of: None, ..stated }
    } else {
        stated
    };
    Constraints {
        minimum: Bound::tighter(stated.minimum, format.map(|(least, _)| bound(least)), Side::Lower),
        maximum: Bound::tighter(stated.maximum, format.map(|(_, most)| bound(most)), Side::Upper),
        min_length: least,
        max_length: most,
        min_items: None,
        max_items: None,
        min_properties: None,
        max_properties: None,
        ..stated
    }
}

/// Whether bounds of numbers say nothing of a type's values.
fn is_no_number(ty: &Type) -> bool {
    match ty {
        Type::Secret(inner) | Type::Option(inner) => is_no_number(inner),
        Type::String
        | Type::Bool
        | Type::Base64
        | Type::Base64Url
        | Type::List(_)
        | Type::Map(_)
        | Type::JsonObject => true,
        other => other.is_formatted(),
    }
}

/// The bounds of the size that values of a type have: a keyword that speaks of another type says nothing of them.
fn size(stated: &Constraints, ty: &Type) -> (Option<u64>, Option<u64>) {
    match ty {
        Type::Secret(inner) | Type::Option(inner) => size(stated, inner),
        Type::List(_) => (stated.min_items, stated.max_items),
        Type::Map(_) | Type::JsonObject => (stated.min_properties, stated.max_properties),
        Type::Decimal | Type::UnixTime => (None, None),
        number if number.is_plain() => (None, None),
        _ => (stated.min_length, stated.max_length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_unless_a_binary_float_is_asked_for() {
        for (format, expected) in
            [("", Type::Decimal), ("decimal", Type::Decimal), ("float", Type::F64), ("double", Type::F64)]
        {
            assert_eq!(number(format, &Constraints::default()), expected, "{format}");
        }
    }

    #[test]
    fn long_numbers_keep_their_text_unless_they_have_bounds_to_be_held_to() {
        let bound = || Some(Bound { value: "0".to_owned(), exclusive: false });
        assert_eq!(number("decimal128", &Constraints::default()), Type::LongDecimal);
        for stated in [
            Constraints { minimum: bound(), ..Constraints::default() },
            Constraints { maximum: bound(), ..Constraints::default() },
            Constraints { multiple_of: Some("0.01".to_owned()), ..Constraints::default() },
        ] {
            assert_eq!(number("decimal128", &stated), Type::Decimal);
        }
    }
}
