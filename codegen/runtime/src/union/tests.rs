use proptest::prelude::*;
use serde::{Deserialize, Deserializer};

use super::*;
use crate::decode;
use crate::{Decimal, Json, JsonObject, dec};

#[derive(Debug, PartialEq, Deserialize)]
struct Card {
    last4: String,
    limit: Option<Decimal>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Account {
    iban: String,
}

#[derive(Debug, PartialEq)]
enum Tried {
    Card(Card),
    Account(Box<Account>),
    List(Vec<Decimal>),
    Flag(bool),
    Text(String),
    Number(Decimal),
}

impl<'de> Deserialize<'de> for Tried {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Branches::read("Tried", deserializer)?
            .attempt("Card", Self::Card)
            .attempt("Account", Self::Account)
            .array("List", Self::List)
            .boolean("Flag", Self::Flag)
            .string("Text", Self::Text)
            .number("Number", Self::Number)
            .finish()
    }
}

#[derive(Debug, PartialEq)]
enum Method {
    Card(Card),
    Account(Account),
    Unknown(Json),
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tagged = Tagged::read("Method", "type", deserializer)?;
        match tagged.tag() {
            "card" => tagged.decode().map(Self::Card),
            "bank_account" => tagged.decode().map(Self::Account),
            _ => Ok(Self::Unknown(tagged.into_json())),
        }
    }
}

#[derive(Debug)]
#[expect(dead_code)]
struct Closed(Card);

impl<'de> Deserialize<'de> for Closed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tagged = Tagged::read("Closed", "type", deserializer)?;
        match tagged.tag() {
            "card" => tagged.decode().map(Self),
            _ => Err(tagged.unlisted(&["card"])),
        }
    }
}

fn card(last4: &str, limit: Option<Decimal>) -> Card {
    Card { last4: last4.to_owned(), limit }
}

fn fault<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    decode::from_slice::<T>(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn the_first_branch_that_fits_wins() {
    let text = r#"[{"last4":"1","iban":"x","limit":10.00},{"iban":"x"},[1.0],true,"t",1e2]"#;
    let expected = vec![
        Tried::Card(card("1", Some(dec!(10)))),
        Tried::Account(Box::new(Account { iban: "x".into() })),
        Tried::List(vec![dec!(1)]),
        Tried::Flag(true),
        Tried::Text("t".into()),
        Tried::Number(dec!(100)),
    ];
    assert_eq!(serde_json::from_str::<Vec<Tried>>(text).unwrap(), expected);
    assert_eq!(serde_json::from_reader::<_, Vec<Tried>>(text.as_bytes()).unwrap(), expected);
}

#[test]
fn every_branch_says_why_it_does_not_fit() {
    assert_eq!(
        fault::<Vec<Tried>>(r#"[{"last4":4111,"iban":["4111"]}]"#),
        "/0: no variant of Tried fits: \
         Card: /last4: invalid type: integer, expected a string; \
         Account: /iban: invalid type: sequence, expected a string; \
         List: expected an array, found an object; \
         Flag: expected a boolean, found an object; \
         Text: expected a string, found an object; \
         Number: expected a number, found an object"
    );
}

#[test]
fn a_settled_branch_reports_its_own_error() {
    assert_eq!(fault::<Vec<Tried>>(r#"[[1,"4111"]]"#), "/0/1: invalid type: string, expected a decimal number");
    // Also without a place, when serde_json is called directly.
    let error = serde_json::from_str::<Tried>(r#"[1,"4111"]"#).unwrap_err().to_string();
    assert!(error.starts_with("invalid type: string, expected a decimal number"), "{error}");
}

#[test]
fn the_discriminator_decides() {
    let read = |text: &str| serde_json::from_str::<Method>(text).unwrap();
    assert_eq!(
        read(r#"{"last4":"1","iban":"x","type":"bank_account"}"#),
        Method::Account(Account { iban: "x".into() })
    );
    assert_eq!(read(r#"{"t\u0079pe":"c\u0061rd","last4":"1"}"#), Method::Card(card("1", None)));
    let unknown = r#"{"type":"wallet","amount":12345678901234567.890}"#;
    let Method::Unknown(json) = read(unknown) else { panic!("a known method") };
    assert_eq!(json.as_str(), unknown);
}

#[test]
fn a_discriminator_that_does_not_decide_is_an_error() {
    let cases = [
        ("{}", "Method: missing field `type`"),
        (r#"{"type":5}"#, "Method: the field `type` must be a string"),
        (r#"{"type":null}"#, "Method: the field `type` must be a string"),
        (r#"{"type":"card","type":"bank_account"}"#, "Method: duplicate field `type`"),
        ("[]", "Method: expected an object, found an array"),
        ("\"card\"", "Method: expected an object, found a string"),
    ];
    for (text, expected) in cases {
        assert_eq!(fault::<Method>(text), expected);
    }
    assert_eq!(fault::<Closed>(r#"{"type":"4111"}"#), "/type: unknown value, Closed expects `card`");
    assert_eq!(fault::<Vec<Method>>(r#"[{"type":"card"}]"#), "/0: missing field `last4`");
}

#[test]
fn buffers_of_serde_are_refused() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Buffered {
        #[expect(dead_code)]
        Tried(Tried),
    }
    assert!(serde_json::from_str::<Buffered>("[1]").is_err());
}

proptest! {
    #[test]
    fn an_unknown_object_is_kept(key in "[a-s]{1,8}", number in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?") {
        let text = format!(r#"{{ "{key}": [{number}], "type":"new" }}"#);
        match serde_json::from_str::<Method>(&text) {
            Ok(Method::Unknown(json)) => prop_assert_eq!(serde_json::to_string(&json).unwrap(), text.trim()),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn no_text_panics(text in "[\\[\\]{}\",:a-z0-9.-]{0,40}") {
        let _ = decode::from_slice::<Tried>(text.as_bytes());
        let _ = decode::from_slice::<Method>(text.as_bytes());
        let _ = decode::from_slice::<JsonObject>(text.as_bytes());
    }
}
