//! Names cut into words: where a sign stands that is no letter or digit, and before a capital behind a small letter.

use std::iter;

/// Where else a name is cut.
#[derive(Clone, Copy)]
pub(crate) struct Cuts {
    /// Before the last of several capitals, where a small letter follows it: `IDToken` is `ID` and `Token`.
    pub(crate) behind_acronyms: bool,
    /// Before a capital behind a digit, whatever the letter before it: `V2A` is `V2` and `A`.
    pub(crate) behind_digits: bool,
}

/// The words of a name in small letters, however it is written: `cardNumber`, `card_number`, `Card-Number`, `CARD_NUMBER`. Capitals in a row
/// are one word with what follows: `IDToken` is one.
pub(crate) fn words(name: &str) -> Vec<String> {
    cut(name, Cuts { behind_acronyms: false, behind_digits: true }).map(str::to_lowercase).collect()
}

/// The same words, but that the last of several capitals begins one where a small letter follows it: `IDToken` is `id` and `token`.
pub(crate) fn words_behind_acronyms(name: &str) -> Vec<String> {
    cut(name, Cuts { behind_acronyms: true, behind_digits: true }).map(str::to_lowercase).collect()
}

/// The words of a name as they are written.
pub(crate) fn cut(name: &str, cuts: Cuts) -> impl Iterator<Item = &str> {
    name.split(|sign: char| !sign.is_alphanumeric()).flat_map(move |run| {
        let mut rest = run;
        iter::from_fn(move || {
            let (word, behind) = rest.split_at_checked(length_of_first(rest, cuts))?;
            rest = behind;
            (!word.is_empty()).then_some(word)
        })
    })
}

/// How long the first word of letters and digits is.
fn length_of_first(run: &str, cuts: Cuts) -> usize {
    let mut last_letter = None;
    let mut letters = run.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter.is_uppercase() {
            let next_is_small = letters.peek().is_some_and(|(_, next)| next.is_lowercase());
            match last_letter {
                Some(Letter::Small) => return at,
                Some(Letter::Capital) if cuts.behind_acronyms && next_is_small => return at,
                _ => last_letter = Some(Letter::Capital),
            }
        } else if letter.is_lowercase() || cuts.behind_digits && letter.is_ascii_digit() {
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

/// Whether a name ends in certain words.
pub(crate) fn ends_in(words: &[String], ending: &[&str]) -> bool {
    words.len() >= ending.len()
        && words[words.len() - ending.len()..].iter().zip(ending).all(|(word, other)| word == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_however_they_are_written() {
        for name in ["cardNumber", "card_number", "Card-Number", "CARD_NUMBER", "card.number", "CardNumber"] {
            assert_eq!(words(name), ["card", "number"], "{name}");
        }
        assert_eq!(words("createdAt"), ["created", "at"]);
        assert_eq!(words("cvv2"), ["cvv2"]);
        assert_eq!(
            (words("userIDToken"), words("APIkey")),
            (vec!["user".into(), "idtoken".into()], vec!["apikey".into()])
        );
        assert_eq!(words_behind_acronyms("userIDToken"), ["user", "id", "token"]);
        assert_eq!(words_behind_acronyms("APISecretKey"), ["api", "secret", "key"]);
        assert_eq!(words("filter[reference_id]"), ["filter", "reference", "id"]);
        assert!(ends_in(&words("client_api_key"), &["api", "key"]));
        assert!(!ends_in(&words("key"), &["api", "key"]));
    }
}
