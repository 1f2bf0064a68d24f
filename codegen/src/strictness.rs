//! How strictly a document is read.

use crate::diagnostic::Severity;

/// How much a document may deviate from the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// For documents that are written for this generator: an unknown key is an error.
    Strict,
    /// For documents by others: an unknown key is a warning.
    Lenient,
}

impl Strictness {
    /// Whether documents by others are meant.
    #[must_use]
    pub const fn is_lenient(self) -> bool {
        matches!(self, Self::Lenient)
    }

    /// The severity of unknown input that changes no meaning: an error in documents of one's own, a warning in others.
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::Strict => Severity::Error,
            Self::Lenient => Severity::Warning,
        }
    }
}
