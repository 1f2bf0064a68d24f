//! Which bodies an operation takes, decided by their headers before they are read.

use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};

use super::rejection::Rejection;
use crate::operation::media_range::in_range;

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
    kind: Kind,
    media_type: &'static str,
    required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    None,
    Json,
    Form,
    Text,
    Bytes,
}

impl BodySpec {
    /// The operation has no body; one that is sent is not read.
    pub const NONE: Self = Self { kind: Kind::None, media_type: "", required: false };

    /// JSON: `application/json` and every `+json` (RFC 6839 section 3.1).
    #[must_use]
    pub const fn json() -> Self {
        Self::required(Kind::Json, "application/json")
    }

    /// `application/x-www-form-urlencoded`.
    #[must_use]
    pub const fn form() -> Self {
        Self::required(Kind::Form, "application/x-www-form-urlencoded")
    }

    /// Text in UTF-8, of a media type or range (`text/*`).
    #[must_use]
    pub const fn text(media_type: &'static str) -> Self {
        Self::required(Kind::Text, media_type)
    }

    /// Bytes, of a media type or range (`image/*`).
    #[must_use]
    pub const fn bytes(media_type: &'static str) -> Self {
        Self::required(Kind::Bytes, media_type)
    }

    const fn required(kind: Kind, media_type: &'static str) -> Self {
        Self { kind, media_type, required: true }
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
        !matches!(self.kind, Kind::None)
    }

    /// Refuses a body that is not of the documented media type, in UTF-8 where it is text, and as it is (RFC 9110
    /// section 8.4: a coding that the server does not undo is a 415 too).
    pub(crate) fn admit(&self, headers: &HeaderMap) -> Result<(), Rejection> {
        let mut codings = headers.get_all(CONTENT_ENCODING).iter();
        if codings.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
            return Err(Rejection::unsupported_media_type("a body with a content coding is not read"));
        }
        let mut types = headers.get_all(CONTENT_TYPE).iter();
        let fits = match (types.next(), types.next()) {
            // Bytes without a type are bytes (RFC 9110 section 8.3).
            (None, _) => self.kind == Kind::Bytes,
            (Some(only), None) => only.to_str().is_ok_and(|text| self.fits(text)),
            (Some(_), Some(_)) => false,
        };
        if fits {
            return Ok(());
        }
        Err(Rejection::unsupported_media_type(format!("the body must be {}", self.media_type)))
    }

    fn fits(&self, content_type: &str) -> bool {
        let (essence, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        let essence = essence.trim();
        let of_type = match self.kind {
            Kind::None => true,
            Kind::Json => is_json(essence),
            Kind::Form | Kind::Text | Kind::Bytes => in_range(self.media_type, essence),
        };
        of_type && (self.kind == Kind::Bytes || is_utf8(parameters))
    }
}

fn is_json(essence: &str) -> bool {
    essence.eq_ignore_ascii_case("application/json")
        || essence
            .rsplit_once('+')
            .is_some_and(|(before, suffix)| before.contains('/') && suffix.eq_ignore_ascii_case("json"))
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
