//! Which characters a text shows.

/// Whether a text shows a character where it stands: no control character, none that is invisible, and none that changes the direction
/// of the text.
pub(crate) fn is_printable(char: char) -> bool {
    let is_hidden = matches!(char, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !(char.is_control() || is_hidden)
}
