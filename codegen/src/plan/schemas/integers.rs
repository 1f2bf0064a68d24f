//! Which Rust integer an integer of the document becomes: by its format, or else by its bounds.

use std::cmp::Ordering;

use crate::api::{Bound, Constraints, RangeEnd, order};
use crate::rust::Type;

/// The type. Without a format it has 64 bits: what JSON writers on every platform can be expected to send.
pub(in crate::plan) fn integer(format: &str, stated: &Constraints) -> Type {
    match format {
        "int8" | "int16" | "int32" => Type::I32,
        "uint8" | "uint16" | "uint32" => Type::U32,
        "int64" => Type::I64,
        "uint64" => Type::U64,
        "unix-time" => Type::UnixTime,
        _ if is_unsigned_and_wide(stated) => Type::U64,
        _ => Type::I64,
    }
}

/// The type where the document lists integers: one that holds all of them, unless a format names another.
pub(super) fn of_listed(ty: Type, format: &str, listed: &[&str]) -> Type {
    match ty {
        Type::I64 | Type::U64 if !matches!(format, "int64" | "uint64") && exceed(&ty, listed) => {
            if exceed(&Type::U64, listed) { Type::LongDecimal } else { Type::U64 }
        }
        other => other,
    }
}

/// The type where the document gives integers as examples: one that holds them and, as they are not all, the others of the type as well.
pub(super) fn of_examples(ty: Type, format: &str, stated: &[&str]) -> Type {
    let is_open = matches!(ty, Type::I64 | Type::U64) && !matches!(format, "int64" | "uint64");
    if is_open && exceed(&ty, stated) { Type::LongDecimal } else { ty }
}

/// Whether a type does not hold all of some integers.
fn exceed(ty: &Type, stated: &[&str]) -> bool {
    stated.iter().any(|one| exceeded(ty, one).is_some())
}

/// The limit of a type that a number is beyond.
pub(super) fn exceeded(ty: &Type, number: &str) -> Option<(RangeEnd, &'static str)> {
    let (least, most) = range(ty)?;
    if order(number, least) == Ordering::Less {
        return Some((RangeEnd::Lower, least));
    }
    (order(number, most) == Ordering::Greater).then_some((RangeEnd::Upper, most))
}

/// Whether a type reads an integer as it is written: digits alone.
pub(in crate::plan) fn reads(ty: &Type, text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let limited = if *ty == Type::UnixTime { &Type::I64 } else { ty };
    is_plain && exceeded(limited, text).is_none()
}

/// Whether the bounds leave out everything below zero, and not what only an unsigned integer of 64 bits holds.
fn is_unsigned_and_wide(stated: &Constraints) -> bool {
    let is_not_negative = stated.minimum.as_ref().is_some_and(|bound| order(&bound.value, "0") != Ordering::Less);
    is_not_negative && [&stated.minimum, &stated.maximum].into_iter().flatten().any(|bound| is_above(bound, I64.1))
}

/// What a format bounds by itself, where the type is wider (the registry of formats of the OpenAPI Initiative).
pub(super) fn of_format(format: &str) -> Option<(&'static str, &'static str)> {
    Some(match format {
        "int8" => ("-128", "127"),
        "int16" => ("-32768", "32767"),
        "uint8" => ("0", "255"),
        "uint16" => ("0", "65535"),
        _ => return None,
    })
}

/// The bounds that the document states beyond what the type holds: valid values that cannot be read. Each comes with the limit of the type
/// that it is beyond.
pub(in crate::plan) fn beyond<'c>(ty: &Type, stated: &'c Constraints) -> Vec<(RangeEnd, &'c str, &'static str)> {
    let Some((least, most)) = range(ty) else { return Vec::new() };
    let low = stated.minimum.as_ref().filter(|bound| order(&bound.value, least) == Ordering::Less);
    let low = low.filter(|bound| !is_next(bound, least, -1)).map(|bound| (RangeEnd::Lower, &*bound.value, least));
    let high = stated.maximum.as_ref().filter(|bound| is_above(bound, most));
    let high = high.filter(|bound| !is_next(bound, most, 1)).map(|bound| (RangeEnd::Upper, &*bound.value, most));
    let none_above = stated.minimum.as_ref().filter(|bound| leaves_nothing(bound, most, Ordering::Greater));
    let none_below = stated.maximum.as_ref().filter(|bound| leaves_nothing(bound, least, Ordering::Less));
    let none_above = none_above.map(|bound| (RangeEnd::Lower, &*bound.value, most));
    let none_below = none_below.map(|bound| (RangeEnd::Upper, &*bound.value, least));
    low.into_iter().chain(high).chain(none_above).chain(none_below).collect()
}

