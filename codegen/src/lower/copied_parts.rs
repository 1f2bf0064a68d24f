//! A limit on what `allOf` copies into schemas and components are copied into operations: a short document could grow beyond any memory.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::size_limits::COPIED_PARTS;
use crate::source::Span;

/// A number of copied parts: properties, parameters, responses and the like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CopiedParts(pub(super) usize);

impl CopiedParts {
    /// These and others.
    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0.saturating_add(others.0))
    }

    /// Whether they are more than may be.
    pub(super) const fn are_too_many(self) -> bool {
        self.0 > COPIED_PARTS
    }

    /// The report that others at a place are too many, where these are not and both together are.
    pub(super) fn exceeded_by(self, others: Self, span: Span) -> Option<Diagnostic> {
        (!self.are_too_many() && self.and(others).are_too_many()).then(|| too_large(span))
    }
}

/// The report of a place with which more parts are copied than may be.
pub(super) fn too_large(span: Span) -> Diagnostic {
    let message = format!("with this, more than {COPIED_PARTS} parts are copied by `allOf` and into operations");
    let mut diagnostic = Diagnostic::new(Code::TooLarge, Severity::Error, message, span);
    diagnostic
        .help("split the document; what `allOf` takes over, and what operations have in common, counts each time");
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::{COPIED_PARTS, CopiedParts};
    use crate::source::Span;

    #[test]
    fn only_the_place_that_goes_beyond_the_limit_is_reported() {
        let span = Span::START;
        let (all, one) = (CopiedParts(COPIED_PARTS), CopiedParts(1));
        assert!(!all.are_too_many() && all.and(one).are_too_many());
        assert!(CopiedParts::default().exceeded_by(all, span).is_none());
        assert!(all.exceeded_by(one, span).is_some());
        assert!(all.and(one).exceeded_by(one, span).is_none());
        assert!(CopiedParts(usize::MAX).and(one).are_too_many());
    }
}
