//! What may stand in a text that people read: nothing that moves, hides or reverses what is beside it.

/// Whether a character is a control, ends a line somewhere, or turns the direction of what follows (Unicode TR 9 section 2).
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Says which deceptive character a text holds, line feeds aside.
pub fn tame(text: &str) -> Result<(), String> {
    match text.chars().find(|c| *c != '\n' && is_deceptive(*c)) {
        Some(c) => Err(format!("a text for people holds U+{:04X}", u32::from(c))),
        None => Ok(()),
    }
}
