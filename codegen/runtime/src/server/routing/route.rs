//! What the server knows of an operation: [`Route`], and of its body: [`BodySpec`], decided by headers before a body is read.

use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};

use crate::body_kinds::{form, json};
use crate::operation::{BodyKind, MediaSpec, OperationSpec, media};
use crate::server::rejection::Rejection;
use crate::server::rejection::documented::DocumentedRejection;

/// An operation as the server sees it.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    pub(crate) spec: &'static OperationSpec,
    pub(crate) body: BodySpec,
    pub(in crate::server) rejections: &'static [DocumentedRejection],
}

/// The request body of an operation, as the document declares it.
///
/// ```
/// use specie_runtime::server::BodySpec;
///
/// const BODY: BodySpec = BodySpec::text("text/csv").optional();
/// assert!(!BODY.is_required());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodySpec {
    media: Media,
    required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Media {
    None,
    One(MediaSpec),
    Several(&'static [MediaSpec]),
}

impl BodySpec {
    /// The operation has no body; one that is sent is not read.
    pub const NONE: Self = Self { media: Media::None, required: false };

    /// JSON: `application/json` and every `+json` (RFC 6839 section 3.1).
    #[must_use]
    pub const fn json() -> Self {
        Self::one(json::MEDIA_TYPE, BodyKind::Json)
    }

    /// `application/x-www-form-urlencoded`.
    #[must_use]
    pub const fn form() -> Self {
        Self::one(form::MEDIA_TYPE, BodyKind::Form)
    }

    /// Text in UTF-8, of a media type or range (`text/*`).
    #[must_use]
    pub const fn text(media_type: &'static str) -> Self {
        Self::one(media_type, BodyKind::Text)
    }

    /// Bytes, of a media type or range (`image/*`).
    #[must_use]
    pub const fn bytes(media_type: &'static str) -> Self {
        Self::one(media_type, BodyKind::Bytes)
    }

    /// A body of one media type or range.
    #[must_use]
    pub const fn one(media_type: &'static str, kind: BodyKind) -> Self {
        Self { media: Media::One(MediaSpec::new(media_type, kind)), required: true }
    }

    /// A body of one of several media types and ranges; the one that names a `Content-Type` most closely takes it.
    #[must_use]
    pub const fn several(media: &'static [MediaSpec]) -> Self {
        Self { media: Media::Several(media), required: true }
    }

    /// The body may be left out.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// Whether a request without a body is refused.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Whether there is anything to read.
    pub(crate) const fn is_read(&self) -> bool {
        !matches!(self.media, Media::None)
    }

    /// The media type of a body that names none of the documented ones, where there is only one that it can be.
    pub(crate) const fn only(&self) -> Option<MediaSpec> {
        match self.media {
            Media::One(only) => Some(only),
            Media::None | Media::Several(_) => None,
        }
    }

    fn media(&self) -> &[MediaSpec] {
        match &self.media {
            Media::None => &[],
            Media::One(media) => std::slice::from_ref(media),
            Media::Several(media) => media,
        }
    }

    /// Finds the documented media type that a body is of. A body of none, in another charset than UTF-8 where it is text, or with a
    /// content coding is refused (RFC 9110 section 8.4: a coding that the server does not undo is a 415 too).
    pub(crate) fn admit(&self, headers: &HeaderMap) -> Result<MediaSpec, Rejection> {
        let mut codings = headers.get_all(CONTENT_ENCODING).iter();
        if codings.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
            return Err(Rejection::unsupported_media_type("a body with a content coding is not read"));
        }
        let mut types = headers.get_all(CONTENT_TYPE).iter();
        let found = match (types.next(), types.next()) {
            // Bytes without a type are bytes (RFC 9110 section 8.3).
            (None, _) => self.media().iter().find(|media| media.kind.rules().is_unnamed),
            (Some(only), None) => only.to_str().ok().and_then(|text| self.find(text)),
            (Some(_), Some(_)) => None,
        };
        found.copied().ok_or_else(|| {
            let names: Vec<_> = self.media().iter().map(|media| media.media_type).collect();
            Rejection::unsupported_media_type(format!("the body must be {}", names.join(" or ")))
        })
    }

    fn find(&self, content_type: &str) -> Option<&MediaSpec> {
        let (essence, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        let found = media::find(self.media(), essence.trim())?;
        (!found.kind.rules().is_text || is_utf8(parameters)).then_some(found)
    }
}

/// Whether the parameters of a media type name no other charset than UTF-8 or its part US-ASCII.
fn is_utf8(parameters: &str) -> bool {
    parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .all(|(_, charset)| {
            let charset = charset.trim().trim_matches('"');
            ["utf-8", "utf8", "us-ascii"].iter().any(|known| charset.eq_ignore_ascii_case(known))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(body: BodySpec, content_type: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        body.admit(&headers).is_ok()
    }

    #[test]
    fn json_is_taken_under_all_its_names() {
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/vnd.api+json",
            "application/json;charset=\"utf-8\"; profile=x",
        ] {
            assert!(admits(BodySpec::json(), good), "{good}");
        }
        for bad in [
            "text/plain",
            "application/json; charset=utf-16",
            "application/jsonx",
            "application/x-www-form-urlencoded",
            "json",
            "",
        ] {
            assert!(!admits(BodySpec::json(), bad), "{bad}");
        }
    }

    #[test]
    fn ranges_take_what_is_in_them() {
        assert!(admits(BodySpec::bytes("image/*"), "image/png"));
        assert!(!admits(BodySpec::bytes("image/*"), "text/plain"));
        assert!(admits(BodySpec::text("text/csv"), "text/csv; header=present"));
        assert!(!admits(BodySpec::text("text/csv"), "text/csv; charset=latin1"));
        assert!(admits(BodySpec::bytes("*/*"), "x/y"));
    }

    #[test]
    fn only_bytes_need_no_name() {
        let none = HeaderMap::new();
        assert!(BodySpec::json().admit(&none).is_err());
        assert!(BodySpec::bytes("application/pdf").admit(&none).is_ok());
    }

    #[test]
    fn codings_and_contradictions_are_refused() {
        let mut headers = HeaderMap::new();
        headers.append(CONTENT_TYPE, "application/json".parse().unwrap());
        headers.append(CONTENT_ENCODING, "gzip".parse().unwrap());
        assert!(BodySpec::json().admit(&headers).is_err());
        headers.insert(CONTENT_ENCODING, "identity".parse().unwrap());
        assert!(BodySpec::json().admit(&headers).is_ok());
        headers.append(CONTENT_TYPE, "text/plain".parse().unwrap());
        assert!(BodySpec::json().admit(&headers).is_err());
    }
}
