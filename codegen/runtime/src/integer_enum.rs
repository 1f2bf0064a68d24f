//! Enums that are integers on the wire: [`IntegerEnum`] and [`integer_enum!`](crate::integer_enum!).

use std::fmt;

use crate::check::Checker;
use crate::codec::{Decode, Fault, Value};
use crate::param::ParamError;

/// A type whose values are integers from a list.
///
/// A generated enum hands itself to [`integer_enum!`](crate::integer_enum!). An open enum, one that a server may send, has a variant
/// for values that the document does not list; a closed one refuses them.
///
/// ```
/// use specie_runtime::{IntegerEnum, UnrecognizedInteger};
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Level {
///     Low,
///     High,
///     Unknown(UnrecognizedInteger),
/// }
///
/// specie_runtime::integer_enum!(Level { Low = -1, High = 1, ..Unknown });
///
/// let level: Level = serde_json::from_str("7")?;
/// assert!(!level.is_known());
/// assert_eq!(serde_json::to_string(&level)?, "7");
/// assert_eq!("-1".parse(), Ok(Level::Low));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait IntegerEnum: Sized {
    /// The values that the document lists, in its order.
    const VALUES: &'static [i64];

    /// The value on the wire.
    fn as_integer(&self) -> i64;

    /// The variant of a value; `None` where the enum is closed and does not have it.
    fn from_integer(value: i64) -> Option<Self>;

    /// Whether the document allows the value: lists it, or says that others may come.
    fn is_known(&self) -> bool {
        true
    }
}

/// A value of an open enum that the document does not list. It is sent back unchanged.
///
/// Programs cannot make one: a value they know belongs into the document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnrecognizedInteger(i64);

impl UnrecognizedInteger {
    /// For generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(value: i64) -> Self {
        Self(value)
    }

    /// The value on the wire.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Debug for UnrecognizedInteger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for UnrecognizedInteger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

/// Implements [`IntegerEnum`] by a table of variants and their values on the wire, and with it `Display`, `FromStr`, serde's traits,
/// [`Decode`](crate::codec::Decode), [`Encode`](crate::codec::Encode), [`Param`](crate::param::Param) and [`Check`](crate::Check).
///
/// `..` names the variant that keeps values that the table does not list; `..=` does where the document allows them too, so that
/// they are [known](IntegerEnum::is_known).
#[macro_export]
macro_rules! integer_enum {
    ($name:ident { $($variant:ident = $wire:literal),* $(, ..$unknown:ident)? $(, ..=$other:ident)? $(,)? }) => {
        impl $crate::IntegerEnum for $name {
            const VALUES: &'static [i64] = &[$($wire),*];

            fn as_integer(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    $(Self::$unknown(value) => value.get(),)?
                    $(Self::$other(value) => value.get(),)?
                }
            }

            fn from_integer(value: i64) -> $crate::Option<Self> {
                match value {
                    $($wire => $crate::Some(Self::$variant),)*
                    _ => $crate::__unlisted_integer!(value $(Self::$unknown)? $(Self::$other)?),
                }
            }

            $(
                fn is_known(&self) -> bool {
                    !::core::matches!(self, Self::$unknown(_))
                }
            )?
        }

        impl $crate::codec::Decode for $name {
            fn decode(value: $crate::codec::Value<'_>) -> $crate::Result<Self, $crate::codec::Fault> {
                $crate::integer_enum::decode(value)
            }
        }

        impl $crate::codec::Encode for $name {
            fn encode(&self, writer: &mut $crate::codec::Writer) {
                $crate::codec::Encode::encode(&$crate::IntegerEnum::as_integer(self), writer);
            }
        }

        $crate::__serde!($name);

        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&$crate::IntegerEnum::as_integer(self), formatter)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::param::ParamError;

            // Not `Self::Err`, which a variant may be called.
            fn from_str(text: &str) -> $crate::Result<Self, $crate::param::ParamError> {
                $crate::integer_enum::from_text(text)
            }
        }

        impl $crate::param::Param for $name {
            fn to_text(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(::std::string::ToString::to_string(&$crate::IntegerEnum::as_integer(self)))
            }

            fn from_text(text: &str) -> $crate::Result<Self, $crate::param::ParamError> {
                $crate::integer_enum::from_text(text)
            }
        }

        impl $crate::Check for $name {
            fn check(&self, checker: &mut $crate::Checker<'_>) {
                $crate::integer_enum::check(self, checker);
            }
        }
    };
}

/// The value of an enum that is none of those that the document lists.
#[doc(hidden)]
#[macro_export]
macro_rules! __unlisted_integer {
    ($value:ident) => {
        $crate::None
    };
    ($value:ident $($unknown:tt)+) => {
        $crate::Some($($unknown)+($crate::UnrecognizedInteger::new($value)))
    };
}

#[doc(hidden)]
pub fn decode<T: IntegerEnum>(value: Value<'_>) -> Result<T, Fault> {
    let found = T::from_integer(i64::decode(value)?);
    found.ok_or_else(|| Fault::new(format!("unknown value, expected {}", listed::<T>())))
}

#[doc(hidden)]
pub fn from_text<T: IntegerEnum>(text: &str) -> Result<T, ParamError> {
    let found = crate::param::Param::from_text(text).ok().and_then(T::from_integer);
    found.ok_or_else(|| ParamError::expected(listed::<T>()))
}

#[doc(hidden)]
pub fn check<T: IntegerEnum>(value: &T, checker: &mut Checker<'_>) {
    if !value.is_known() {
        checker.violation(format!("must be {}", listed::<T>()));
    }
}

/// "one of `1`, `2`"
fn listed<T: IntegerEnum>() -> String {
    let names: Vec<String> = T::VALUES.iter().map(ToString::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    crate::decode::one_of(&names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::violations;
    use crate::decode::from_slice;
    use crate::param::Param as _;

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Open {
        Minus1,
        Installed,
        Unknown(UnrecognizedInteger),
    }

    crate::integer_enum!(Open { Minus1 = -1, Installed = 1, ..Unknown });

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    enum Closed {
        Ok,
        Err,
    }

    crate::integer_enum!(Closed { Ok = 0, Err = 9_223_372_036_854_775_807 });

    #[test]
    fn a_closed_list_takes_nothing_else() {
        assert_eq!(from_slice::<Closed>(b"0").unwrap(), Closed::Ok);
        assert_eq!(serde_json::to_string(&Closed::Err).unwrap(), "9223372036854775807");
        for text in ["1", "\"0\"", "0.5", "null", "9223372036854775808"] {
            assert!(from_slice::<Closed>(text.as_bytes()).is_err(), "{text}");
        }
        let fault = from_slice::<Closed>(b"4111").unwrap_err();
        assert_eq!(fault.message, "unknown value, expected one of `0`, `9223372036854775807`");
        assert_eq!("1".parse::<Closed>().unwrap_err().to_string(), "expected one of `0`, `9223372036854775807`");
    }

    #[test]
    fn an_open_list_keeps_what_it_does_not_know() {
        for (text, known) in [("-1", true), ("1", true), ("2", false)] {
            let value: Open = from_slice(text.as_bytes()).unwrap();
            assert_eq!(value.is_known(), known);
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
            assert_eq!(Open::from_text(&value.to_text()), Ok(value.clone()));
            assert_eq!(violations(&value).is_empty(), known);
        }
        assert_eq!(from_slice::<Open>(b"1.0").unwrap(), Open::Installed);
        assert_eq!(format!("{:?}", Open::from_integer(5)), "Some(Unknown(5))");
    }
}
