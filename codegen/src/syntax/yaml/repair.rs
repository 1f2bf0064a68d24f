//! Lines that YAML 1.2 wants indented further, although every reader of YAML 1.1 takes them.
//!
//! In a quoted text and between brackets the blanks before a line mean nothing, so the parser is given the line with more of them.

use std::borrow::Cow;

/// How far a line is indented: further than any key.
pub(super) const PAD: usize = 200;

/// The text with the lines that start at some bytes indented.
pub(super) fn padded<'a>(text: &'a str, lines: &[usize]) -> Cow<'a, str> {
    if lines.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut given = String::with_capacity(text.len() + lines.len() * PAD);
    let mut from = 0;
    for &line in lines {
        given.push_str(text.get(from..line).unwrap_or_default());
        given.extend(std::iter::repeat_n(' ', PAD));
        from = line;
    }
    given.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(given)
}

/// The starts of the lines that have to be indented for an error of the parser to go away; none if that would not help.
pub(super) fn lines_to_indent(info: &str, text: &str, at: usize) -> Vec<usize> {
    match info {
        "invalid indentation in quoted scalar" => continuation_lines(text, at),
        "invalid indentation" | "invalid indentation in flow construct" => line_of(text, at).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The lines of a quoted text after the first.
fn continuation_lines(text: &str, start: usize) -> Vec<usize> {
    let Some(rest) = text.get(start..) else { return Vec::new() };
    let mut bytes = rest.bytes().enumerate();
    let Some((_, quote)) = bytes.next() else { return Vec::new() };
    let mut lines = Vec::new();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if quote == b'"' => {
                // An escaped line break is one all the same.
                if let Some((at, b'\n')) = bytes.next() {
                    lines.push(start + at + 1);
                }
            }
            b'\n' => lines.push(start + at + 1),
            // In single quotes a quote is written twice; the second one then opens a text that is skipped as well.
            _ if byte == quote && rest.as_bytes().get(at + 1) == Some(&quote) && quote == b'\'' => {
                bytes.next();
            }
            _ if byte == quote => break,
            _ => {}
        }
    }
    lines
}

/// The line whose first word starts at a byte.
fn line_of(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    before.get(start..)?.trim_start().is_empty().then_some(start)
}
