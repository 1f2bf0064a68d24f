//! Forms (`application/x-www-form-urlencoded`).
//!
//! A form is made of the JSON of an object, so that numbers keep their digits, and read back as the JSON that its texts may stand for,
//! since they do not tell strings from numbers.

mod reader;
mod tree;
mod writer;

#[cfg(feature = "server")]
pub(crate) use reader::FormFields;
#[cfg(feature = "client")]
pub(crate) use reader::decode;
#[cfg(feature = "client")]
pub(crate) use writer::push_pair;
pub(crate) use writer::{FormError, encode};

use super::Rules;
#[cfg(feature = "server")]
use super::media_range::is_range;
use crate::param::ListStyle;
use crate::wire::escape::Escape;
use crate::wire::style::joined::Delimiter;

pub(super) const RULES: Rules = Rules::TEXT;

/// What it is sent as, where the document names no other one.
pub(crate) const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The media type of a form: as documented, or the usual one where that is a range (`application/*`).
#[cfg(feature = "server")]
pub(crate) fn sent_as(documented: &str) -> &str {
    if is_range(documented) { MEDIA_TYPE } else { documented }
}

/// How deep brackets may be nested.
const DEPTH: usize = 32;

/// Items are encoded as in a query.
const ESCAPE: Escape = Escape::Query { reserved: false };

/// What stands between the items of a list that is one value.
const fn delimiter(style: ListStyle) -> Option<Delimiter> {
    match style {
        ListStyle::Commas => Some(Delimiter::Comma),
        ListStyle::Spaces => Some(Delimiter::Space),
        ListStyle::Pipes => Some(Delimiter::Pipe),
        ListStyle::Repeated => None,
    }
}
