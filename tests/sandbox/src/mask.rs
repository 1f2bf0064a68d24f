//! Masking: no card number, key, password or token gets into the journal, a page or an export.

use http::HeaderMap;
use percent_encoding::percent_decode_str;

/// Names whose values are masked whole, compared without case, `_` and `-`.
const SECRET_NAMES: &[&str] = &[
    "accesstoken",
    "account",
    "accountnumber",
    "apikey",
    "authorization",
    "cardholder",
    "cardholdername",
    "cardnumber",
    "clientsecret",
    "cvc",
    "cvv",
    "expirationmonth",
    "expirationyear",
    "expmonth",
    "expyear",
    "iban",
    "idnumber",
    "individualtaxid",
    "pan",
    "password",
    "privatekey",
    "publickey",
    "refreshtoken",
    "secret",
    "securitycode",
    "token",
];

/// Headers that are shown as they are; of others, the name alone.
const PLAIN_HEADERS: &[&str] = &[
    "accept",
    "allow",
    "content-length",
    "content-type",
    "host",
    "organization-id",
    "retry-after",
    "sandbox-fault",
    "sandbox-next-action",
    "sandbox-scenario",
    "user-agent",
    "www-authenticate",
    "x-request-id",
];

/// Names whose numbers are moments of the sandbox's records, in milliseconds since 1970.
const MOMENT_NAMES: &[&str] = &["at", "created", "due", "updated"];

/// Names of a card's security code, which is never kept.
const SECURITY_CODES: &[&str] = &["cvc", "cvv", "securitycode"];

const MASK: &str = "***";

fn is_secret(name: &str) -> bool {
    SECRET_NAMES.contains(&plain_name(name).as_str())
}

/// Whether a name is that of a card's security code.
pub(crate) fn is_security_code(name: &str) -> bool {
    SECURITY_CODES.contains(&plain_name(name).as_str())
}

fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).collect::<String>().to_ascii_lowercase()
}

/// What the name before a value says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Named {
    #[default]
    Plain,
    Secret,
    Moment,
}

fn named(name: &str) -> Named {
    match name {
        name if is_secret(name) => Named::Secret,
        name if MOMENT_NAMES.contains(&name) => Named::Moment,
        _ => Named::Plain,
    }
}

/// Whether a number is a moment from 2001 to 2033 in milliseconds. No card number has 13 digits and begins with 1.
fn is_moment(number: &str) -> bool {
    number.len() == 13 && number.starts_with('1') && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The headers, with the values of those that may be secret masked.
pub(crate) fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let shown = |name: &str, value: &http::HeaderValue| match value.to_str() {
        Ok(text) if PLAIN_HEADERS.contains(&name) => digits(text),
        _ => MASK.to_owned(),
    };
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), shown(name.as_str(), value))).collect()
}

/// The target of a request, with secret parameters and card numbers masked.
pub(crate) fn target(path: &str, query: Option<&str>) -> String {
    let path = digits(path);
    match query {
        Some(query) => format!("{path}?{}", form(query)),
        None => path,
    }
}

