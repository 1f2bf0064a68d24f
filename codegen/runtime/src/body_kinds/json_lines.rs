//! JSON values one per line (`application/jsonl`, `application/x-ndjson`).

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Rules, json};
use crate::body::Body;
#[cfg(feature = "server")]
use crate::item_stream::ServerFraming;
use crate::item_stream::{self, Framing, ItemStream, Unreadable};

pub(super) const RULES: Rules = Rules::ITEMS;

/// The body of a stream of items, which can be made as often as they can.
pub(crate) fn encode<T: Serialize + Send + 'static>(items: &ItemStream<T>) -> Body {
    item_stream::encode(items, write)
}

/// The items of a body, none of which may have more than `limit` bytes.
#[cfg(feature = "client")]
pub(crate) fn decode<T: DeserializeOwned + Send + 'static>(body: Body, limit: usize) -> ItemStream<T> {
    item_stream::decode(body, limit, JsonLines::new())
}

/// The items of a request, or of a callback where one is being received.
#[cfg(feature = "server")]
pub(crate) fn decode_served<T: DeserializeOwned + Send + 'static>(body: Body, limit: usize) -> ItemStream<T> {
    item_stream::decode(body, limit, ServerFraming::of(JsonLines::new()))
}

/// Reads a JSON value per line; a line of white space is none. The last one needs no end where it cannot be cut off: a number or a word
/// could be.
pub(crate) struct JsonLines<T>(PhantomData<fn() -> T>);

impl<T> JsonLines<T> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: DeserializeOwned + Send + 'static> Framing for JsonLines<T> {
    type Item = T;

    fn frame_end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let at = bytes.get(from..)?.iter().position(|byte| *byte == b'\n')?;
        Some(from + at + 1)
    }

    fn read(&mut self, frame: &[u8], is_last: bool) -> Option<Result<T, Unreadable>> {
        let line = frame.trim_ascii();
        if is_last && !line.is_empty() && !is_delimited(frame) {
            return Some(Err(Unreadable::Malformed("it may be cut off: no line end follows it")));
        }
        (!line.is_empty()).then(|| json::decode(line).map_err(Unreadable::Json))
    }
}

/// Whether the end of a text shows that its JSON value is whole: a number or a word that is cut off may still be one.
pub(super) fn is_delimited(text: &[u8]) -> bool {
    text.last().is_some_and(|last| last.is_ascii_whitespace() || matches!(last, b'}' | b']' | b'"'))
}

/// Writes a JSON value as a line.
fn write<T: Serialize>(item: &T, bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    write_json(item, bytes)?;
    bytes.push(b'\n');
    Ok(())
}

/// Writes a JSON value.
pub(super) fn write_json<T: Serialize>(item: &T, bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    json::append(item, bytes).map_err(|_| "an item cannot be written as JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_line_that_may_be_cut_off_is_an_error() {
        let read = |line: &[u8]| JsonLines::<serde_json::Value>::new().read(line, true).map(|item| item.is_ok());
        for (line, expected) in [
            (&b"12"[..], Some(false)),
            (b"true", Some(false)),
            (b"12\n", Some(true)),
            (b"{\"a\":1}", Some(true)),
            (b" \n", None),
        ] {
            assert_eq!(read(line), expected, "{}", String::from_utf8_lossy(line));
        }
        assert!(JsonLines::<u32>::new().read(b"12", false).is_some_and(|item| item.is_ok()));
    }
}
