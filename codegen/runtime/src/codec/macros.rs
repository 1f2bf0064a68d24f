//! The tables by which generated types are read and written: [`object!`](crate::object!) and [`union!`](crate::union!).

/// Reads and writes a struct as a JSON object: [`Decode`](crate::codec::Decode), [`Encode`](crate::codec::Encode) and serde's traits.
///
/// The table lists each field with what absence and null mean, and its name on the wire where that differs: `required`, `nullable`
/// (required, may be null), `optional` (never null), `patch` and `maybe` (optional, may be null). Behind `or` stands what a server fills
/// in, as JSON, where it receives an object without the property. Properties that the table does not list are ignored. `..field` keeps them
/// in a map, `..field: undescribed` in a map of [`Json`](crate::Json) and implements `Debug`, which prints their names and kinds and not their
/// values. `!` at the end refuses them, and `!server` where a server reads what it received. `with` lists properties that have one value and no field: they are written first, and another value is an error.
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

/// Reads and writes an enum whose variants each hold one shape of JSON: [`Decode`](crate::codec::Decode),
/// [`Encode`](crate::codec::Encode) and serde's traits.
///
/// With `by` and a property, its value decides, and a variant without a value is only ever written; `..` names the variant that keeps any
/// other value, `..=` the one that is read where the property has another value or is absent, and
/// without either other values are refused.
/// Without `by`, branches are asked in order: `object`, `array`, `string`, `number` and `boolean` are the only branch of that kind of
/// JSON, and `attempt` is tried. Where several fit, the one that explains most of the value wins ([`Tries`](crate::codec::Tries)).
///
/// ```
/// use specie_runtime::Json;
///
/// #[derive(Debug, PartialEq)]
/// struct Card {
///     last4: String,
/// }
///
/// specie_runtime::object!(Card { last4: required });
///
/// #[derive(Debug, PartialEq)]
/// enum Method {
///     Card(Card),
///     Unknown(Json),
/// }
///
/// specie_runtime::union!(Method by "type" { Card: "card" | "debit_card", ..Unknown });
///
/// #[derive(Debug)]
/// enum Metadata {
///     Text(String),
///     List(Vec<Json>),
/// }
///
/// specie_runtime::union!(Metadata { Text: string, List: array });
///
/// let method: Method = serde_json::from_str(r#"{"type":"card","last4":"1111"}"#)?;
/// assert_eq!(method, Method::Card(Card { last4: "1111".into() }));
/// let fault = specie_runtime::decode::from_slice::<Metadata>(b"5").unwrap_err();
/// assert_eq!(
///     fault.message,
///     "no variant of Metadata fits: string: expected a string, found a number; array: expected an array, found a number",
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident by $property:literal { $($variant:ident $(: $($tag:literal)|+)?),* $(,)? }) => {
        $crate::__union!($name by $property [$($variant [$($($tag)+)?])*] []);
    };
    ($name:ident by $property:literal { $($variant:ident $(: $($tag:literal)|+)?,)* ..$unknown:ident }) => {
        $crate::__union!($name by $property [$($variant [$($($tag)+)?])*] [$unknown]);
    };
    ($name:ident by $property:literal { $($variant:ident $(: $($tag:literal)|+)?,)* ..=$default:ident }) => {
        impl $crate::codec::Decode for $name {
            fn decode(value: $crate::codec::Value<'_>) -> $crate::codec::Decoded<Self> {
                let tagged = $crate::codec::Tagged::read_or_default(stringify!($name), $property, value);
                // What has no discriminator, or an odd one, is for the default to judge.
                if let $crate::Some(tagged) = $crate::__given!(tagged) {
                    $(
                        if tagged.is(&[$($($tag),+)?]) {
                            let branch = $crate::codec::Decode::decode(value);
                            return $crate::Ok(Self::$variant($crate::__given!(branch)));
                        }
                    )*
                    tagged.is_of_default();
                }
                $crate::codec::Decode::decode(value).map($crate::codec::Decode::undescribed).map(Self::$default)
            }

            $crate::__union!(undescribed $($variant)*);
        }

        $crate::__union!(encode $name $($variant)*);
    };
    ($name:ident { $($variant:ident: $kind:ident),* $(,)? }) => {
        impl $crate::codec::Decode for $name {
            fn decode(value: $crate::codec::Value<'_>) -> $crate::codec::Decoded<Self> {
                let mut tries = $crate::codec::Tries::new(stringify!($name), value);
                $($crate::__given!(tries.$kind($crate::__branch!($kind $variant), Self::$variant));)*
                tries.finish()
            }

            $crate::__union!(undescribed $($variant)*);
        }

        $crate::__union!(encode $name $($variant)*);
    };
}

