//! JSON as it is compared here: by value, but with numbers by their digits.
//!
//! Written for the tests alone, so that a fault of the runtime's own comparison cannot hide itself.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value in which `1.10`, `1.1` and `11e-1` are three different numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Exact {
    Null,
    Boolean(bool),
    /// The number's own text.
    Number(String),
    Text(String),
    List(Vec<Self>),
    Object(BTreeMap<String, Self>),
}

impl Exact {
    /// Reads a text, in which no key may stand twice.
    pub fn parse(bytes: &[u8]) -> Self {
        let raw: &RawValue =
            serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)));
        Self::read(raw)
    }

    fn read(raw: &RawValue) -> Self {
        let text = raw.get();
        match text.as_bytes()[0] {
            b'n' => Self::Null,
            b't' => Self::Boolean(true),
            b'f' => Self::Boolean(false),
            b'"' => Self::Text(serde_json::from_str(text).unwrap()),
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).unwrap();
                Self::List(items.into_iter().map(Self::read).collect())
            }
            b'{' => {
                let Entries(entries) = serde_json::from_str(text).unwrap();
                let count = entries.len();
                let object: BTreeMap<_, _> = entries.into_iter().map(|(key, raw)| (key, Self::read(raw))).collect();
                assert_eq!(object.len(), count, "a key stands twice: {text}");
                Self::Object(object)
            }
            _ => Self::Number(text.to_owned()),
        }
    }
}

/// Every entry of an object, also those whose key stands twice.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Reader).map(Entries)
    }
}

/// Asserts that two texts are the same JSON, to the digit.
#[track_caller]
pub fn assert_same(left: &[u8], right: &[u8], what: &str) {
    let texts = || format!("{}\n{}", String::from_utf8_lossy(left), String::from_utf8_lossy(right));
    assert!(Exact::parse(left) == Exact::parse(right), "{what}:\n{}", texts());
}

#[test]
fn digits_nulls_and_absent_keys_are_told_apart() {
    let exact = |text: &str| Exact::parse(text.as_bytes());
    assert_eq!(exact(r#"{"a":1.10,"b":[null, true]}"#), exact(r#" {"b":[null,true],"\u0061":1.10} "#));
    for (left, right) in [
        ("1.10", "1.1"),
        ("1", "1.0"),
        ("10", "1e1"),
        (r#"{"a":null}"#, "{}"),
        ("[1,2]", "[2,1]"),
        ("\"1\"", "1"),
        ("0.3", "0.30000000000000004"),
    ] {
        assert_ne!(exact(left), exact(right));
    }
}

#[test]
#[should_panic(expected = "a key stands twice")]
fn a_key_that_stands_twice_is_seen() {
    Exact::parse(br#"{"a":1,"a":1}"#);
}
