//! Objects that keep properties beyond the known ones (`additionalProperties` beside `properties`): [`Reader`] and
//! [`Writer`].
//!
//! Serde's `flatten` would buffer every value and lose digits of numbers. For types that implement serde's traits by hand; generated
//! code has the table of [`object!`](crate::object!). Like
//! [`union`](mod@crate::union)s, such types are read from JSON text only.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decode;
use crate::json::raw;
use crate::presence::{Maybe, Patch};

/// An object whose properties are taken out one by one, until the rest is left.
///
/// ```
/// use std::collections::BTreeMap;
/// use serde::{Deserialize, Deserializer};
/// use specie_runtime::{Decimal, dec, open_object::Reader};
///
/// struct Balance {
///     account: String,
///     rest: BTreeMap<String, Decimal>,
/// }
///
/// impl<'de> Deserialize<'de> for Balance {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         let mut object = Reader::read(deserializer)?;
///         Ok(Self { account: object.required("account")?, rest: object.rest()? })
///     }
/// }
///
/// let balance: Balance = serde_json::from_str(r#"{"EUR":10.00,"account":"a_1"}"#)?;
/// assert_eq!(balance.account, "a_1");
/// assert_eq!(balance.rest["EUR"], dec!(10));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Reader<'de, E> {
    values: BTreeMap<Cow<'de, str>, Cow<'de, str>>,
    error: PhantomData<fn() -> E>,
}

impl<'de, E: serde::de::Error> Reader<'de, E> {
    /// Reads the keys and the texts of the values. A key that stands twice is an error.
    pub fn read<D: Deserializer<'de, Error = E>>(deserializer: D) -> Result<Self, E> {
        // As a struct, which compares its keys itself, so that they are not compared twice.
        let values = deserializer.deserialize_struct("object", &[], ValuesVisitor)?;
        Ok(Self { values, error: PhantomData })
    }

    /// A property that must be there; whether it may be null is up to its type.
    pub fn required<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<T, E> {
        self.take(key)?.ok_or_else(|| E::missing_field(key))
    }

    /// A property that must be there and may be null.
    pub fn nullable<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Option<T>, E> {
        self.required(key)
    }

    /// A property that may be left out and is never null.
    pub fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Option<T>, E> {
        self.take(key)
    }

    /// A property that may be left out or cleared with null.
    pub fn patch<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Patch<T>, E> {
        self.take(key).map(Option::unwrap_or_default)
    }

    /// A property that may be left out or null.
    pub fn maybe<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Maybe<T>, E> {
        self.take(key).map(Option::unwrap_or_default)
    }

    /// The properties that have not been taken.
    pub fn rest<T: DeserializeOwned>(self) -> Result<BTreeMap<String, T>, E> {
        let decoded = |(key, text): (Cow<'de, str>, Cow<'de, str>)| {
            let value = value(&key, &text)?;
            Ok((key.into_owned(), value))
        };
        self.values.into_iter().map(decoded).collect()
    }

    fn take<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Option<T>, E> {
        self.values.remove(key).map(|text| value(key, &text)).transpose()
    }
}

/// Decodes a value; the error says under which key.
fn value<T: DeserializeOwned, E: serde::de::Error>(key: &str, text: &str) -> Result<T, E> {
    decode::part(text).map_err(|fault| E::custom(fault.under(key).to_message()))
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = BTreeMap<Cow<'de, str>, Cow<'de, str>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = BTreeMap::new();
        while let Some(key) = map.next_key_seed(raw::StringSeed(PhantomData))? {
            let Text(value) = map.next_value()?;
            if values.insert(key, value).is_some() {
                return Err(A::Error::custom(decode::TWICE));
            }
        }
        Ok(values)
    }
}

struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        raw::shallow_text(deserializer).map(Self)
    }
}

/// Writes the known properties of an object, and then the rest.
#[derive(Debug)]
#[must_use = "`rest` ends the object"]
pub struct Writer<S: Serializer> {
    object: S::SerializeMap,
    known: Vec<&'static str>,
}

