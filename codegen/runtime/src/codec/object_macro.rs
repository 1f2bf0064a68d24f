//! The table by which a struct is read and written as a JSON object: [`object!`](crate::object!).

/// Reads and writes a struct as a JSON object: [`Decode`](crate::codec::Decode), [`Encode`](crate::codec::Encode) and serde's traits.
///
/// The table lists each field with what absence and null mean, and its name on the wire where that differs: `required`, `nullable`
/// (required, may be null), `optional` (never null), `patch` and `maybe` (optional, may be null). Behind `or` stands what a server fills
/// in, as JSON, where it receives an object without the property. Properties that the table does not list are ignored. `..field` keeps them
/// in a map, `..field: undescribed` in a map of [`Json`](crate::Json) and implements `Debug`, which prints their names and kinds and not their
/// values. `!` at the end refuses them, and `!server` where a server reads what it received. `with` lists properties that have one value
/// and no field: they are written first, and another value is an error.
///
/// ```
/// use std::collections::BTreeMap;
/// use specie_runtime::{Decimal, Maybe, dec};
///
/// struct Balance {
///     account: String,
///     r#type: Option<String>,
///     limit: Maybe<Decimal>,
///     rest: BTreeMap<String, Decimal>,
/// }
///
/// specie_runtime::object!(Balance { account: required, r#type: optional = "type", limit: maybe, ..rest });
///
/// let balance: Balance = serde_json::from_str(r#"{"EUR":10.00,"account":"a_1","limit":null}"#)?;
/// assert_eq!(balance.account, "a_1");
/// assert_eq!(balance.rest["EUR"], dec!(10));
/// assert_eq!(serde_json::to_string(&balance)?, r#"{"account":"a_1","limit":null,"EUR":10.00}"#);
///
/// #[derive(Debug)]
/// struct Card {
///     last4: String,
/// }
///
/// specie_runtime::object!(Card with "type" = "card", "version" = 2 { last4: required });
///
/// let card: Card = serde_json::from_str(r#"{"last4":"1111","type":"card","version":2}"#)?;
/// assert_eq!(serde_json::to_string(&card)?, r#"{"type":"card","version":2,"last4":"1111"}"#);
/// assert!(serde_json::from_str::<Card>(r#"{"last4":"1111","type":"bank","version":2}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident $(with $($tag:literal = $only:literal),+)? { $($field:ident: $presence:ident $(= $wire:literal)? $(or $default:literal)?),* $(,)? }) => {
        $crate::__object!($name Ignored [$($($tag $only)+)?] [$($field $presence ($($wire)?) [$($default)?])*] []);
    };
    ($name:ident $(with $($tag:literal = $only:literal),+)? { $($field:ident: $presence:ident $(= $wire:literal)? $(or $default:literal)?),* $(,)? } !) => {
        $crate::__object!($name Refused [$($($tag $only)+)?] [$($field $presence ($($wire)?) [$($default)?])*] []);
    };
    ($name:ident $(with $($tag:literal = $only:literal),+)? { $($field:ident: $presence:ident $(= $wire:literal)? $(or $default:literal)?),* $(,)? } !server) => {
        $crate::__object!($name RefusedByServers [$($($tag $only)+)?] [$($field $presence ($($wire)?) [$($default)?])*] []);
    };
    ($name:ident $(with $($tag:literal = $only:literal),+)? { $($field:ident: $presence:ident $(= $wire:literal)? $(or $default:literal)?,)* ..$rest:ident }) => {
        $crate::__object!($name Kept [$($($tag $only)+)?] [$($field $presence ($($wire)?) [$($default)?])*] [$rest]);
    };
    ($name:ident $(with $($tag:literal = $only:literal),+)? { $($field:ident: $presence:ident $(= $wire:literal)? $(or $default:literal)?,)* ..$rest:ident: undescribed }) => {
        $crate::__object!($name Kept [$($($tag $only)+)?] [$($field $presence ($($wire)?) [$($default)?])*] [$rest]);

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codec::debug_object(
                    formatter,
                    stringify!($name),
                    &[$((stringify!($field), &self.$field)),*],
                    (stringify!($rest), &self.$rest),
                )
            }
        }
    };
}

