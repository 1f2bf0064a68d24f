//! Reads the fields of a JSON object body, which an envelope may surround.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::body_kinds::json;
use crate::body_kinds::text::NOT_UTF8;
use crate::decode::{DecodeFault, pointer};
use crate::operation::EnvelopeLevel;
use crate::presence::{Maybe, Patch};
use crate::server::rejection::location::RequestLocation;
use crate::server::rejection::{Fault, Rejection};

/// The object that holds the fields of a request body.
///
/// Keys that are not asked for are ignored unless [`deny_unknown`](Self::deny_unknown) says otherwise; a key that stands twice is
/// refused, because its readers would not agree on which one counts. Its `Debug` form shows no key and no value.
pub struct ObjectReader<'b> {
    /// The JSON pointer to the object.
    pointer: String,
    fields: HashMap<Cow<'b, str>, &'b RawValue>,
}

impl fmt::Debug for ObjectReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectReader").field("fields", &self.fields.len()).finish_non_exhaustive()
    }
}

impl<'b> ObjectReader<'b> {
    /// Reads the object inside an envelope, whose constants must be as documented. A body without a single byte is the empty object
    /// where the body is optional.
    pub(crate) fn read(body: &'b [u8], envelope: &[EnvelopeLevel], required: bool) -> Result<Self, Rejection> {
        if body.is_empty() && !required {
            return Ok(Self { pointer: String::new(), fields: HashMap::new() });
        }
        let text = text(body)?;
        let mut object = Self::parse(String::new(), text)?;
        for level in envelope {
            object = object.descend(level)?;
        }
        Ok(object)
    }

    fn parse(pointer: String, text: &'b str) -> Result<Self, Rejection> {
        match decode_object(text) {
            Ok(fields) => Ok(Self { pointer, fields }),
            Err(fault) => Err(reject(&pointer, fault)),
        }
    }

    /// The object under the key of a level.
    fn descend(&self, level: &EnvelopeLevel) -> Result<Self, Rejection> {
        let inner = self.raw(level.key).ok_or_else(|| self.missing(level.key))?;
        let inner = Self::parse(self.place(level.key), inner.get())?;
        for (key, expected) in level.constants {
            let value: String = inner.required(key)?;
            if value != *expected {
                return Err(Rejection::at(
                    RequestLocation::Body(inner.place(key)),
                    format!("it must be \"{expected}\""),
                ));
            }
        }
        Ok(inner)
    }

    /// A field that must be there; whether it may be null is up to its type.
    pub fn required<T: DeserializeOwned>(&self, key: &str) -> Result<T, Rejection> {
        self.present(key)?.ok_or_else(|| self.missing(key))
    }

    /// A field that must be there and may be null.
    pub fn nullable<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Rejection> {
        self.required(key)
    }

    /// A field that may be left out; null is refused.
    pub fn optional<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Rejection> {
        self.present(key)
    }

    /// A field that may be left out, and cleared with null.
    pub fn patch<T: DeserializeOwned>(&self, key: &str) -> Result<Patch<T>, Rejection> {
        Ok(match self.present::<Option<T>>(key)? {
            None => Patch::Keep,
            Some(None) => Patch::Clear,
            Some(Some(value)) => Patch::Set(value),
        })
    }

    /// A field that may be left out or null.
    pub fn maybe<T: DeserializeOwned>(&self, key: &str) -> Result<Maybe<T>, Rejection> {
        Ok(match self.present::<Option<T>>(key)? {
            None => Maybe::Absent,
            Some(None) => Maybe::Null,
            Some(Some(value)) => Maybe::Value(value),
        })
    }

    /// Refuses every key that is not one of these (`additionalProperties: false`).
    pub fn deny_unknown(&self, known: &[&str]) -> Result<(), Rejection> {
        if self.fields.keys().all(|key| known.contains(&key.as_ref())) {
            return Ok(());
        }
        Err(Rejection::at(
            RequestLocation::Body(self.pointer.clone()),
            format!("the only keys are {}", known.join(", ")),
        ))
    }

    fn present<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Rejection> {
        self.raw(key).map(|raw| received_at(&self.place(key), raw.get().as_bytes())).transpose()
    }

    fn raw(&self, key: &str) -> Option<&'b RawValue> {
        self.fields.get(key).copied()
    }

    fn place(&self, key: &str) -> String {
        let mut place = self.pointer.clone();
        pointer::push(&mut place, key);
        place
    }

    fn missing(&self, key: &str) -> Rejection {
        Rejection::at(RequestLocation::Body(self.place(key)), "it is required")
    }
}

/// Reads a body that is one JSON value, as the server of the API.
pub(crate) fn received<T: DeserializeOwned>(body: &[u8]) -> Result<T, Rejection> {
    text(body)?;
    received_at("", body)
}

/// Reads JSON that stands at a pointer of the body, as the server of the API.
pub(crate) fn received_at<T: DeserializeOwned>(pointer: &str, json: &[u8]) -> Result<T, Rejection> {
    json::decode_served(json).map_err(|faults| reject_all(pointer, faults))
}

/// Reads a body that is one JSON value.
pub(crate) fn whole<T: DeserializeOwned>(body: &[u8]) -> Result<T, Rejection> {
    text(body)?;
    json::decode(body).map_err(|fault| reject("", fault))
}

