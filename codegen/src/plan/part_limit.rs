//! Limits the number of types, fields and variants of an API, counted as names are given.

use super::diagnostics::Report;
use crate::size_limits::PARTS;
use crate::source::Span;

/// How many parts an API has so far; what `allOf` copies counts in each schema that it is copied to.
#[derive(Debug, Default)]
pub(super) struct PartCount {
    parts: usize,
}

impl PartCount {
    /// Counts parts toward the limits of one API. Reports a limit that is exceeded, once for the API, and then returns `false`.
    pub(super) fn add(&mut self, report: &mut Report, parts: usize, most: usize, span: Span) -> bool {
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
        let (mut part_count, mut report) = (PartCount::default(), Report::default());
        assert!(part_count.add(&mut report, PARTS, PARTS, Span::START));
        assert!(report.diagnostics.is_empty());
        assert!(!part_count.add(&mut report, 1, PARTS, Span::START));
        assert!(!part_count.add(&mut report, 1, PARTS, Span::START));
        assert_eq!(report.diagnostics.len(), 1);
        assert!(!part_count.add(&mut report, 2, 1, Span::START));
        assert_eq!(report.diagnostics.len(), 2);
    }
}
