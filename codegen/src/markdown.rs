//! Texts of a document as Markdown that is safe in a doc comment: no part of them is a link to an item, an HTML tag, a tested code
//! block, or a character that changes how the source file reads.

mod blocks;
mod escape;
mod inline;

pub(crate) use blocks::{line, lines};
pub(crate) use escape::code;

use crate::printable::is_printable;

/// A character for private use that no cleaned text holds, so that it can be a mark in a text.
pub(crate) const RESERVED: char = '\u{e000}';

/// Whether anything of a text is left in a doc comment: `<br>` alone is not.
pub(crate) fn is_visible(text: &str) -> bool {
    // Most texts begin with a letter, which is always left.
    text.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric()) || !lines(text).is_empty()
}

/// Replaces what changes how a source file reads: control characters, and the invisible ones that turn its direction.
pub(crate) fn clean(text: &str) -> String {
    // Most texts have nothing to replace.
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' => '\n',
            '\t' | '\r' => ' ',
            _ if c == RESERVED || !is_printable(c) => '\u{fffd}',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{is_visible, line, lines};

    #[test]
    fn what_leaves_nothing_is_not_visible() {
        for text in ["", " ", "<br>", "\n<p></p>\n", "&nbsp;", "[](x)"] {
            assert!(!is_visible(text) && lines(text).is_empty() && line(text).is_empty(), "{text}");
        }
        for text in ["a", " 1", "A <br>", "<b>a</b>", "é", "\0", "1. <br>", "a|b\n-|-"] {
            assert!(is_visible(text) && !lines(text).is_empty() && !line(text).is_empty(), "{text}");
        }
    }
}