/// What all forms of [`object!`](crate::object!) have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    // Most objects have nothing that must be there: their fields are read in place.
    ($name:ident $further:ident [] [$($field:ident optional $wire:tt [])+] []) => {
        impl $crate::codec::Decode for $name {
            const PROPERTIES: $crate::codec::Properties = $crate::codec::Properties {
                names: &[$($crate::__wire_name!($field $wire)),*],
                further: $crate::codec::UnknownProperties::$further,
            };

            fn decode(value: $crate::codec::Value<'_>) -> $crate::codec::Decoded<Self> {
                let mut object = Self { $($field: $crate::None),* };
                match $crate::codec::optional_object(
                    stringify!($name), Self::PROPERTIES, value, &mut [$(&mut object.$field),*]
                ) {
                    $crate::Ok(()) => $crate::Ok(object),
                    $crate::Err(fault) => $crate::Err(fault),
                }
            }
        }

        impl $crate::codec::Encode for $name {
            fn encode(&self, writer: &mut $crate::codec::Writer) {
                writer.optional_object(<Self as $crate::codec::Decode>::PROPERTIES, &[$(&self.$field),*]);
            }
        }

        $crate::__serde!($name);
    };
    ($name:ident $further:ident [$($tag:literal $only:literal)*] [$($field:ident $presence:ident $wire:tt [$($default:literal)?])*] [$($rest:ident)?]) => {
        impl $crate::codec::Decode for $name {
            const PROPERTIES: $crate::codec::Properties = $crate::codec::Properties {
                names: &[$($tag,)* $($crate::__wire_name!($field $wire)),*],
                further: $crate::codec::UnknownProperties::$further,
            };

            fn decode(value: $crate::codec::Value<'_>) -> $crate::codec::Decoded<Self> {
                $(let mut $field = $crate::None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                $crate::__given!($crate::codec::object(
                    stringify!($name),
                    Self::PROPERTIES,
                    stringify!($($presence)*),
                    value,
                    $crate::codec::ObjectFields {
                        only: &mut [$($crate::codec::OnlyValue::new($only)),*],
                        slots: &mut [$(&mut $field),*],
                        rest: $crate::__rest!($(mut $rest)?),
                    },
                ));
                $crate::Ok(Self {
                    $($field: $crate::__filled!($presence $field $wire $($default)?),)*
                    $($rest,)?
                })
            }
        }

        impl $crate::codec::Encode for $name {
            fn encode(&self, writer: &mut $crate::codec::Writer) {
                writer.object(
                    <Self as $crate::codec::Decode>::PROPERTIES,
                    &[
                        $($crate::codec::Member::Always(&$crate::codec::Constant::from($only)),)*
                        $($crate::__member!($presence (&self.$field))),*
                    ],
                    $crate::__rest!($(self.$rest)?),
                );
            }
        }

        $crate::__serde!($name);
    };
}

/// The name of a field on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_name {
    ($field:ident ()) => {
        stringify!($field)
    };
    ($field:ident ($wire:literal)) => {
        $wire
    };
}

/// What a field holds after its slot has been filled, or has not.
#[doc(hidden)]
#[macro_export]
macro_rules! __filled {
    ($presence:ident $field:ident $wire:tt $default:literal) => {
        $crate::codec::unless_sent($crate::__filled!($presence $field $wire), $default)
    };
    (required $field:ident $wire:tt) => {
        match $field {
            $crate::Some(value) => value,
            $crate::None => {
                return $crate::Err($crate::codec::missing($crate::__wire_name!($field $wire)));
            }
        }
    };
    (nullable $field:ident $wire:tt) => {
        $crate::__filled!(required $field $wire)
    };
    (optional $field:ident $wire:tt) => {
        $field
    };
    ($presence:ident $field:ident $wire:tt) => {
        $field.unwrap_or_default()
    };
}

/// How a field is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __member {
    (required ($value:expr)) => {
        $crate::codec::Member::Always($value)
    };
    (nullable ($value:expr)) => {
        $crate::codec::Member::Always($value)
    };
    ($presence:ident ($value:expr)) => {
        $crate::codec::Member::IfThere($value)
    };
}

/// The further properties of an object.
#[doc(hidden)]
#[macro_export]
macro_rules! __rest {
    () => {
        $crate::None
    };
    (mut $rest:ident) => {
        $crate::Some(&mut $rest)
    };
    ($self:ident . $rest:ident) => {
        $crate::Some(&$self.$rest)
    };
}
