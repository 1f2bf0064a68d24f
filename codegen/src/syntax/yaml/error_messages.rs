//! Messages for syntax errors of YAML. The parser says where it stopped, which is often behind the mistake; the message names the mistake.

use std::ops::Range;

use crate::diagnostic::quoted;

/// A syntax error in the writer's terms. The ranges are bytes of the text.
#[derive(Debug)]
pub(super) struct Explanation {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
    /// Another place that has to do with it, and what it is.
    pub(super) other: Option<(usize, &'static str)>,
}

impl Explanation {
    fn new(at: Range<usize>, message: impl Into<String>, help: &'static str) -> Self {
        Self { at, message: message.into(), help, other: None }
    }
}

/// Explains the parser's words `info` about the byte `at`; `bracket` is the innermost one that is open there.
pub(super) fn explain(text: &str, at: usize, info: &str, bracket: Option<usize>) -> Explanation {
    let has = |words: &[&str]| words.iter().any(|word| info.contains(word));
    if has(&["tab"]) {
        return tab(text, at);
    }
    if has(&["flow", "illegal placement"])
        && let Some(bracket) = bracket
    {
        let message = "this stands within a bracket, where `,` or the closing bracket is expected";
        let help = "close the bracket, or write `,` between its entries";
        return Explanation { other: Some((bracket, "the bracket")), ..Explanation::new(at..at, message, help) };
    }
    if has(&["escape character", "Unicode character escape", "hexadecimal"]) {
        return Explanation::new(
            escape(text, at),
            "YAML has no such escape",
            "write `\\\\` for a backslash, or use single quotes",
        );
    }
    if has(&["trailing content"]) {
        let message = "text stands behind the quote that ends a text";
        let help = "write a quote within single quotes twice, or use the other kind of quotes around the text";
        return Explanation::new(at..at, message, help);
    }
    if has(&["quoted scalar"]) {
        let message = "the text in quotes that begins here does not end where it should";
        return Explanation::new(at..at, message, "close the quotes; a quote within single quotes is written twice");
    }
    if has(&["mapping values are not allowed"]) {
        return colon(text, at);
    }
    if has(&["unexpected character"]) {
        let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        return Explanation::new(
            at..at + length,
            "no text without quotes can begin like this",
            "put the text in quotes",
        );
    }
    if has(&["unknown anchor"]) {
        let message = "no `&` gives this name before it is used";
        return Explanation::new(at..at, message, "put a text that begins with `*` in quotes");
    }
    if has(&["did not find expected key", "'-' indicator", "block sequence entries"]) {
        let message = "this line does not begin where the entries before it begin";
        return Explanation::new(at..at, message, "indent it exactly as the entries that it belongs to");
    }
    // The parser's own words may quote the document.
    Explanation::new(at..at, quoted(info).trim_matches('`'), "correct the line, or the one before it")
}

fn tab(text: &str, at: usize) -> Explanation {
    let line = line_start(text, at);
    let tab = text.get(line..).and_then(|rest| rest.find('\t')).map_or(at, |found| line + found);
    Explanation::new(
        tab..tab + 1,
        "a tab stands where YAML wants spaces",
        "YAML is indented with spaces; replace the tab",
    )
}

/// A colon where no key can stand: behind another one, or on a line that goes on from the one before.
fn colon(text: &str, at: usize) -> Explanation {
    let start = line_start(text, at);
    let before = text.get(start..at).unwrap_or_default();
    if before.contains(": ") {
        let message = "a second colon stands in the line";
        return Explanation::new(at..at + 1, message, "put a text that holds `: ` in quotes");
    }
    let key = start + before.len() - before.trim_start().len()..at;
    let earlier = text.get(..start).unwrap_or_default().trim_end();
    let previous = line_start(earlier, earlier.len());
    let line = earlier.get(previous..).unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    if line.contains(": ") {
        let message = "this line is indented too far, and goes on from the one before";
        let help = "indent it as the line before, or take the value of that line away";
        return Explanation {
            other: Some((previous + indent, "the line before")),
            ..Explanation::new(key, message, help)
        };
    }
    let message = "this line is no entry: a key ends in a colon and a blank";
    let help = "write `key: value`, with a blank behind the colon";
    Explanation {
        other: Some((key.start, "so this line goes on from it")),
        ..Explanation::new(previous + indent..earlier.len(), message, help)
    }
}

/// The first backslash of a quoted text that begins no escape of YAML 1.2 (section 5.7).
fn escape(text: &str, at: usize) -> Range<usize> {
    let mut chars = text.get(at..).unwrap_or_default().char_indices();
    while let Some((found, char)) = chars.next() {
        if char == '\\' {
            match chars.next() {
                Some((_, next)) if "0abt\tnvfre \"/\\N_LP\n\r".contains(next) => {}
                Some((_, next)) => return at + found..at + found + 1 + next.len_utf8(),
                None => break,
            }
        }
    }
    at..at
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::diagnostic::{Code, Diagnostics};
    use crate::source::FileId;

    /// What is marked, where the other label is, and the first words of the message.
    fn found(text: &str) -> (String, Option<u32>, String) {
        let mut diagnostics = Diagnostics::new();
        read(FileId::ROOT, text, "begin", &mut diagnostics);
        let all: Vec<_> = diagnostics.iter().collect();
        let [one] = all.as_slice() else { panic!("{text:?} gives {all:?}") };
        assert_eq!(one.code, Code::Syntax);
        let span = one.span();
        let marked = text[span.start as usize..].chars().take((span.end - span.start).max(1) as usize).collect();
        (marked, one.others.first().map(|label| label.span.start), one.message.replace("not valid YAML: ", ""))
    }

    #[test]
    fn the_writers_mistake_is_named() {
        let cases = [
            ("a:\n\t- 1\n", "\t", None, "a tab"),
            ("a:\n  b: x\n\tc: y\n", "\t", None, "a tab"),
            ("a: {b: 1\nc: 2\n", ":", Some(3), "this stands within a bracket"),
            ("a: {b: 1 c: 2}\n", ":", Some(3), "this stands within a bracket"),
            ("a: [1, 2\nb: c\n", ":", Some(3), "this stands within a bracket"),
            ("a: \"x\\d\"\n", "\\d", None, "YAML has no such escape"),
            ("a: \"x\nb: 1\n", "\"", None, "the text in quotes"),
            ("a: 'it's'\n", "s", None, "text stands behind the quote"),
            ("a: b: c\n", ":", None, "a second colon"),
            ("a: b\n  c: d\n", "c", Some(0), "this line is indented too far"),
            ("a b\nc: d\n", "a b", Some(4), "this line is no entry"),
            ("a:b\nc: d\n", "a:b", Some(4), "this line is no entry"),
            ("a: @b\n", "@", None, "no text without quotes can begin"),
            ("a: *b\n", "*", None, "no `&` gives this name"),
            ("a:\n    - 1\n  - 2\n", "-", None, "this line does not begin"),
        ];
        for (text, marked, other, message) in cases {
            let (found_mark, found_other, found_message) = found(text);
            assert_eq!((found_mark.as_str(), found_other), (marked, other), "{text:?}: {found_message}");
            assert!(found_message.starts_with(message), "{text:?}: {found_message}");
        }
    }
}
