//! A stream of bytes: a body as it is.

use super::{Arrival, Rules};

pub(super) const RULES: Rules = Rules { arrival: Arrival::Stream, ..Rules::BYTES };

pub(crate) use super::whole_bytes::sent_as;

/// What else than the documented media type a stream may be of: of a range (`image/*`), bytes that nobody knows more of.
#[cfg(feature = "client")]
pub(crate) fn also_sent_as(documented: &str) -> Option<&'static str> {
    super::media_range::is_range(documented).then_some(super::whole_bytes::MEDIA_TYPE)
}
