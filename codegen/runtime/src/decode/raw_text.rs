//! A JSON text that its reader may go over by itself.

use serde::Deserializer;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};
use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};

use super::strict::Strict;
use crate::json_syntax::scan::Broken;
use crate::json_syntax::{raw, scan};

/// A text that may or may not be JSON. Asked for the raw value, it hands itself out as it is, so that the value is scanned once, by the
/// one who asked, and so do the items of a list. Asked for anything else, it is read by `serde_json`.
///
/// Its errors are not shown: what is not read here is read once more, for the place.
pub(super) struct RawText<'de>(pub(super) &'de str);

macro_rules! by_serde_json {
    ($($method:ident($($argument:ident: $of:ty),*))+) => { $(
        fn $method<V: Visitor<'de>>(self, $($argument: $of,)* visitor: V) -> Result<V::Value, Self::Error> {
            let mut deserializer = serde_json::Deserializer::from_str(self.0);
            let value = Strict(&mut deserializer).$method($($argument,)* visitor)?;
            deserializer.end()?;
            Ok(value)
        }
    )+ };
}

impl<'de> Deserializer<'de> for RawText<'de> {
    type Error = serde_json::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if name == raw::token() {
            let text = BorrowedStrDeserializer::new(self.0);
            return visitor.visit_map(MapDeserializer::new(std::iter::once((raw::UNREAD, text))));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let start = scan::space(self.0.as_bytes(), 0);
        if self.0.as_bytes().get(start) != Some(&b'[') {
            return Err(Self::Error::custom("not a list"));
        }
        let mut list = List { text: self.0, at: start + 1, is_first: true };
        let value = visitor.visit_seq(&mut list)?;
        list.end()?;
        Ok(value)
    }

    by_serde_json! {
        deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
        deserialize_i128() deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string() deserialize_bytes()
        deserialize_byte_buf() deserialize_option() deserialize_unit() deserialize_unit_struct(name: &'static str)
        deserialize_tuple(len: usize) deserialize_tuple_struct(name: &'static str, len: usize) deserialize_map()
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) deserialize_identifier() deserialize_ignored_any()
    }
}

/// The items of a list, each of them unread.
struct List<'de> {
    text: &'de str,
    /// Behind the bracket or the item before.
    at: usize,
    is_first: bool,
}

impl List<'_> {
    /// Where the next item begins; `None` at the end.
    fn next(&self) -> Result<Option<usize>, Broken> {
        let text = self.text.as_bytes();
        let at = scan::space(text, self.at);
        match text.get(at) {
            Some(b']') => Ok(None),
            Some(b',') if !self.is_first => Ok(Some(scan::space(text, at + 1))),
            Some(_) if self.is_first => Ok(Some(at)),
            _ => Err(Broken::Syntax),
        }
    }

    /// Checks that there are no more items, and nothing behind the list.
    fn end(&self) -> Result<(), serde_json::Error> {
        let text = self.text.as_bytes();
        let bracket = scan::space(text, self.at);
        if text.get(bracket) == Some(&b']') && scan::space(text, bracket + 1) == text.len() {
            Ok(())
        } else {
            Err(serde_json::Error::custom("the list does not end here"))
        }
    }
}

impl<'de> SeqAccess<'de> for &mut List<'de> {
    type Error = serde_json::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Self::Error> {
        let Some(start) = self.next().map_err(Self::Error::custom)? else { return Ok(None) };
        let end = scan::value(self.text.as_bytes(), start, 1).map_err(Self::Error::custom)?;
        (self.at, self.is_first) = (end, false);
        seed.deserialize(RawText(self.text.get(start..end).unwrap_or_default())).map(Some)
    }
}
