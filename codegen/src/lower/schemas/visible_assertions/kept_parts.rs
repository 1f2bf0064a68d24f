//! What the type of a value keeps of it.

use crate::api::{Additional, Object};

/// Whether a type keeps the characters of a text.
pub(super) fn keeps_text(format: Option<&str>, encoding: Option<&str>) -> bool {
    encoding.is_none() && !matches!(format, Some("byte" | "base64url" | "decimal"))
}

/// Whether properties that are not listed are kept.
pub(in crate::lower) fn keeps_all(object: &Object) -> bool {
    let is_map = object.properties.is_empty() && object.constants.is_empty();
    is_map || !object.patterns.is_empty() || matches!(object.additional, Additional::Any | Additional::Schema(_))
}

/// Whether there are no properties but those that are seen.
pub(super) fn counts_all(object: &Object) -> bool {
    keeps_all(object) || object.additional == Additional::None
}
