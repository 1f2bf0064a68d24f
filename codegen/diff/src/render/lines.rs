//! Where a change stands, as a file, a line and a column.

use std::collections::HashMap;

use specie_codegen::source::{FileId, Source, Span};

use super::Sources;
use crate::Finding;

/// A location in a file; lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceLocation {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The starts of the lines of files, each computed once.
pub(super) struct Lines<'a> {
    pub(super) sources: Sources<'a>,
    starts: [HashMap<FileId, Vec<usize>>; 2],
}

impl<'a> Lines<'a> {
    pub(super) fn new(sources: Sources<'a>) -> Self {
        Self { sources, starts: [HashMap::new(), HashMap::new()] }
    }

    /// Where a change stands in the new document, or, where it is gone, in the old one; and whether that is the new one.
    pub(super) fn of(&mut self, finding: &Finding) -> Option<(SourceLocation, bool)> {
        match self.in_new(finding) {
            Some(place) => Some((place, true)),
            None => self.in_old(finding).map(|place| (place, false)),
        }
    }

    pub(super) fn in_old(&mut self, finding: &Finding) -> Option<SourceLocation> {
        let [starts, _] = &mut self.starts;
        finding.old.map(|span| place(self.sources.old, starts, span))
    }

    pub(super) fn in_new(&mut self, finding: &Finding) -> Option<SourceLocation> {
        let [_, starts] = &mut self.starts;
        finding.new.map(|span| place(self.sources.new, starts, span))
    }
}

fn place(source: &Source, known: &mut HashMap<FileId, Vec<usize>>, span: Span) -> SourceLocation {
    let text = source.text(span.file);
    let starts = known.entry(span.file).or_insert_with(|| {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
    });
    let at = span.start as usize;
    let line = starts.partition_point(|start| *start <= at).max(1);
    let start = starts.get(line - 1).copied().unwrap_or(0);
    let column = text.get(start..at).map_or(0, |before| before.chars().count()) + 1;
    SourceLocation { file: source.name(span.file).to_owned(), line, column }
}
