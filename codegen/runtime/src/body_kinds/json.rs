//! One JSON value (RFC 8259).

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Rules, Suffixed};
use crate::codec::USUAL_LENGTH;
use crate::decode::{self, DecodeFault};

/// `application/json` also stands for each `+json` (RFC 6839 section 3.1).
const NAMES: Suffixed = Suffixed { media_type: MEDIA_TYPE, suffix: "json" };

pub(super) const RULES: Rules = Rules { suffixed: Some(NAMES), ..Rules::TEXT };

/// What it is sent as, where the document names no other one.
pub(crate) const MEDIA_TYPE: &str = "application/json";

/// A value that cannot be written as JSON. The serializer's own text is not kept, because it may quote the value.
#[derive(Debug)]
pub(crate) struct Unwritable;

/// Whether a media type, without its parameters, is JSON by its name.
#[cfg(feature = "client")]
pub(crate) fn is_named_by(essence: &str) -> bool {
    NAMES.takes(essence)
}

/// A value as JSON.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Unwritable> {
    let mut text = Text(Vec::new());
    serde_json::to_writer(&mut text, value).map_err(|_| Unwritable)?;
    Ok(text.0)
}

/// A text that begins with as much room as its first piece asks for. A generated type gives all of its text at once, and gets no more room
/// than that; what gives it piece by piece gets the usual one.
struct Text(Vec<u8>);

impl io::Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.0.capacity() == 0 {
            self.0.reserve_exact(if bytes.len() < SHORT { USUAL_LENGTH } else { bytes.len() });
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A first piece that is shorter is not the whole text.
const SHORT: usize = 64;

/// Appends a value as JSON.
pub(crate) fn append<T: Serialize + ?Sized>(value: &T, bytes: &mut Vec<u8>) -> Result<(), Unwritable> {
    serde_json::to_writer(bytes, value).map_err(|_| Unwritable)
}

/// A value out of JSON, up to the first fault. Properties that the document does not allow are passed over.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeFault> {
    decode::from_slice(bytes)
}

/// A value out of JSON that a client of the API sent, with every fault. Properties that the document does not allow are faults.
#[cfg(feature = "server")]
pub(crate) fn decode_served<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Vec<DecodeFault>> {
    decode::serving(|| decode::read(bytes))
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;

    #[test]
    fn a_text_that_is_given_at_once_gets_no_more_room_than_it_has() {
        let text = format!("\"{}\"", "x".repeat(100));
        let bytes = encode(&RawValue::from_string(text.clone()).unwrap()).unwrap();
        assert_eq!((bytes.len(), bytes.capacity()), (text.len(), text.len()));
        let bytes = encode(&vec!["x"; 50]).unwrap();
        assert_eq!((bytes.len(), bytes.capacity()), (201, USUAL_LENGTH));
    }
}
