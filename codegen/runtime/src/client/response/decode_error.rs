//! Why a response was not read: [`DecodeError`].

use std::fmt;

use bytes::Bytes;

use crate::decode::DecodeFault;
use crate::operation::Status;
use crate::param::ParamError;

/// A response that is not what the document says: an undocumented status, another media type, or a body of another form.
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

/// In which way a response is not what the document says.
#[derive(Clone)]
pub(super) enum Cause {
    Undocumented,
    /// The documented media type, which it is not of.
    MediaType(&'static str),
    /// None of several documented ones.
    OtherMediaType,
    NotEmpty,
    /// HTTP gives the status no body, and the document gives its range or `default` one.
    Bodiless,
    Json(DecodeFault),
    Form(DecodeFault),
    Text(ParamError),
}

impl DecodeError {
    pub(super) fn new(status: Status, body: Bytes, cause: Cause) -> Self {
        Self(Box::new(Unreadable { status, body, cause }))
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    /// The body as it came; it may hold what must not be printed.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Whether the document does not give this status, or gives it other media types, as opposed to a body of another form.
    #[must_use]
    pub fn is_undocumented(&self) -> bool {
        matches!(self.0.cause, Cause::Undocumented | Cause::MediaType(_) | Cause::OtherMediaType)
    }

    /// Whether the body is of the documented media type and of another form.
    pub(crate) const fn is_of_another_form(&self) -> bool {
        matches!(self.0.cause, Cause::Json(_) | Cause::Form(_) | Cause::Text(_) | Cause::Bodiless)
    }

    /// Where in the body it is, as a JSON pointer (RFC 6901); `None` where there is no such place.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match &self.0.cause {
            Cause::Json(fault) | Cause::Form(fault) if !fault.malformed => Some(&fault.pointer),
            _ => None,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status();
        match &self.0.cause {
            Cause::Undocumented => write!(f, "the document does not give status {status}"),
            Cause::MediaType(documented) => {
                write!(f, "the response of status {status} is not of the documented media type {documented}")
            }
            Cause::OtherMediaType => write!(f, "the response of status {status} is of no documented media type"),
            Cause::NotEmpty => write!(f, "the document gives status {status} no body, and the response has one"),
            Cause::Bodiless => {
                write!(
                    f,
                    "a response of status {status} has no body, and the document gives its range or `default` one"
                )
            }
            Cause::Json(fault) | Cause::Form(fault) => {
                write!(f, "the body of status {status} is not as documented: {fault}")
            }
            Cause::Text(error) => write!(f, "the body of status {status} is not as documented: {error}"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("status", &self.status())
            .field("body_bytes", &self.0.body.len())
            .field("cause", &self.0.cause.name())
            .finish_non_exhaustive()
    }
}

impl Cause {
    const fn name(&self) -> &'static str {
        match self {
            Self::Undocumented => "undocumented status",
            Self::MediaType(_) | Self::OtherMediaType => "another media type",
            Self::NotEmpty => "an undocumented body",
            Self::Json(fault) if fault.malformed => "malformed JSON",
            Self::Json(_) => "JSON of another form",
            Self::Form(fault) if fault.malformed => "a malformed form",
            Self::Form(_) => "a form of other values",
            Self::Bodiless => "no body",
            Self::Text(_) => "text of another form",
        }
    }
}

impl std::error::Error for DecodeError {}
