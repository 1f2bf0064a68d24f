//! What a document says about the pages of an operation.

/// How each page of a list leads to the next one (`x-specie-pagination`).
///
/// ```
/// use specie_runtime::client::PageSpec;
///
/// const NUMBERED: PageSpec = PageSpec::by_number("page[number]").total("/meta/pages").items("/data");
/// const LINKED: PageSpec = PageSpec::by_link("/links/next").items("/data");
/// const CURSOR: PageSpec = PageSpec::by_cursor("after", "/next_cursor").items("/items");
/// # let _ = (NUMBERED, LINKED, CURSOR);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSpec {
    pub(in crate::client) style: Style,
    /// The list, as a JSON pointer into a page.
    pub(in crate::client) items: &'static str,
}

/// What names the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::client) enum Style {
    /// The number after this one's, in a query parameter; the count of pages stands in each page, or else one without items ends it.
    Number { parameter: &'static str, total: Option<&'static str> },
    /// A link in the page.
    Link { next: &'static str },
    /// A text in the page, which goes into a query parameter.
    Cursor { parameter: &'static str, next: &'static str },
}

impl PageSpec {
    /// Pages with numbers, counted from 1, in a query parameter. A page without items is the last one, unless the pages say how many
    /// there are ([`total`](Self::total)).
    #[must_use]
    pub const fn by_number(parameter: &'static str) -> Self {
        Self::new(Style::Number { parameter, total: None })
    }

    /// Pages that each hold a link to the next one, under a JSON pointer; absent, null or empty on the last page.
    #[must_use]
    pub const fn by_link(next: &'static str) -> Self {
        Self::new(Style::Link { next })
    }

    /// Pages that each hold the next one's cursor, under a JSON pointer, for a query parameter; absent, null or empty on the last
    /// page.
    #[must_use]
    pub const fn by_cursor(parameter: &'static str, next: &'static str) -> Self {
        Self::new(Style::Cursor { parameter, next })
    }

    const fn new(style: Style) -> Self {
        Self { style, items: "" }
    }

    /// Sets where the list stands in a page, as a JSON pointer; without it, a page is the list itself.
    #[must_use]
    pub const fn items(mut self, pointer: &'static str) -> Self {
        self.items = pointer;
        self
    }

    /// Sets where numbered pages say how many there are, as a JSON pointer.
    #[must_use]
    pub const fn total(mut self, pointer: &'static str) -> Self {
        if let Style::Number { total, .. } = &mut self.style {
            *total = Some(pointer);
        }
        self
    }
}
