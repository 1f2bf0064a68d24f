//! What constraints measure: lengths and numbers, through every wrapper a field can have.

use std::collections::BTreeMap;

use super::wrappers::for_each_wrapper;
use crate::decimal::{Decimal, Quoted};
use crate::formats::{Base64, Base64Url, Date, DateTime, Duration, Time, UnixTime, Uri, Uuid};
use crate::json::JsonObject;

/// What a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode characters of a string (JSON Schema, `minLength` and `maxLength`).
    Characters,
    /// Items of a list.
    Items,
    /// Properties of an object.
    Properties,
}

impl Unit {
    /// "1 item", "2 items"
    pub(super) fn count(self, count: u64) -> String {
        let (one, many) = match self {
            Self::Characters => ("character", "characters"),
            Self::Items => ("item", "items"),
            Self::Properties => ("property", "properties"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// A value that has a length, if it is there.
pub trait Length {
    /// How long it is; `None` where there is no value, which has no length to violate.
    fn length(&self) -> Option<(usize, Unit)>;
}

/// A value that is a number, if it is there.
pub trait Numeric {
    /// The number; `None` where there is no value, which has no bounds to violate.
    fn number(&self) -> Option<Number>;
}

/// A number to compare with a bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Compared exactly.
    Exact(Decimal),
    /// A float that no decimal holds, compared as a float.
    Float(f64),
}

impl Length for str {
    fn length(&self) -> Option<(usize, Unit)> {
        Some((self.chars().count(), Unit::Characters))
    }
}

impl Length for String {
    fn length(&self) -> Option<(usize, Unit)> {
        self.as_str().length()
    }
}

macro_rules! format_lengths {
    ($($format:ty),+) => { $(
        impl Length for $format {
            fn length(&self) -> Option<(usize, Unit)> {
                self.as_str().length()
            }
        }
    )+ };
}

format_lengths!(Date, DateTime, Time, Duration, Uuid, Uri);

macro_rules! encoded_lengths {
    ($($name:ident),+) => { $(
        /// The length of the text.
        impl Length for $name {
            fn length(&self) -> Option<(usize, Unit)> {
                Some((self.text_length(), Unit::Characters))
            }
        }
    )+ };
}

encoded_lengths!(Base64, Base64Url);

impl<T> Length for [T] {
    fn length(&self) -> Option<(usize, Unit)> {
        Some((self.len(), Unit::Items))
    }
}

impl<T> Length for Vec<T> {
    fn length(&self) -> Option<(usize, Unit)> {
        self.as_slice().length()
    }
}

impl<T> Length for BTreeMap<String, T> {
    fn length(&self) -> Option<(usize, Unit)> {
        Some((self.len(), Unit::Properties))
    }
}

impl Length for JsonObject {
    fn length(&self) -> Option<(usize, Unit)> {
        Some((self.len(), Unit::Properties))
    }
}

impl Numeric for Decimal {
    fn number(&self) -> Option<Number> {
        Some(Number::Exact(*self))
    }
}

impl Numeric for Quoted<Decimal> {
    fn number(&self) -> Option<Number> {
        Some(Number::Exact(self.0))
    }
}

impl Numeric for UnixTime {
    fn number(&self) -> Option<Number> {
        self.0.number()
    }
}

macro_rules! integers {
    ($($integer:ty),+) => { $(
        impl Numeric for $integer {
            fn number(&self) -> Option<Number> {
                Some(Number::Exact((*self).into()))
            }
        }
    )+ };
}

integers!(i32, i64, u32, u64);

macro_rules! floats {
    ($($float:ty),+) => { $(
        /// By its shortest text, which is what the wire carried, as far as a decimal can hold that.
        impl Numeric for $float {
            fn number(&self) -> Option<Number> {
                Some(self.to_string().parse().map_or_else(|_| Number::Float((*self).into()), Number::Exact))
            }
        }
    )+ };
}

floats!(f32, f64);

/// How many properties an object has on the wire, of one that is a struct here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PropertyCount(usize);

impl PropertyCount {
    /// Counts properties: so many that are always there or beyond the known ones, and of the others those that are there.
    #[must_use]
    pub fn new(certain: usize, others: &[bool]) -> Self {
        Self(certain + others.iter().filter(|is_there| **is_there).count())
    }
}

impl Length for PropertyCount {
    fn length(&self) -> Option<(usize, Unit)> {
        Some((self.0, Unit::Properties))
    }
}

/// How many items a list has on the wire, of one that is a tuple struct here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemCount(pub usize);

impl Length for ItemCount {
    fn length(&self) -> Option<(usize, Unit)> {
        Some((self.0, Unit::Items))
    }
}

macro_rules! wrappers {
    ($([$($bounds:tt)*] $wrapper:ty, $get:expr;)+) => { $(
        impl<T: Length $($bounds)*> Length for $wrapper {
            fn length(&self) -> Option<(usize, Unit)> {
                let get: fn(&Self) -> Option<&T> = $get;
                get(self)?.length()
            }
        }

        impl<T: Numeric $($bounds)*> Numeric for $wrapper {
            fn number(&self) -> Option<Number> {
                let get: fn(&Self) -> Option<&T> = $get;
                get(self)?.number()
            }
        }
    )+ };
}

for_each_wrapper!(wrappers);
