//! [`Check`] for what fields are made of.

use std::collections::BTreeMap;

use zeroize::Zeroize;

use super::{Check, Checker};
use crate::decimal::{Decimal, LongDecimal, Quoted};
use crate::formats::{Base64, Base64Url, Date, DateTime, Duration, Time, UnixTime, Uri, Uuid};
use crate::json::{Json, JsonObject};
use crate::presence::{Maybe, Patch};
use crate::secret::Secret;

macro_rules! nothing_to_check {
    ($($scalar:ty),+) => { $(
        impl Check for $scalar {
            fn check(&self, _: &mut Checker<'_>) {}
        }
    )+ };
}

nothing_to_check!(
    String,
    bool,
    i32,
    i64,
    u32,
    u64,
    f32,
    f64,
    (),
    Decimal,
    LongDecimal,
    UnixTime,
    Base64,
    Base64Url,
    Json,
    JsonObject
);

macro_rules! formats {
    ($($format:ty),+) => { $(
        impl Check for $format {
            fn check(&self, checker: &mut Checker<'_>) {
                if !self.is_valid() {
                    checker.violation(format!("must be {}", Self::EXPECTED));
                }
            }
        }
    )+ };
}

formats!(Date, DateTime, Time, Duration, Uuid, Uri);

impl<T: Check> Check for Quoted<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        self.0.check(checker);
    }
}

impl<T: Check> Check for Option<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        if let Some(value) = self {
            value.check(checker);
        }
    }
}

impl<T: Check> Check for Maybe<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        self.get().check(checker);
    }
}

impl<T: Check> Check for Patch<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        self.get().check(checker);
    }
}

impl<T: Check + ?Sized> Check for &T {
    fn check(&self, checker: &mut Checker<'_>) {
        (**self).check(checker);
    }
}

impl<T: Check + ?Sized> Check for Box<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        (**self).check(checker);
    }
}

impl<T: Check + Zeroize> Check for Secret<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        checker.sealed(|checker| self.expose().check(checker));
    }
}

impl<T: Check> Check for [T] {
    fn check(&self, checker: &mut Checker<'_>) {
        for (index, item) in self.iter().enumerate() {
            checker.index(index, |checker| item.check(checker));
        }
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        self.as_slice().check(checker);
    }
}

impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self, checker: &mut Checker<'_>) {
        for (key, value) in self {
            checker.field(key, value);
        }
    }
}
