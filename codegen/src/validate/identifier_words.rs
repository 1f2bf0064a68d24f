//! Names cut into words.

/// The words of a name in small letters, however it is written: `cardNumber`, `card_number`, `Card-Number`, `CARD_NUMBER`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut previous_lower = false;
    for char in name.chars() {
        let boundary = !char.is_alphanumeric() || char.is_uppercase() && previous_lower;
        if boundary && !current.is_empty() {
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
pub(super) fn ends_in(words: &[String], ending: &[&str]) -> bool {
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
        assert_eq!(words("filter[reference_id]"), ["filter", "reference", "id"]);
        assert!(ends_in(&words("client_api_key"), &["api", "key"]));
        assert!(!ends_in(&words("key"), &["api", "key"]));
    }
}
