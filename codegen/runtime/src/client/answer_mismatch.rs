//! An answer that is about another request.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use super::answer::Answer;

/// An answer of the documented form that is about something else than the request asked for, so that it says nothing of the operation:
/// the answer to another request, for example, that lay on the connection.
///
/// Text and `Debug` form name the fields only; [`answer`](Self::answer) returns the answer itself.
#[derive(Clone)]
pub struct AnswerMismatch(Box<Parts>);

#[derive(Clone)]
struct Parts {
    answer: Answer,
    fields: Vec<&'static str>,
}

impl AnswerMismatch {
    pub(crate) fn new(answer: Answer, fields: Vec<&'static str>) -> Self {
        Self(Box::new(Parts { answer, fields }))
    }

    /// Where it differs from the request, as JSON pointers into the request body (RFC 6901): the reference, if the answer has another
    /// one or should have it and does not, and the fields that the document says must agree (`x-specie-reconcile`).
    #[must_use]
    pub fn fields(&self) -> &[&'static str] {
        &self.0.fields
    }

    /// The answer, to be read with [`Invoke::decode`](super::Invoke::decode); its body may hold what must not be printed.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.0.answer
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.answer.status()
    }

    /// The body of the answer; it may hold what must not be printed.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.0.answer.body()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.0.answer.headers()
    }
}

impl fmt::Display for AnswerMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer of status {} is about something else, by {}", self.status(), self.fields().join(", "))
    }
}

impl fmt::Debug for AnswerMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerMismatch")
            .field("status", &self.status())
            .field("fields", &self.fields())
            .finish_non_exhaustive()
    }
}
