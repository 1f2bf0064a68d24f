//! Serde's traits over [`Decode`] and [`Encode`]: what [`object!`](crate::object!) and [`union!`](crate::union!) call.

use std::any::type_name;
use std::borrow::Cow;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeStruct};
use serde::{Deserializer, Serialize, Serializer};

use super::from_serde::Transcode;
use super::to_serde::Walk;
use super::value::Reader;
use super::writer::Writer;
use super::{Decode, Encode, Fault, UnknownProperties};
#[cfg(feature = "server")]
use crate::decode;
use crate::json_syntax::raw;

/// Reads a value from a format of serde: the text of JSON, or what becomes JSON.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    // `flatten` hands out the properties that are asked for, and leaves the others to the fields beside it.
    let names = (T::UNKNOWN_PROPERTIES != UnknownProperties::Kept).then_some(T::NAMES);
    let (text, is_exact) = deserializer.deserialize_newtype_struct(raw::token(), Source { names })?;
    let decoded = match Reader::new(&text, is_exact) {
        Some(reader) => reader.whole(T::decode),
        None => Err(Fault::new("the text is too long")),
    };
    decoded.map_err(|Fault(faults)| {
        #[cfg(feature = "server")]
        decode::hand_over(&faults.first.pointer, faults.further);
        D::Error::custom(faults.first.to_message())
    })
}

/// Takes the text of JSON as it is, and writes what other formats have. Also tells whether numbers are as the sender wrote them.
struct Source {
    names: Option<&'static [&'static str]>,
}

impl<'de> Visitor<'de> for Source {
    type Value = (Cow<'de, str>, bool);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    /// The form in which `serde_json` hands out raw text.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        // Whether it is JSON shows when it is read.
        raw::handed(map, &self).map(|handed| (handed.text, true))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let mut text = String::new();
        let transcode = Transcode(&mut text);
        match self.names {
            Some(names) => deserializer.deserialize_struct("object", names, transcode)?,
            None => deserializer.deserialize_any(transcode)?,
        }
        Ok((Cow::Owned(text), false))
    }
}

/// Writes a value to a format of serde.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    if is_compact_json::<S>() {
        let writer = Writer::write(value).map_err(S::Error::custom)?;
        // What a raw value does, without reading the text once more.
        let mut raw = serializer.serialize_struct(raw::token(), 1)?;
        raw.serialize_field(raw::token(), writer.written())?;
        return raw.end();
    }
    let writer = Writer::write_with_exact_places(value).map_err(S::Error::custom)?;
    match Reader::new(writer.written(), true) {
        Some(reader) => Walk { value: reader.root(), exact: writer.exact_places() }.serialize(serializer),
        None => Err(S::Error::custom("the text is too long")),
    }
}

/// Whether a text is copied to where `serde_json` writes without white space. Any other serializer is driven value by value, and so would
/// this one be, only slower.
fn is_compact_json<S>() -> bool {
    let name = type_name::<S>();
    name.starts_with("&mut serde_json::ser::Serializer<") && name.ends_with("CompactFormatter>")
        || name.starts_with("&mut serde_json::ser::Serializer<") && !name.contains("Formatter")
}

#[cfg(test)]
mod tests {
    use super::is_compact_json;

    #[test]
    fn the_compact_serializer_is_recognised() {
        assert!(is_compact_json::<&mut serde_json::Serializer<&mut Vec<u8>>>());
        assert!(!is_compact_json::<&mut serde_json::Serializer<Vec<u8>, serde_json::ser::PrettyFormatter<'_>>>());
        assert!(!is_compact_json::<serde_json::value::Serializer>());
    }
}
