//! JSON values one per line (`application/jsonl`, `application/x-ndjson`).

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::decode;
use crate::item_stream::{Framing, Unreadable};

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
        (!line.is_empty()).then(|| decode::from_slice(line).map_err(Unreadable::Json))
    }
}

/// Whether the end of a text shows that its JSON value is whole: a number or a word that is cut off may still be one.
pub(super) fn is_delimited(text: &[u8]) -> bool {
    text.last().is_some_and(|last| last.is_ascii_whitespace() || matches!(last, b'}' | b']' | b'"'))
}

/// Writes a JSON value as a line.
pub(crate) fn write<T: Serialize>(item: &T, bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    write_json(item, bytes)?;
    bytes.push(b'\n');
    Ok(())
}

/// Writes a JSON value; the serializer's own text is dropped, because it may quote what could not be written.
pub(super) fn write_json<T: Serialize>(item: &T, bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    serde_json::to_writer(bytes, item).map_err(|_| "an item cannot be written as JSON")
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
