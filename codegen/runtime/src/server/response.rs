//! The response of an operation.

pub(super) mod pending_headers;
pub(super) mod rejection_response;

use std::fmt;

use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde::Serialize;

use super::rejection::Rejection;
use super::rejection::problem_document;
use super::rejection::problem_document::Problem;
use crate::body::Body;
use crate::body_kinds::events::{self, Event};
use crate::body_kinds::form::FormError;
use crate::body_kinds::media_range::is_range;
use crate::body_kinds::{byte_stream, form, json, json_lines, json_sequence, text, whole_bytes};
use crate::in_process_extensions::RejectionReason;
use crate::item_stream::ItemStream;
use crate::param::Param;

/// A status, headers and a body.
///
/// Generated code builds one from a handler's result. A response that cannot be built (a value that does not serialize, a status
/// outside its documented range) is a 500 problem document instead, and logged.
///
/// ```
/// use specie_runtime::server::ServerResponse;
///
/// let response = ServerResponse::json(429, &["slow down"]).header("retry-after", "5");
/// assert_eq!(response.status(), 429);
/// assert_eq!(response.body(), br#"["slow down"]"#);
/// ```
#[derive(Clone)]
pub struct ServerResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    /// What a client in the same process is told of a rejection.
    reason: Option<RejectionReason>,
}

impl ServerResponse {
    /// JSON, as `application/json`.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(status: u16, body: &T) -> Self {
        match json::encode(body) {
            Ok(bytes) => Self::sent_as(status, HeaderValue::from_static(json::MEDIA_TYPE), bytes),
            Err(json::Unwritable) => Self::failure("the response does not serialize"),
        }
    }

    /// An object as a form (`application/x-www-form-urlencoded`, also where the document has a range): a list as one pair for each item, an
    /// object as JSON text (OpenAPI 3.0.4, Media Type Object). A value that no form can carry, such as null or a list of lists, is a
    /// mistake of the server.
    #[must_use]
    pub fn form<T: Serialize + ?Sized>(status: u16, media_type: &str, body: &T) -> Self {
        let Ok(json) = json::encode(body) else { return Self::failure("the response does not serialize") };
        match form::encode(&json, &[]) {
            Ok(form) => Self::new(status, form::sent_as(media_type), form),
            Err(FormError { field, reason }) => Self::failure(&format!("the response is no form: {field:?} {reason}")),
        }
    }

    /// No body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => Self { status, headers: HeaderMap::new(), body: Body::empty(), reason: None },
            Err(_) => Self::failure(&format!("{status} is not an HTTP status")),
        }
    }

    /// Text, in UTF-8; a media type range (`text/*`) is sent as `text/plain`.
    #[must_use]
    pub fn text<T: Param>(status: u16, media_type: &str, body: &T) -> Self {
        Self::new(status, &text::sent_with_charset(media_type), text::encode(body))
    }

    /// Bytes; a media type range (`image/*`) is sent as `application/octet-stream`.
    #[must_use]
    pub fn bytes<T: AsRef<[u8]> + ?Sized>(status: u16, media_type: &str, body: &T) -> Self {
        Self::new(status, whole_bytes::sent_as(media_type), whole_bytes::encode(body))
    }

    /// A body that may be a stream. Of a media type range (`image/*`), it is sent as the one of them that [`Body::with_media_type`]
    /// names, or else as `application/octet-stream`, bytes of which nothing is known.
    ///
    /// The stream is read as fast as the caller takes it, for as long as it listens; the time limit of handlers does not count it. One that
    /// ends with an error breaks the response off, so that no caller takes the part for the whole.
    #[must_use]
    pub fn stream(status: u16, media_type: &str, body: impl Into<Body>) -> Self {
        let body = body.into();
        let sent_as = byte_stream::sent_as(media_type, &body).unwrap_or(whole_bytes::MEDIA_TYPE).to_owned();
        Self::new(status, &sent_as, body)
    }

    /// A stream of JSON values, one per line.
    #[must_use]
    pub fn json_lines<T>(status: u16, media_type: &str, items: &ItemStream<T>) -> Self
    where
        T: Serialize + Send + 'static,
    {
        Self::stream(status, media_type, json_lines::encode(items))
    }

    /// A stream of JSON values as a sequence (RFC 7464).
    #[must_use]
    pub fn json_sequence<T>(status: u16, media_type: &str, items: &ItemStream<T>) -> Self
    where
        T: Serialize + Send + 'static,
    {
        Self::stream(status, media_type, json_sequence::encode(items))
    }

    /// Server-sent events whose data is JSON.
    #[must_use]
    pub fn events<T>(status: u16, media_type: &str, items: &ItemStream<Event<T>>) -> Self
    where
        T: Serialize + Send + 'static,
    {
        Self::stream(status, media_type, events::encode_json(items))
    }

    /// Server-sent events whose data is text.
    #[must_use]
    pub fn text_events(status: u16, media_type: &str, items: &ItemStream<Event<String>>) -> Self {
        Self::stream(status, media_type, events::encode_text(items))
    }

    fn new(status: u16, media_type: &str, body: impl Into<Body>) -> Self {
        match HeaderValue::from_bytes(media_type.as_bytes()) {
            Ok(media_type) => Self::sent_as(status, media_type, body),
            Err(_) => Self::unsendable(CONTENT_TYPE.as_str()),
        }
    }

    fn sent_as(status: u16, media_type: HeaderValue, body: impl Into<Body>) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => {
                let mut headers = HeaderMap::new();
                headers.insert(CONTENT_TYPE, media_type);
                Self { status, headers, body: body.into(), reason: None }
            }
            Err(_) => Self::empty(status),
        }
    }

    /// Sets the media type, where it is not what the constructor sets.
    #[must_use]
    pub fn content_type(self, media_type: &str) -> Self {
        self.with_header(CONTENT_TYPE, media_type)
    }

    /// Names the documented media type; what was written under a range (`application/*`) keeps the usual one.
    #[must_use]
    pub fn named(self, documented: &str) -> Self {
        if is_range(documented) { self } else { self.content_type(documented) }
    }

    /// Sets a header.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        match HeaderName::try_from(name) {
            Ok(name) => self.with_header(name, value),
            Err(_) => Self::unsendable(name),
        }
    }

    fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        match HeaderValue::from_bytes(value.as_bytes()) {
            Ok(value) => {
                self.headers.insert(name, value);
                self
            }
            Err(_) => Self::unsendable(name.as_str()),
        }
    }

    fn unsendable(header: &str) -> Self {
        Self::failure(&format!("the header {header:?} cannot be sent"))
    }

    /// Sends the response only where the document has the status that a handler chose for it.
    #[doc(hidden)]
    #[must_use]
    pub fn documented(self, is_documented: bool) -> Self {
        if is_documented {
            return self;
        }
        Self::failure(&format!("the document does not give {} to this response", self.status.as_u16()))
    }

    /// The response to a mistake of the server, which is logged and not told.
    pub(super) fn failure(reason: &str) -> Self {
        tracing::error!(reason, "a response could not be built");
        let rejection = Rejection::internal(reason);
        Self::json(rejection.status(), &Problem::of(&rejection)).content_type(problem_document::MEDIA_TYPE)
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; nothing where it is a stream.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body.as_whole().map_or(&[], AsRef::as_ref)
    }

    /// Sets headers.
    pub(super) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers.extend(headers);
        self
    }

    /// Adds what a client in the same process is told of a rejection.
    pub(crate) fn with_reason(mut self, rejection: &Rejection) -> Self {
        self.reason = Some(RejectionReason::new(rejection.reason()));
        self
    }

    /// Sets a header unless it is there.
    pub(crate) fn default_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.entry(name).or_insert(value);
    }

    /// Drops the body, where the message may not have one (RFC 9110 sections 9.3.2 and 15).
    pub(crate) fn without_body(mut self) -> Self {
        self.body = Body::empty();
        self
    }

    /// Whether the status excludes a body (RFC 9110 section 6.4.1).
    pub(crate) fn is_bodiless(&self) -> bool {
        self.status.is_informational()
            || matches!(self.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
    }
}

