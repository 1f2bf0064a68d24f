//! What a server answered, and reading it as the document says.

mod decode_error;
pub(super) mod meta;
pub(super) mod mismatch;
pub(super) mod problem;
pub(super) mod resource_comparison;
pub(super) mod retry_after;

use std::fmt;

use bytes::Bytes;
use decode_error::Cause;
pub use decode_error::DecodeError;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use crate::body::{Body, DEFAULT_ITEM_LIMIT};
use crate::body_kinds::events::{self, Event};
use crate::body_kinds::media_range::{essence_of, in_range};
use crate::body_kinds::{form, json, json_lines, json_sequence, text, whole_bytes};
use crate::in_process_extensions::RejectionReason;
use crate::item_stream::ItemStream;
use crate::operation::{BodyKind, MediaSpec, OperationSpec, Status, media};
use crate::param::Param;

/// A response: status, headers and body.
///
/// Generated code reads it by its status, never by its shape. Its `Debug` form shows the size of the body only.
///
/// A response to an operation that creates or moves something is held to what the document says of it: its media type, where it names
/// one, is the documented one, and a response without `content` has an empty body. What a gateway puts in the API's place is then no
/// documented response. Responses to operations that move nothing are read without these two checks, as far as their bodies have the
/// documented form; one of another form and another media type is undocumented. Three of them are held to the documented media
/// type all the same: one of a status with several media types, a stream, whose bytes have no form, and an error that names itself a problem
/// document (RFC 9457). A response without a `Content-Type` is judged by its body (RFC 9110 section 8.3).
///
/// The body of a response that the document gives as a stream is read by whoever gets the stream.
#[derive(Clone)]
pub struct ClientResponse {
    status: Status,
    headers: HeaderMap,
    body: Body,
    /// The documented media type that it is of.
    media: Option<&'static MediaSpec>,
    /// How many bytes an item of a stream may have.
    item_limit: usize,
    is_held: bool,
    /// Why a server in the same process rejected the request.
    reason: Option<RejectionReason>,
}

/// What there is of a body that is a stream: nothing to look at.
static NO_BYTES: Bytes = Bytes::new();

impl ClientResponse {
    pub(crate) fn new(status: Status, headers: HeaderMap, body: impl Into<Body>) -> Self {
        Self {
            status,
            headers,
            body: body.into(),
            media: None,
            item_limit: DEFAULT_ITEM_LIMIT,
            is_held: false,
            reason: None,
        }
    }

    /// The same response, of a documented media type.
    pub(crate) fn of_media(mut self, media: Option<&'static MediaSpec>) -> Self {
        self.media = media;
        self
    }

    /// The same response, whose items may have up to this many bytes.
    pub(crate) fn with_item_limit(mut self, bytes: usize) -> Self {
        self.item_limit = bytes;
        self
    }

    /// The same response, with what a server in the same process says of a rejection.
    pub(crate) fn with_reason(mut self, reason: Option<RejectionReason>) -> Self {
        self.reason = reason;
        self
    }

    pub(crate) fn rejection_reason(&self) -> Option<&RejectionReason> {
        self.reason.as_ref()
    }

    /// The same response, held to the documented media type and to an empty body where none is documented.
    pub(crate) fn held_to_document(mut self) -> Self {
        self.is_held = true;
        self
    }

    /// The status as a number, to match on.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The status, as variants for `4XX` and `default` keep it.
    #[must_use]
    pub fn status_code(&self) -> Status {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, unread; nothing where it is a stream.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.body.as_whole().unwrap_or(&NO_BYTES)
    }

