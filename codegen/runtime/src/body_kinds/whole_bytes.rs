//! Bytes that are held as a whole.

use super::Rules;
use super::media_range::is_range;

pub(super) const RULES: Rules = Rules::BYTES;

/// What bytes are sent as of which nothing is known (RFC 9110 section 8.3).
pub(crate) const MEDIA_TYPE: &str = "application/octet-stream";

/// The media type of bytes: as documented, or that of bytes of which nothing is known where that is a range (`image/*`).
pub(crate) fn sent_as(documented: &str) -> &str {
    if is_range(documented) { MEDIA_TYPE } else { documented }
}

/// The bytes of a value.
pub(crate) fn encode<T: AsRef<[u8]> + ?Sized>(value: &T) -> Vec<u8> {
    value.as_ref().to_vec()
}

/// The value of bytes.
pub(crate) fn decode<T: From<Vec<u8>>>(bytes: &[u8]) -> T {
    bytes.to_vec().into()
}
