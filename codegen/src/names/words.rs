//! Texts cut into words, and put together in another casing.
//!
//! What is ASCII, as nearly all names are, is cut here, byte by byte; everything else by `heck`, whose words these are, by test.

use heck::{ToLowerCamelCase, ToPascalCase, ToSnakeCase};

/// `snake_case`.
pub(super) fn snake(text: &str) -> String {
    if text.is_ascii() { joined(text, "_", [false, false]) } else { text.to_snake_case() }
}

/// `PascalCase`.
pub(super) fn pascal(text: &str) -> String {
    if text.is_ascii() { joined(text, "", [true, true]) } else { text.to_pascal_case() }
}

/// `camelCase`.
pub(super) fn camel(text: &str) -> String {
    if text.is_ascii() { joined(text, "", [false, true]) } else { text.to_lower_camel_case() }
}

/// The words with something between them, in small letters; whether the first word begins with a capital, and whether the others do.
fn joined(text: &str, between: &str, [first, others]: [bool; 2]) -> String {
    let mut joined = String::with_capacity(text.len() + 4);
    for run in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut rest = run;
        while !rest.is_empty() {
            let (word, behind) = rest.split_at_checked(length_of_first(rest.as_bytes())).unwrap_or((rest, ""));
            let is_first = joined.is_empty();
            if !is_first {
                joined.push_str(between);
            }
            let start = joined.len();
            joined.push_str(word);
            if let Some(added) = joined.get_mut(start..) {
                added.make_ascii_lowercase();
            }
            let is_capital = if is_first { first } else { others };
            if let Some(letter) = joined.get_mut(start..=start).filter(|_| is_capital) {
                letter.make_ascii_uppercase();
            }
            rest = behind;
        }
    }
    joined
}

/// How long the first word of letters and digits is. A word ends before a capital where the last letter was a small one, and between two
/// capitals where a small letter follows the second. Digits belong to the word before them.
fn length_of_first(run: &[u8]) -> usize {
    let mut last_letter = None;
    for (at, letter) in run.iter().enumerate() {
        if letter.is_ascii_uppercase() {
            let next_is_small = run.get(at + 1).is_some_and(u8::is_ascii_lowercase);
            match last_letter {
                Some(Letter::Small) => return at,
                Some(Letter::Capital) if next_is_small => return at,
                _ => last_letter = Some(Letter::Capital),
            }
        } else if letter.is_ascii_lowercase() {
            last_letter = Some(Letter::Small);
        }
    }
    run.len()
}

/// The case of a letter.
#[derive(Clone, Copy)]
enum Letter {
    Capital,
    Small,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_cut_as_everything_else_is() {
        // Every text of up to seven letters of each kind.
        let kinds = ['a', 'b', 'C', 'D', '1', '_'];
        let mut texts = vec![String::new()];
        for _ in 0..6 {
            let longer = texts.iter().flat_map(|text| kinds.map(|kind| format!("{text}{kind}")));
            texts = std::iter::once(String::new()).chain(longer).collect();
        }
        for text in &texts {
            let found = (snake(text), pascal(text), camel(text));
            assert_eq!(found, (text.to_snake_case(), text.to_pascal_case(), text.to_lower_camel_case()), "{text}");
        }
        assert!(texts.len() > 50_000);
    }
}
