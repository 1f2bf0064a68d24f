mod strict;
mod tables;

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::*;
use crate::union::{Branches, Tagged};
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

/// A recursive union that reads any shape in two ways.
#[derive(Debug)]
enum Tree {
    Left(#[expect(dead_code)] Node),
    Right(#[expect(dead_code)] Node),
}

#[derive(Debug, Deserialize)]
struct Node {
    #[expect(dead_code)]
    child: Option<Box<Tree>>,
    #[expect(dead_code)]
    amount: Option<Decimal>,
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Branches::read("Tree", deserializer)?.attempt("left", Self::Left).attempt("right", Self::Right).finish()
    }
}

fn nested(depth: usize, leaf: &str) -> String {
    format!("{}{leaf}{}", r#"{"child":"#.repeat(depth), "}".repeat(depth))
}

#[test]
fn ambiguity_within_ambiguity_stays_affordable() {
    // Read without a bound, this takes two to the power of 120 attempts.
    let fault = from_slice::<Tree>(nested(120, r#"{"amount":"x"}"#).as_bytes()).unwrap_err();
    assert!(fault.message.len() < 2000, "{fault}");
    assert!(from_slice::<Tree>(nested(120, r#"{"amount":1}"#).as_bytes()).is_ok());
}

#[test]
fn depth_is_limited_within_unions() {
    assert!(from_slice::<Tree>(nested(100_000, "{}").as_bytes()).is_err());
}

/// A recursive union with a discriminator.
#[derive(Debug)]
#[expect(dead_code)]
enum Step {
    Then(Then),
    Unknown(Json),
}

#[derive(Debug, Deserialize)]
struct Then {
    #[expect(dead_code)]
    next: Option<Box<Step>>,
    #[expect(dead_code)]
    amount: Option<Decimal>,
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tagged = Tagged::read("Step", "type", deserializer)?;
        match tagged.tag() {
            "then" => tagged.decode().map(Self::Then),
            _ => Ok(Self::Unknown(tagged.into_json())),
        }
    }
}

#[test]
fn places_inside_unions_are_found_at_any_depth() {
    let mut text = r#"{"type":"then","amount":"x"}"#.to_owned();
    for _ in 0..100 {
        text = format!(r#"{{"type":"then","next":{text}}}"#);
    }
    let fault = from_slice::<Step>(text.as_bytes()).unwrap_err();
    assert_eq!(fault.pointer, "/next".repeat(100) + "/amount");
    assert_eq!(fault.message, "invalid type: string, expected a decimal number");
}
