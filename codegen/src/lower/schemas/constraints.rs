//! What a valid value fulfils beyond its shape.

use std::cmp::Ordering;

use crate::api::{Bound, Constraints};
use crate::document::schema::{Keyword, Keywords, Number};

/// The constraints that a schema states; numbers by the document's own texts.
pub fn constraints(keywords: &Keywords) -> Constraints {
    let (number, string) = (&*keywords.number, &*keywords.string);
    let (array, object) = (&*keywords.array, &*keywords.object);
    let count = |keyword: &Option<Keyword<u64>>| keyword.as_ref().map(|count| count.value);
    Constraints {
        minimum: tighter(bound(&number.minimum, false), bound(&number.exclusive_minimum, true), Side::Lower),
        maximum: tighter(bound(&number.maximum, false), bound(&number.exclusive_maximum, true), Side::Upper),
        multiple_of: number.multiple_of.as_ref().map(|number| number.value.as_str().to_owned()),
        min_length: count(&string.min_length),
        max_length: count(&string.max_length),
        pattern: string.pattern.as_ref().map(|pattern| pattern.value.to_string()),
        min_items: count(&array.min_items),
        max_items: count(&array.max_items),
        unique_items: array.unique_items.as_ref().is_some_and(|flag| flag.value),
        min_properties: count(&object.min_properties),
        max_properties: count(&object.max_properties),
    }
}

/// What two schemas demand together. Of two patterns, or two `multipleOf`, the later one is kept: one field holds one.
pub fn both(one: Constraints, other: Constraints) -> Constraints {
    let least = |one: Option<u64>, other: Option<u64>| one.into_iter().chain(other).max();
    let most = |one: Option<u64>, other: Option<u64>| one.into_iter().chain(other).min();
    Constraints {
        minimum: tighter(one.minimum, other.minimum, Side::Lower),
        maximum: tighter(one.maximum, other.maximum, Side::Upper),
        multiple_of: other.multiple_of.or(one.multiple_of),
        min_length: least(one.min_length, other.min_length),
        max_length: most(one.max_length, other.max_length),
        pattern: other.pattern.or(one.pattern),
        min_items: least(one.min_items, other.min_items),
        max_items: most(one.max_items, other.max_items),
        unique_items: one.unique_items || other.unique_items,
        min_properties: least(one.min_properties, other.min_properties),
        max_properties: most(one.max_properties, other.max_properties),
    }
}

fn bound(keyword: &Option<Keyword<Number>>, exclusive: bool) -> Option<Bound> {
    keyword.as_ref().map(|number| Bound { value: number.value.as_str().to_owned(), exclusive })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

/// Of two bounds the one that allows less; of two equal ones the exclusive one.
fn tighter(one: Option<Bound>, other: Option<Bound>, side: Side) -> Option<Bound> {
    let (Some(one), Some(other)) = (&one, &other) else { return one.or(other) };
    let order = order(&one.value, &other.value);
    let first = match side {
        _ if order.is_eq() => one.exclusive,
        Side::Lower => order.is_gt(),
        Side::Upper => order.is_lt(),
    };
    Some(if first { one.clone() } else { other.clone() })
}

/// How two numbers of JSON stand to each other, digit for digit: a double would take 0.10000000000000001 for 0.1.
fn order(one: &str, other: &str) -> Ordering {
    let (one, other) = (Decimal::of(one), Decimal::of(other));
    match (one.sign(), other.sign()) {
        (-1, -1) => other.size().cmp(&one.size()),
        (1, 1) => one.size().cmp(&other.size()),
        (one, other) => one.cmp(&other),
    }
}

/// A number as its first digit's power of ten and the digits from there on.
struct Decimal {
    is_negative: bool,
    power: i64,
    digits: String,
}

impl Decimal {
    fn of(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.trim_start_matches('-').split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('-');
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let zeros = all.len() - digits.len();
        let exponent = exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
        let point = i64::try_from(whole.len()).unwrap_or(i64::MAX);
        let power = exponent.saturating_add(point).saturating_sub(i64::try_from(zeros).unwrap_or(i64::MAX));
        Self { is_negative: text.starts_with('-'), power, digits: digits.trim_end_matches('0').to_owned() }
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn size(&self) -> (i64, &str) {
        (self.power, &self.digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_their_digits() {
        let rising = ["-1e400", "-10", "-2.5", "-0.1", "0", "0.1", "0.10000000000000001", "2", "10.5", "1e2", "1e400"];
        for (at, one) in rising.iter().enumerate() {
            for (other_at, other) in rising.iter().enumerate() {
                assert_eq!(order(one, other), at.cmp(&other_at), "{one} {other}");
            }
        }
        for (one, other) in [("100", "1e2"), ("0.10", "0.1"), ("-0", "0.0"), ("1200", "12E2")] {
            assert_eq!(order(one, other), Ordering::Equal, "{one} {other}");
        }
    }

    #[test]
    fn of_two_bounds_the_tighter_one_holds() {
        let bound = |value: &str, exclusive| Some(Bound { value: value.to_owned(), exclusive });
        assert_eq!(tighter(bound("1", false), bound("1.0", true), Side::Lower), bound("1.0", true));
        assert_eq!(tighter(bound("2", false), bound("1", true), Side::Lower), bound("2", false));
        assert_eq!(tighter(bound("2", false), bound("1", true), Side::Upper), bound("1", true));
        assert_eq!(tighter(None, bound("1", true), Side::Upper), bound("1", true));
    }
}
