//! Names cut into words.

/// The words of a name in small letters, however it is written: `cardNumber`, `card_number`, `Card-Number`, `CARD_NUMBER`. Capitals in a row
/// are one word with what follows: `IDToken` is one.
pub(crate) fn words(name: &str) -> Vec<String> {
    cut(name, |_| false)
}

/// The same words, but that the last of several capitals begins one where a small letter follows it: `IDToken` is `id` and `token`.
pub(crate) fn words_behind_acronyms(name: &str) -> Vec<String> {
    cut(name, |next| next.is_some_and(char::is_lowercase))
}

/// Cuts a name where a sign stands that is no letter or digit, before a capital behind a small letter or a digit, and before a capital
/// behind another one where `begins_word` says so of the letter after it.
fn cut(name: &str, begins_word: impl Fn(Option<char>) -> bool) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut previous_lower = false;
    let mut rest = name.chars();
    while let Some(char) = rest.next() {
        let begins = char.is_uppercase() && (previous_lower || begins_word(rest.clone().next()));
        if (!char.is_alphanumeric() || begins) && !current.is_empty() {
            words.push(std::mem::take(&mut current));
        }
        if char.is_alphanumeric() {
            current.extend(char.to_lowercase());
        }
        previous_lower = char.is_lowercase() || char.is_ascii_digit();
    }
    if !current.is_empty() {
        words.push(current);
    }
    words
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
