//! Documents as JSON whose numbers are doubles, and which of them are no longer the numbers that the documents state.

use std::collections::HashSet;

use serde_json::{Number, Value};
use specie_codegen::api::order;

/// How many significant digits and which exponents a double always keeps.
const DIGITS: usize = 15;
const EXPONENT: i64 = 290;

/// Numbers as doubles print them, each of which stands for another number somewhere in a document.
pub(crate) type Rounded = HashSet<String>;

/// A document as JSON, with the numbers in it that were rounded; `None` where it is no JSON.
pub(crate) fn read(document: &str) -> Option<(Value, Rounded)> {
    let mut rounded = Rounded::new();
    let mut text = String::new();
    let mut done = 0;
    for (at, number) in numbers(document) {
        let Some(nearest) = nearest(number) else { continue };
        // A number that no double is near to is no JSON to the parser.
        text.push_str(document.get(done..at)?);
        text.push_str(&nearest);
        done = at + number.len();
        rounded.insert(nearest);
    }
    text.push_str(document.get(done..)?);
    Some((serde_json::from_str(&text).ok()?, rounded))
}

/// Whether a schema has a number that stands for another one.
pub(super) fn has_rounded(schema: &Value, rounded: &Rounded) -> bool {
    match schema {
        _ if rounded.is_empty() => false,
        Value::Number(number) => rounded.contains(&number.to_string()),
        Value::Array(items) => items.iter().any(|item| has_rounded(item, rounded)),
        Value::Object(all) => all.values().any(|value| has_rounded(value, rounded)),
        _ => false,
    }
}

/// The number nearest to one that is not kept; `None` where it is kept.
fn nearest(number: &str) -> Option<String> {
    if is_short(number) {
        return None;
    }
    let finite = |double: f64| Number::from_f64(double.clamp(f64::MIN, f64::MAX));
    let kept = number.parse::<Number>().ok().or_else(|| finite(number.parse().ok()?))?.to_string();
    order(number, &kept).is_ne().then_some(kept)
}

/// Whether a number has so few digits that a double keeps them.
fn is_short(number: &str) -> bool {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    digits <= DIGITS && exponent.parse::<i64>().is_ok_and(|exponent| exponent.abs() <= EXPONENT)
}

/// The numbers of a text of JSON, each with where it begins.
fn numbers(json: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = json.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            match bytes.get(at)? {
                b'"' => at = end_of_text(bytes, at + 1),
                b'-' | b'0'..=b'9' => {
                    let from = at;
                    at += bytes.iter().skip(from).take_while(|byte| is_of_number(**byte)).count();
                    return Some((from, json.get(from..at)?));
                }
                _ => at += 1,
            }
        }
    })
}

const fn is_of_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}

/// Where the text ends whose first character stands at a place.
fn end_of_text(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_a_double_does_not_keep_are_named() {
        let rounded = |text: &str| read(text).map(|(_, rounded)| rounded.into_iter().collect::<Vec<_>>());
        for kept in ["1", "-0.1", "9007199254740993", "18446744073709551615", "1e30", "\"0.10000000000000000001\""] {
            assert_eq!(rounded(kept).as_deref(), Some(&[][..]), "{kept}");
        }
        for (text, nearest) in [
            ("0.10000000000000000001", "0.1"),
            ("{\"a\\\"1\": [18446744073709551617]}", "18446744073709552000.0"),
            ("1e400", "1.7976931348623157e308"),
            ("-1e400", "-1.7976931348623157e308"),
        ] {
            let found = rounded(text).expect("JSON");
            assert!(found.len() == 1 && order(&found[0], nearest).is_eq(), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_schema_has_a_rounded_number_wherever_it_stands() {
        let (document, rounded) = read("{\"enum\": [[0.10000000000000000001]]}").expect("JSON");
        assert!(has_rounded(&document, &rounded));
        assert!(!has_rounded(&serde_json::json!({"minimum": 0.2}), &rounded));
    }
}
