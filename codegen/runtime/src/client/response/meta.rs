//! Status, headers, attempts and outcome of a call.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;
use http::header::{Entry, SET_COOKIE};

use crate::operation::{HeaderError, OperationSpec, ResponseHeaders, Status, response_headers};
use crate::outcome::Outcome;

/// Status, headers, attempts and outcome of a call, and what else is known about it apart from its value.
///
/// Its `Debug` form names the headers and leaves out their values.
///
/// A call gives it with the value by [`detailed`](crate::client::Call::detailed), and an error by [`Error::meta`](crate::client::Error::meta):
///
/// ```
/// # use specie_runtime::client::{Call, Error, Invoke};
/// # async fn example<O: Invoke>(call: Call<O>) -> Result<O::Output, Error<O::Error>> {
/// let (value, meta) = call.detailed().await?;
/// println!("{}: {:?} after {} attempts, request {:?}", meta.operation_id(), meta.status(), meta.attempts(), meta.request_id());
/// # Ok(value)
/// # }
/// ```
#[derive(Clone)]
pub struct Meta(Box<Parts>);

#[derive(Clone)]
struct Parts {
    operation: &'static OperationSpec,
    status: Option<Status>,
    headers: HeaderMap,
    attempts: u32,
    outcome: Outcome,
    idempotency_key: Option<String>,
    retry_after: Option<Duration>,
    journal_write_failed: bool,
}

/// Headers in which servers name a request, in the order in which they are looked at.
const REQUEST_ID: [&str; 3] = ["x-request-id", "request-id", "x-correlation-id"];

impl Meta {
    pub(crate) fn new(operation: &'static OperationSpec, outcome: Outcome) -> Self {
        Self(Box::new(Parts {
            operation,
            status: None,
            headers: HeaderMap::new(),
            attempts: 0,
            outcome,
            idempotency_key: None,
            retry_after: None,
            journal_write_failed: false,
        }))
    }

    pub(crate) fn with_status(mut self, status: Option<Status>) -> Self {
        self.0.status = status;
        self
    }

    pub(crate) fn with_headers(mut self, mut headers: HeaderMap) -> Self {
        if let Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) {
            // A session cookie is a credential and must not be printed with the other headers.
            cookies.iter_mut().for_each(|cookie| cookie.set_sensitive(true));
        }
        self.0.headers = headers;
        self
    }

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_key(mut self, key: Option<String>) -> Self {
        self.0.idempotency_key = key;
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    pub(crate) fn with_journal_write_failed(mut self, journal_write_failed: bool) -> Self {
        self.0.journal_write_failed = journal_write_failed;
        self
    }

    /// The `operationId`.
    #[must_use]
    pub fn operation_id(&self) -> &'static str {
        self.0.operation.id
    }

    pub(crate) fn is_safe(&self) -> bool {
        self.0.operation.is_safe()
    }

    /// The status of the last response; `None` if the last attempt brought none.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status.map(|status| status.as_u16())
    }

    /// The headers of the last response; cookies are marked as sensitive.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// A header of the last response, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// The headers that the document gives the last response, by the struct that is generated for them.
    ///
    /// It is an error if the document gives them to another operation or status, if a required one is missing, or if one is not of its
    /// type. All headers are in [`headers`](Self::headers), whatever the document says.
    pub fn response_headers<H: ResponseHeaders>(&self) -> Result<H, HeaderError> {
        response_headers::read(self.0.operation, self.status(), self.headers())
    }

    /// The name that the server gave the request (`x-request-id`, `request-id` or `x-correlation-id`), for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.0.headers)
    }

    /// How many requests were sent or tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What all attempts together say about the operation.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The idempotency key that every attempt carried, where the operation takes one: sending it again with
    /// [`Call::idempotency_key`](crate::client::Call::idempotency_key) continues this call.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// Whether it is known what became of the operation and its journal could not be told so, in time or at all: its entry may stay open.
    ///
    /// The operation is then resumed after a restart. Whoever resumes what happened finds it; that nothing happened is not said of such a
    /// call, whose [`outcome`](Self::outcome) is unknown.
    #[must_use]
    pub fn journal_write_failed(&self) -> bool {
        self.0.journal_write_failed
    }

    /// How long the server asked to wait before the next request (`Retry-After`, RFC 9110 section 10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

/// The name that a server gave a request.
pub(in crate::client) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meta")
            .field("operation", &self.0.operation.id)
            .field("status", &self.status())
            .field("headers", &self.0.headers.keys().map(http::HeaderName::as_str).collect::<Vec<_>>())
            .field("attempts", &self.0.attempts)
            .field("outcome", &self.0.outcome)
            .finish_non_exhaustive()
    }
}
