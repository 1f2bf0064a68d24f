//! Whether a response is a documented success, a documented error, or neither.

use crate::client::response::ClientResponse;

/// Whether a response is a documented success, a documented error, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseClass {
    /// A documented success, of the documented media type and form.
    Success,
    /// A documented error, of the documented media type and form.
    Failure,
    /// Of a status that the document does not give, or of another media type or form.
    Other,
}

/// Classifies a response by the document of one operation. Sending and reconciling work on bytes and call this function.
pub(crate) type ClassifyResponse = fn(&ClientResponse) -> ResponseClass;
