//! What a server answered, and reading it.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::decode::{self, DecodeFault};
use crate::operation::Status;
use crate::param::{Param, ParamError};

/// A complete answer: status, headers and body.
///
/// Generated code reads it by its status, never by its shape. Its `Debug` form shows the size of the body only.
#[derive(Clone)]
pub struct Answer {
    status: Status,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    pub(crate) fn new(status: Status, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body }
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

    /// The body, unread.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode::from_slice(&self.body).map_err(|fault| self.unreadable(Cause::Json(fault)))
    }

    /// Reads an answer for which the document gives no body; whatever is there is not looked at.
    pub fn empty(&self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// Reads the body as UTF-8 text.
    pub fn text<T: Param>(&self) -> Result<T, DecodeError> {
        let text = std::str::from_utf8(&self.body).map_err(|_| ParamError::expected("UTF-8 text"));
        text.and_then(T::from_text).map_err(|error| self.unreadable(Cause::Text(error)))
    }

    /// Takes the body as it is.
    pub fn bytes<T: From<Vec<u8>>>(&self) -> Result<T, DecodeError> {
        Ok(T::from(self.body.to_vec()))
    }

    /// The error for a status that the document does not give.
    #[must_use]
    pub fn undocumented(&self) -> DecodeError {
        self.unreadable(Cause::Undocumented)
    }

    fn unreadable(&self, cause: Cause) -> DecodeError {
        DecodeError(Box::new(Unreadable { status: self.status, body: self.body.clone(), cause }))
    }

    pub(crate) fn into_headers(self) -> HeaderMap {
        self.headers
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// An answer that is not what the document says: an undocumented status, or a body of another form.
///
/// The body is kept ([`body`](Self::body)); text and `Debug` form do not show it.
#[derive(Clone)]
pub struct DecodeError(Box<Unreadable>);

#[derive(Clone)]
struct Unreadable {
    status: Status,
    body: Bytes,
    cause: Cause,
}

#[derive(Clone, Debug)]
enum Cause {
    Undocumented,
    Json(DecodeFault),
    Text(ParamError),
}

impl DecodeError {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    /// The body as it came; it may hold what must not be printed.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Whether the document does not give this status, as opposed to a body of another form.
    #[must_use]
    pub fn is_undocumented(&self) -> bool {
        matches!(self.0.cause, Cause::Undocumented)
    }

    /// Where in the body it is, as a JSON pointer (RFC 6901); `None` where there is no such place.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match &self.0.cause {
            Cause::Json(fault) if !fault.malformed => Some(&fault.pointer),
            _ => None,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status();
        match &self.0.cause {
            Cause::Undocumented => write!(f, "the document does not give status {status}"),
            Cause::Json(fault) => write!(f, "the body of status {status} is not as documented: {fault}"),
            Cause::Text(error) => write!(f, "the body of status {status} is not as documented: {error}"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("status", &self.status())
            .field("body_bytes", &self.0.body.len())
            .field("cause", &self.0.cause)
            .finish()
    }
}

impl std::error::Error for DecodeError {}