/// A form or query, with the values of secret names masked.
fn form(text: &str) -> String {
    let pairs = text.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(&percent_decode_str(name).decode_utf8_lossy()) => format!("{name}={MASK}"),
        Some((name, value)) => format!("{}={}", digits(name), digits(value)),
        None => digits(pair),
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// A body, with secrets and card numbers masked; everything else as it was.
pub(crate) fn body(bytes: &[u8], media_type: Option<&str>) -> String {
    let text = String::from_utf8_lossy(bytes);
    match media_type {
        Some(media_type) if media_type.starts_with("application/x-www-form-urlencoded") => form(&text),
        _ => json(&text),
    }
}

/// JSON, or what should be: strings and other scalars after a secret name are masked, and all digits that could be a card number.
fn json(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    // What the name says whose value comes next.
    let mut name = Named::Plain;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '"' => {
                let token = string_token(rest);
                let after = rest.get(token.len()..).unwrap_or_default();
                if after.trim_start().starts_with(':') {
                    let text: String =
                        serde_json::from_str(token).unwrap_or_else(|_| token.trim_matches('"').to_owned());
                    name = named(&text);
                    masked.push_str(&digits(token));
                } else if std::mem::take(&mut name) == Named::Secret {
                    masked.push_str("\"***\"");
                } else {
                    masked.push_str(&string(token));
                }
                token.len()
            }
            c if is_scalar(c) => {
                let end = rest.find(|c| !is_scalar(c)).unwrap_or(rest.len());
                let token = rest.get(..end).unwrap_or(rest);
                match std::mem::take(&mut name) {
                    Named::Secret if token != "null" => masked.push_str("\"***\""),
                    Named::Moment if is_moment(token) => masked.push_str(token),
                    _ => {
                        let shown = digits(token);
                        // A number with stars in it is none.
                        let stars = if shown == token { "" } else { "\"" };
                        masked.extend([stars, &shown, stars]);
                    }
                }
                end
            }
            c => {
                // What a secret name holds is masked whole only if it is a scalar; the values inside have names of their own.
                if matches!(c, '{' | '[' | ',' | '}') {
                    name = Named::Plain;
                }
                masked.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(taken.max(1)..).unwrap_or_default();
    }
    // What is no JSON may have a card number in groups.
    if serde_json::from_str::<serde::de::IgnoredAny>(&masked).is_ok() { masked } else { digits(&masked) }
}

fn is_scalar(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')
}

/// The string that the text begins with, quotes included; all of the text, if it does not end.
fn string_token(text: &str) -> &str {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return text.get(..=at).unwrap_or(text),
            _ => escaped = false,
        }
    }
    text
}

/// A string of JSON; one whose escapes hide a card number is written without them.
fn string(token: &str) -> String {
    if !token.contains('\\') {
        return digits(token);
    }
    let Ok(value) = serde_json::from_str::<String>(token) else { return digits(token) };
    let masked = digits(&value);
    if masked == value { digits(token) } else { serde_json::to_string(&masked).unwrap_or_else(|_| MASK.to_owned()) }
}

/// The text, with digits that could be a card number cut to the first six and the last four.
pub(crate) fn digits(text: &str) -> String {
    if text.bytes().filter(u8::is_ascii_digit).count() < 13 {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if !c.is_ascii_digit() {
            masked.push(c);
            at += 1;
            continue;
        }
        let run = run_of_digits(chars.get(at..).unwrap_or_default());
        let piece: Vec<char> = chars.get(at..at + run).unwrap_or_default().to_vec();
        masked.push_str(&mask_run(&piece));
        at += run.max(1);
    }
    masked
}

/// How many characters belong together: digits, with single spaces or hyphens between them.
fn run_of_digits(chars: &[char]) -> usize {
    let mut end = 0;
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        if c.is_ascii_digit() {
            end = at + 1;
        } else if !(matches!(c, ' ' | '-') && end == at && chars.get(at + 1).is_some_and(char::is_ascii_digit)) {
            break;
        }
        at += 1;
    }
    end
}

fn mask_run(run: &[char]) -> String {
    let digits: Vec<u32> = run.iter().filter_map(|c| c.to_digit(10)).collect();
    // A card number may stand beside other digits: any stretch of them that passes the check counts.
    let is_card = (13..=19).any(|length| digits.windows(length).any(passes_luhn));
    if !is_card {
        return run.iter().collect();
    }
    let text: String = run.iter().filter(|c| c.is_ascii_digit()).collect();
    card(&text)
}

/// A card number as the APIs show it: the first six digits, the last four, and stars between them.
#[must_use]
pub fn card(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    let length = digits.len();
    if length < 13 {
        return "*".repeat(length);
    }
    let masked = |(at, digit): (usize, &char)| if at < 6 || at + 4 >= length { *digit } else { '*' };
    digits.iter().enumerate().map(masked).collect()
}

