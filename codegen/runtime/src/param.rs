//! Values of parameters: [`Param`] for those with one text, [`ParameterValue`] for all.

mod candidate_values;
#[cfg(any(feature = "client", feature = "server"))]
mod field_style;
#[cfg(any(feature = "client", feature = "server"))]
mod spec;
mod tree;
mod value;

use std::borrow::Cow;
use std::fmt;

use zeroize::Zeroize;

use crate::decimal::{Decimal, LongDecimal, Quoted};
use crate::formats::{Base64, Base64Url, Date, DateTime, Duration, Time, UnixTime, Uri, Uuid};
use crate::secret::Secret;

#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use field_style::style_of;
#[cfg(any(feature = "client", feature = "server"))]
pub use field_style::{FieldStyle, FormStyle, ListStyle};
#[cfg(any(feature = "client", feature = "server"))]
pub use spec::{Characters, ParameterKind, ParameterLocation, ParameterSpec, Style};
pub use tree::ParameterTree;
pub use value::ParameterValue;

/// A value that travels as the text of a path segment, query parameter, header, cookie or form field.
///
/// The text is what comes before any encoding of its place, such as percent signs in a path.
///
/// ```
/// use specie_runtime::{Decimal, dec, param::Param};
///
/// assert_eq!(dec!(10.00).to_text(), "10.00");
/// assert_eq!(Decimal::from_text("10.00"), Ok(dec!(10)));
/// assert_eq!(bool::from_text("yes").unwrap_err().to_string(), "expected `true` or `false`");
/// ```
pub trait Param: Sized {
    /// The value's text.
    fn to_text(&self) -> Cow<'_, str>;

    /// Reads a value from its text.
    fn from_text(text: &str) -> Result<Self, ParamError>;
}

/// A text that is not what a parameter expects. It says what was expected and never quotes the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamError {
    message: Message,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Message {
    Expected(Cow<'static, str>),
    Whole(Cow<'static, str>),
}

impl ParamError {
    /// An error that says what was expected: `an integer`.
    #[must_use]
    pub fn expected(what: impl Into<Cow<'static, str>>) -> Self {
        Self { message: Message::Expected(what.into()) }
    }

    /// An error with this message.
    pub(crate) fn because(message: impl Into<Cow<'static, str>>) -> Self {
        Self { message: Message::Whole(message.into()) }
    }
}

impl fmt::Display for ParamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.message {
            Message::Expected(what) => write!(formatter, "expected {what}"),
            Message::Whole(message) => formatter.write_str(message),
        }
    }
}

impl std::error::Error for ParamError {}

impl Param for String {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }

    fn from_text(text: &str) -> Result<Self, ParamError> {
        Ok(text.to_owned())
    }
}

impl Param for bool {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }

    fn from_text(text: &str) -> Result<Self, ParamError> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(ParamError::expected("`true` or `false`")),
        }
    }
}

macro_rules! integers {
    ($($integer:ty => $expected:literal),+ $(,)?) => { $(
        impl Param for $integer {
            fn to_text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn from_text(text: &str) -> Result<Self, ParamError> {
                // The standard library also takes a plus sign, which JSON does not.
                if text.starts_with('+') {
                    return Err(ParamError::expected($expected));
                }
                text.parse().map_err(|_| ParamError::expected($expected))
            }
        }
    )+ };
}

integers! {
    i32 => "an integer of 32 bits",
    i64 => "an integer of 64 bits",
    u32 => "an integer of 32 bits that is not negative",
    u64 => "an integer of 64 bits that is not negative",
}

macro_rules! floats {
    ($($float:ty),+) => { $(
        /// Written with the fewest digits that read back as the same number. Only finite numbers are read.
        impl Param for $float {
            fn to_text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn from_text(text: &str) -> Result<Self, ParamError> {
                match text.parse::<Self>() {
                    Ok(number) if number.is_finite() => Ok(number),
                    _ => Err(ParamError::expected("a number")),
                }
            }
        }
    )+ };
}

floats!(f32, f64);

