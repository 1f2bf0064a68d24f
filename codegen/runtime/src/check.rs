//! What the document demands beyond types: [`Check`], [`Checker`] and [`Violation`].
//!
//! A client reads tolerantly and never checks by itself; a server checks every request after decoding it. Both use the
//! same implementations, which generated code has for each of its types.

mod assertions;
mod checks_macro;
mod constraints;
mod enum_values;
mod impls;
mod items;
mod lengths_and_numbers;
#[cfg(feature = "pattern")]
mod patterns;
mod wrappers;

use std::borrow::Cow;
use std::fmt;

pub use assertions::{Assertion, SchemaType};
pub use enum_values::Listed;
pub use items::{Elements, Step};
pub use lengths_and_numbers::{ItemCount, Length, Number, Numeric, PropertyCount, Unit};

use crate::decode::pointer;

/// How many violations are collected: a hostile body must not make a response larger than itself.
pub(crate) const LIMIT: usize = 1000;

/// A value that knows what the document demands of it beyond its type.
///
/// ```
/// use specie_runtime::{Check, Checker, check};
///
/// struct Payout {
///     description: String,
///     beneficiaries: Vec<String>,
/// }
///
/// impl Check for Payout {
///     fn check(&self, checker: &mut Checker<'_>) {
///         checker.at("description", |checker| checker.max_length(&self.description, 3));
///         checker.at("beneficiaries", |checker| checker.min_length(&self.beneficiaries, 1));
///         checker.field("beneficiaries", &self.beneficiaries);
///     }
/// }
///
/// let payout = Payout { description: "rent".into(), beneficiaries: Vec::new() };
/// let violations: Vec<String> = check::violations(&payout).iter().map(ToString::to_string).collect();
/// assert_eq!(violations, [
///     "/description: must have at most 3 characters",
///     "/beneficiaries: must have at least 1 item",
/// ]);
/// ```
pub trait Check {
    /// Reports every violation of the value to the checker.
    fn check(&self, checker: &mut Checker<'_>);
}

/// One demand that a value does not meet. It never contains the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The parameter where the value stands in one, as index into the operation's table.
    pub parameter: Option<usize>,
    /// JSON pointer (RFC 6901) to the value, from the body or the parameter; empty for the whole of it.
    pub pointer: String,
    /// What the value must be.
    pub message: Cow<'static, str>,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parameter) = &self.parameter {
            write!(formatter, "parameter {parameter}")?;
        }
        formatter.write_str(&self.pointer)?;
        if self.parameter.is_some() || !self.pointer.is_empty() {
            formatter.write_str(": ")?;
        }
        formatter.write_str(&self.message)
    }
}

/// Every violation of a value, in the order of its fields; at most a thousand.
///
/// ```
/// use specie_runtime::check::violations;
/// use specie_runtime::Date;
///
/// assert!(violations(&Date::from("2026-02-28")).is_empty());
/// let found = violations(&Date::from("2026-02-30"));
/// assert_eq!(found.len(), 1);
/// assert!(!found[0].to_string().contains("02-30"));
/// ```
#[must_use]
pub fn violations<T: Check + ?Sized>(value: &T) -> Vec<Violation> {
    collect(|checker| value.check(checker))
}

/// Every violation that a function reports; at most a thousand.
pub fn collect(check: impl FnOnce(&mut Checker<'_>)) -> Vec<Violation> {
    let mut found = Vec::new();
    check(&mut Checker { location: Location::Body, found: &mut found });
    found
}

/// Collects violations with their places, which are written out only when there is one.
#[derive(Debug)]
pub struct Checker<'a> {
    location: Location<'a>,
    found: &'a mut Vec<Violation>,
}

/// Where a checker is, as a chain up to the root that lives on the stack.
#[derive(Clone, Copy, Debug)]
enum Location<'a> {
    Body,
    Parameter(usize),
    Key(&'a Self, &'a str),
    Index(&'a Self, usize),
    /// A secret: places inside are not named.
    Sealed(&'a Self),
}

impl Checker<'_> {
    /// Checks a field of an object.
    pub fn field<T: Check + ?Sized>(&mut self, key: &str, value: &T) {
        self.at(key, |checker| value.check(checker));
    }

    /// Checks at a key of an object.
    pub fn at(&mut self, key: &str, check: impl FnOnce(&mut Checker<'_>)) {
        check(&mut self.of_key(key));
    }

    /// The checker at a key of an object.
    #[doc(hidden)]
    pub fn of_key<'a>(&'a mut self, key: &'a str) -> Checker<'a> {
        let location = if self.is_sealed() { self.location } else { Location::Key(&self.location, key) };
        Checker { location, found: self.found }
    }

    /// Checks at an index of a list.
    pub fn index(&mut self, index: usize, check: impl FnOnce(&mut Checker<'_>)) {
        let location = if self.is_sealed() { self.location } else { Location::Index(&self.location, index) };
        check(&mut Checker { location, found: self.found });
    }

    /// Checks each of the items that stand behind so many places of a list, where those have types of their own.
    pub fn following<T>(&mut self, places: usize, items: &[T], check: impl Fn(&mut Checker<'_>, &T)) {
        for (index, item) in items.iter().enumerate() {
            self.index(places + index, |checker| check(checker, item));
        }
    }

    /// Checks the value of a parameter, by its index in the operation's table.
    pub fn parameter(&mut self, index: usize, check: impl FnOnce(&mut Checker<'_>)) {
        check(&mut Checker { location: Location::Parameter(index), found: self.found });
    }

    /// Checks inside a secret: the places of violations end at the secret itself.
    pub fn sealed(&mut self, check: impl FnOnce(&mut Checker<'_>)) {
        check(&mut Checker { location: Location::Sealed(&self.location), found: self.found });
    }

    /// Checks that a value fits one of several descriptions that nothing else tells apart. Where it fits none, what the first one demands
    /// is reported.
    pub fn any(&mut self, descriptions: &[&dyn Fn(&mut Checker<'_>)]) {
        let mut first = None;
        for check in descriptions {
            let mut found = Vec::new();
            check(&mut Checker { location: self.location, found: &mut found });
            if found.is_empty() {
                return;
            }
            first.get_or_insert(found);
        }
        self.found.extend(first.into_iter().flatten());
    }

    /// Reports that the value at this place is not what it must be: `must be …`. The message must not contain the value.
    pub fn violation(&mut self, message: impl Into<Cow<'static, str>>) {
        if self.found.len() < LIMIT {
            let mut pointer = String::new();
            let parameter = self.location.write(&mut pointer);
            self.found.push(Violation { parameter, pointer, message: message.into() });
        }
    }

    const fn is_sealed(&self) -> bool {
        matches!(self.location, Location::Sealed(_))
    }
}

impl Location<'_> {
    /// Writes the pointer and answers the parameter it starts from.
    fn write(&self, pointer: &mut String) -> Option<usize> {
        match self {
            Self::Body => None,
            Self::Parameter(index) => Some(*index),
            Self::Sealed(parent) => parent.write(pointer),
            Self::Key(parent, key) => {
                let parameter = parent.write(pointer);
                pointer::push(pointer, key);
                parameter
            }
            Self::Index(parent, index) => {
                let parameter = parent.write(pointer);
                pointer::push(pointer, &index.to_string());
                parameter
            }
        }
    }
}

#[cfg(test)]
mod tests;
