//! What an answer is by the document of its operation.

use crate::client::answer::Answer;

/// What an answer is by the document of its operation, without its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A documented success, of the documented media type and form.
    Success,
    /// A documented error, of the documented media type and form.
    Failure,
    /// Of a status that the document does not give, or of another media type or form.
    Other,
}

/// Reads an answer by the document of one operation. What sends and asks sees bytes, and is handed this where it needs to know more.
pub(crate) type Reading = fn(&Answer) -> Kind;
