//! From a JSON text to a value: [`from_slice`], whose errors name the place and never quote the payload.
//!
//! It takes any type of serde; what generated types add is in [`codec`](crate::codec).

mod decoding_mode;
mod duplicate_keys;
#[cfg(feature = "server")]
mod every_fault;
mod messages;
pub mod pointer;
mod raw_text;
mod strict;
mod work_budget;

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

pub(crate) use decoding_mode::{LIMIT, Restore, is_collecting, is_serving};
#[cfg(feature = "server")]
pub(crate) use decoding_mode::{receiving, serving};
pub(crate) use duplicate_keys::TWICE;
#[cfg(feature = "server")]
pub(crate) use every_fault::{hand_over, read};
pub(crate) use messages::{missing_field, missing_property, one_of};
use raw_text::RawText;
use strict::Strict;
pub(crate) use work_budget::{attempt, is_scarce};

/// Why a body could not be decoded, and where.
///
/// The message is made of the document's names and of JSON kinds. Values of the payload are never part of it, so it may
/// be logged and sent back; keys of free-form objects may stand in the pointer.
///
/// ```
/// use std::collections::BTreeMap;
///
/// let fault = specie_runtime::decode::from_slice::<BTreeMap<String, u8>>(br#"{"EUR":"4111"}"#).unwrap_err();
/// assert_eq!((fault.pointer.as_str(), fault.malformed), ("/EUR", false));
/// assert_eq!(fault.message, "invalid type: string, expected u8");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeFault {
    /// JSON pointer (RFC 6901) to the value at fault; empty for the whole body.
    pub pointer: String,
    /// What is wrong with it.
    pub message: String,
    /// Whether the text is not JSON at all, or of a form no form, as opposed to a value of another type.
    pub malformed: bool,
}

#[cfg(any(feature = "client", feature = "server"))]
impl DecodeFault {
    /// The property that the object at the place should have and does not.
    pub(crate) fn missing_property(&self) -> Option<&str> {
        messages::missing_property(&self.message)
    }
}

impl fmt::Display for DecodeFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(formatter, "{}: ", self.pointer)?;
        }
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for DecodeFault {}

/// Decodes a JSON body.
///
/// What the document calls an object is read from an object only, never from a list, and a key of a map stands once; serde's derived
/// code alone would take both.
///
/// ```
/// use std::collections::BTreeMap;
///
/// type Limits = BTreeMap<String, u32>;
///
/// let limits: Limits = specie_runtime::decode::from_slice(br#"{"EUR": 100}"#)?;
/// assert_eq!(limits["EUR"], 100);
///
/// let fault = specie_runtime::decode::from_slice::<Limits>(br#"{"EUR": "4111"}"#).unwrap_err();
/// assert_eq!(fault.to_string(), "/EUR: invalid type: string, expected u32");
///
/// assert!(specie_runtime::decode::from_slice::<Limits>(br#"{"EUR": 1, "EUR": 100}"#).is_err());
/// # Ok::<(), specie_runtime::decode::DecodeFault>(())
/// ```
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeFault> {
    // Checked once, a text is read faster than bytes, whose strings are checked one by one.
    match std::str::from_utf8(bytes) {
        // Keeping track of the place costs time, so it is done only when there is an error to explain.
        Ok(text) => T::deserialize(RawText(text)).or_else(|_| trace(bytes)),
        // Strings that no field takes may be in another encoding.
        Err(_) => trace(bytes),
    }
}

/// Decodes with the place of an error.
fn trace<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeFault> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(Strict(&mut deserializer))
        .map_err(|error| DecodeFault::new(to_pointer(error.path()), error.inner()))?;
    deserializer.end().map_err(|error| DecodeFault::new(String::new(), &error))?;
    Ok(value)
}

fn to_pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer::push(&mut pointer, &index.to_string()),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer::push(&mut pointer, key);
            }
            Segment::Unknown => {}
        }
    }
    pointer
}

impl DecodeFault {
    pub(crate) fn new(mut pointer: String, error: &serde_json::Error) -> Self {
        let text = error.to_string();
        if error.classify() != Category::Data {
            // The messages of the JSON parser name characters of the grammar, never the text.
            return Self { pointer, message: format!("not valid JSON: {text}"), malformed: true };
        }
        let position = format!(" at line {} column {}", error.line(), error.column());
        let message = messages::without_values(text.strip_suffix(&position).unwrap_or(&text));
        let (inner, message) = messages::split_place(&message);
        pointer.push_str(inner);
        Self { pointer, message: messages::shortened(message), malformed: false }
    }

    /// The same fault with a message of bearable length.
    pub(crate) fn shortened(self) -> Self {
        Self { message: messages::shortened(&self.message), ..self }
    }

    /// The same fault, seen from the object that has the value under a key.
    pub(crate) fn under(self, key: &str) -> Self {
        let mut place = String::new();
        pointer::push(&mut place, key);
        place.push_str(&self.pointer);
        Self { pointer: place, ..self }
    }

    /// The fault as the message of the error around it, which takes the place out again.
    pub(crate) fn to_message(&self) -> String {
        messages::with_place(&self.pointer, &self.message)
    }
}

#[cfg(test)]
mod tests;
