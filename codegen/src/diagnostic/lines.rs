//! Lines and columns of places, looked up when something is printed.

use crate::source::{FileId, Place, Source};

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
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, starts: vec![None; source.files.len()] }
    }

    fn starts(&mut self, file: FileId) -> &[usize] {
        let text = self.source.text(file);
        let compute = || std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
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

    pub(super) fn position(&mut self, place: Place) -> Position {
        let text = self.source.text(place.file);
        let byte = clamp(text, place.start as usize);
        let (line, start) = self.line(place.file, byte);
        let before = text.get(start..byte).unwrap_or_default();
        Position { line: line + 1, column: before.chars().count() + 1 }
    }
}

/// The nearest byte at or before one that starts a character.
pub(super) fn clamp(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}
