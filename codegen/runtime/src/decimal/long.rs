//! Numbers with more digits than a [`Decimal`] holds: [`LongDecimal`].

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroize;

use super::{Decimal, DecimalError};
use crate::json_syntax::{Kind, canonical, raw};

/// A JSON number that keeps its text, with any number of digits.
///
/// Nothing is rounded and nothing is too long, so it is for reading and passing on; [`to_decimal`](Self::to_decimal) gives a number to
/// calculate with where it fits into one. Two are equal when their values are: `10.0`, `10.00` and `1e1` are.
///
/// ```
/// use specie_runtime::{LongDecimal, dec};
///
/// let text = "0.1234567890123456789012345678901234";
/// let rate: LongDecimal = serde_json::from_str(text)?;
/// assert_eq!(serde_json::to_string(&rate)?, text);
/// assert!(rate.to_decimal().is_err(), "more than 28 digits");
/// assert_eq!(LongDecimal::from(dec!(10.50)).to_decimal(), Ok(dec!(10.50)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct LongDecimal(String);

impl LongDecimal {
    /// The number as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number to calculate with; an error where it has more than 28 digits.
    pub fn to_decimal(&self) -> Result<Decimal, DecimalError> {
        self.0.parse()
    }

    /// A text that is known to be a JSON number.
    pub(crate) fn of_number(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Takes the grammar of JSON numbers (RFC 8259, section 6) and nothing else.
impl FromStr for LongDecimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        match serde_json::from_str::<&RawValue>(text) {
            Ok(raw) if is_number && raw.get() == text => Ok(Self::of_number(text)),
            _ => Err(DecimalError::NotANumber),
        }
    }
}

impl From<Decimal> for LongDecimal {
    fn from(value: Decimal) -> Self {
        Self::of_number(value.to_string())
    }
}

/// Zero.
impl Default for LongDecimal {
    fn default() -> Self {
        Self::of_number("0")
    }
}

impl PartialEq for LongDecimal {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || canonical(&self.0) == canonical(&other.0)
    }
}

impl Eq for LongDecimal {}

impl Hash for LongDecimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        canonical(&self.0).hash(state);
    }
}

impl fmt::Display for LongDecimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// As `Display`.
impl fmt::Debug for LongDecimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Reads the text of a JSON number; a JSON string is refused.
impl<'de> Deserialize<'de> for LongDecimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = raw::text(deserializer)?;
        match raw::kind(&text) {
            Kind::Number => Ok(Self::of_number(text)),
            other => Err(D::Error::custom(format_args!("invalid type: {other}, expected a number"))),
        }
    }
}

/// Writes the number's own text.
impl Serialize for LongDecimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl Zeroize for LongDecimal {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::codec::{Decode, Encode};
    use crate::decode;
    use crate::param::Param;

    const LONG: &str = "-12345678901234567890.12345678901234567890e-3";

    #[test]
    fn no_digit_is_lost_and_none_is_too_many() {
        let items: Vec<LongDecimal> = decode::from_slice(format!("[{LONG}, 10.00]").as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&items).unwrap(), format!("[{LONG},10.00]"));
        assert_eq!(LONG.parse::<LongDecimal>().unwrap().as_str(), LONG);
        assert_eq!(LongDecimal::from_text(LONG).unwrap().to_text(), LONG);
    }

    #[test]
    fn what_is_no_json_number_is_refused() {
        for text in ["", "ten", "+1", "01", ".5", "1.", "\"1\"", "null", "[1]", " 1", "1 ", "NaN", "0x1"] {
            assert!(text.parse::<LongDecimal>().is_err(), "{text:?}");
        }
        for json in ["\"1\"", "null", "true", "[]"] {
            assert!(serde_json::from_str::<LongDecimal>(json).is_err(), "{json}");
            assert!(decode::from_slice::<Vec<LongDecimal>>(format!("[{json}]").as_bytes()).is_err(), "{json}");
        }
    }

    #[test]
    fn equal_values_are_equal_however_they_are_written() {
        let all: HashSet<LongDecimal> = ["10", "10.00", "1e1", "1.0E+1"].map(|text| text.parse().unwrap()).into();
        assert_eq!(all.len(), 1);
        assert_ne!("10".parse::<LongDecimal>().unwrap(), "10.000000000000000000000000000001".parse().unwrap());
    }

    /// The traits that fields of generated types need.
    #[test]
    fn it_stands_wherever_a_decimal_does() {
        fn field<T: Decode + Encode + crate::Check + Param + Zeroize + Default>() {}
        field::<LongDecimal>();
    }
}
