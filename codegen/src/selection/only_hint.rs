//! Suggests `--only` where all errors lie in some of the operations.

use super::operations;
use crate::diagnostic::Diagnostics;
use crate::source::{Source, Span};
use crate::syntax::Documents;
use crate::syntax::reference_lookup::Trees;

/// Where the operations of a document stand.
pub(crate) struct OnlyHint {
    /// In order. None lies within another.
    operations: Vec<Span>,
}

impl OnlyHint {
    pub(crate) fn of(source: &Source, documents: &Documents) -> Self {
        let trees = Trees { source, files: &documents.trees };
        let mut operations: Vec<Span> = operations::all(trees).iter().map(|operation| operation.node.span).collect();
        operations.sort_unstable();
        Self { operations }
    }

    /// Says of each error within an operation how to generate the others.
    pub(crate) fn give(&self, diagnostics: &mut Diagnostics) {
        if self.operations.len() < 2 {
            return;
        }
        diagnostics.for_each_error(|found| {
            let span = found.span();
            if self.is_within_one(span) {
                let before = found.help.take().map(|help| format!("{help}; ")).unwrap_or_default();
                found.help(format!("{before}or leave the operation out: `--only` generates those that it names"));
            }
        });
    }

    fn is_within_one(&self, span: Span) -> bool {
        let after = self.operations.partition_point(|one| (one.file, one.start) <= (span.file, span.start));
        after.checked_sub(1).and_then(|last| self.operations.get(last)).is_some_and(|one| one.contains(span))
    }
}
