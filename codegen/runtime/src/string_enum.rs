//! Enums that are strings on the wire: [`StringEnum`] and [`string_enum!`](crate::string_enum!).

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;
use serde::{Deserializer, Serializer};

use crate::check::Checker;
use crate::codec::{self, Fault, Value};
use crate::decode::one_of;
use crate::param::{Param, ParamError};

#[doc(hidden)]
pub use serde;

/// A type whose values are strings from a list.
///
/// A generated enum implements it and hands itself to [`string_enum!`](crate::string_enum!) for the rest. An open enum, one
/// that a server may send, has a variant for values that the document does not list; a closed one refuses them.
///
/// ```
/// use specie_runtime::{StringEnum, Unrecognized};
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Status {
///     Complete,
///     Unknown(Unrecognized),
/// }
///
/// specie_runtime::string_enum!(Status { Complete = "complete", ..Unknown });
///
/// let status: Status = serde_json::from_str("\"reversed\"")?;
/// assert!(!status.is_known());
/// assert_eq!(serde_json::to_string(&status)?, "\"reversed\"");
/// assert_eq!("complete".parse(), Ok(Status::Complete));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait StringEnum: Sized {
    /// The values that the document lists, in its order.
    const NAMES: &'static [&'static str];

    /// The value on the wire.
    fn as_str(&self) -> &str;

    /// The variant of a value; `None` where the enum is closed and does not have it.
    fn from_name(name: &str) -> Option<Self>;

    /// Whether the document allows the value: lists it, or says that others may come.
    fn is_known(&self) -> bool {
        Self::NAMES.contains(&self.as_str())
    }
}

/// A value of an open enum that the document does not list. It is sent back unchanged.
///
/// Programs cannot make one: a value they know belongs into the document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unrecognized(Box<str>);

impl Unrecognized {
    /// For generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unrecognized {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for Unrecognized {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Implements [`StringEnum`] by a table of variants and their values on the wire, and with it `Display`, `FromStr`, serde's traits,
/// [`Decode`](crate::codec::Decode), [`Encode`](crate::codec::Encode) and [`Check`](crate::Check).
///
/// `..` names the variant that keeps values that the table does not list; `..=` does where the document allows them too, so that
/// they are [known](StringEnum::is_known). Types alone implement [`StringEnum`] themselves.
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $wire:literal),* $(, ..$unknown:ident)? $(, ..=$other:ident)? $(,)? }) => {
        impl $crate::StringEnum for $name {
            const NAMES: &'static [&'static str] = &[$($wire),*];

            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    $(Self::$unknown(value) => value.as_str(),)?
                    $(Self::$other(value) => value.as_str(),)?
                }
            }

            fn from_name(name: &str) -> $crate::Option<Self> {
                match name {
                    $($wire => $crate::Some(Self::$variant),)*
                    _ => $crate::__unlisted!(name $(Self::$unknown)? $(Self::$other)?),
                }
            }
        }

        $crate::string_enum!($name);
    };
    ($($name:ty),+ $(,)?) => { $(
        impl $crate::codec::Decode for $name {
            fn decode(value: $crate::codec::Value<'_>) -> $crate::codec::Decoded<Self> {
                $crate::string_enum::decode(value)
            }
        }

        impl $crate::codec::Encode for $name {
            fn encode(&self, writer: &mut $crate::codec::Writer) {
                writer.text($crate::StringEnum::as_str(self));
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad($crate::StringEnum::as_str(self))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::param::ParamError;

            // Not `Self::Err`, which a variant may be called.
            fn from_str(name: &str) -> $crate::Result<Self, $crate::param::ParamError> {
                $crate::string_enum::from_text(name)
            }
        }

        impl $crate::string_enum::serde::Serialize for $name {
            fn serialize<S: $crate::string_enum::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::Result<S::Ok, S::Error> {
                $crate::string_enum::serialize(self, serializer)
            }
        }

        impl<'de> $crate::string_enum::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::string_enum::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::Result<Self, D::Error> {
                $crate::string_enum::deserialize(deserializer)
            }
        }

        impl $crate::Check for $name {
            fn check(&self, checker: &mut $crate::Checker<'_>) {
                $crate::string_enum::check(self, checker);
            }
        }
    )+ };
}

/// The value of an enum that is none of those that the document lists.
#[doc(hidden)]
#[macro_export]
macro_rules! __unlisted {
    ($name:ident) => {
        $crate::None
    };
    ($name:ident $($unknown:tt)+) => {
        $crate::Some($($unknown)+($crate::Unrecognized::new($name)))
    };
}

#[doc(hidden)]
pub fn decode<T: StringEnum>(value: Value<'_>) -> Result<T, Fault> {
    match text(value, T::NAMES) {
        Ok(text) => match T::from_name(&text) {
            Some(found) => {
                if !found.is_known() {
                    codec::unlisted();
                }
                Ok(found)
            }
            None => Err(unknown(T::NAMES)),
        },
        Err(fault) => Err(fault),
    }
}

// What follows is compiled once, and not for every enum.

fn text<'a>(value: Value<'a>, names: &[&str]) -> Result<Cow<'a, str>, Fault> {
    value.string().ok_or_else(|| value.mistyped(one_of(names)))
}

fn unknown(names: &[&str]) -> Fault {
    Fault::new(format!("unknown value, expected {}", one_of(names)))
}

fn unexpected(names: &[&str]) -> ParamError {
    ParamError::expected(one_of(names))
}

fn report(checker: &mut Checker<'_>, names: &[&str]) {
    checker.violation(format!("must be {}", one_of(names)));
}

#[doc(hidden)]
pub fn serialize<T: StringEnum, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.as_str())
}

#[doc(hidden)]
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: StringEnum,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(NameVisitor(PhantomData))
}

#[doc(hidden)]
pub fn from_text<T: StringEnum>(text: &str) -> Result<T, ParamError> {
    match T::from_name(text) {
        Some(found) => Ok(found),
        None => Err(unexpected(T::NAMES)),
    }
}

impl<T: StringEnum> Param for T {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }

    fn from_text(text: &str) -> Result<Self, ParamError> {
        from_text(text)
    }
}

#[doc(hidden)]
pub fn check<T: StringEnum>(value: &T, checker: &mut Checker<'_>) {
    if !value.is_known() {
        report(checker, T::NAMES);
    }
}

/// "one of `a`, `b`"
fn listed<T: StringEnum>() -> String {
    one_of(T::NAMES)
}

struct NameVisitor<T>(PhantomData<T>);

impl<T: StringEnum> Visitor<'_> for NameVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&listed::<T>())
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<T, E> {
        // Not serde's `unknown_variant`, which quotes the value.
        T::from_name(name).ok_or_else(|| E::custom(format_args!("unknown value, expected {}", listed::<T>())))
    }
}

#[cfg(test)]
mod tests;
