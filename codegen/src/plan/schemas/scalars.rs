//! Scalars: the Rust type of each format, and the constraints beside it.

use super::integers;
use crate::api::{Bound, Constraints, RangeEnd, Schema, Shape, Untyped, Value};
use crate::number_text::NumberText;
use crate::rust::Type;

/// The type of a scalar, and the word for it; `None` where the shape is none.
pub(in crate::plan) fn scalar(shape: &Shape, stated: &Constraints) -> Option<(Type, &'static str)> {
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

/// The same for a schema: where it states values that the type does not hold, the type is one that keeps them.
///
/// A default, an example or a listed value of more than 28 digits makes a number a `LongDecimal`, and so does one beyond 64 bits an
/// integer. Where the document states bounds, a number is `Decimal` all the same, which can be held to them.
pub(in crate::plan) fn of_schema(schema: &Schema, shape: &Shape) -> Option<(Type, &'static str)> {
    let (ty, word) = scalar(shape, &schema.constraints)?;
    let ty = match shape {
        Shape::Number { .. } if ty == Type::Decimal && !is_bounded(&schema.constraints) => {
            if stated_numbers(schema).any(is_long) { Type::LongDecimal } else { ty }
        }
        Shape::Integer { format } => {
            let format = format.as_deref().unwrap_or_default();
            let ty = integers::of_listed(ty, format, &listed_numbers(schema));
            let stated: Vec<&str> = stated_numbers(schema).collect();
            if is_bounded(&schema.constraints) { ty } else { integers::of_examples(ty, format, &stated) }
        }
        _ => ty,
    };
    Some((ty, word))
}

/// A default or an example of an integer that its type does not hold and that the bounds on its side do not exclude, and the limit.
pub(in crate::plan) fn stated_beyond<'s>(schema: &'s Schema, ty: &Type) -> Option<(&'s str, &'static str)> {
    let stated = &schema.constraints;
    stated_numbers(schema).find_map(|number| {
        let (side, limit) = integers::exceeded(ty, number)?;
        let is_bounded = match side {
            RangeEnd::Lower => stated.minimum.is_some(),
            RangeEnd::Upper => stated.maximum.is_some(),
        };
        (!is_bounded).then_some((number, limit))
    })
}

/// The numbers that a schema lists under `enum` or `const`.
fn listed_numbers(schema: &Schema) -> Vec<&str> {
    let Shape::Enumeration(listed) = &schema.shape else { return Vec::new() };
    let numbers = listed.values.iter().filter_map(|listed| match &listed.value {
        Value::Number(text) => Some(text.as_str()),
        _ => None,
    });
    numbers.collect()
}

/// Every number that a schema states as a value.
fn stated_numbers(schema: &Schema) -> impl Iterator<Item = &str> {
    let examples = schema.examples.iter().filter_map(|example| example.value.as_ref());
    let stated = schema.default.iter().chain(examples).filter_map(|value| match value {
        Value::Number(text) => Some(text.as_str()),
        _ => None,
    });
    stated.chain(listed_numbers(schema))
}

/// Whether a number has more digits than a `Decimal` holds: 28, in front of the point and behind it.
fn is_long(text: &str) -> bool {
    let number = NumberText::of(text);
    let Some(exponent) = number.power() else { return true };
    let (whole, fraction) = (number.whole.trim_start_matches('0'), number.significant_fraction());
    let digits = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let before = digits(whole).saturating_add(exponent).max(0);
    let behind = digits(fraction).saturating_sub(exponent).max(0);
    before.saturating_add(behind) > 28
}

fn is_bounded(stated: &Constraints) -> bool {
    stated.minimum.is_some() || stated.maximum.is_some() || stated.multiple_of.is_some()
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
    match format {
        "float" | "double" => Type::F64,
        "decimal128" if !is_bounded(stated) => Type::LongDecimal,
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
        minimum: Bound::tighter(stated.minimum, format.map(|(least, _)| bound(least)), RangeEnd::Lower),
        maximum: Bound::tighter(stated.maximum, format.map(|(_, most)| bound(most)), RangeEnd::Upper),
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
    fn digits_are_counted_on_both_sides_of_the_point() {
        for (text, long) in [
            ("1234567890123456789012345678", false),
            ("12345678901234567890123456789", true),
            ("-0.1234567890123456789012345678", false),
            ("0.12345678901234567890123456789", true),
            ("1.50000000000000000000000000000000000", false),
            ("1e27", false),
            ("1e28", true),
            ("1e-29", true),
            ("1e99999999999999999999", true),
        ] {
            assert_eq!(is_long(text), long, "{text}");
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
