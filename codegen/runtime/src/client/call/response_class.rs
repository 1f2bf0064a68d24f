//! How the responses of an operation are read by who does not know their types: a success, an error, or neither; a page or the whole.

use std::fmt;

use crate::client::paging::spec::PageSpec;
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

/// How the responses of an operation that asks are read: by its own document, and page by page where it gives a list out in pages.
///
/// ```
/// # use specie_runtime::client::{Invoke, LookupOperation, Paged};
/// # fn example<GetPayout: Invoke, ListPayouts: Paged>() -> [LookupOperation; 2] {
/// [LookupOperation::of::<GetPayout>(), LookupOperation::paged::<ListPayouts>()]
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct LookupOperation {
    pub(in crate::client) classify: ClassifyResponse,
    pub(in crate::client) pages: Option<PageSpec>,
}

impl fmt::Debug for LookupOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LookupOperation").field("pages", &self.pages).finish_non_exhaustive()
    }
}
