//! Absent, null or a value: [`Maybe`] where anyone may send it, [`Patch`] where only a client does.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use serde::ser::Error as _;

/// An optional field that may also be null, as it was received or as it will be sent.
///
/// In a struct it stands with `#[serde(default, skip_serializing_if = "Maybe::is_absent")]`; anywhere else an absent
/// value cannot be written and is an error.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use specie_runtime::Maybe;
///
/// #[derive(Serialize, Deserialize)]
/// struct Payment {
///     #[serde(default, skip_serializing_if = "Maybe::is_absent")]
///     note: Maybe<String>,
/// }
///
/// let payment: Payment = serde_json::from_str(r#"{"note":null}"#)?;
/// assert!(payment.note.is_null());
/// assert_eq!(payment.note.get(), None);
/// assert_eq!(serde_json::to_string(&payment)?, r#"{"note":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maybe<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there, with null.
    Null,
    /// The key is there, with a value.
    Value(T),
}

/// What a request does to a field that may be left alone, cleared or set.
///
/// In a struct it stands with `#[serde(default, skip_serializing_if = "Patch::is_keep")]`; anywhere else `Keep` cannot be
/// written and is an error, because null would clear.
///
/// ```
/// use specie_runtime::Patch;
///
/// let note: Patch<String> = "paid twice".into();
/// assert_eq!(note.get().map(String::as_str), Some("paid twice"));
/// assert_eq!(serde_json::to_string(&Patch::<String>::Clear)?, "null");
/// assert!(serde_json::to_string(&Patch::<String>::Keep).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patch<T> {
    /// Nothing is sent: the field stays as it is.
    #[default]
    Keep,
    /// Null is sent: the field is emptied.
    Clear,
    /// A value is sent.
    Set(T),
}

macro_rules! presence {
    ($name:ident, $absent:ident, $null:ident, $value:ident) => {
        impl<T> $name<T> {
            /// The value, if there is one.
            #[must_use]
            pub const fn get(&self) -> Option<&T> {
                match self {
                    Self::$value(value) => Some(value),
                    Self::$absent | Self::$null => None,
                }
            }

            /// The value by move, if there is one.
            #[must_use]
            pub fn into_option(self) -> Option<T> {
                match self {
                    Self::$value(value) => Some(value),
                    Self::$absent | Self::$null => None,
                }
            }

            /// The same with a reference to the value.
            #[must_use]
            pub const fn as_ref(&self) -> $name<&T> {
                match self {
                    Self::$absent => $name::$absent,
                    Self::$null => $name::$null,
                    Self::$value(value) => $name::$value(value),
                }
            }

            /// The same with another value.
            #[must_use]
            pub fn map<U>(self, change: impl FnOnce(T) -> U) -> $name<U> {
                match self {
                    Self::$absent => $name::$absent,
                    Self::$null => $name::$null,
                    Self::$value(value) => $name::$value(change(value)),
                }
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(value: T) -> Self {
                Self::$value(value)
            }
        }

        impl From<&str> for $name<String> {
            fn from(value: &str) -> Self {
                Self::$value(value.to_owned())
            }
        }

        impl<'de, T: Deserialize<'de>> Deserialize<'de> for $name<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(match Option::deserialize(deserializer)? {
                    Some(value) => Self::$value(value),
                    None => Self::$null,
                })
            }
        }

        impl<T: Serialize> Serialize for $name<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::$absent => Err(S::Error::custom("an absent value cannot be written")),
                    Self::$null => serializer.serialize_none(),
                    Self::$value(value) => serializer.serialize_some(value),
                }
            }
        }
    };
}

presence!(Maybe, Absent, Null, Value);
presence!(Patch, Keep, Clear, Set);

impl<T> Maybe<T> {
    /// Whether the key is not there.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the key is there with null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> Patch<T> {
    /// Whether the field stays as it is.
    #[must_use]
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Whether the field is emptied.
    #[must_use]
    pub const fn is_clear(&self) -> bool {
        matches!(self, Self::Clear)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Date, Json};

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Fields {
        #[serde(default, skip_serializing_if = "Maybe::is_absent")]
        maybe: Maybe<String>,
        #[serde(default, skip_serializing_if = "Patch::is_keep")]
        patch: Patch<Vec<i64>>,
    }

    #[test]
    fn three_states_round_trip() {
        let cases = [
            ("{}", Maybe::Absent, Patch::Keep),
            (r#"{"maybe":null,"patch":null}"#, Maybe::Null, Patch::Clear),
            (r#"{"maybe":"","patch":[]}"#, "".into(), vec![].into()),
        ];
        for (text, maybe, patch) in cases {
            let fields = Fields { maybe, patch };
            assert_eq!(serde_json::from_str::<Fields>(text).unwrap(), fields);
            assert_eq!(serde_json::to_string(&fields).unwrap(), text);
        }
    }

    #[test]
    fn an_absent_value_is_never_written_as_null() {
        assert!(serde_json::to_string(&Maybe::<String>::Absent).is_err());
        assert!(serde_json::to_string(&[Patch::Set(1), Patch::Keep]).is_err());
    }

    #[test]
    fn free_json_keeps_null_apart_from_values() {
        assert_eq!(serde_json::from_str::<Maybe<Json>>("null").unwrap(), Maybe::Null);
        assert_eq!(serde_json::from_str::<Maybe<Json>>("0").unwrap(), Json::from(0).into());
    }

    #[test]
    fn values_are_reached() {
        let maybe = Maybe::from(5);
        assert_eq!(maybe.get(), Some(&5));
        assert_eq!(maybe.as_ref().map(|value| value + 1).into_option(), Some(6));
        assert_eq!(Patch::<i64>::Clear.get(), None);
        assert!(Patch::<i64>::Clear.is_clear());
        assert!(Maybe::<i64>::default().is_absent());
        assert_eq!(Maybe::<Date>::from("2026-02-28").get().unwrap(), "2026-02-28");
    }
}
