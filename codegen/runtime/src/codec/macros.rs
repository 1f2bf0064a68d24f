//! The table of a list or map that holds itself, [`nested!`](crate::nested!), and what the tables of all types share.

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
