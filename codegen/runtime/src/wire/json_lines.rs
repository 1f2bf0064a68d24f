//! JSON values one per line (`application/jsonl`, `application/x-ndjson`).

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::decode;
use crate::item_stream::{Framing, Unreadable};

/// Reads a JSON value per line; a line of white space is none, and the last one needs no end.
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

    fn read(&mut self, frame: &[u8], _: bool) -> Option<Result<T, Unreadable>> {
        let line = frame.trim_ascii();
        (!line.is_empty()).then(|| decode::from_slice(line).map_err(Unreadable::Json))
    }
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
