//! Keywords that need no other schema: listed values, formats, limits and sizes.

use std::cmp::Ordering;

use super::formats;
use super::numbers::{Exact, integer_range};
use super::{Check, member, type_words};
use crate::api::{Bound, Constraints, Enumeration, Value, order};
use crate::patterns::Pattern;

impl<'a> Check<'a> {
    pub(super) fn constraints(&mut self, stated: &Constraints, value: &Value) {
        match value {
            Value::Number(number) => self.limits(stated, number),
            Value::String(text) => {
                self.size(text.chars().count(), stated.min_length, stated.max_length, "character");
                self.pattern(stated, text);
            }
            Value::List(items) => {
                self.size(items.len(), stated.min_items, stated.max_items, "item");
                if stated.unique_items && Self::repeats(items) {
                    self.fault("repeats an item");
                }
            }
            Value::Object(entries) => {
                self.size(entries.len(), stated.min_properties, stated.max_properties, "propert");
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn limits(&mut self, stated: &Constraints, number: &str) {
        if let Some(Bound { value: least, exclusive }) = &stated.minimum
            && is_out(order(number, least), Ordering::Less, *exclusive)
        {
            self.fault(format!("is {} the minimum {least}", if *exclusive { "not above" } else { "below" }));
        }
        if let Some(Bound { value: most, exclusive }) = &stated.maximum
            && is_out(order(number, most), Ordering::Greater, *exclusive)
        {
            self.fault(format!("is {} the maximum {most}", if *exclusive { "not below" } else { "above" }));
        }
        if let Some(step) = &stated.multiple_of
            && is_multiple(number, step) == Some(false)
        {
            self.fault(format!("is no multiple of {step}"));
        }
    }

    fn size(&mut self, size: usize, least: Option<u64>, most: Option<u64>, unit: &str) {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        let units = |count: u64| match (unit, count) {
            ("propert", 1) => "1 property".to_owned(),
            ("propert", count) => format!("{count} properties"),
            (unit, 1) => format!("1 {unit}"),
            (unit, count) => format!("{count} {unit}s"),
        };
        if let Some(least) = least.filter(|least| size < *least) {
            self.fault(format!("has fewer than {}", units(least)));
        }
        if let Some(most) = most.filter(|most| size > *most) {
            self.fault(format!("has more than {}", units(most)));
        }
    }

    fn pattern(&mut self, stated: &Constraints, text: &str) {
        let Some(pattern) = &stated.pattern else { return };
        if Pattern::read(pattern).is_some_and(|pattern| !pattern.matches(text)) {
            self.fault(format!("does not match the pattern {pattern}"));
        }
    }

    pub(super) fn text(&mut self, format: Option<&str>, encoding: Option<&str>, text: &str) {
        let named = format.or(encoding).unwrap_or_default();
        if let Some(reason) = formats::misfit(named, text) {
            self.fault(reason);
        }
    }

    pub(super) fn integer(&mut self, format: Option<&str>, number: &str) {
        let Some((least, most)) = format.and_then(integer_range) else { return };
        if !Exact::parse(number).and_then(Exact::whole).is_some_and(|whole| (least..=most).contains(&whole)) {
            self.fault(format!("does not fit into the format {}", format.unwrap_or_default()));
        }
    }

    pub(super) fn listed(&mut self, listed: &'a Enumeration, value: &Value) {
        // A value that is listed is of the type as well.
        if listed.open || listed.values.iter().any(|one| is_same(&one.value, value)) {
            return self.shape(&listed.base, value);
        }
        let shown: Vec<String> = listed.values.iter().map(|one| one.value.to_string()).take(SHOWN).collect();
        let others = if listed.values.len() > SHOWN { ", …" } else { "" };
        if shown.is_empty() {
            return self.fault(format!("is not {}", type_words(&listed.base)));
        }
        self.fault(format!("is not one of {}{others}", shown.join(", ")));
    }
}

/// How many listed values a message names.
const SHOWN: usize = 10;

fn is_out(order: Ordering, side: Ordering, exclusive: bool) -> bool {
    order == side || exclusive && order.is_eq()
}

/// Whether a number is a multiple of another; `None` where they have too many digits to tell.
pub(super) fn is_multiple(number: &str, step: &str) -> Option<bool> {
    Exact::parse(number)?.is_multiple_of(Exact::parse(step)?)
}

/// Whether a number of JSON has no fraction.
pub(super) fn is_integer(number: &str) -> bool {
    let is_plain = number.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    is_plain || Exact::parse(number).is_some_and(|number| number.whole().is_some())
}

/// Whether two values are equal: numbers by what they are, objects whatever the order of their members.
pub(crate) fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => order(left, right).is_eq(),
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (Value::Object(entries), Value::Object(others)) => {
            let is_there =
                |(name, value): &(String, Value)| member(right, name).is_some_and(|other| is_same(value, other));
            entries.len() == others.len() && entries.iter().all(is_there)
        }
        _ => left == right,
    }
}
