mod strict;
mod tables;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;
use crate::{Decimal, Json, Secret};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payout {
    #[expect(dead_code)]
    amount: Decimal,
    #[expect(dead_code)]
    #[serde(default)]
    card: Option<Secret<String>>,
    #[expect(dead_code)]
    #[serde(default)]
    fees: Vec<i64>,
}

fn fault<T: DeserializeOwned + fmt::Debug>(text: &str) -> String {
    from_slice::<T>(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn the_place_is_a_pointer() {
    assert_eq!(fault::<Vec<Payout>>(r#"[{"amount":1},{}]"#), "/1: missing field `amount`");
    assert_eq!(fault::<Payout>(r#"{"amount":"10.00"}"#), "/amount: invalid type: string, expected a decimal number");
    assert_eq!(
        fault::<Payout>(r#"{"amount":1,"fees":[1,2.5]}"#),
        "/fees/1: invalid type: floating point, expected i64"
    );
    assert_eq!(fault::<BTreeMap<String, u8>>(r#"{"a/b~c":null}"#), "/a~1b~0c: invalid type: null, expected u8");
}

#[test]
fn unknown_and_repeated_keys_are_named() {
    let text = fault::<Payout>(r#"{"amount":1,"fee":[]}"#);
    assert!(text.ends_with("unknown field `fee`, expected one of `amount`, `card`, `fees`"), "{text}");
    let text = fault::<Payout>(r#"{"amount":1,"amount":100}"#);
    assert!(text.ends_with("duplicate field `amount`"), "{text}");
}

#[test]
fn values_are_not_quoted() {
    let bodies = [
        r#"{"amount":"4111"}"#,
        r#"{"amount":1,"fees":["4111"]}"#,
        r#"{"amount":1,"fees":[4111.5]}"#,
        r#"{"amount":1,"card":4111}"#,
        r#"{"amount":1,"card":{"number":"4111"}}"#,
        r#"{"amount":41114111411141114111411141114111}"#,
        r#""4111""#,
        r#"{"amount":1} 4111"#,
        r#"{"amount":1,"card":"4111}"#,
    ];
    for body in bodies {
        let fault = from_slice::<Payout>(body.as_bytes()).unwrap_err();
        assert!(!format!("{fault:?} {fault}").contains("4111"), "{fault}");
        // Not even the error of serde_json itself says what a secret is.
        if body.contains("card") {
            let error = serde_json::from_str::<Payout>(body).unwrap_err();
            assert!(!format!("{error:?} {error}").contains("4111"), "{error}");
        }
    }
}

#[test]
fn malformed_is_told_from_mistyped() {
    assert!(from_slice::<Json>(b"{").unwrap_err().malformed);
    assert!(from_slice::<Json>(b"").unwrap_err().malformed);
    assert!(from_slice::<u8>(b"1 2").unwrap_err().malformed);
    assert!(from_slice::<String>(b"\"\xff\"").unwrap_err().malformed);
    assert!(!from_slice::<u8>(b"-1").unwrap_err().malformed);
}
