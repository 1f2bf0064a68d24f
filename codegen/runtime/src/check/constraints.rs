//! The constraints of JSON Schema, checked at the place where a [`Checker`] is.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::Serialize;

use super::{Checker, Elements, Length, Number, Numeric};
use crate::decimal::Decimal;
use crate::json::Json;
use crate::json_syntax::canonical;

/// Bounds are the document's own text. A value that is not there meets every constraint.
impl Checker<'_> {
    /// `minLength`, `minItems` or `minProperties`, by what the value is. Strings are counted in Unicode characters.
    pub fn min_length(&mut self, value: &(impl Length + ?Sized), minimum: u64) {
        if let Some((length, unit)) = value.length()
            && u64::try_from(length).is_ok_and(|length| length < minimum)
        {
            self.violation(format!("must have at least {}", unit.count(minimum)));
        }
    }

    /// `maxLength`, `maxItems` or `maxProperties`, by what the value is. Strings are counted in Unicode characters.
    pub fn max_length(&mut self, value: &(impl Length + ?Sized), maximum: u64) {
        if let Some((length, unit)) = value.length()
            && u64::try_from(length).map_or(true, |length| length > maximum)
        {
            self.violation(format!("must have at most {}", unit.count(maximum)));
        }
    }

    /// `minLength` and `maxLength`, and the pairs of items and properties alike.
    ///
    /// ```
    /// use specie_runtime::check;
    ///
    /// let found = check::collect(|checker| checker.length("Zürich", 1, 5));
    /// assert_eq!(found[0].message, "must have at most 5 characters");
    /// ```
    pub fn length(&mut self, value: &(impl Length + ?Sized), minimum: u64, maximum: u64) {
        self.min_length(value, minimum);
        self.max_length(value, maximum);
    }

    /// `minimum` and `maximum`
    ///
    /// ```
    /// use specie_runtime::check;
    ///
    /// let found = check::collect(|checker| checker.range(&0, "1", "28"));
    /// assert_eq!(found[0].message, "must be at least 1");
    /// ```
    pub fn range(&mut self, value: &(impl Numeric + ?Sized), minimum: &str, maximum: &str) {
        self.minimum(value, minimum);
        self.maximum(value, maximum);
    }

    /// `minimum`
    ///
    /// ```
    /// use specie_runtime::{check, dec};
    ///
    /// let found = check::collect(|checker| checker.minimum(&dec!(0.009), "0.01"));
    /// assert_eq!(found[0].message, "must be at least 0.01");
    /// ```
    pub fn minimum(&mut self, value: &(impl Numeric + ?Sized), bound: &str) {
        self.compare(value, bound, "at least", Ordering::is_ge);
    }

    /// `minimum` with `exclusiveMinimum`
    pub fn exclusive_minimum(&mut self, value: &(impl Numeric + ?Sized), bound: &str) {
        self.compare(value, bound, "more than", Ordering::is_gt);
    }

    /// `maximum`
    pub fn maximum(&mut self, value: &(impl Numeric + ?Sized), bound: &str) {
        self.compare(value, bound, "at most", Ordering::is_le);
    }

    /// `maximum` with `exclusiveMaximum`
    pub fn exclusive_maximum(&mut self, value: &(impl Numeric + ?Sized), bound: &str) {
        self.compare(value, bound, "less than", Ordering::is_lt);
    }

    /// `multipleOf`, exactly. It is not checked on floats that no decimal holds.
    pub fn multiple_of(&mut self, value: &(impl Numeric + ?Sized), step: &str) {
        if let (Some(Number::Exact(value)), Ok(exact)) = (value.number(), step.parse())
            && !value.is_multiple_of(exact)
        {
            self.violation(format!("must be a multiple of {step}"));
        }
    }

    /// `uniqueItems`: items are equal when their JSON values are. Items that cannot be written are ignored.
    ///
    /// ```
    /// use specie_runtime::{check, dec};
    ///
    /// let found = check::collect(|checker| checker.unique(&vec![dec!(1), dec!(1.0)]));
    /// assert_eq!(found[0].message, "must not have equal items");
    /// ```
    pub fn unique<L: Elements<Element: Serialize> + ?Sized>(&mut self, list: &L) {
        let mut seen = BTreeSet::new();
        let mut are_unique = true;
        list.visit(&mut |_, item| {
            if let Ok(item) = Json::encode(item) {
                are_unique &= seen.insert(canonical(item.as_str()));
            }
        });
        if !are_unique {
            self.violation("must not have equal items");
        }
    }

    fn compare(&mut self, value: &(impl Numeric + ?Sized), bound: &str, relation: &str, holds: fn(Ordering) -> bool) {
        if let Some(number) = value.number()
            && !order(number, bound).is_some_and(holds)
        {
            self.violation(format!("must be {relation} {bound}"));
        }
    }
}

/// Compares a number with a bound: exactly, unless one of them is beyond the range of decimals. `None` for NaN.
fn order(number: Number, bound: &str) -> Option<Ordering> {
    match (number, bound.parse::<Decimal>()) {
        (Number::Exact(number), Ok(bound)) => Some(number.cmp(&bound)),
        (Number::Exact(number), Err(_)) => number.to_string().parse::<f64>().ok()?.partial_cmp(&bound.parse().ok()?),
        (Number::Float(number), _) => number.partial_cmp(&bound.parse().ok()?),
    }
}
