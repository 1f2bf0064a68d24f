//! Writing the body of a request, of each kind.

use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use super::RequestWriter;
use super::build_error::{BuildError, BuildSubject};
use super::object_writer::{ObjectWriter, to_json};
use crate::body::Body;
use crate::body_kinds::byte_stream::{self, Unnamed};
use crate::body_kinds::form::{self, FormError};
use crate::body_kinds::media_range::is_range;
use crate::body_kinds::multipart::MultipartWriter;
use crate::body_kinds::{json, json_lines, json_sequence, text, whole_bytes};
use crate::item_stream::ItemStream;
use crate::operation::{EnvelopeLevel, FieldStyle};
use crate::param::Param;
use crate::wire::header::NOT_TEXT;

impl RequestWriter {
    /// Writes an object as JSON, inside the objects of its envelope (outermost first, none for a plain body).
    pub fn json_object(
        &mut self,
        envelope: &'static [EnvelopeLevel],
        write: impl FnOnce(&mut ObjectWriter) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let mut object = ObjectWriter::open(envelope)?;
        write(&mut object)?;
        self.body(json::MEDIA_TYPE, object.close())
    }

    /// Writes a whole body as JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), BuildError> {
        let bytes = to_json(body)?;
        self.body(json::MEDIA_TYPE, bytes)
    }

    /// Writes an object as `application/x-www-form-urlencoded`: scalars as text, lists as repeated keys, objects as JSON.
    pub fn form_object(
        &mut self,
        write: impl FnOnce(&mut ObjectWriter) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        self.form_object_styled(&[], write)
    }

    /// Writes a whole body as `application/x-www-form-urlencoded`.
    pub fn form<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), BuildError> {
        self.form_from(&to_json(body)?, &[])
    }

    /// Writes an object as a form in which properties have styles of their own.
    pub fn form_object_styled(
        &mut self,
        styles: &[FieldStyle],
        write: impl FnOnce(&mut ObjectWriter) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let mut object = ObjectWriter::open(&[])?;
        write(&mut object)?;
        self.form_from(&object.close(), styles)
    }

    /// Writes a whole body as a form in which properties have styles of their own.
    pub fn form_styled<T: Serialize + ?Sized>(&mut self, styles: &[FieldStyle], body: &T) -> Result<(), BuildError> {
        self.form_from(&to_json(body)?, styles)
    }

    fn form_from(&mut self, json: &[u8], styles: &[FieldStyle]) -> Result<(), BuildError> {
        let form = form::encode(json, styles)
            .map_err(|FormError { field, reason }| BuildError::new(BuildSubject::Body, field, reason))?;
        self.body(form::MEDIA_TYPE, form)
    }

    /// Writes a whole body as text; a media type range (`text/*`) is sent as `text/plain`.
    pub fn text<T: Param>(&mut self, media_type: &'static str, body: &T) -> Result<(), BuildError> {
        self.body(text::sent_as(media_type), text::encode(body))
    }

    /// Writes a whole body as it is; a media type range (`image/*`) is sent as `application/octet-stream`.
    pub fn bytes<T: AsRef<[u8]> + ?Sized>(&mut self, media_type: &'static str, body: &T) -> Result<(), BuildError> {
        self.body(whole_bytes::sent_as(media_type), whole_bytes::encode(body))
    }

    /// Writes a body that may be a stream. It is sent with its length where that is known, and in chunks otherwise.
    ///
    /// The request keeps a clone, so the stream is read when the call is sent. The time for an attempt and the deadline of a call count
    /// the sending of a stream as well: set longer ones for a long stream. Of a media type range (`image/*`), it is sent as the one that
    /// [`Body::with_media_type`] names.
    pub fn stream(&mut self, media_type: &'static str, body: &Body) -> Result<(), BuildError> {
        let sent_as = byte_stream::sent_as(media_type, body).map_err(|unnamed| {
            let reason = match unnamed {
                Unnamed::Other => {
                    "is no media type that the document allows: name another one with `Body::with_media_type`"
                }
                Unnamed::Open => "is left open by the document: name one with `Body::with_media_type`",
            };
            BuildError::new(BuildSubject::Header, CONTENT_TYPE.as_str(), reason)
        })?;
        self.body(sent_as, body.clone())
    }

    /// Writes a stream of JSON values, one per line.
    pub fn json_lines<T>(&mut self, media_type: &'static str, items: &ItemStream<T>) -> Result<(), BuildError>
    where
        T: Serialize + Send + 'static,
    {
        self.body(media_type, json_lines::encode(items))
    }

    /// Writes a stream of JSON values as a sequence (RFC 7464).
    pub fn json_sequence<T>(&mut self, media_type: &'static str, items: &ItemStream<T>) -> Result<(), BuildError>
    where
        T: Serialize + Send + 'static,
    {
        self.body(media_type, json_sequence::encode(items))
    }

    /// Writes a form of parts (`multipart/form-data`).
    pub fn multipart(
        &mut self,
        write: impl FnOnce(&mut MultipartWriter) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let mut form = MultipartWriter::new();
        write(&mut form)?;
        let (media_type, body) = form.finish()?;
        self.body(&media_type, body)
    }

    /// Writes a form of parts that may be left out: without a part, no body is sent.
    pub fn multipart_optional(
        &mut self,
        write: impl FnOnce(&mut MultipartWriter) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let mut form = MultipartWriter::new();
        write(&mut form)?;
        if form.is_empty() {
            return Ok(());
        }
        let (media_type, body) = form.finish()?;
        self.body(&media_type, body)
    }

    /// Names another media type for the body than the one it was written with, such as `application/vnd.api+json`.
    pub fn media_type(&mut self, media_type: &str) -> Result<(), BuildError> {
        let value = HeaderValue::from_str(media_type)
            .map_err(|_| BuildError::new(BuildSubject::Header, CONTENT_TYPE.as_str(), NOT_TEXT))?;
        self.headers.insert(CONTENT_TYPE, value);
        Ok(())
    }

    /// Names the documented media type of a body; what was written under a range (`application/*`) keeps the usual one.
    pub fn named(&mut self, documented: &str) -> Result<(), BuildError> {
        if is_range(documented) { Ok(()) } else { self.media_type(documented) }
    }

    fn body(&mut self, media_type: &str, body: impl Into<Body>) -> Result<(), BuildError> {
        self.body = body.into();
        self.media_type(media_type)
    }
}