/// Reads and writes a struct around a list or map as that list or map: [`Decode`](crate::codec::Decode),
/// [`Encode`](crate::codec::Encode) and serde's traits. It is made from the list or map by `From`.
///
/// ```
/// #[derive(Debug, Default, PartialEq)]
/// struct Folders(std::collections::BTreeMap<String, Folders>);
///
/// specie_runtime::nested!(Folders { std::collections::BTreeMap<String, Folders> });
///
/// let folders: Folders = serde_json::from_str(r#"{"2026":{"may":{}}}"#)?;
/// assert_eq!(folders.0["2026"].0["may"], Folders::default());
/// assert_eq!(serde_json::to_string(&folders)?, r#"{"2026":{"may":{}}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! nested {
    ($name:ident { $value:ty $(,)? }) => {
        impl $crate::codec::Decode for $name {
            fn decode(value: $crate::codec::Value<'_>) -> $crate::codec::Decoded<Self> {
                $crate::codec::Decode::decode(value).map(Self)
            }

            fn undescribed(self) -> Self {
                Self($crate::codec::Decode::undescribed(self.0))
            }
        }

        impl $crate::codec::Encode for $name {
            fn encode(&self, writer: &mut $crate::codec::Writer) {
                $crate::codec::Encode::encode(&self.0, writer);
            }
        }

        impl $crate::From<$value> for $name {
            fn from(value: $value) -> Self {
                Self(value)
            }
        }

        $crate::__serde!($name);
    };
}

/// What the forms of [`union!`](crate::union!) have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    ($name:ident by $property:literal [$($variant:ident [$($tag:literal)*])*] [$($unknown:ident)?]) => {
        impl $crate::codec::Decode for $name {
            fn decode(value: $crate::codec::Value<'_>) -> $crate::codec::Decoded<Self> {
                let tagged = $crate::__given!($crate::codec::Tagged::read(stringify!($name), $property, value));
                $(
                    if tagged.is(&[$($tag),*]) {
                        let branch = $crate::codec::Decode::decode(value);
                        return $crate::Ok(Self::$variant($crate::__given!(branch)));
                    }
                )*
                $crate::__otherwise!(tagged [$($($tag,)*)*] $(Self::$unknown)?)
            }

            $crate::__union!(undescribed $($variant)* $($unknown)?);
        }

        $crate::__union!(encode $name $($variant)* $($unknown)?);
    };
    (undescribed $($variant:ident)*) => {
        fn undescribed(self) -> Self {
            match self { $(Self::$variant(value) => Self::$variant($crate::codec::Decode::undescribed(value)),)* }
        }
    };
    (encode $name:ident $($variant:ident)*) => {
        impl $crate::codec::Encode for $name {
            fn encode(&self, writer: &mut $crate::codec::Writer) {
                match self { $(Self::$variant(value) => $crate::codec::Encode::encode(value, writer),)* }
            }
        }

        $crate::__serde!($name);
    };
}

/// What becomes of a discriminator that the document does not list.
#[doc(hidden)]
#[macro_export]
macro_rules! __otherwise {
    ($tagged:ident $tags:tt) => {
        $crate::Err($tagged.unlisted(&$tags))
    };
    ($tagged:ident $tags:tt $($unknown:tt)+) => {
        match $tagged.json(&$tags) {
            $crate::Ok(json) => $crate::Ok($($unknown)+(json)),
            $crate::Err(fault) => $crate::Err(fault),
        }
    };
}

/// Serde's traits for a type that has [`Decode`](crate::codec::Decode) and [`Encode`](crate::codec::Encode).
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {
        impl $crate::codec::serde::Serialize for $name {
            fn serialize<S: $crate::codec::serde::Serializer>(&self, serializer: S) -> $crate::Result<S::Ok, S::Error> {
                $crate::codec::serialize(self, serializer)
            }
        }

        impl<'de> $crate::codec::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codec::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::Result<Self, D::Error> {
                $crate::codec::deserialize(deserializer)
            }
        }
    };
}

/// `?`, which as a `match` takes less to compile.
#[doc(hidden)]
#[macro_export]
macro_rules! __given {
    ($result:expr) => {
        match $result {
            $crate::Ok(value) => value,
            $crate::Err(fault) => return $crate::Err(fault),
        }
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

/// How messages call a branch: by its kind, which tells it, or by its name.
#[doc(hidden)]
#[macro_export]
macro_rules! __branch {
    (attempt $variant:ident) => {
        stringify!($variant)
    };
    ($kind:ident $variant:ident) => {
        stringify!($kind)
    };
}
