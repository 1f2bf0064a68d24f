//! Words of the document in messages.

/// The most characters of the document's that a message repeats.
const LONGEST: usize = 60;

/// A word of the document as messages print it: in backticks, cut short, and without characters that would disturb the line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut shown: String =
        text.chars().take(LONGEST).map(|char| if is_harmless(char) { char } else { '\u{fffd}' }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{}`", shown.replace('`', "'"))
}

/// Whether a character neither moves the cursor nor turns the direction of the text.
pub(crate) fn is_harmless(char: char) -> bool {
    let turns =
        matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{061c}');
    let breaks = matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}');
    !(char.is_control() || turns || breaks)
}
