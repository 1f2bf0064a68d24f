//! Writing bodies: JSON, forms, text, bytes.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use super::build_error::{BuildError, Place};
use super::object::{ObjectWriter, to_json};
use super::request::RequestWriter;
use crate::operation::EnvelopeLevel;
use crate::param::Param;
use crate::wire::form::{self, FormError};
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
        self.body("application/json", object.close())
    }

    /// Writes a whole body as JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), BuildError> {
        let bytes = to_json("", body)?;
        self.body("application/json", bytes)
    }

    /// Writes a whole body as JSON if it is there.
    pub fn json_optional<T: Serialize + ?Sized>(&mut self, body: Option<&T>) -> Result<(), BuildError> {
        body.map_or(Ok(()), |body| self.json(body))
    }

    /// Writes an object as `application/x-www-form-urlencoded`: scalars as text, lists as repeated keys, objects as JSON.
    pub fn form_object(
        &mut self,
        write: impl FnOnce(&mut ObjectWriter) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let mut object = ObjectWriter::open(&[])?;
        write(&mut object)?;
        self.form_from(&object.close())
    }

    /// Writes a whole body as `application/x-www-form-urlencoded`.
    pub fn form<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), BuildError> {
        self.form_from(&to_json("", body)?)
    }

    /// Writes a whole body as `application/x-www-form-urlencoded` if it is there.
    pub fn form_optional<T: Serialize + ?Sized>(&mut self, body: Option<&T>) -> Result<(), BuildError> {
        body.map_or(Ok(()), |body| self.form(body))
    }

    fn form_from(&mut self, json: &[u8]) -> Result<(), BuildError> {
        let form =
            form::from_json(json).map_err(|FormError { field, reason }| BuildError::new(Place::Body, field, reason))?;
        self.body("application/x-www-form-urlencoded", form)
    }

    /// Writes a whole body as text.
    pub fn text<T: Param>(&mut self, media_type: &'static str, body: &T) -> Result<(), BuildError> {
        let bytes = body.to_text().into_owned();
        self.body(media_type, bytes)
    }

    /// Writes a whole body as text if it is there.
    pub fn text_optional<T: Param>(&mut self, media_type: &'static str, body: Option<&T>) -> Result<(), BuildError> {
        body.map_or(Ok(()), |body| self.text(media_type, body))
    }

    /// Writes a whole body as it is.
    pub fn bytes<T: AsRef<[u8]> + ?Sized>(&mut self, media_type: &'static str, body: &T) -> Result<(), BuildError> {
        self.body(media_type, body.as_ref().to_vec())
    }

    /// Writes a whole body as it is, if it is there.
    pub fn bytes_optional<T: AsRef<[u8]> + ?Sized>(
        &mut self,
        media_type: &'static str,
        body: Option<&T>,
    ) -> Result<(), BuildError> {
        body.map_or(Ok(()), |body| self.bytes(media_type, body))
    }

    /// Names another media type for the body than the one it was written with, such as `application/vnd.api+json`.
    pub fn media_type(&mut self, media_type: &'static str) -> Result<(), BuildError> {
        let value = HeaderValue::from_str(media_type)
            .map_err(|_| BuildError::new(Place::Header, CONTENT_TYPE.as_str(), NOT_TEXT))?;
        self.headers.insert(CONTENT_TYPE, value);
        Ok(())
    }

    fn body(&mut self, media_type: &'static str, bytes: impl Into<Bytes>) -> Result<(), BuildError> {
        self.body = bytes.into();
        self.media_type(media_type)
    }
}
