//! Limits the number of types, fields and variants of an API, counted as names are given.

use super::diagnostics::Report;
use crate::size_limits::PARTS;
use crate::source::Span;

/// How many parts an API has so far; what `allOf` takes over is counted wherever it goes.
#[derive(Debug, Default)]
pub(super) struct Budget {
    parts: usize,
}

impl Budget {
    /// Counts parts toward the limits of one API. Reports a limit that is exceeded, once for the API, and then returns `false`.
    pub(super) fn affords(&mut self, report: &mut Report, parts: usize, most: usize, span: Span) -> bool {
        if parts > most {
            report.too_many_parts_of_one(most, span);
            return false;
        }
        let before = self.parts;
        self.parts = before.saturating_add(parts);
        if before <= PARTS && self.parts > PARTS {
            report.too_many_parts(PARTS, span);
        }
        self.parts <= PARTS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_said_once() {
        let (mut budget, mut report) = (Budget::default(), Report::default());
        assert!(budget.affords(&mut report, PARTS, PARTS, Span::START));
        assert!(report.diagnostics.is_empty());
        assert!(!budget.affords(&mut report, 1, PARTS, Span::START));
        assert!(!budget.affords(&mut report, 1, PARTS, Span::START));
        assert_eq!(report.diagnostics.len(), 1);
        assert!(!budget.affords(&mut report, 2, 1, Span::START));
        assert_eq!(report.diagnostics.len(), 2);
    }
}
