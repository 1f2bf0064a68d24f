//! A response that is about another request.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use super::ClientResponse;

/// A response of the documented form that is about something else than the request asked for, so that it says nothing of the operation:
/// the response to another request, for example, that lay on the connection.
///
/// Text and `Debug` form name the fields only; [`response`](Self::response) returns the response itself.
#[derive(Clone)]
pub struct ResponseMismatch(Box<Parts>);

#[derive(Clone)]
struct Parts {
    response: ClientResponse,
    fields: Vec<&'static str>,
}

impl ResponseMismatch {
    pub(crate) fn new(response: ClientResponse, fields: Vec<&'static str>) -> Self {
        Self(Box::new(Parts { response, fields }))
    }

    /// Where it differs from the request, as JSON pointers into the request body (RFC 6901): the reference, if the response has another
    /// one or should have it and does not, and the fields that the document says must agree (`x-specie-reconcile`).
    #[must_use]
    pub fn fields(&self) -> &[&'static str] {
        &self.0.fields
    }

    /// The response, to be read with [`Invoke::decode`](crate::client::Invoke::decode); its body may hold what must not be printed.
    #[must_use]
    pub fn response(&self) -> &ClientResponse {
        &self.0.response
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.response.status()
    }

    /// The body of the response; it may hold what must not be printed.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.0.response.body()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.0.response.headers()
    }
}

impl fmt::Display for ResponseMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response of status {} does not match the request at {}", self.status(), self.fields().join(", "))
    }
}

impl fmt::Debug for ResponseMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseMismatch")
            .field("status", &self.status())
            .field("fields", &self.fields())
            .finish_non_exhaustive()
    }
}
