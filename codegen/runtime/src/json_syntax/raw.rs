//! Reads the raw text of a JSON value, and its kind, without decoding it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::de::{DeserializeSeed, Error, Expected, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::value::RawValue;

use super::{Kind, scan};

/// How deep lists and objects may stand in each other.
const MAX_DEPTH: usize = scan::MAX_DEPTH as usize;
/// The key under which [`RawText`](crate::decode) hands out a text that has not been checked.
pub(crate) const UNREAD: &str = "$specie::unread";

/// Reads one JSON value as its text, borrowed from the input where the input is one text.
///
/// Only JSON deserializers hand it out. Serde's buffers (`flatten`, `untagged`) and other formats answer with an error.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    deserializer.deserialize_newtype_struct(token(), RawVisitor)
}

/// Reads one JSON value as its text, which is not nested too deeply to be worked on recursively.
pub(crate) fn shallow_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    let text = text(deserializer)?;
    if is_shallow(&text) { Ok(text) } else { Err(D::Error::custom("lists and objects are nested more than 128 deep")) }
}

/// The kind of a JSON value, which its first character tells.
pub(crate) fn kind(text: &str) -> Kind {
    kind_of(text.as_bytes().first())
}

/// The kind of a JSON value that begins so.
#[inline]
pub(crate) fn kind_of(first: Option<&u8>) -> Kind {
    match first {
        Some(b'{') => Kind::Object,
        Some(b'[') => Kind::Array,
        Some(b'"') => Kind::String,
        Some(b't' | b'f') => Kind::Boolean,
        Some(b'n') | None => Kind::Null,
        Some(_) => Kind::Number,
    }
}

/// Whether lists and objects stand in each other at most [`MAX_DEPTH`] deep in a JSON text.
pub(crate) fn is_shallow(text: &str) -> bool {
    // Each level needs two brackets, and counting all of one kind is quick; hardly a text goes beyond that.
    text.len() <= 2 * MAX_DEPTH
        || text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count() <= MAX_DEPTH
        || depth(text) <= MAX_DEPTH
}

/// How deep lists and objects stand in each other in a JSON text.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Takes the text out of the one-entry map in which `serde_json` hands out raw values.
///
/// `RawValue` itself is either borrowed, which fails on readers, or boxed, which allocates for each number.
pub(crate) struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value that is read from JSON text, not buffered before")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cow<'de, str>, A::Error> {
        let Handed { text, is_checked } = handed(map, &self)?;
        match text {
            text if is_checked => Ok(text),
            Cow::Borrowed(text) => scan::whole(text).map(Cow::Borrowed).map_err(A::Error::custom),
            Cow::Owned(text) => scan::whole(&text).map(|text| Cow::Owned(text.to_owned())).map_err(A::Error::custom),
        }
    }
}

/// A text that was handed out in the place of a value.
pub(crate) struct Handed<'de> {
    pub(crate) text: Cow<'de, str>,
    /// Whether it is known to be one JSON value.
    is_checked: bool,
}

/// Takes the text out of the map in which it is handed out.
pub(crate) fn handed<'de, A: MapAccess<'de>>(mut map: A, expected: &dyn Expected) -> Result<Handed<'de>, A::Error> {
    match map.next_key_seed(WhichKey)? {
        Some(Some(is_checked)) => Ok(Handed { text: map.next_value_seed(StringSeed(PhantomData))?, is_checked }),
        _ => Err(A::Error::invalid_type(serde::de::Unexpected::Map, expected)),
    }
}

/// Tells from its key whether a text has been checked; `None` where it is none of the two keys.
struct WhichKey;

impl<'de> DeserializeSeed<'de> for WhichKey {
    type Value = Option<bool>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for WhichKey {
    type Value = Option<bool>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let is_checked = key == token();
        Ok((is_checked || key == UNREAD).then_some(is_checked))
    }
}

/// Reads a string, borrowed from the input where it can be. Serde's `Cow` is always owned.
pub(crate) struct StringSeed<'de>(pub(crate) PhantomData<&'de str>);

impl<'de> DeserializeSeed<'de> for StringSeed<'de> {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for StringSeed<'de> {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// The name by which `serde_json` recognises a request for a raw value. It is private there, so it is asked for.
pub(crate) fn token() -> &'static str {
    static TOKEN: OnceLock<&'static str> = OnceLock::new();
    TOKEN.get_or_init(|| <&RawValue>::deserialize(Probe).err().map_or("", |Name(name)| name))
}

/// A deserializer that fails with the name it was asked for.
struct Probe;

#[derive(Debug)]
struct Name(&'static str);

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for Name {}

impl Error for Name {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("")
    }
}

impl<'de> Deserializer<'de> for Probe {
    type Error = Name;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Name> {
        Err(Name(""))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, _: V) -> Result<V::Value, Name> {
        Err(Name(name))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Text<'a>(Cow<'a, str>);

    impl<'de> Deserialize<'de> for Text<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            text(deserializer).map(Self)
        }
    }

    #[test]
    fn text_in_memory_is_borrowed() {
        let Text(text) = serde_json::from_str(" 10.00 ").unwrap();
        assert!(matches!(text, Cow::Borrowed("10.00")));
    }

    #[test]
    fn text_from_a_reader_is_owned() {
        let text: Vec<crate::Decimal> = serde_json::from_reader(&b"[10.00, 1e2]"[..]).unwrap();
        assert_eq!(text, [crate::dec!(10), crate::dec!(100)]);
    }

    #[test]
    fn depth_counts_brackets_outside_strings() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(is_shallow(&nested(128)));
        assert!(!is_shallow(&nested(129)));
        assert!(is_shallow(&format!("[{}]", ["[]"; 200].join(","))));
        assert!(is_shallow(&format!(r#"["\"{}"]"#, "[".repeat(200))));
    }
}
