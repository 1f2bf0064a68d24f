//! Hostile bodies for unions that are read by tables.

use super::{fault, from_slice};
use crate::{Decimal, Json};

/// A recursive union that reads any shape in two ways.
#[derive(Debug)]
enum Tree {
    Left(Node),
    Right(Node),
}

crate::union!(Tree { Left: attempt, Right: attempt });

#[derive(Debug)]
struct Node {
    child: Option<Box<Tree>>,
    amount: Option<Decimal>,
}

crate::object!(Node { child: optional, amount: optional });

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

/// A recursive union with a discriminator.
#[derive(Debug)]
enum Step {
    Then(Box<Then>),
    Unknown(Json),
}

crate::union!(Step by "type" { Then: "then", ..Unknown });

#[derive(Debug)]
struct Then {
    next: Option<Step>,
    amount: Option<Decimal>,
}

crate::object!(Then { next: optional, amount: optional });

#[test]
fn depth_is_limited_within_unions() {
    let steps =
        |depth: usize| format!("{}{{\"type\":\"\"}}{}", r#"{"type":"then","next":"#.repeat(depth), "}".repeat(depth));
    assert!(from_slice::<Step>(steps(127).as_bytes()).is_ok());
    assert!(fault::<Step>(&steps(128)).contains("nested more than 128 deep"));
    assert!(from_slice::<Step>(steps(50_000).as_bytes()).is_err());
    assert!(from_slice::<Tree>(nested(100_000, "{}").as_bytes()).is_err());
}

#[test]
fn places_inside_unions_are_found_at_any_depth() {
    let mut text = r#"{"type":"then","amount":"x"}"#.to_owned();
    for _ in 0..100 {
        text = format!(r#"{{"type":"then","next":{text}}}"#);
    }
    assert_eq!(
        fault::<Step>(&text),
        format!("{}/amount: invalid type: string, expected a decimal number", "/next".repeat(100))
    );
    let broken = text.replace(r#""x""#, "01");
    assert!(from_slice::<Step>(broken.as_bytes()).unwrap_err().malformed);
}