impl Param for Decimal {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn from_text(text: &str) -> Result<Self, ParamError> {
        text.parse().map_err(|_| ParamError::expected("a decimal number of at most 28 significant digits"))
    }
}

impl Param for LongDecimal {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }

    fn from_text(text: &str) -> Result<Self, ParamError> {
        text.parse().map_err(|_| ParamError::expected("a decimal number"))
    }
}

/// As the decimal; a parameter has no quotes.
impl Param for Quoted<Decimal> {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn from_text(text: &str) -> Result<Self, ParamError> {
        Decimal::from_text(text).map(Self)
    }
}

impl Param for UnixTime {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.0.to_string())
    }

    fn from_text(text: &str) -> Result<Self, ParamError> {
        i64::from_text(text).map(Self)
    }
}

impl<T: Param + Zeroize> Param for Secret<T> {
    fn to_text(&self) -> Cow<'_, str> {
        self.expose().to_text()
    }

    fn from_text(text: &str) -> Result<Self, ParamError> {
        T::from_text(text).map(Self::new)
    }
}

macro_rules! bytes_as_text {
    ($($name:ty => $expected:literal),+ $(,)?) => { $(
        impl Param for $name {
            fn to_text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn from_text(text: &str) -> Result<Self, ParamError> {
                Self::from_text(text).ok_or(ParamError::expected($expected))
            }
        }
    )+ };
}

bytes_as_text! { Base64 => "base64 text", Base64Url => "base64url text" }

macro_rules! formats {
    ($($format:ty),+) => { $(
        /// Takes any text, as the type does.
        impl Param for $format {
            fn to_text(&self) -> Cow<'_, str> {
                Cow::Borrowed(self.as_str())
            }

            fn from_text(text: &str) -> Result<Self, ParamError> {
                Ok(text.into())
            }
        }
    )+ };
}

formats!(Date, DateTime, Time, Duration, Uuid, Uri);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Base64, dec};
    use proptest::prelude::*;

    fn refused<T: Param>(texts: &[&str]) {
        for text in texts {
            match T::from_text(text) {
                Ok(_) => panic!("{text:?} was read"),
                Err(error) => {
                    let digits = text.len() > 1 && error.to_string().contains(text);
                    assert!(!digits, "{error} quotes {text:?}");
                }
            }
        }
    }

    #[test]
    fn texts_of_other_types_are_refused() {
        refused::<bool>(&["", "True", "1", "yes"]);
        refused::<i32>(&["", "+5", "5.0", " 5", "1e3", "2147483648"]);
        refused::<u64>(&["-1", "18446744073709551616"]);
        refused::<f64>(&["", "NaN", "inf", "-infinity", "1e999"]);
        refused::<Decimal>(&["", "ten", "12345678901234567890123456789"]);
        refused::<Secret<i64>>(&["4111 1111"]);
        refused::<UnixTime>(&["2026-02-28"]);
        refused::<Base64>(&["?"]);
    }

    #[test]
    fn texts_are_plain() {
        assert_eq!(Quoted(dec!(10.00)).to_text(), "10.00");
        assert_eq!(Secret::from("key").to_text(), "key");
        assert_eq!(1e-7_f64.to_text(), "0.0000001");
        assert_eq!(Base64::from(b"paid").to_text(), "cGFpZA==");
        assert_eq!(Date::from("x y").to_text(), "x y");
    }

    proptest! {
        #[test]
        fn values_round_trip(text in any::<String>(), float in proptest::num::f64::NORMAL, small in any::<f32>(), integer in any::<i64>(), flag in any::<bool>()) {
            prop_assert_eq!(String::from_text(&text.to_text()), Ok(text.clone()));
            prop_assert_eq!(f64::from_text(&float.to_text()), Ok(float));
            if small.is_finite() {
                prop_assert_eq!(f32::from_text(&small.to_text()), Ok(small));
            }
            prop_assert_eq!(UnixTime::from_text(&UnixTime(integer).to_text()), Ok(UnixTime(integer)));
            prop_assert_eq!(bool::from_text(&flag.to_text()), Ok(flag));
        }
    }
}
