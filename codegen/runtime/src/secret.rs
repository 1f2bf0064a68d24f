//! Values that are never printed: [`Secret`].

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::decode::missing_property;
use crate::json::{Json, JsonObject};
use crate::presence::{Maybe, Patch};

/// A value that is printed as `[redacted]` and overwritten in memory when it is dropped.
///
/// On the wire it is the value itself. An error while reading one says that the value is wrong, never what it is.
/// Overwriting covers the memory the value owns when it is dropped; it does not cover copies that were made before, such
/// as the bytes of the request it came in or the room a growing `String` left behind.
///
/// ```
/// use specie_runtime::Secret;
///
/// let pan: Secret<String> = "4111111111111111".into();
/// assert_eq!(format!("{pan:?}"), "[redacted]");
/// assert_eq!(pan.expose(), "4111111111111111");
/// ```
///
/// It has no `Display`:
///
/// ```compile_fail
/// let pan: specie_runtime::Secret<String> = "4111111111111111".into();
/// println!("{pan}");
/// ```
#[derive(Clone)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Wraps a value.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for where it has to be used. Every call is a place to look at in a review.
    #[must_use]
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl Secret<String> {
    /// The value of an environment variable, such as a key. The error names the variable and never shows what it holds.
    ///
    /// ```
    /// use specie_runtime::Secret;
    ///
    /// let error = Secret::from_env("SHOP_KEY_OF_NOBODY").unwrap_err();
    /// assert_eq!(error.to_string(), "the environment variable SHOP_KEY_OF_NOBODY is not set");
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, MissingVariable> {
        let missing = |reason| MissingVariable { variable: variable.to_owned(), reason };
        match std::env::var(variable) {
            Ok(value) if value.is_empty() => Err(missing("is empty")),
            Ok(value) => Ok(Self::new(value)),
            Err(std::env::VarError::NotPresent) => Err(missing("is not set")),
            Err(std::env::VarError::NotUnicode(_)) => Err(missing("is no valid Unicode")),
        }
    }

    /// Compares with a text in time that depends on the lengths alone, as a check of credentials must.
    ///
    /// ```
    /// use specie_runtime::Secret;
    ///
    /// let key = Secret::from("key_1");
    /// assert!(key.matches("key_1"));
    /// assert!(!key.matches("key_2"));
    /// ```
    #[must_use]
    pub fn matches(&self, other: &str) -> bool {
        let (left, right) = (self.0.as_bytes(), other.as_bytes());
        let difference = left.iter().zip(right).fold(0, |all, (left, right)| all | (left ^ right));
        // Hides the running difference from the optimiser, which could otherwise stop at the first one.
        std::hint::black_box(difference) == 0 && left.len() == right.len()
    }
}

/// An environment variable that holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingVariable {
    variable: String,
    reason: &'static str,
}

impl fmt::Display for MissingVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the environment variable {} {}", self.variable, self.reason)
    }
}

impl std::error::Error for MissingVariable {}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> ZeroizeOnDrop for Secret<T> {}

impl<T: Zeroize> Zeroize for Secret<T> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// Compares as the value does, in a time that depends on it: for tests, not for checking credentials
/// ([`Secret::matches`]).
impl<T: Zeroize + PartialEq> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Zeroize + Eq> Eq for Secret<T> {}

impl<T: Zeroize + Hash> Hash for Secret<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<&str> for Maybe<Secret<String>> {
    fn from(value: &str) -> Self {
        Self::Value(value.into())
    }
}

impl From<&str> for Patch<Secret<String>> {
    fn from(value: &str) -> Self {
        Self::Set(value.into())
    }
}

impl<K: Into<String>, V: Into<Json>, const N: usize> From<[(K, V); N]> for Secret<JsonObject> {
    fn from(entries: [(K, V); N]) -> Self {
        Self(JsonObject::from(entries))
    }
}

impl<T: Zeroize + Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self).map_err(|error| {
            // The error of a value may quote it. That there is no value names its key alone.
            if is_missing_field(&Zeroizing::new(error.to_string())) {
                error
            } else {
                D::Error::custom("a secret value is not of its type")
            }
        })
    }
}

