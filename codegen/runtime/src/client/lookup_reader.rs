//! How the responses of a lookup operation are read.

use std::fmt;

use super::call::response_class::ClassifyResponse;
use super::paging::PageSpec;

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
    pub(super) classify: ClassifyResponse,
    pub(super) pages: Option<PageSpec>,
}

impl fmt::Debug for LookupOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LookupOperation").field("pages", &self.pages).finish_non_exhaustive()
    }
}
