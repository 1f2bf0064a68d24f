//! What a valid value fulfils beyond its shape.

use super::Asserted;
use crate::number_text::order;

/// What a valid value fulfils beyond its shape; numbers are the document's own texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// `minimum` or `exclusiveMinimum`.
    pub minimum: Option<Bound>,
    /// `maximum` or `exclusiveMaximum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`.
    pub multiple_of: Option<String>,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`, a regular expression of ECMA-262.
    pub pattern: Option<String>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems: true`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// What further keywords assert.
    pub asserted: Vec<Asserted>,
}

/// A bound of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number's text.
    pub value: String,
    /// Whether the bound itself is out.
    pub exclusive: bool,
}

impl Constraints {
    /// What two schemas demand together. Of two patterns, or two `multipleOf`, the other one is kept: one field holds one. Lowering asserts
    /// those that are not kept.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let least = |one: Option<u64>, other: Option<u64>| one.into_iter().chain(other).max();
        let most = |one: Option<u64>, other: Option<u64>| one.into_iter().chain(other).min();
        self.asserted.extend(other.asserted);
        Self {
            minimum: Bound::tighter(self.minimum, other.minimum, RangeEnd::Lower),
            maximum: Bound::tighter(self.maximum, other.maximum, RangeEnd::Upper),
            multiple_of: other.multiple_of.or(self.multiple_of),
            min_length: least(self.min_length, other.min_length),
            max_length: most(self.max_length, other.max_length),
            pattern: other.pattern.or(self.pattern),
            min_items: least(self.min_items, other.min_items),
            max_items: most(self.max_items, other.max_items),
            unique_items: self.unique_items || other.unique_items,
            min_properties: least(self.min_properties, other.min_properties),
            max_properties: most(self.max_properties, other.max_properties),
            asserted: self.asserted,
        }
    }
}

/// Which end of a range a bound is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeEnd {
    /// The least value.
    Lower,
    /// The largest value.
    Upper,
}

impl Bound {
    /// Of two bounds the one that allows less; of two equal ones the exclusive one.
    #[must_use]
    pub fn tighter(one: Option<Self>, other: Option<Self>, end: RangeEnd) -> Option<Self> {
        let (Some(one), Some(other)) = (&one, &other) else { return one.or(other) };
        let order = order(&one.value, &other.value);
        let first = match end {
            _ if order.is_eq() => one.exclusive,
            RangeEnd::Lower => order.is_gt(),
            RangeEnd::Upper => order.is_lt(),
        };
        Some(if first { one.clone() } else { other.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_bounds_the_tighter_one_holds() {
        let bound = |value: &str, exclusive| Some(Bound { value: value.to_owned(), exclusive });
        assert_eq!(Bound::tighter(bound("1", false), bound("1.0", true), RangeEnd::Lower), bound("1.0", true));
        assert_eq!(Bound::tighter(bound("2", false), bound("1", true), RangeEnd::Lower), bound("2", false));
        assert_eq!(Bound::tighter(bound("2", false), bound("1", true), RangeEnd::Upper), bound("1", true));
        assert_eq!(Bound::tighter(None, bound("1", true), RangeEnd::Upper), bound("1", true));
    }
}