    /// The media type that the response is of, as the document writes it for the status, ranges included (`image/*`); empty where it is of
    /// none of them. A response that does not name its media type is of the first one.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media.map_or("", |media| media.media_type)
    }

    /// The body as a stream, which the document gives as a media type that is read as one. It may be read once: by whoever first reads
    /// what this returns. Of a range (`image/*`), bytes that nobody knows more of belong to it as well (`application/octet-stream`).
    pub fn stream(&self, media_type: &'static str) -> Result<Body, DecodeError> {
        let is_named = self.headers.contains_key(CONTENT_TYPE);
        // A stream has no form that could be wrong: only its media type tells it from a page of something between.
        if !self.is_of(BodyKind::Stream, media_type) || self.is_held && !is_named {
            return Err(self.unreadable(Cause::MediaType(media_type)));
        }
        Ok(self.body.clone().named_by(&self.headers))
    }

    /// Reads the body as JSON, which the document gives as `application/json`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        self.json_of(json::MEDIA_TYPE)
    }

    /// Reads the body as JSON of another documented media type, such as `application/problem+json`.
    pub fn json_of<T: DeserializeOwned>(&self, media_type: &'static str) -> Result<T, DecodeError> {
        self.check_media_type(BodyKind::Json, media_type)?;
        json::decode(self.body())
            .map_err(|fault| self.unreadable(self.cause(BodyKind::Json, media_type, Cause::Json(fault))))
    }

    /// Reads the body as a form (`application/x-www-form-urlencoded`), whose fields are the properties of the value.
    pub fn form<T: DeserializeOwned>(&self, media_type: &'static str) -> Result<T, DecodeError> {
        self.check_media_type(BodyKind::Form, media_type)?;
        form::decode(self.body())
            .map_err(|fault| self.unreadable(self.cause(BodyKind::Form, media_type, Cause::Form(fault))))
    }

    /// Reads a response for which the document gives no body. What follows 205 is not looked at: a document may give it one, which HTTP does
    /// not (RFC 9110 section 15.3.6), and its server sends that.
    pub fn empty(&self) -> Result<(), DecodeError> {
        if self.is_held && !self.body().is_empty() && self.status() != 205 {
            return Err(self.unreadable(Cause::NotEmpty));
        }
        Ok(())
    }

    /// Reads the body as UTF-8 text of the documented media type. Of a range (`application/*`), plain text belongs to it as well.
    pub fn text<T: Param>(&self, media_type: &'static str) -> Result<T, DecodeError> {
        self.check_media_type(BodyKind::Text, media_type)?;
        text::decode(self.body())
            .map_err(|fault| self.unreadable(self.cause(BodyKind::Text, media_type, Cause::Text(fault.into_error()))))
    }

    /// Takes the body of the documented media type as it is. Of a range (`image/*`), bytes that nobody knows more of belong to it as well
    /// (`application/octet-stream`).
    pub fn bytes<T: From<Vec<u8>>>(&self, media_type: &'static str) -> Result<T, DecodeError> {
        self.check_media_type(BodyKind::Bytes, media_type)?;
        Ok(whole_bytes::decode(self.body()))
    }

    /// The body as JSON values, one per line.
    pub fn json_lines<T>(&self, media_type: &'static str) -> Result<ItemStream<T>, DecodeError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        Ok(json_lines::decode(self.stream(media_type)?, self.item_limit))
    }

    /// The body as a sequence of JSON values (RFC 7464).
    pub fn json_sequence<T>(&self, media_type: &'static str) -> Result<ItemStream<T>, DecodeError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        Ok(json_sequence::decode(self.stream(media_type)?, self.item_limit))
    }

    /// The body as server-sent events whose data is JSON.
    pub fn events<T>(&self, media_type: &'static str) -> Result<ItemStream<Event<T>>, DecodeError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        Ok(events::decode_json(self.stream(media_type)?, self.item_limit))
    }

    /// The body as server-sent events whose data is text.
    pub fn text_events(&self, media_type: &'static str) -> Result<ItemStream<Event<String>>, DecodeError> {
        Ok(events::decode_text(self.stream(media_type)?, self.item_limit))
    }

    /// Whether the response names no other media type than the documented one; parameters are not compared. Where only something is read, any
    /// other one is tolerated but that of a problem document: a rejection says nothing of what was asked for.
    fn check_media_type(&self, kind: BodyKind, documented: &'static str) -> Result<(), DecodeError> {
        if self.is_of(kind, documented) || !(self.is_held || self.is_problem()) {
            Ok(())
        } else {
            Err(self.unreadable(Cause::MediaType(documented)))
        }
    }

    /// Whether it is an error that names itself a problem document (RFC 9457).
    fn is_problem(&self) -> bool {
        let named = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        self.status() >= 400 && named.is_some_and(|text| in_range("application/problem+json", essence_of(text)))
    }

    /// Whether each media type that the response names is the documented one, or one that a body of the kind may come as.
    fn is_of(&self, kind: BodyKind, documented: &str) -> bool {
        let is_so = |essence: &str| in_range(documented, essence) || kind.may_come_as(documented, essence);
        let mut named = self.headers.get_all(CONTENT_TYPE).iter();
        named.all(|value| value.to_str().is_ok_and(|text| is_so(essence_of(text))))
    }

    /// Why a body was not read: that it is of another media type says more than what is wrong with its form.
    fn cause(&self, kind: BodyKind, documented: &'static str, form: Cause) -> Cause {
        match self.status() {
            _ if !self.is_of(kind, documented) => Cause::MediaType(documented),
            204 | 205 | 304 if self.body().is_empty() => Cause::Bodiless,
            _ => form,
        }
    }

    /// The error for a status that the document does not give.
    #[must_use]
    pub fn undocumented(&self) -> DecodeError {
        self.unreadable(Cause::Undocumented)
    }

    /// The error for a response of a documented status that is of none of its media types.
    #[must_use]
    pub fn undocumented_media_type(&self) -> DecodeError {
        self.unreadable(Cause::OtherMediaType)
    }

    fn unreadable(&self, cause: Cause) -> DecodeError {
        DecodeError::new(self.status, self.body().clone(), cause)
    }

    pub(crate) fn into_headers(self) -> HeaderMap {
        self.headers
    }
}

