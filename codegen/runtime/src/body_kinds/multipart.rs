//! A form of parts (`multipart/form-data`, RFC 7578): how it arrives. [`mod@crate::multipart`] writes and reads the parts.

use super::{Arrival, Rules};

/// What it is sent as, with the boundary behind it.
#[cfg(feature = "client")]
pub(crate) const MEDIA_TYPE: &str = "multipart/form-data";

/// Each part says what it is of, and the message names the boundary between them.
pub(super) const RULES: Rules = Rules { arrival: Arrival::InParts, ..Rules::BINARY };
