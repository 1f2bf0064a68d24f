//! Texts of the document in messages.

use crate::printable::is_printable;

/// The most characters of the document's that a message repeats.
const LONGEST: usize = 60;

/// A word of the document as messages print it: in backticks, cut short, and without characters that would disturb the line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut shown: String =
        text.chars().take(LONGEST).map(|char| if is_printable(char) { char } else { '\u{fffd}' }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{}`", shown.replace('`', "'"))
}

/// A text as listings print it, whatever it repeats of documents and files: without characters that would disturb the lines around it.
///
/// ```
/// use specie_codegen::diagnostic::plain;
/// assert_eq!(plain("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
/// ```
#[must_use]
pub fn plain(text: impl Into<String>) -> String {
    let text = text.into();
    let is_fine = |char: char| char == '\n' || is_printable(char);
    if text.chars().all(is_fine) {
        return text;
    }
    text.chars().map(|char| if is_fine(char) { char } else { '\u{fffd}' }).collect()
}
