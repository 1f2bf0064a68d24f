//! What may stand in a text that people read: nothing that moves, hides or reverses what is beside it.

/// Whether a character is a control, ends a line somewhere, turns the direction of what follows (Unicode TR 9 section 2), or is a space, a
/// filler or a tag without a width.
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
}

/// Says which deceptive character a text holds, line feeds aside.
pub fn tame(text: &str) -> Result<(), String> {
    match text.chars().find(|c| *c != '\n' && is_deceptive(*c)) {
        Some(c) => Err(format!("a text for people holds U+{:04X}", u32::from(c))),
        None => Ok(()),
    }
}
