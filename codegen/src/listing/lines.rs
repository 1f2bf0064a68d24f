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
    /// The last byte whose column was asked for: its file, its line's start, itself, and the column.
    last: (FileId, usize, usize, usize),
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, starts: vec![None; source.files.len()], last: (FileId::ROOT, 0, 0, 0) }
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

    pub(super) fn position(&mut self, place: Place) -> Position {
        let text = self.source.text(place.file);
        let byte = clamp(text, place.start as usize);
        let (line, start) = self.line(place.file, byte);
        Position { line: line + 1, column: self.column(place.file, start, byte) + 1 }
    }

    /// How many characters stand between the start of a line and a byte. In a document on one line, counting goes on from where it
    /// stopped for the diagnostic before.
    pub(super) fn column(&mut self, file: FileId, line_start: usize, byte: usize) -> usize {
        let (last_file, last_start, last_byte, last_column) = self.last;
        let goes_on = last_file == file && last_start == line_start && last_byte <= byte && last_byte >= line_start;
        let (from, counted) = if goes_on { (last_byte, last_column) } else { (line_start, 0) };
        let column = counted + self.source.text(file).get(from..byte).map_or(0, |text| text.chars().count());
        self.last = (file, line_start, byte, column);
        column
    }

    /// The byte after the last one of the line that starts at a byte, without the line break.
    pub(super) fn line_end(&mut self, file: FileId, line: usize) -> usize {
        let length = self.source.text(file).len();
        self.starts(file).get(line + 1).map_or(length, |next| next - 1)
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
