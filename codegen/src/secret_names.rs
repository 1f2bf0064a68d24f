//! Names of secrets: what is called so is one, unless the document says otherwise.
//!
//! The lists change with a minor version of the generator only: a name more changes the types of generated crates.

use crate::identifier_words::{ends_in, words, words_behind_acronyms};

/// How the names of secrets end: passwords, card data, keys, tokens, and the numbers by which an authority knows a person.
const ENDINGS: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["passphrase"],
    &["secret"],
    &["cvv"],
    &["cvc"],
    &["cvv2"],
    &["cvc2"],
    &["csc"],
    &["pan"],
    &["pin"],
    &["card", "number"],
    &["cardnumber"],
    &["api", "key"],
    &["apikey"],
    &["secret", "key"],
    &["private", "key"],
    &["access", "token"],
    &["refresh", "token"],
    &["auth", "token"],
    &["bearer", "token"],
    &["session", "token"],
    &["id", "token"],
    &["jwt"],
    &["security", "code"],
    &["access", "key"],
    &["signing", "key"],
    &["passcode"],
    &["otp"],
    &["tax", "id"],
    &["taxid"],
    &["tax", "number"],
    &["ssn"],
    &["social", "security", "number"],
    &["passport", "number"],
];

/// Words that say that only a part of a secret is left, or something made of it that nobody can use.
const REDACTED: &[&str] = &["masked", "redacted", "truncated", "obfuscated", "hashed"];

/// Whether a value of this name is a secret.
///
/// A plain `token` grants access; `page_token`, `next_token` and the like lead to a page. `card_number_id` and `secret_reference` only
/// refer to a secret, and `masked_pan` is none any more.
pub(crate) fn is_called_secret(name: &str) -> bool {
    // `APIkey` is known by the one cut, `IDToken` by the other.
    let cuts = [words(name), words_behind_acronyms(name)];
    let is_redacted = cuts.iter().flatten().any(|word| REDACTED.contains(&word.as_str()));
    let is_secret = |words: &Vec<String>| words == &["token"] || ENDINGS.iter().any(|ending| ends_in(words, ending));
    !is_redacted && cuts.iter().any(is_secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_end_in_certain_words() {
        for name in
            ["access_token", "accessToken", "X-Api-Key", "card_number", "cvc", "client_secret", "token", "new_password"]
        {
            assert!(is_called_secret(name), "{name}");
        }
        for name in
            ["IDToken", "userIDToken", "APISecretKey", "AWSAccessKey", "TLSPrivateKey", "USTaxID", "APIKey", "APIkey"]
        {
            assert!(is_called_secret(name), "{name}");
        }
    }

    #[test]
    fn cursors_references_and_what_is_masked_are_no_secrets() {
        for name in [
            "page_token",
            "nextToken",
            "token_type",
            "secret_id",
            "password_reference",
            "maskedPan",
            "card_number_masked",
            "pan_last4",
            "MASKEDPan",
            "IDTokenType",
        ] {
            assert!(!is_called_secret(name), "{name}");
        }
    }
}
