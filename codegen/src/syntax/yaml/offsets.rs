//! From the parser's positions to places: the parser counts characters, places count bytes.

use super::repair::PAD;
use crate::source::{FileId, Span};

pub(super) struct Offsets<'a> {
    file: FileId,
    /// What stands in the file before the text.
    base: usize,
    /// For each character that is longer than a byte: its number, and how many bytes more than characters there are up to its end.
    wide: Vec<(usize, usize)>,
    /// The lines that were indented for the parser.
    padded: &'a [usize],
}

impl<'a> Offsets<'a> {
    pub(super) fn new(file: FileId, given: &str, base: usize, padded: &'a [usize]) -> Self {
        let mut wide = Vec::new();
        if !given.is_ascii() {
            let mut extra = 0;
            for (at, char) in given.chars().enumerate().filter(|(_, char)| !char.is_ascii()) {
                extra += char.len_utf8() - 1;
                wide.push((at, extra));
            }
        }
        Self { file, base, wide, padded }
    }

    /// The byte in the text that the parser was given.
    pub(super) fn given_byte(&self, char: usize) -> usize {
        let before = self.wide.partition_point(|&(at, _)| at < char);
        let extra = before.checked_sub(1).and_then(|last| self.wide.get(last)).map_or(0, |&(_, extra)| extra);
        char + extra
    }

    /// The place of characters.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.original(self.given_byte(start), self.given_byte(end))
    }

    /// The place of bytes in the text that the parser was given.
    pub(super) fn original(&self, start: usize, end: usize) -> Span {
        self.bytes(self.without_padding(start), self.without_padding(end))
    }

    fn without_padding(&self, byte: usize) -> usize {
        if self.padded.is_empty() {
            return self.base + byte;
        }
        let starts = self.padded.iter().enumerate();
        let before = starts.take_while(|(number, line)| **line + number * PAD <= byte).last();
        let original = before.map_or(byte, |(number, line)| byte.saturating_sub((number + 1) * PAD).max(*line));
        self.base + original
    }

    /// The place of bytes in the file.
    pub(super) fn bytes(&self, start: usize, end: usize) -> Span {
        // Files are far shorter than 4 GiB.
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { file: self.file, start: narrow(start), end: narrow(end) }
    }
}
