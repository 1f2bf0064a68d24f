//! Which characters a text shows.

/// Whether a text shows a character where it stands: no control character, none that is invisible, and none that changes the direction
/// of the text. Selectors of a variant, as in emoji, belong to the character before them and are left there.
pub(crate) fn is_printable(char: char) -> bool {
    !(char.is_control() || is_separator(char) || is_ignorable(char))
}

/// A separator of lines or of paragraphs, or a mark of an annotation (Unicode 16.0, `Zl`, `Zp` and the controls of chapter 23.8).
const fn is_separator(char: char) -> bool {
    matches!(char, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// A character that nothing is shown for (Unicode 16.0, `Default_Ignorable_Code_Point`), marks of direction among them, but for the
/// selectors of a variant up to U+FE0F.
const fn is_ignorable(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::is_printable;

    #[test]
    fn what_is_invisible_is_not_printable() {
        for char in "\u{0}\u{1b}\u{85}\u{ad}\u{115f}\u{1160}\u{180e}\u{200b}\u{2028}\u{202e}\u{3164}\u{feff}\u{ffa0}\u{fffa}\u{e0001}\u{e0041}\u{e007f}\u{e0100}".chars() {
            assert!(!is_printable(char), "{:x}", u32::from(char));
        }
    }

    #[test]
    fn what_is_seen_is_printable() {
        for char in "a \u{a0}ÄĞ数한\u{3000}☺\u{fe0f}🇩\u{fffd}\u{e000}".chars() {
            assert!(is_printable(char), "{:x}", u32::from(char));
        }
    }
}
