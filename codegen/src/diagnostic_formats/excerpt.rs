//! The pieces of text that a listing shows.

use std::borrow::Cow;
use std::ops::Range;

use codespan_reporting::files::{Error, Files};

use super::line_column::{LONGEST, Lines, clamp};
use crate::diagnostic::plain;
use crate::printable::is_printable;
use crate::source::{FileId, Source, Span};

/// How much of a longer line is shown before and behind the start of the marker.
const AROUND: usize = 60;

/// Places that are further from each other are shown in pieces of their own.
const FAR: u32 = 1 << 16;

/// One piece: a run of whole lines, or a part of a long one.
struct Excerpt<'a> {
    file: FileId,
    /// The file's name, as it may be printed.
    name: String,
    text: Cow<'a, str>,
    starts: Vec<usize>,
    /// The index of its first line in the file.
    line: usize,
    /// How many characters of that line were cut off before it.
    column: usize,
}

/// The pieces that one diagnostic needs.
pub(super) struct Excerpts<'a> {
    excerpts: Vec<Excerpt<'a>>,
}

/// A marker in a piece.
pub(super) struct Marker {
    pub(super) excerpt: usize,
    pub(super) range: Range<usize>,
}

impl<'a> Excerpts<'a> {
    /// Cuts the pieces for places, and says where in them each place is.
    pub(super) fn cut(source: &'a Source, lines: &mut Lines<'a>, spans: &[Span]) -> (Self, Vec<Marker>) {
        let mut excerpts = Vec::new();
        let markers = spans.iter().map(|&span| Marker::cut(&mut excerpts, source, lines, span, spans));
        let markers = markers.collect();
        (Self { excerpts }, markers)
    }

    fn get(&self, id: usize) -> Result<&Excerpt<'a>, Error> {
        self.excerpts.get(id).ok_or(Error::FileMissing)
    }
}

impl Marker {
    fn cut<'a>(
        excerpts: &mut Vec<Excerpt<'a>>,
        source: &'a Source,
        lines: &mut Lines<'a>,
        span: Span,
        spans: &[Span],
    ) -> Self {
        let text = source.text(span.file);
        let (file, name) = (span.file, plain(source.name(span.file)));
        let start = clamp(text, span.start as usize);
        let end = clamp(text, span.end as usize).max(start);
        let (line, line_start) = lines.line(span.file, start);
        let (start, end) = (start.max(line_start), end.max(line_start));
        let line_end = lines.line_end(span.file, line);
        if line_end - line_start > LONGEST {
            let from = clamp(text, start.saturating_sub(AROUND).max(line_start));
            let to = clamp(text, (start + 2 * AROUND).min(line_end));
            let column = lines.column(span.file, line_start, from);
            excerpts.push(Excerpt { file, name, text: printable(&text[from..to]), starts: vec![0], line, column });
            return Self { excerpt: excerpts.len() - 1, range: start - from..end.min(to) - from };
        }
        // Places of one file are shown in one piece, so that the library can join them, unless it would be most of a long file.
        let near = |other: &&Span| other.file == span.file && other.start.abs_diff(span.start) <= FAR;
        let others = spans.iter().filter(near);
        let first = others.clone().map(|other| other.start as usize).min().unwrap_or(start);
        let last = others.map(|other| (other.start as usize).max(other.end as usize)).max().unwrap_or(end);
        let (first_line, from) = lines.line(span.file, clamp(text, first));
        let last = clamp(text, last.max(end));
        let (last_line, _) = lines.line(span.file, last);
        let to = text.len().min(lines.line_end(span.file, last_line) + 1);
        let known = excerpts
            .iter()
            .position(|excerpt| excerpt.file == file && excerpt.line == first_line && excerpt.column == 0);
        let excerpt = known.unwrap_or_else(|| {
            let shown = printable(&text[from..to]);
            let starts = std::iter::once(0).chain(shown.match_indices('\n').map(|(at, _)| at + 1)).collect();
            excerpts.push(Excerpt { file, name, text: shown, starts, line: first_line, column: 0 });
            excerpts.len() - 1
        });
        // A marker over many lines would hide them; its first line is enough.
        Self { excerpt, range: start - from..end.min(line_end) - from }
    }
}

/// The text with harmful characters replaced by as many bytes, so that ranges stay right.
fn printable(text: &str) -> Cow<'_, str> {
    // A carriage return that ends no line sends the cursor back over what the line has said.
    let ends_line = |at: usize| matches!(text.as_bytes().get(at + 1), None | Some(b'\n'));
    let is_fine = |at: usize, char: char| match char {
        '\n' | '\t' => true,
        '\r' => ends_line(at),
        _ => is_printable(char),
    };
    if text.char_indices().all(|(at, char)| is_fine(at, char)) {
        return Cow::Borrowed(text);
    }
    let replace = |(at, char): (usize, char)| match char.len_utf8() {
        _ if is_fine(at, char) => char.to_string(),
        3 => "\u{fffd}".to_owned(),
        length => "?".repeat(length),
    };
    Cow::Owned(text.char_indices().map(replace).collect())
}

impl<'a> Files<'a> for Excerpts<'a> {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.get(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.get(id)?.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        Ok(self.get(id)?.starts.partition_point(|&start| start <= byte).saturating_sub(1))
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        Ok(self.get(id)?.line + index + 1)
    }

    fn column_number(&'a self, id: usize, index: usize, byte: usize) -> Result<usize, Error> {
        let excerpt = self.get(id)?;
        let start = excerpt.starts.get(index).copied().unwrap_or_default();
        let before = excerpt.text.get(start..byte).unwrap_or_default().chars().count();
        Ok(before + 1 + if index == 0 { excerpt.column } else { 0 })
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        let excerpt = self.get(id)?;
        let given = excerpt.starts.get(index).copied();
        let start = given.ok_or(Error::LineTooLarge { given: index, max: excerpt.starts.len() })?;
        Ok(start..excerpt.starts.get(index + 1).copied().unwrap_or(excerpt.text.len()))
    }
}
