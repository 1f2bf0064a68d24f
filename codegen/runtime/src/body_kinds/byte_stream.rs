//! A stream of bytes: a body as it is.

use super::media_range::{essence_of, in_range, is_range};
use super::media_type::is_media_type;
use super::whole_bytes::MEDIA_TYPE;
use super::{Arrival, Rules};
use crate::body::Body;

pub(super) const RULES: Rules = Rules { arrival: Arrival::Stream, ..Rules::BYTES };

/// The media type that a body is sent as: the documented one, or, of a range (`image/*`), the one that the body names. Where it names none,
/// it is sent as bytes of which nothing is known, if the range has those.
pub(crate) fn sent_as<'a>(documented: &'a str, body: &'a Body) -> Result<&'a str, Unnamed> {
    if !is_range(documented) {
        return Ok(documented);
    }
    let allows = |media_type: &str| documented.is_empty() || in_range(documented, essence_of(media_type));
    match body.media_type() {
        Some(own) if is_media_type(own) && !is_range(essence_of(own)) && allows(own) => Ok(own),
        Some(_) => Err(Unnamed::Other),
        None if allows(MEDIA_TYPE) => Ok(MEDIA_TYPE),
        None => Err(Unnamed::Open),
    }
}

/// Why a body has no media type to be sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unnamed {
    /// It names one that the document does not allow, several, a range, or something that is no media type.
    Other,
    /// The document leaves it open, and the body does not say it.
    Open,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_sent_as_what_it_is_where_the_document_allows_it() {
        let plain = || Body::from("bytes");
        let named = |media_type: &str| plain().with_media_type(media_type);
        for (documented, body, sent) in [
            ("image/png", plain(), Ok("image/png")),
            ("image/png", named("text/html"), Ok("image/png")),
            ("image/*", named("IMAGE/GIF; q=1"), Ok("IMAGE/GIF; q=1")),
            ("image/*", named("text/html"), Err(Unnamed::Other)),
            ("image/*", named("image/*"), Err(Unnamed::Other)),
            ("image/*", named("IMAGE/"), Err(Unnamed::Other)),
            ("image/*", named("image/png, text/html"), Err(Unnamed::Other)),
            ("image/*", named("image/x y"), Err(Unnamed::Other)),
            ("image/*", named("image/png\u{e9}"), Err(Unnamed::Other)),
            ("*/*", named("*/png"), Err(Unnamed::Other)),
            ("", named("*/*"), Err(Unnamed::Other)),
            ("", named("text"), Err(Unnamed::Other)),
            ("image/*", plain(), Err(Unnamed::Open)),
            ("application/*", plain(), Ok(MEDIA_TYPE)),
            ("*/*", plain(), Ok(MEDIA_TYPE)),
            ("", named("text/csv"), Ok("text/csv")),
            ("", plain(), Ok(MEDIA_TYPE)),
        ] {
            assert_eq!(sent_as(documented, &body), sent, "{documented} {:?}", body.media_type());
        }
    }
}
