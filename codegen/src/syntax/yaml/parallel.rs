//! A long text in two halves that are read at the same time: YAML is what takes longest to read, and the entries of the outermost object
//! do not depend on each other.
//!
//! What is found so is what reading the whole text finds, or nothing: then the whole is read.

use std::ops::Range;

use super::{Built, Offsets, attempt};
use crate::diagnostic::Diagnostics;
use crate::size_limits;
use crate::source::FileId;
use crate::syntax::duplicates::check_duplicate_keys;
use crate::syntax::node::{Node, Value};

/// From so many bytes on, threads save more time than they cost.
const LONG: usize = 64 << 10;

/// Reads the text behind the first `base` bytes of a file; `None` where it is short, cannot be divided, or something is to be said of a
/// half.
pub(super) fn read(file: FileId, text: &str, base: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    if text.len() < LONG {
        return None;
    }
    let middle = division(text)?;
    let half = |range: Range<usize>| {
        let (given, mut found) = (text.get(range.clone())?, Diagnostics::new());
        let built = attempt(given, Offsets::new(file, given, base + range.start, &[]), &mut found).ok()?;
        found.is_empty().then_some(built)
    };
    let (first, second) = rayon::join(|| half(0..middle), || half(middle..text.len()));
    let (first, second) = (first?, second?);
    let is_small =
        first.nodes + second.nodes <= size_limits::NODES && first.copies + second.copies <= size_limits::COPIES;
    if !is_small {
        return None;
    }
    let place = |byte: u32| (byte as usize).checked_sub(base);
    let mut root = block(first, |start| is_line_start(text, place(start)))?;
    let behind = block(second, |start| place(start) == Some(middle))?;
    let (Value::Mapping(entries), Value::Mapping(more)) = (&mut root.value, behind.value) else { return None };
    entries.append(more);
    check_duplicate_keys(entries.entries(), diagnostics);
    root.span = root.span.to(behind.span);
    Some(root)
}

/// The start of the line nearest to the middle that begins with a key; `None` where there may be directives, several documents, or entries
/// that another object adds to the outermost one.
fn division(text: &str) -> Option<usize> {
    let middle = text.len() / 2;
    let mut found: Option<usize> = None;
    let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
    for start in std::iter::once(0).chain(starts) {
        let line = text.get(start..)?;
        let is_document = start > 0 && ["---", "..."].iter().any(|mark| line.starts_with(mark));
        if is_document || line.starts_with(['%', '!', '&', '?']) || line.starts_with("<<") {
            return None;
        }
        let is_nearer = found.is_none_or(|found| start.abs_diff(middle) < found.abs_diff(middle));
        if start > 0 && is_nearer && begins_with_key(line) {
            found = Some(start);
        }
    }
    found
}

/// Whether a text begins with a plain word and the colon of a key.
fn begins_with_key(text: &str) -> bool {
    let word = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.get(word..).is_some_and(|rest| rest.starts_with(": ") || rest.starts_with(":\n"))
}

/// Whether a byte is the first one of a line.
fn is_line_start(text: &str, byte: Option<usize>) -> bool {
    byte.is_some_and(|byte| byte == 0 || text.as_bytes().get(byte - 1) == Some(&b'\n'))
}

/// The root of a half, where it is an object in block style whose first key stands in the right place.
fn block(half: Built, is_right: impl Fn(u32) -> bool) -> Option<Node> {
    let root = half.root?;
    let (first, _) = root.entries().next()?;
    // In flow style a bracket stands before the first key.
    let is_block = is_right(first.span.start) && root.span.start == first.span.start;
    is_block.then_some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in halves and in the whole, as long as the text is.
    fn both(text: &str) -> (Option<Node>, Option<Node>) {
        let (mut found, mut found_in_whole) = (Diagnostics::new(), Diagnostics::new());
        let halves = read(FileId::ROOT, text, 0, &mut found);
        let whole = attempt(text, Offsets::new(FileId::ROOT, text, 0, &[]), &mut found_in_whole);
        if halves.is_some() {
            assert_eq!(format!("{found:?}"), format!("{found_in_whole:?}"));
        }
        (halves, whole.ok().and_then(|built| built.root))
    }

    /// A text that is long by the value of a key.
    fn long(before: &str, behind: &str) -> String {
        let items = "  - {a: 'ä', b: [1, x]} # c\n".repeat(LONG / 28 + 1);
        format!("{before}{items}{behind}")
    }

    #[test]
    fn what_is_read_in_halves_is_what_the_whole_has() {
        let items = "  - x\n".repeat(LONG / 6);
        let texts = [
            long("# c\n\nopenapi: 3.1.0\npaths:\n", "components:\n  a: |+\n    t\n\n\nlast: z"),
            long("a: &b\n  - x\npaths:\n", &format!("empty:\n\n# c\ncomponents: &d\n{items}other: *d\n")),
            long("--- # c\na:\n", "text: >\n  a\n  b\n\n"),
            long("a:\n", "b: {c: d,\n e: f}\na: twice\n"),
            // The first half ends within a text, with and without the lines that end it.
            format!("a: |+\n{}\n\nb:\n{items}", "  t\n".repeat(LONG / 4)),
            format!("a: >-\n{}b:\n{items}", "  t\n".repeat(LONG / 4)),
            format!("a: |\n\nb: |\n{}c:\n{items}", "  t\n".repeat(LONG / 4)),
        ];
        for text in texts {
            let (halves, whole) = both(&text);
            assert!(halves.is_some(), "{}", &text[text.len() - 60..]);
            assert_eq!(format!("{halves:?}"), format!("{whole:?}"));
        }
    }

    #[test]
    fn what_is_one_by_its_text_is_read_as_one() {
        let texts = [
            // A text, a list and an object that go on over the division; an alias to what stands before it.
            long("a:\n", "b: \"c\nd: e\"\n"),
            long("a: {b: [\n", "],\nd: e}\n"),
            long("a: &b\n", "c: *b\n"),
            // Documents, directives, and an object that is merged into the whole.
            long("a:\n", "...\nb: c\n"),
            long("a:\n", "---\nb: c\n"),
            long("%YAML 1.2\n---\na:\n", "b: c\n"),
            long("<<: {x: y}\na:\n", "b: c\n"),
            long("!!merge <<: {x: y}\na:\n", "b: c\n"),
            long("&m <<: {x: y}\na:\n", "b: c\n"),
            long("? <<\n: {x: y}\na:\n", "b: c\n"),
            // What is no object in block style, or is not valid.
            long("  a:\n", "b: c\n"),
            format!("{{a: {}}}\nb: c\n", "x".repeat(LONG)),
            long("a:\n", "b: c: d\n"),
            "a: b\nc: d\n".to_owned(),
        ];
        for text in texts {
            assert!(both(&text).0.is_none(), "{}", &text[text.len().saturating_sub(60)..]);
        }
    }
}
