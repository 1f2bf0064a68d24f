//! The table by which one of several shapes is read and written: [`union!`](crate::union!).

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
