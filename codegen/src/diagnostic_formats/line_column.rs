//! Lines and columns of places, looked up when something is printed.

use std::collections::HashMap;

use crate::source::{FileId, Source, Span};

/// Where a place starts, counted from one; columns are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The line starts of the files that were asked for.
pub(super) struct Lines<'a> {
    source: &'a Source,
    starts: Vec<Option<Vec<usize>>>,
    /// For the lines that columns were asked for: how many characters stand before each [`STRIDE`] of bytes.
    columns: HashMap<(FileId, usize), Vec<usize>>,
}

/// Lines that are longer are cut to what stands around the marker.
pub(super) const LONGEST: usize = 400;

/// Columns are counted from here on, so that a document on one line is not counted through for each of its diagnostics.
const STRIDE: usize = 1024;

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, starts: vec![None; source.files.len()], columns: HashMap::new() }
    }

    fn starts(&mut self, file: FileId) -> &[usize] {
        let text = self.source.text(file);
        // A byte order mark is no character of the first line.
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let compute = || std::iter::once(first).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        match self.starts.get_mut(file.index()) {
            Some(slot) => slot.get_or_insert_with(compute),
            None => &[0],
        }
    }

    /// The index of the line that holds a byte, and the byte that the line starts with.
    pub(super) fn line(&mut self, file: FileId, byte: usize) -> (usize, usize) {
        let starts = self.starts(file);
        let line = starts.partition_point(|&start| start <= byte).saturating_sub(1);
        (line, starts.get(line).copied().unwrap_or_default())
    }

    pub(super) fn position(&mut self, span: Span) -> Position {
        let text = self.source.text(span.file);
        let byte = clamp(text, span.start as usize);
        let (line, start) = self.line(span.file, byte);
        Position { line: line + 1, column: self.column(span.file, start, byte) + 1 }
    }

    /// How many characters stand between the start of a line and a byte.
    pub(super) fn column(&mut self, file: FileId, line_start: usize, byte: usize) -> usize {
        let text = self.source.text(file).as_bytes();
        let line = text.get(line_start..).unwrap_or_default();
        let length = byte.saturating_sub(line_start).min(line.len());
        if length < STRIDE {
            return characters(&line[..length]);
        }
        let counts = self.columns.entry((file, line_start)).or_insert_with(|| {
            let end = line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len());
            let strides = line[..end].chunks_exact(STRIDE);
            std::iter::once(0)
                .chain(strides.scan(0, |sum, stride| {
                    *sum += characters(stride);
                    Some(*sum)
                }))
                .collect()
        });
        let stride = (length / STRIDE).min(counts.len() - 1);
        counts[stride] + characters(&line[stride * STRIDE..length])
    }

    /// Whether the line that a place starts on is too long to be shown whole.
    pub(super) fn is_long(&mut self, span: Span) -> bool {
        let (line, start) = self.line(span.file, span.start as usize);
        self.line_end(span.file, line) - start > LONGEST
    }

    /// The byte after the last one of the line that starts at a byte, without the line break.
    pub(super) fn line_end(&mut self, file: FileId, line: usize) -> usize {
        let length = self.source.text(file).len();
        self.starts(file).get(line + 1).map_or(length, |next| next - 1)
    }
}

/// How many characters begin in these bytes (RFC 3629: all other bytes begin with the bits 10).
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// The nearest byte at or before one that starts a character.
pub(super) fn clamp(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}