/// Whether a bound excludes the last value of a type on the other side, and so all of them.
fn leaves_nothing(bound: &Bound, last: &str, beyond: Ordering) -> bool {
    let place = order(&bound.value, last);
    place == beyond || bound.exclusive && place == Ordering::Equal
}

fn is_above(bound: &Bound, most: &str) -> bool {
    order(&bound.value, most) == Ordering::Greater
}

/// An exclusive bound right behind the last value allows no more than that one.
fn is_next(bound: &Bound, last: &str, step: i128) -> bool {
    let next = last.parse::<i128>().ok().and_then(|last| last.checked_add(step));
    bound.exclusive && next.is_some_and(|next| order(&bound.value, &next.to_string()) == Ordering::Equal)
}

const I64: (&str, &str) = ("-9223372036854775808", "9223372036854775807");

/// The least and the largest value of a type.
const fn range(ty: &Type) -> Option<(&'static str, &'static str)> {
    Some(match ty {
        Type::I32 => ("-2147483648", "2147483647"),
        Type::U32 => ("0", "4294967295"),
        Type::I64 => I64,
        Type::U64 => ("0", "18446744073709551615"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(least: Option<&str>, most: Option<&str>) -> Constraints {
        let bound = |text: &str| Bound { value: text.to_owned(), exclusive: false };
        Constraints { minimum: least.map(bound), maximum: most.map(bound), ..Constraints::default() }
    }

    #[test]
    fn bounds_decide_where_no_format_does() {
        for (format, least, most, ty) in [
            ("", None, None, Type::I64),
            ("", Some("0"), None, Type::I64),
            ("", Some("0"), Some("9223372036854775807"), Type::I64),
            ("", Some("0"), Some("9223372036854775808"), Type::U64),
            ("", Some("0"), Some("1.8446744073709552e+19"), Type::U64),
            ("", Some("9223372036854775808"), None, Type::U64),
            ("", Some("-1"), Some("18446744073709551615"), Type::I64),
            ("", None, Some("18446744073709551615"), Type::I64),
            ("int64", Some("0"), Some("18446744073709551615"), Type::I64),
            ("uint64", None, None, Type::U64),
            ("uint8", None, None, Type::U32),
            ("int16", Some("0"), None, Type::I32),
        ] {
            assert_eq!(integer(format, &between(least, most)), ty, "{format} {least:?} {most:?}");
        }
    }

    #[test]
    fn listed_integers_are_held() {
        for (ty, format, listed, held) in [
            (Type::I64, "", ["1", "9223372036854775807"], Type::I64),
            (Type::I64, "", ["1", "18446744073709551615"], Type::U64),
            (Type::I64, "", ["-1", "18446744073709551615"], Type::LongDecimal),
            (Type::U64, "", ["1", "18446744073709551616"], Type::LongDecimal),
            (Type::I64, "int64", ["1", "18446744073709551615"], Type::I64),
        ] {
            assert_eq!(of_listed(ty, format, &listed), held, "{listed:?}");
        }
    }

    #[test]
    fn integers_beyond_64_bits_are_held_where_one_is_an_example() {
        for (format, stated, held) in [
            ("", ["1", "9223372036854775807"], Type::I64),
            ("", ["1", "9223372036854775808"], Type::LongDecimal),
            ("", ["1", "1e400"], Type::LongDecimal),
            ("int64", ["1", "9223372036854775808"], Type::I64),
        ] {
            assert_eq!(of_examples(Type::I64, format, &stated), held, "{stated:?}");
        }
    }

    #[test]
    fn bounds_beyond_a_type_are_found() {
        let stated = between(Some("-9223372036854776000"), Some("9223372036854775807"));
        let found = beyond(&Type::I64, &stated);
        assert_eq!(found.len(), 1);
        assert!(found[0].0 == RangeEnd::Lower && found[0].1 == "-9223372036854776000");
        assert!(beyond(&Type::U64, &between(Some("0"), Some("18446744073709551615"))).is_empty());
        assert_eq!(beyond(&Type::I32, &between(Some("-1e10"), Some("1e10"))).len(), 2);
        assert!(beyond(&Type::Decimal, &stated).is_empty());
        for (value, exclusive, count) in
            [("18446744073709551616", false, 1), ("18446744073709551615", true, 1), ("18446744073709551615", false, 0)]
        {
            let minimum = Some(Bound { value: value.to_owned(), exclusive });
            let found = beyond(&Type::U64, &Constraints { minimum, ..Constraints::default() }).len();
            assert_eq!(found, count, "{value} {exclusive}");
        }
        let exclusive = Bound { value: "2147483648".to_owned(), exclusive: true };
        assert!(beyond(&Type::I32, &Constraints { maximum: Some(exclusive), ..Constraints::default() }).is_empty());
    }
}
