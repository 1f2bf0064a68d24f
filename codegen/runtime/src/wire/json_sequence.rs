//! JSON text sequences (RFC 7464): a record separator before each value, a line feed after it.

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::json_lines::{is_delimited, write_json};
use crate::decode;
use crate::item_stream::{Framing, Unreadable};

const RECORD_SEPARATOR: u8 = 0x1e;

/// Reads a JSON value per record.
pub(crate) struct JsonSequence<T> {
    /// Whether the first record separator was seen.
    has_begun: bool,
    item: PhantomData<fn() -> T>,
}

impl<T> JsonSequence<T> {
    pub(crate) const fn new() -> Self {
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
        Some(decode::from_slice(text).map_err(Unreadable::Json))
    }
}

/// Writes a JSON value as a record.
pub(crate) fn write<T: Serialize>(item: &T, bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    bytes.push(RECORD_SEPARATOR);
    write_json(item, bytes)?;
    bytes.push(b'\n');
    Ok(())
}
