//! One JSON value (RFC 8259).

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
    let mut bytes = Vec::with_capacity(USUAL_LENGTH);
    append(value, &mut bytes)?;
    Ok(bytes)
}

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
