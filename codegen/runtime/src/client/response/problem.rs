//! A problem document (RFC 9457) where the API's document gives something else.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::ClientResponse;
use crate::body_kinds::media_range::{essence_of, in_range};
use crate::in_process_extensions::RejectionReason;
use crate::operation::{Status, write_status};

/// A response that is a problem document (RFC 9457) and not what the API's document gives its status.
///
/// A generated server rejects requests so where the document names no error that a rejection could be written as. Whoever wrote it, the
/// API's document does not say what it means, so that it proves nothing about an operation that acts.
///
/// Its members are what the other side sent; text and `Debug` form do not show them. Of a server in the same process
/// ([`InProcess`](crate::InProcess)), the text says why the request was rejected.
#[derive(Clone)]
pub struct ProblemResponse(Box<Parts>);

#[derive(Clone)]
struct Parts {
    status: Status,
    kind: Option<String>,
    title: Option<String>,
    detail: Option<String>,
    faults: Vec<ProblemFault>,
    body: Bytes,
    reason: Option<RejectionReason>,
}

/// One entry of the extension member `errors` of a problem document: what is wrong, and where.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProblemFault {
    /// The place in the request's body, as a JSON pointer (RFC 6901).
    pub pointer: Option<String>,
    /// The name of a parameter.
    pub parameter: Option<String>,
    /// Where the parameter stands: `path`, `query`, `header` or `cookie`.
    pub location: Option<String>,
    /// What is wrong there.
    pub detail: Option<String>,
}

type Members = BTreeMap<String, Box<RawValue>>;

impl ProblemResponse {
    /// Reads a response that is not as documented; `None` where it is no problem document of an error.
    pub(in crate::client) fn of(response: &ClientResponse) -> Option<Self> {
        let named = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
        if !in_range("application/problem+json", essence_of(named)) || response.status() < 400 {
            return None;
        }
        let members: Members = serde_json::from_slice(response.body()).ok()?;
        let faults: Vec<Members> = member(&members, "errors").unwrap_or_default();
        Some(Self(Box::new(Parts {
            status: response.status_code(),
            kind: member(&members, "type"),
            title: member(&members, "title"),
            detail: member(&members, "detail"),
            faults: faults.iter().map(ProblemFault::of).collect(),
            body: response.body().clone(),
            reason: response.rejection_reason().cloned(),
        })))
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    /// The member `type`: a URI that names the kind of problem.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.0.kind.as_deref()
    }

    /// The member `title`: a summary of the kind of problem.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// The member `detail`: what is wrong with this request.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The extension member `errors`: every place of the request that was found to be wrong. Empty where
    /// an entry of the list is no object.
    #[must_use]
    pub fn faults(&self) -> &[ProblemFault] {
        &self.0.faults
    }

    /// The place in the request's body that is named first, as a JSON pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        self.0.faults.iter().find_map(|fault| fault.pointer.as_deref())
    }

    /// The body as it came; it may hold what must not be printed.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }
}

impl ProblemFault {
    fn of(members: &Members) -> Self {
        Self {
            pointer: member(members, "pointer"),
            parameter: member(members, "parameter"),
            location: member(members, "in"),
            detail: member(members, "detail"),
        }
    }
}

/// A member of the expected type; one of another type is ignored (RFC 9457 section 3.1).
fn member<T: for<'de> Deserialize<'de>>(members: &Members, name: &str) -> Option<T> {
    serde_json::from_str(members.get(name)?.get()).ok()
}

impl fmt::Display for ProblemResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_status(self.status(), f)?;
        match &self.0.reason {
            Some(reason) => write!(f, ": {reason}"),
            None => f.write_str(": a problem document, which the API's document does not give"),
        }
    }
}

impl fmt::Debug for ProblemResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProblemResponse")
            .field("status", &self.status())
            .field("faults", &self.0.faults.len())
            .field("body_bytes", &self.0.body.len())
            .finish_non_exhaustive()
    }
}

/// Shows which members there are, not what the other side wrote into them.
impl fmt::Debug for ProblemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProblemFault")
            .field("has_pointer", &self.pointer.is_some())
            .field("has_parameter", &self.parameter.is_some())
            .finish_non_exhaustive()
    }
}