impl fmt::Debug for ClientResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientResponse")
            .field("status", &self.status())
            .field("body_bytes", &self.body.length())
            .finish_non_exhaustive()
    }
}

/// The documented media type that a response is of, by its status and its `Content-Type`. One that does not name its media type is of the
/// first one that the document gives its status.
pub(crate) fn media_of(spec: &OperationSpec, status: Status, headers: &HeaderMap) -> Option<&'static MediaSpec> {
    let documented = media::of_status(spec.responses, status.as_u16())?.media;
    let mut named = headers.get_all(CONTENT_TYPE).iter();
    match (named.next(), named.next()) {
        (None, _) => documented.first(),
        (Some(only), None) => {
            let essence = essence_of(only.to_str().ok()?);
            let may_be = |media: &&MediaSpec| media.kind.may_come_as(media.media_type, essence);
            media::find(documented, essence).or_else(|| documented.iter().find(may_be))
        }
        (Some(_), Some(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_known_by_its_media_type_alone() {
        let response = |named: Option<&'static str>| {
            let named = named.map(|name| (CONTENT_TYPE, http::HeaderValue::from_static(name)));
            ClientResponse::new(Status::OK, named.into_iter().collect(), Body::from("<html>"))
        };
        assert!(response(Some("text/csv; charset=utf-8")).stream("text/csv").is_ok());
        assert!(response(Some("text/html")).stream("text/csv").is_err(), "a page of something between is no report");
        assert!(response(Some("application/octet-stream")).stream("image/*").is_ok());
        assert!(response(Some("text/html")).stream("image/*").is_err());
        let picture = response(Some("image/png")).stream("image/*").expect("a picture");
        assert_eq!(picture.media_type(), Some("image/png"));
        assert!(response(None).stream("text/csv").is_ok());
        assert!(response(None).held_to_document().stream("text/csv").is_err(), "a status alone shows nothing");
    }

    #[test]
    fn a_status_without_a_body_is_named_where_its_range_has_one() {
        let response = |status| ClientResponse::new(status, HeaderMap::new(), Body::from(""));
        let error = response(Status::NO_CONTENT).held_to_document().json::<u32>().expect_err("there is no number");
        assert_eq!(error.status(), 204);
        assert!(!error.is_undocumented() && error.is_of_another_form());
        assert_eq!(
            error.to_string(),
            "a response of status 204 has no body, and the document gives its range or `default` one"
        );
        let error = response(Status::OK).json::<u32>().expect_err("there is no number");
        assert!(error.to_string().starts_with("the body of status 200 is not as documented"), "{error}");
    }
}
