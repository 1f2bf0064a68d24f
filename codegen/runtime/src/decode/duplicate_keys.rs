//! Reads the entries of a map and refuses a key that occurs twice.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, Visitor};

/// What the error says; the key itself may be anything.
pub(crate) const TWICE: &str = "a key stands twice in an object";

/// Entries whose keys are compared as they are read. Only the variants of an enum, whose derive reads them its own way, are not.
pub(super) struct Entries<'de, A> {
    map: A,
    seen: BTreeSet<Cow<'de, str>>,
}

impl<A> Entries<'_, A> {
    pub(super) fn new(map: A) -> Self {
        Self { map, seen: BTreeSet::new() }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'de, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let mut text = None;
        let key = self.map.next_key_seed(Key { reader: seed, text: &mut text })?;
        if text.is_some_and(|text| !self.seen.insert(text)) {
            return Err(A::Error::custom(TWICE));
        }
        Ok(key)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.map.next_value_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}

/// What reads a key (a seed, its deserializer, its visitor), and where the key's text is noted.
struct Key<'n, 'de, T> {
    reader: T,
    text: &'n mut Option<Cow<'de, str>>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<'_, 'de, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.reader.deserialize(Key { reader: deserializer, text: self.text })
    }
}

macro_rules! deserialize {
    ($($method:ident($($argument:ident: $of:ty),*))+) => { $(
        fn $method<V: Visitor<'de>>(self, $($argument: $of,)* visitor: V) -> Result<V::Value, D::Error> {
            self.reader.$method($($argument,)* Key { reader: visitor, text: self.text })
        }
    )+ };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Key<'_, 'de, D> {
    type Error = D::Error;

    deserialize! {
        deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
        deserialize_i128() deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string() deserialize_bytes()
        deserialize_byte_buf() deserialize_option() deserialize_unit() deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str) deserialize_seq() deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize) deserialize_map()
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) deserialize_identifier() deserialize_ignored_any()
    }

    fn is_human_readable(&self) -> bool {
        self.reader.is_human_readable()
    }
}

/// A number or a boolean stands in quotes as a key; two spellings of a number are one key.
macro_rules! visit_noted {
    ($($method:ident($value:ty))+) => { $(
        fn $method<E: Error>(self, value: $value) -> Result<V::Value, E> {
            *self.text = Some(Cow::Owned(value.to_string()));
            self.reader.$method(value)
        }
    )+ };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Key<'_, 'de, V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reader.expecting(formatter)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        *self.text = Some(Cow::Owned(text.to_owned()));
        self.reader.visit_str(text)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        *self.text = Some(Cow::Borrowed(text));
        self.reader.visit_borrowed_str(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        *self.text = Some(Cow::Owned(text.clone()));
        self.reader.visit_string(text)
    }

    visit_noted! {
        visit_bool(bool) visit_i8(i8) visit_i16(i16) visit_i32(i32) visit_i64(i64) visit_i128(i128) visit_u8(u8)
        visit_u16(u16) visit_u32(u32) visit_u64(u64) visit_u128(u128) visit_f32(f32) visit_f64(f64) visit_char(char)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<V::Value, E> {
        self.reader.visit_bytes(bytes)
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<V::Value, E> {
        self.reader.visit_borrowed_bytes(bytes)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.reader.visit_some(Key { reader: deserializer, text: self.text })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.reader.visit_newtype_struct(Key { reader: deserializer, text: self.text })
    }

    /// The way in which a raw value comes.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.reader.visit_map(map)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, choice: A) -> Result<V::Value, A::Error> {
        self.reader.visit_enum(choice)
    }
}
