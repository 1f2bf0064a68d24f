//! Why the next page of a list cannot be read.

use std::fmt;

/// Why the next page of a list cannot be read, although every page that was read is valid.
///
/// The text names neither the link nor anything that a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PagingError {
    /// The server gave a page a second time, or names one as the next that was read before, or gives a thousand pages without items one
    /// after the other. Going on would not end.
    Repeated,
    /// The link to the next page leads to another origin than the operation's base URL. It is not followed, and no credential went
    /// there.
    ForeignLink,
    /// What names the next page, or counts the pages, is not of the documented form.
    UnreadableNext,
    /// The position to start from does not fit the operation: it belongs to another kind of paging.
    UnusablePosition,
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Repeated => "a page came a second time, so the list would not end",
            Self::ForeignLink => "the link to the next page leads to another origin",
            Self::UnreadableNext => "what names the next page cannot be read",
            Self::UnusablePosition => "the position is not one of this list",
        })
    }
}

impl std::error::Error for PagingError {}
