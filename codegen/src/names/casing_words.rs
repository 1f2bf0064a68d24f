//! Texts cut into words, and put together in another casing.
//!
//! What is ASCII, as nearly all names are, is cut by [`identifier_words`]; everything else by `heck`, whose words these are, by test.

use heck::{ToLowerCamelCase, ToPascalCase, ToSnakeCase};

use crate::identifier_words::{self, Cuts};

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

/// The words that `heck` finds: a digit belongs to the word before it.
const CUTS: Cuts = Cuts { behind_acronyms: true, behind_digits: false };

/// The words with something between them, in small letters; whether the first word begins with a capital, and whether the others do.
fn joined(text: &str, between: &str, [first, others]: [bool; 2]) -> String {
    let mut joined = String::with_capacity(text.len() + 4);
    for word in identifier_words::cut(text, CUTS) {
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
    }
    joined
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