/// The body as text, which must be there.
pub(crate) fn text(body: &[u8]) -> Result<&str, Rejection> {
    if body.is_empty() {
        return Err(Rejection::at(RequestLocation::Body(String::new()), "it is required"));
    }
    std::str::from_utf8(body).map_err(|_| Rejection::at(RequestLocation::Body(String::new()), NOT_UTF8))
}

fn reject(base: &str, fault: DecodeFault) -> Rejection {
    reject_all(base, vec![fault])
}

fn reject_all(base: &str, faults: Vec<DecodeFault>) -> Rejection {
    let place = |inner: &str| RequestLocation::Body(format!("{base}{inner}"));
    Rejection::invalid(faults.into_iter().map(|fault| Fault::new(place(&fault.pointer), fault.message)).collect())
}

fn decode_object(text: &str) -> Result<HashMap<Cow<'_, str>, &RawValue>, DecodeFault> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let fields = deserializer.deserialize_map(Fields);
    fields
        .and_then(|fields| deserializer.end().map(|()| fields))
        .map_err(|error| DecodeFault::new(String::new(), &error))
}

/// Reads an object into its raw fields.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = HashMap<Cow<'de, str>, &'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = HashMap::new();
        while let Some(Key(key)) = map.next_key()? {
            let value = map.next_value()?;
            match fields.entry(key) {
                Entry::Vacant(entry) => entry.insert(value),
                Entry::Occupied(_) => {
                    return Err(A::Error::custom("a key stands twice in an object"));
                }
            };
        }
        Ok(fields)
    }
}

/// A key, borrowed from the text where it holds no escape.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: &[EnvelopeLevel] =
        &[EnvelopeLevel::new("data", &[("type", "payout-invoice")]), EnvelopeLevel::new("attributes", &[])];

    fn read(body: &str) -> Result<ObjectReader<'_>, Rejection> {
        ObjectReader::read(body.as_bytes(), ENVELOPE, true)
    }

    fn fault<T: fmt::Debug>(result: Result<T, Rejection>) -> String {
        result.expect_err("refused").detail().to_owned()
    }

    #[test]
    fn fields_are_read_inside_their_envelope() {
        let body = r#"{"data":{"type":"payout-invoice","attributes":{"a":1,"b":null,"\u0063":"x","d":"y"}}}"#;
        let object = read(body).unwrap();
        assert_eq!(object.required::<u8>("a").unwrap(), 1);
        assert_eq!(object.nullable::<u8>("b").unwrap(), None);
        assert_eq!(object.optional::<u8>("z").unwrap(), None);
        assert_eq!(object.patch::<u8>("b").unwrap(), Patch::Clear);
        assert_eq!(object.patch::<u8>("z").unwrap(), Patch::Keep);
        assert_eq!(object.patch::<String>("c").unwrap(), Patch::Set("x".to_owned()));
        assert_eq!(object.maybe::<u8>("b").unwrap(), Maybe::Null);
        assert_eq!(object.maybe::<u8>("z").unwrap(), Maybe::Absent);
        assert_eq!(object.maybe::<String>("d").unwrap(), Maybe::Value("y".to_owned()));
        assert!(object.deny_unknown(&["a", "b", "c", "d"]).is_ok());
    }

    #[test]
    fn faults_name_their_place_and_quote_nothing() {
        let body = r#"{"data":{"type":"payout-invoice","attributes":{"a":"4111","n":[1,{"x/y":"4111"}]}}}"#;
        let object = read(body).unwrap();
        for (refused, expected) in [
            (fault(object.required::<u8>("b")), "body at /data/attributes/b: it is required"),
            (fault(object.required::<u8>("a")), "body at /data/attributes/a: invalid type: string, expected u8"),
            (fault(object.deny_unknown(&["a"])), "body at /data/attributes: the only keys are a"),
        ] {
            assert_eq!(refused, expected);
        }
    }

    #[test]
    fn null_is_refused_where_it_may_not_be() {
        let object = ObjectReader::read(br#"{"a":null}"#, &[], true).unwrap();
        assert!(object.optional::<u8>("a").is_err());
        assert!(object.required::<u8>("a").is_err());
    }

    #[test]
    fn an_envelope_that_is_not_there_is_named() {
        for (body, expected) in [
            ("{}", "body at /data: it is required"),
            (r#"{"data":[]}"#, "body at /data: invalid type: sequence, expected an object"),
            (r#"{"data":{}}"#, "body at /data/type: it is required"),
            (r#"{"data":{"type":"x"}}"#, "body at /data/type: it must be \"payout-invoice\""),
            (r#"{"data":{"type":"payout-invoice"}}"#, "body at /data/attributes: it is required"),
            ("", "body: it is required"),
            (r#"{"data":1,"data":2}"#, "body: a key stands twice in an object"),
        ] {
            assert_eq!(fault(read(body)), expected);
        }
        for malformed in ["{", "{}{}", "nul", r#"{"a":tru}"#] {
            assert!(fault(read(malformed)).starts_with("body: not valid JSON"), "{malformed}");
        }
    }

    #[test]
    fn an_optional_body_may_be_empty() {
        let object = ObjectReader::read(b"", ENVELOPE, false).unwrap();
        assert_eq!(object.optional::<u8>("a").unwrap(), None);
    }
}
