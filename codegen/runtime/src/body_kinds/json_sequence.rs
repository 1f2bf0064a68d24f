//! JSON text sequences (RFC 7464): a record separator before each value, a line feed after it.

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::json_lines::{is_delimited, write_json};
use super::{Rules, json};
use crate::body::Body;
#[cfg(feature = "server")]
use crate::item_stream::ServerFraming;
use crate::item_stream::{self, Framing, ItemStream, Unreadable};

pub(super) const RULES: Rules = Rules::ITEMS;

const RECORD_SEPARATOR: u8 = 0x1e;

/// The body of a stream of items, which can be made as often as they can.
pub(crate) fn encode<T: Serialize + Send + 'static>(items: &ItemStream<T>) -> Body {
    item_stream::encode(items, write)
}

/// The items of a body, none of which may have more than `limit` bytes.
#[cfg(feature = "client")]
pub(crate) fn decode<T: DeserializeOwned + Send + 'static>(body: Body, limit: usize) -> ItemStream<T> {
    item_stream::decode(body, limit, JsonSequence::new())
}

/// The items of a request, or of a callback where one is being received.
#[cfg(feature = "server")]
pub(crate) fn decode_served<T: DeserializeOwned + Send + 'static>(body: Body, limit: usize) -> ItemStream<T> {
    item_stream::decode(body, limit, ServerFraming::of(JsonSequence::new()))
}

/// Reads a JSON value per record.
struct JsonSequence<T> {
    /// Whether the first record separator was seen.
    has_begun: bool,
    item: PhantomData<fn() -> T>,
}

impl<T> JsonSequence<T> {
    const fn new() -> Self {
        Self { has_begun: false, item: PhantomData }
    }
}

impl<T: DeserializeOwned + Send + 'static> Framing for JsonSequence<T> {
    type Item = T;

    fn frame_end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let at = bytes.get(from..)?.iter().position(|byte| *byte == RECORD_SEPARATOR)?;
        Some(from + at + 1)
    }

    fn read(&mut self, frame: &[u8], _: bool) -> Option<Result<T, Unreadable>> {
        let record = frame.strip_suffix(&[RECORD_SEPARATOR]).unwrap_or(frame);
        let text = record.trim_ascii();
        if text.is_empty() {
            self.has_begun = true;
            return None;
        }
        if !std::mem::replace(&mut self.has_begun, true) {
            return Some(Err(Unreadable::Malformed("it stands before the first record separator")));
        }
        // A number or a word that is cut off may still be one (section 2.4).
        if !is_delimited(record) {
            return Some(Err(Unreadable::Malformed("it may be cut off: no white space follows it")));
        }
        Some(json::decode(text).map_err(Unreadable::Json))
    }
}

/// Writes a JSON value as a record.
fn write<T: Serialize>(item: &T, bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    bytes.push(RECORD_SEPARATOR);
    write_json(item, bytes)?;
    bytes.push(b'\n');
    Ok(())
}
