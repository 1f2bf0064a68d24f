//! Decimals on the wire: as a JSON number, or in quotes.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::de::{Error as _, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroize;

use super::{Decimal, DecimalError, Text};
use crate::json_syntax::raw;

/// Reads the text of a JSON number; a JSON string is refused.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = raw::text(deserializer)?;
        match raw::kind(&text) {
            crate::json_syntax::Kind::Number => text.parse().map_err(D::Error::custom),
            other => Err(D::Error::custom(format_args!("invalid type: {other}, expected a decimal number"))),
        }
    }
}

impl Decimal {
    /// As it stands in JSON.
    pub(crate) fn to_text(self) -> Text {
        Text::signed(self)
    }
}

/// Writes the number's own text, its zeros included: `10.00`.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.to_text();
        let raw: &RawValue = serde_json::from_str(text.as_str()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// A value that JSON carries in quotes: `Quoted<Decimal>` is `"10.00"` on the wire.
///
/// It dereferences to the value and is made from it with `into()`.
///
/// ```
/// use specie_runtime::{Decimal, Quoted, dec};
///
/// let amount: Quoted<Decimal> = serde_json::from_str("\"10.00\"")?;
/// assert_eq!(*amount, dec!(10));
/// assert_eq!(serde_json::to_string(&amount)?, "\"10.00\"");
/// assert!(serde_json::from_str::<Quoted<Decimal>>("10.00").is_err(), "a number is refused");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quoted<T>(pub T);

impl<T> Deref for Quoted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Quoted<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<Quoted<Decimal>> for Decimal {
    fn from(value: Quoted<Decimal>) -> Self {
        value.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Quoted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl<T: fmt::Display> fmt::Display for Quoted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Quoted<Decimal> {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        text.parse().map(Self)
    }
}

impl<T: Zeroize> Zeroize for Quoted<T> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl Serialize for Quoted<Decimal> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Text::signed(self.0).as_str())
    }
}

impl<'de> Deserialize<'de> for Quoted<Decimal> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(QuotedVisitor)
    }
}

struct QuotedVisitor;

impl Visitor<'_> for QuotedVisitor {
    type Value = Quoted<Decimal>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string that holds a decimal number")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        text.parse().map_err(E::custom)
    }
}
