//! What HTTP itself says of methods, statuses and media types, whoever names them.

use std::borrow::Cow;

use ::http::StatusCode;

/// What tells the parameters of one place apart: the name, which ignores case in headers (RFC 9110 section 5.1).
pub(crate) fn parameter_key(is_header: bool, name: &str) -> Cow<'_, str> {
    if is_header { name.to_ascii_lowercase().into() } else { name.into() }
}

/// What kind of data a media type is, by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// `application/json`, `…+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/…`.
    Multipart,
    /// `text/event-stream`.
    EventStream,
    /// One JSON value per line: `application/x-ndjson`, `application/jsonl`.
    JsonLines,
    /// JSON values after a record separator each: `application/json-seq`, `…+json-seq` (RFC 7464, RFC 8091).
    JsonSequence,
    /// Other `text/…`.
    Text,
    /// Bytes of a known kind: images, sound, PDF, archives, office documents, `application/octet-stream`.
    Binary,
    /// Anything else.
    Other,
}

impl Media {
    /// The kind of a media type or range as a document writes it, parameters included.
    ///
    /// ```
    /// use specie_codegen::http::Media;
    ///
    /// assert_eq!(Media::of("application/problem+json; charset=utf-8"), Media::Json);
    /// assert_eq!(Media::of("application/xml"), Media::Other);
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        let essence = essence(name).to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" | "*/*" => Self::Json,
            json if json.ends_with("+json") => Self::Json,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/json-lines"
            | "application/jsonlines"
            | "application/x-jsonlines"
            | "application/json-l" => Self::JsonLines,
            sequence if sequence == "application/json-seq" || sequence.ends_with("+json-seq") => Self::JsonSequence,
            "application/x-www-form-urlencoded" => Self::Form,
            "text/event-stream" => Self::EventStream,
            multipart if multipart.starts_with("multipart/") => Self::Multipart,
            text if text.starts_with("text/") => Self::Text,
            binary if BINARY.contains(&binary) || is_binary_kind(binary) => Self::Binary,
            _ => Self::Other,
        }
    }
}

/// A media type without its parameters, in the case in which it is written (RFC 9110, 8.3.1: case does not matter).
///
/// ```
/// assert_eq!(specie_codegen::http::essence("text/plain; charset=utf-8"), "text/plain");
/// ```
#[must_use]
pub fn essence(name: &str) -> &str {
    name.split_once(';').map_or(name, |(essence, _)| essence).trim()
}

/// Whether a media type lies in a media range, which may be one media type; both without parameters, in small letters (RFC 9110, 12.5.1).
///
/// ```
/// use specie_codegen::http::is_in_range;
///
/// assert!(is_in_range("text/*", "text/csv") && is_in_range("*/*", "text/csv") && !is_in_range("text/*", "image/png"));
/// ```
#[must_use]
pub fn is_in_range(range: &str, essence: &str) -> bool {
    let whole = |name: &str| name == "*/*" || name == "*";
    range == essence
        || whole(range)
        || range.strip_suffix('*').is_some_and(|kind| kind.ends_with('/') && essence.starts_with(kind))
}

/// Media types that are bytes to whoever sends or gets them.
const BINARY: &[&str] = &[
    "application/octet-stream",
    "application/pdf",
    "application/zip",
    "application/x-zip-compressed",
    "application/gzip",
    "application/x-gzip",
    "application/x-tar",
    "application/x-bzip2",
    "application/x-7z-compressed",
    "application/zstd",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.apache.parquet",
    "application/wasm",
    "application/pkcs8",
    "application/pkcs10",
    "application/pkix-cert",
];

/// Whether every media type that begins like this one is bytes.
fn is_binary_kind(essence: &str) -> bool {
    let kinds = ["image/", "audio/", "video/", "font/", "application/vnd.openxmlformats-officedocument."];
    kinds.iter().any(|kind| essence.starts_with(kind))
}

/// The methods that path items have had since OpenAPI 3.0 (Path Item Object), as documents write them.
pub(crate) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Whether a method only asks (RFC 9110 section 9.2.1; the QUERY method), in whichever case it is written: documents write small
/// letters, requests capital ones.
#[must_use]
pub fn is_safe(method: &str) -> bool {
    ["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"].iter().any(|safe| safe.eq_ignore_ascii_case(method))
}

/// Whether a method, as it is sent, is one that HTTP has a name of its own for: the runtime has a constant of it.
#[must_use]
pub fn is_standard(method: &str) -> bool {
    ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"].contains(&method)
}

/// The reason phrase of a status code (RFC 9110 section 15, and the registry behind it; 413 and 422 by their earlier names, as the
/// `http` crate has them).
///
/// ```
/// assert_eq!(specie_codegen::http::reason_phrase(422), Some("Unprocessable Entity"));
/// assert_eq!(specie_codegen::http::reason_phrase(299), None);
/// ```
#[must_use]
pub fn reason_phrase(code: u16) -> Option<&'static str> {
    StatusCode::from_u16(code).ok()?.canonical_reason()
}

/// Whether a text is a token, as methods and names of headers and of authentication schemes are (RFC 9110, 5.6.2).
#[must_use]
pub fn is_token(text: &str) -> bool {
    let is_sign = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_sign(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_safe_in_any_case() {
        assert!(is_safe("get") && is_safe("QUERY") && is_safe("Head"));
        assert!(!is_safe("post") && !is_safe("PUT") && !is_safe(""));
    }

    #[test]
    fn methods_are_tokens() {
        assert!(is_token("M-SEARCH") && is_token("get"));
        assert!(!is_token("") && !is_token("BAD METHOD") && !is_token("a\"b") && !is_token("é"));
    }

    #[test]
    fn json_goes_by_several_names() {
        for name in ["application/json", "Application/JSON; charset=utf-8", "application/vnd.api+json", "*/*"] {
            assert_eq!(Media::of(name), Media::Json, "{name}");
        }
        for (name, kind) in [
            ("application/jsonlines", Media::JsonLines),
            ("application/x-ndjson; charset=utf-8", Media::JsonLines),
            ("application/geo+json-seq", Media::JsonSequence),
            ("audio/mpeg", Media::Binary),
            ("application/x-yaml", Media::Other),
        ] {
            assert_eq!(Media::of(name), kind, "{name}");
        }
        for name in ["application/jsonlines", "application/x-json-stream", "text/plain; note=json"] {
            assert_ne!(Media::of(name), Media::Json, "{name}");
        }
    }
}