impl From<ServerResponse> for Response<Body> {
    fn from(ServerResponse { status, headers, body, reason }: ServerResponse) -> Self {
        let mut response = Self::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        if let Some(reason) = reason {
            response.extensions_mut().insert(reason);
        }
        response
    }
}

/// Shows the status and how long the body is, not the body: it may hold secrets.
impl fmt::Debug for ServerResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerResponse")
            .field("status", &self.status)
            .field("body_length", &self.body.length())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn content_type(response: &ServerResponse) -> Option<&str> {
        response.headers().get(CONTENT_TYPE)?.to_str().ok()
    }

    #[test]
    fn bodies_say_what_they_are() {
        assert_eq!(content_type(&ServerResponse::json(200, &1)), Some("application/json"));
        assert_eq!(
            content_type(&ServerResponse::text(200, "text/csv", &"a".to_owned())),
            Some("text/csv; charset=utf-8")
        );
        assert_eq!(content_type(&ServerResponse::bytes(200, "image/*", "a")), Some("application/octet-stream"));
        let picture = || Body::from("a").with_media_type("image/png");
        assert_eq!(content_type(&ServerResponse::stream(200, "image/*", picture())), Some("image/png"));
        assert_eq!(content_type(&ServerResponse::stream(200, "audio/*", picture())), Some("application/octet-stream"));
        assert_eq!(content_type(&ServerResponse::stream(200, "text/csv", picture())), Some("text/csv"));
        assert_eq!(content_type(&ServerResponse::empty(204)), None);
    }

    #[test]
    fn what_cannot_be_sent_is_a_failure() {
        let unserializable = BTreeMap::from([(vec![1], 1)]);
        for response in [
            ServerResponse::json(200, &unserializable),
            ServerResponse::json(99, &1),
            ServerResponse::empty(1000),
            ServerResponse::empty(200).header("a b", "c"),
            ServerResponse::empty(200).header("a", "c\nd"),
            ServerResponse::json(200, &1).documented(false),
        ] {
            assert_eq!(response.status(), 500);
            assert_eq!(content_type(&response), Some("application/problem+json"));
        }
        assert_eq!(ServerResponse::json(422, &1).documented(true).status(), 422);
    }

    #[test]
    fn debug_does_not_show_the_body() {
        let text = format!("{:?}", ServerResponse::json(200, "4111111111111111"));
        assert!(!text.contains("4111"), "{text}");
    }
}
