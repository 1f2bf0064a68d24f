//! Strings with a known format, and bytes and times that travel as something else.
//!
//! [`Date`], [`DateTime`], [`Time`], [`Duration`], [`Uuid`] and [`Uri`] keep the text exactly as it was given, so that
//! nothing is normalised away: whatever a sender wrote comes back to it unchanged. They take any text; whether it has the
//! format is asked with `is_valid`, which is what a server's [`Check`](crate::Check) does.

mod base64;
mod unix_time;
mod validation;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

pub use base64::{Base64, Base64Url};
pub use unix_time::UnixTime;

use crate::presence::{Maybe, Patch};

macro_rules! text_format {
    ($(#[$docs:meta])* $name:ident, $expected:literal, $is_valid:path) => {
        $(#[$docs])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// What a valid text is, for error messages.
            pub(crate) const EXPECTED: &'static str = $expected;

            /// The text, as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, as it was given.
            #[must_use]
            pub fn into_string(self) -> String {
                self.0
            }

            /// Whether the text has the format.
            #[must_use]
            pub fn is_valid(&self) -> bool {
                $is_valid(&self.0)
            }

            /// Reads the text as a type of another library.
            pub fn parse<T: FromStr>(&self) -> Result<T, T::Err> {
                self.0.parse()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, formatter)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<&str> for Maybe<$name> {
            fn from(text: &str) -> Self {
                Self::Value(text.into())
            }
        }

        impl From<&str> for Patch<$name> {
            fn from(text: &str) -> Self {
                Self::Set(text.into())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self)
            }
        }

        /// Overwrites the text.
        impl Zeroize for $name {
            fn zeroize(&mut self) {
                self.0.zeroize();
            }
        }
    };
}

text_format! {
    /// A calendar date such as `2026-02-28` (RFC 3339, `full-date`).
    ///
    /// ```
    /// use specie_runtime::Date;
    ///
    /// let due = Date::from("2026-02-28");
    /// assert!(due.is_valid());
    /// assert!(!Date::from("28.02.2026").is_valid());
    /// assert!(!Date::from("2026-02-29").is_valid());
    /// ```
    Date, "a date such as 2026-02-28 (RFC 3339)", validation::is_date
}

text_format! {
    /// A moment such as `2026-02-28T12:30:00.5+01:00` (RFC 3339, `date-time`).
    ///
    /// The text is kept, its offset and fraction included; it is read as a type of another library with `parse`.
    ///
    /// ```
    /// use specie_runtime::DateTime;
    ///
    /// let settled = DateTime::from("2026-02-28T12:30:00.500Z");
    /// assert!(settled.is_valid());
    /// assert_eq!(settled.as_str(), "2026-02-28T12:30:00.500Z");
    /// ```
    DateTime, "a date and time with offset such as 2026-02-28T12:30:00Z (RFC 3339)", validation::is_date_time
}

text_format! {
    /// A time of day such as `12:30:00Z` (RFC 3339, `full-time`). The offset may be missing.
    Time, "a time such as 12:30:00Z (RFC 3339)", validation::is_time
}

text_format! {
    /// A length of time such as `P1DT12H` (ISO 8601; RFC 3339, appendix A).
    Duration, "a duration such as P1DT12H (ISO 8601)", validation::is_duration
}

text_format! {
    /// A universally unique identifier such as `f81d4fae-7dec-11d0-a765-00a0c91e6bf6` (RFC 9562), in upper or lower case.
    Uuid, "a UUID such as f81d4fae-7dec-11d0-a765-00a0c91e6bf6 (RFC 9562)", validation::is_uuid
}

text_format! {
    /// A URI with its scheme, such as `https://shop.example.com/payouts` (RFC 3986).
    Uri, "a URI with its scheme such as https://shop.example.com (RFC 3986)", validation::is_uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_kept(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let time: DateTime = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(time.as_str(), &text);
            prop_assert_eq!(serde_json::to_string(&time).unwrap(), json);
            // Whatever the text, asking is safe.
            let _ = (time.is_valid(), Date::from(text.as_str()).is_valid(), Time::from(text.as_str()).is_valid());
            let _ = (Duration::from(text.as_str()).is_valid(), Uri::from(text.as_str()).is_valid());
        }

        #[test]
        fn durations_of_units_are_valid(days in 0_u32.., hours in 0_u32..) {
            let duration = Duration::from(format!("P{days}DT{hours}H"));
            prop_assert!(duration.is_valid());
        }
    }

    #[test]
    fn text_converts_on_demand() {
        assert_eq!(Uuid::from("7").parse(), Ok(7));
        assert_eq!(String::from(Uri::from("https://x")), "https://x");
        assert_eq!(format!("[{:>12}] {:?}", Date::from("2026-02-28"), Date::from("x")), "[  2026-02-28] \"x\"");
    }
}