/// Whether an error says that a key is not there and nothing else.
fn is_missing_field(error: &str) -> bool {
    missing_property(error).is_some_and(|key| !key.contains('`'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::param::Param;
    use crate::{Base64, Check, Date, Decimal, Quoted, UnixTime, Uuid, dec};

    #[test]
    fn no_value_is_printed() {
        let fields: Secret<JsonObject> = [("pan", "4111")].into();
        let wrapped = Maybe::from(vec![Some(Secret::from("4111"))]);
        let shown = format!("{fields:?} {fields:#?} {wrapped:?}");
        assert!(!shown.contains("4111") && shown.contains("[redacted]"), "{shown}");
    }

    #[test]
    fn no_value_is_quoted_by_an_error() {
        fn error<'de, T: Zeroize + Deserialize<'de>>(text: &'de str) -> String {
            match serde_json::from_str::<Secret<T>>(text) {
                Ok(_) => panic!("{text} was read"),
                Err(error) => format!("{error} {error:?}"),
            }
        }
        let errors = [
            error::<String>("4111"),
            error::<i64>("\"4111\""),
            error::<i64>("4111.5"),
            error::<Decimal>("\"4111\""),
            error::<Quoted<Decimal>>("\"4111 x\""),
            error::<JsonObject>("[4111]"),
            error::<Base64>("\"4111!\""),
            error::<UnixTime>("\"4111\""),
        ];
        for error in errors {
            assert!(!error.contains("4111"), "{error}");
        }
    }

    type Secrets = (Secret<String>, Secret<Decimal>, Secret<JsonObject>, Secret<Uuid>);

    #[test]
    fn the_wire_has_the_value() {
        let text = r#"["pan",10.00,{"pan":"4111"},"uuid"]"#;
        let secrets: Secrets = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&secrets).unwrap(), text);
        assert_eq!(secrets.1, dec!(10).into());
    }

    /// What a generated struct derives and calls for a field.
    fn a_field<T>()
    where
        T: Clone + fmt::Debug + PartialEq + Serialize + for<'de> Deserialize<'de> + Check,
    {
    }

    #[test]
    fn every_scalar_can_be_secret() {
        fn scalar<T>()
        where
            T: Zeroize + Clone + PartialEq + Param + Check + Serialize + for<'de> Deserialize<'de>,
        {
            fn parameter<T: Param>() {}
            parameter::<Secret<T>>();
            a_field::<Option<Secret<T>>>();
            a_field::<Maybe<Secret<T>>>();
        }
        scalar::<String>();
        scalar::<bool>();
        scalar::<i32>();
        scalar::<i64>();
        scalar::<u32>();
        scalar::<u64>();
        scalar::<f32>();
        scalar::<f64>();
        scalar::<Decimal>();
        scalar::<Quoted<Decimal>>();
        scalar::<UnixTime>();
        scalar::<Base64>();
        scalar::<Date>();
        a_field::<Secret<Json>>();
        a_field::<Secret<JsonObject>>();
    }

    #[test]
    fn comparison_is_by_value() {
        assert_eq!(Secret::from("a"), Secret::from("a"));
        assert_ne!(Secret::from("a"), Secret::from("b"));
        let key = Secret::from("secret");
        assert!(key.matches("secret"));
        for other in ["", "secre", "secrets", "Secret"] {
            assert!(!key.matches(other), "{other}");
        }
    }

    #[test]
    fn dropping_overwrites_also_what_is_left_of_a_failed_decoding() {
        use std::cell::Cell;

        thread_local! {
            static OVERWRITTEN: Cell<u32> = const { Cell::new(0) };
        }

        #[derive(Clone, serde::Deserialize)]
        struct Pan(#[expect(dead_code, reason = "what is overwritten")] String);

        impl Zeroize for Pan {
            fn zeroize(&mut self) {
                OVERWRITTEN.set(OVERWRITTEN.get() + 1);
            }
        }

        let pan = Secret::new(Pan("4111".to_owned()));
        drop(pan.clone());
        assert_eq!(OVERWRITTEN.take(), 1);
        drop(pan);
        assert_eq!(OVERWRITTEN.take(), 1);
        assert!(crate::decode::from_slice::<Vec<Secret<Pan>>>(br#"["4111","4112",4113]"#).is_err());
        // Two were read, and once more to explain the error.
        assert_eq!(OVERWRITTEN.take(), 4);
    }

    #[test]
    fn zeroizing_overwrites() {
        let mut amount = Secret::from(dec!(10.50));
        amount.zeroize();
        assert!(amount.expose().is_zero());
        let mut pan = Secret::from("4111");
        pan.zeroize();
        assert_eq!(pan.expose(), "");
    }
}