/// Whether digits pass the check of ISO/IEC 7812-1 (Luhn); all zeros do not count.
#[must_use]
pub(crate) fn passes_luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let weighed = |(at, digit): (usize, &u32)| if at % 2 == 1 { doubled(*digit) } else { *digit };
    let sum: u32 = digits.iter().rev().enumerate().map(weighed).sum();
    sum > 0 && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAN: &str = "4242424242424242";

    #[test]
    fn card_numbers_are_cut_wherever_they_stand() {
        for text in [
            PAN.to_owned(),
            "4242 4242 4242 4242".to_owned(),
            "4242-4242-4242-4242".to_owned(),
            format!("{{\"note\":\"paid with {PAN}!\"}}"),
            format!("{{\"number\":{PAN}}}"),
            format!("{{\"{PAN}\":1}}"),
            format!("00{PAN}99"),
            "{\"note\":\"\\u0034242424242424242\"}".to_owned(),
        ] {
            let masked = body(text.as_bytes(), Some("application/json"));
            let plain: String = masked.chars().filter(char::is_ascii_digit).collect();
            assert!(!plain.contains(PAN), "{text} became {masked}");
        }
        assert_eq!(digits(PAN), "424242******4242");
        assert_eq!(digits("order 20260101-000001"), "order 20260101-000001");
    }

    #[test]
    fn secret_names_hide_their_scalars_and_nothing_else_changes() {
        let text = r#"{"cvv": "123", "amount": 10.50, "fields": {"card_number": 42, "Expiration_Month":"09"}, "token": {"a": 1}, "pan": null}"#;
        let masked = r#"{"cvv": "***", "amount": 10.50, "fields": {"card_number": "***", "Expiration_Month":"***"}, "token": {"a": 1}, "pan": null}"#;
        assert_eq!(body(text.as_bytes(), None), masked);
        assert_eq!(body(br#"["cvv", "x", "pan"]"#, None), r#"["cvv", "x", "pan"]"#);
    }

    #[test]
    fn moments_stay_where_the_records_have_them() {
        // These digits pass the check of card numbers.
        assert!(passes_luhn(&[1, 7, 6, 7, 2, 2, 5, 6, 0, 9, 0, 0, 0]));
        let record = r#"{"at":1767225609000,"timers":[{"due":1767225609000}]}"#;
        assert_eq!(body(record.as_bytes(), None), record);
        assert_eq!(body(br#"{"number":1767225609000}"#, None), r#"{"number":"176722***9000"}"#);
        assert_eq!(body(br#"{"at":4242424242424242}"#, None), r#"{"at":"424242******4242"}"#);
    }

    #[test]
    fn forms_and_targets_hide_them_too() {
        let form = b"grant_type=client_credentials&client_secret=s&client%5Fsecret=s";
        let shown = body(form, Some("application/x-www-form-urlencoded; charset=utf-8"));
        assert_eq!(shown, "grant_type=client_credentials&client_secret=***&client%5Fsecret=***");
        assert_eq!(target("/x", Some("public_key=pk&page=2")), "/x?public_key=***&page=2");
    }

    #[test]
    fn what_is_no_json_is_masked_all_the_same() {
        for text in ["{\"cvv\": \"12", "\"", "{\"cvv\"", "\u{1F600}\\\"", "{\"pan\":\"a\\\"b\"}"] {
            assert!(!body(text.as_bytes(), None).contains("a\\\"b"), "{text}");
        }
    }

    #[test]
    fn only_known_headers_are_shown() {
        let mut all = HeaderMap::new();
        all.insert("authorization", http::HeaderValue::from_static("Basic c2VjcmV0"));
        all.insert("content-type", http::HeaderValue::from_static("application/json"));
        let shown = headers(&all);
        assert!(shown.contains(&("authorization".to_owned(), "***".to_owned())), "{shown:?}");
        assert!(shown.contains(&("content-type".to_owned(), "application/json".to_owned())), "{shown:?}");
    }
}
