//! Operations that give out a list page by page.

use crate::client::call::Invoke;
use crate::client::call::response_class::LookupOperation;
use crate::client::next_page::spec::PageSpec;

/// An operation that gives out a list page by page; generated where the document has `x-specie-pagination`.
pub trait Paged: Invoke {
    /// An item of the list.
    type Item: Send + 'static;

    /// How each page leads to the next one.
    const PAGING: PageSpec;

    /// The items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

impl LookupOperation {
    /// A lookup operation that gives out its list page by page.
    #[must_use]
    pub const fn paged<O: Paged>() -> Self {
        Self { pages: Some(O::PAGING), ..Self::of::<O>() }
    }
}
