//! Values that are of a list of any JSON (`enum`, `const`), through every wrapper a field can have.

use super::Checker;
use super::wrappers::for_each_wrapper;
use crate::decimal::{Decimal, LongDecimal, Quoted};
use crate::formats::{Base64, Base64Url, Date, DateTime, Duration, Time, UnixTime, Uri, Uuid};
use crate::json::Json;
use crate::json_syntax::canonical;

/// A value to look up in a list.
pub trait Listed {
    /// Its JSON, the same text for equal values; `None` where there is no value, or none that can be written.
    fn canonical_json(&self) -> Option<String>;
}

impl Checker<'_> {
    /// `enum` or `const` of values that are no Rust enum; `listed` has the JSON of each. Numbers are compared by value.
    ///
    /// ```
    /// use specie_runtime::{check, dec};
    ///
    /// let found = check::collect(|checker| checker.one_of(&dec!(0.7), &["0.5", "1"]));
    /// assert_eq!(found[0].message, "must be one of `0.5`, `1`");
    /// ```
    pub fn one_of(&mut self, value: &(impl Listed + ?Sized), listed: &[&str]) {
        if let Some(found) = value.canonical_json()
            && !listed.iter().any(|one| canonical(one) == found)
        {
            let listed: Vec<String> = listed.iter().map(|one| format!("`{one}`")).collect();
            self.violation(format!("must be one of {}", listed.join(", ")));
        }
    }
}

macro_rules! leaves {
    ($($leaf:ty),+) => { $(
        impl Listed for $leaf {
            fn canonical_json(&self) -> Option<String> {
                Json::encode(self).ok().map(|json| canonical(json.as_str()))
            }
        }
    )+ };
}

leaves!(
    String,
    bool,
    i32,
    i64,
    u32,
    u64,
    f64,
    Decimal,
    LongDecimal,
    Quoted<Decimal>,
    UnixTime,
    Base64,
    Base64Url,
    Json
);
leaves!(Date, DateTime, Time, Duration, Uuid, Uri);

macro_rules! wrappers {
    ($([$($bounds:tt)*] $wrapper:ty, $get:expr;)+) => { $(
        impl<T: Listed $($bounds)*> Listed for $wrapper {
            fn canonical_json(&self) -> Option<String> {
                let get: fn(&Self) -> Option<&T> = $get;
                get(self)?.canonical_json()
            }
        }
    )+ };
}

for_each_wrapper!(wrappers);