impl<S: Serializer> Writer<S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        let object = serializer.serialize_map(None)?;
        Ok(Self { object, known: Vec::new() })
    }

    /// Writes a property.
    pub fn required<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), S::Error> {
        self.known.push(key);
        self.object.serialize_entry(key, value)
    }

    /// Writes a property; `None` is null.
    pub fn nullable<T: Serialize>(&mut self, key: &'static str, value: &Option<T>) -> Result<(), S::Error> {
        self.required(key, value)
    }

    /// Writes a property unless it is `None`.
    pub fn optional<T: Serialize>(&mut self, key: &'static str, value: &Option<T>) -> Result<(), S::Error> {
        self.unless(value.is_none(), key, value)
    }

    /// Writes a property unless it is kept.
    pub fn patch<T: Serialize>(&mut self, key: &'static str, value: &Patch<T>) -> Result<(), S::Error> {
        self.unless(value.is_keep(), key, value)
    }

    /// Writes a property unless it is absent.
    pub fn maybe<T: Serialize>(&mut self, key: &'static str, value: &Maybe<T>) -> Result<(), S::Error> {
        self.unless(value.is_absent(), key, value)
    }

    /// Writes the rest and ends the object. A key of a known property among them is an error: it would stand twice, or be
    /// read as that property.
    pub fn rest<T: Serialize>(mut self, rest: &BTreeMap<String, T>) -> Result<S::Ok, S::Error> {
        for (key, value) in rest {
            if self.known.contains(&key.as_str()) {
                return Err(S::Error::custom(format_args!("`{key}` is a property with a field of its own")));
            }
            self.object.serialize_entry(key, value)?;
        }
        self.object.end()
    }

    fn unless<T: Serialize>(&mut self, left_out: bool, key: &'static str, value: &T) -> Result<(), S::Error> {
        if left_out {
            self.known.push(key);
            return Ok(());
        }
        self.required(key, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decimal, Secret, dec};

    #[derive(Debug, Default, PartialEq)]
    struct Open {
        id: String,
        note: Option<String>,
        limit: Maybe<Decimal>,
        pin: Patch<Secret<String>>,
        next: Option<Box<Open>>,
        rest: BTreeMap<String, Option<Decimal>>,
    }

    impl Serialize for Open {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = Writer::new(serializer)?;
            object.required("id", &self.id)?;
            object.nullable("note", &self.note)?;
            object.maybe("limit", &self.limit)?;
            object.patch("pin", &self.pin)?;
            object.optional("next", &self.next)?;
            object.rest(&self.rest)
        }
    }

    impl<'de> Deserialize<'de> for Open {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let mut object = Reader::read(deserializer)?;
            Ok(Self {
                id: object.required("id")?,
                note: object.nullable("note")?,
                limit: object.maybe("limit")?,
                pin: object.patch("pin")?,
                next: object.optional("next")?,
                rest: object.rest()?,
            })
        }
    }

    fn fault(text: &str) -> String {
        decode::from_slice::<Open>(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn the_rest_is_kept_exactly() {
        let text = r#"{"id":"1","note":null,"limit":null,"pin":"0000","next":{"id":"2","note":"n","a":null},"EUR":12345678901234567.890}"#;
        let open: Open = serde_json::from_str(text).unwrap();
        assert_eq!(open.rest["EUR"], Some(dec!(12345678901234567.89)));
        assert_eq!(serde_json::to_string(&open).unwrap(), text);
    }

    #[test]
    fn known_properties_are_not_part_of_the_rest() {
        let rest = BTreeMap::from([("limit".to_owned(), Some(dec!(1)))]);
        let open = Open { rest, ..Open::default() };
        assert!(serde_json::to_string(&open).is_err());
        assert!(fault(r#"{"id":"1","id":"2","note":null}"#).contains("twice"));
    }

    #[test]
    fn errors_have_their_place() {
        assert_eq!(fault(r#"{"note":null}"#), "missing field `id`");
        assert_eq!(fault(r#"{"id":"1"}"#), "missing field `note`");
        assert_eq!(
            fault(r#"{"id":"1","note":null,"next":{"id":"1","note":null,"a/b":"4111"}}"#),
            "/next/a~1b: invalid type: string, expected a decimal number"
        );
        assert_eq!(fault(r#"{"id":"1","note":null,"next":null}"#), "/next: invalid type: null, expected an object");
        assert_eq!(fault("[]"), "invalid type: sequence, expected an object");
    }

    #[test]
    fn depth_is_limited() {
        let deep = r#"{"id":"1","note":null,"next":"#.repeat(10_000);
        assert!(decode::from_slice::<Open>(format!("{deep}null{}", "}".repeat(10_000)).as_bytes()).is_err());
    }
}
