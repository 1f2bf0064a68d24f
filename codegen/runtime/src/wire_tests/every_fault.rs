//! Requests with several faults, all of which their caller is told.

use http::Request;

use super::api::{Fake, VaultServer};
use crate::check::{Check, Checker};
use crate::client::Transport;
use crate::server::{Refusal, RequestContext};
use crate::{Body, InProcess, NoError, Secret};

/// A payment whose properties are fields of the request.
pub(super) struct Pay {
    account: String,
    page: Option<u32>,
    amount: u32,
    currency: String,
    note: Option<String>,
    card: Option<Card>,
}

/// A payment as one value.
pub(super) struct PayWhole {
    page: Option<u32>,
    body: Payment,
}

#[derive(Debug)]
struct Payment {
    amount: u32,
    currency: String,
    lines: Vec<Line>,
    card: Option<Card>,
}

#[derive(Debug)]
struct Line {
    sku: String,
    count: u32,
}

#[derive(Debug)]
struct Card {
    number: Secret<String>,
    year: u32,
}

crate::object!(Payment { amount: required, currency: required, lines: required, card: optional } !server);
crate::object!(Line { sku: required, count: required });
crate::object!(Card { number: required, year: required });

impl Check for Payment {
    fn check(&self, checker: &mut Checker<'_>) {
        checker.at("currency", |checker| checker.max_length(&self.currency, 3));
        checker.field("lines", &self.lines);
    }
}

impl Check for Line {
    fn check(&self, checker: &mut Checker<'_>) {
        checker.at("sku", |checker| checker.max_length(&self.sku, 3));
    }
}

crate::operation!(Pay {
    id: "pay", POST: "/accounts/{account}/payments",
    parameters: { account: path where { max_length(3) }, page: query },
    body: json {
        amount: required, currency: required where { max_length(3) }, note: optional where { min_length(2) }, card: optional,
    } closed,
    success: String { 200: json }, errors: NoError {},
});

crate::operation!(PayWhole {
    id: "payWhole", POST: "/payments", parameters: { page: query }, body: json body where { valid },
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn pay(request: Pay, _: RequestContext) -> Result<String, Refusal<NoError>> {
    let Pay { account, page, amount, currency, note, card } = request;
    let year = card.map(|card| (card.number.expose().len(), card.year));
    Ok(format!("{account} {page:?} {amount} {currency} {note:?} {year:?}"))
}

pub(super) async fn pay_whole(request: PayWhole, _: RequestContext) -> Result<String, Refusal<NoError>> {
    let Payment { amount, currency, lines, card } = request.body;
    let counts: Vec<_> = lines.iter().map(|line| (line.sku.as_str(), line.count)).collect();
    Ok(format!("{:?} {amount} {currency} {counts:?} {}", request.page, card.is_some()))
}

/// Status and problem document.
async fn post(path: &str, body: &str) -> (u16, serde_json::Value) {
    let request = Request::post(format!("https://vault.invalid{path}")).header("content-type", "application/json");
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let response = InProcess::new(VaultServer::new(Fake)).send(request).await.unwrap();
    let status = response.status().as_u16();
    let text = response.into_body().into_bytes(1 << 20).await.unwrap();
    assert!(!String::from_utf8_lossy(&text).contains("4111"), "{text:?}");
    (status, serde_json::from_slice(&text).unwrap())
}

/// The places that a problem names, with what is said of each.
fn named(problem: &serde_json::Value) -> Vec<(String, String)> {
    let errors = problem["errors"].as_array().unwrap().iter();
    let place = |error: &serde_json::Value| error.get("pointer").or_else(|| error.get("parameter")).cloned();
    errors
        .map(|error| {
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            (text(&place(error).unwrap()), text(&error["detail"]))
        })
        .collect()
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(place, detail)| (place.as_str(), detail.as_str())).collect()
}

#[tokio::test]
async fn what_is_in_order_arrives() {
    let body = r#"{"amount":7,"currency":"EUR","note":"ab","card":{"number":"4111","year":30}}"#;
    assert_eq!(
        post("/accounts/a_1/payments?page=2", body).await,
        (200, "a_1 Some(2) 7 EUR Some(\"ab\") Some((4, 30))".into())
    );
    let body = r#"{"amount":7,"currency":"EUR","lines":[{"sku":"a","count":1}]}"#;
    assert_eq!(post("/payments", body).await, (200, "None 7 EUR [(\"a\", 1)] false".into()));
}

#[tokio::test]
async fn parameters_and_properties_are_named_together() {
    let body = r#"{"currency":"EURO","note":"4","card":{"number":4111},"more":"4111"}"#;
    let (status, problem) = post("/accounts/4111a/payments?page=x", body).await;
    assert_eq!(
        (status, &problem["detail"]),
        (400, &"path parameter account: must have at most 3 characters; and 7 more faults".into())
    );
    assert_eq!(
        pairs(&named(&problem)),
        [
            ("account", "must have at most 3 characters"),
            ("page", "expected an integer of 32 bits that is not negative"),
            ("", "the only keys are amount, currency, note, card"),
            ("/amount", "it is required"),
            ("/card/number", "a secret value is not of its type"),
            ("/card", "missing field `year`"),
            ("/currency", "must have at most 3 characters"),
            ("/note", "must have at least 2 characters"),
        ]
    );
}

#[tokio::test]
async fn faults_deep_in_a_value_are_all_named() {
    let body = r#"{"amount":"4111","lines":[{"sku":1},{"sku":"ok","count":1},{"sku":"a","count":-1},7],
        "card":{"number":"4111","year":"x"},"odd":1}"#;
    let (status, problem) = post("/payments?page=x", body).await;
    assert_eq!(status, 400);
    assert_eq!(
        pairs(&named(&problem)),
        [
            ("page", "expected an integer of 32 bits that is not negative"),
            ("/amount", "invalid type: string, expected u32"),
            ("/lines/0/sku", "invalid type: integer, expected a string"),
            ("/lines/0", "missing field `count`"),
            ("/lines/2/count", "invalid value: integer, expected u32"),
            ("/lines/3", "invalid type: integer, expected struct Line"),
            ("/card/year", "invalid type: string, expected u32"),
            ("/odd", "unknown field `odd`, expected one of `amount`, `currency`, `lines`, `card`"),
            ("", "missing field `currency`"),
        ]
    );
    // What can be read is checked, beside parameters that cannot.
    let (_, problem) =
        post("/payments?page=x", r#"{"amount":1,"currency":"EURO","lines":[{"sku":"long","count":1}]}"#).await;
    let places: Vec<_> = named(&problem).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["page", "/currency", "/lines/0/sku"]);
}

#[tokio::test]
async fn the_first_twenty_are_named_and_the_others_counted() {
    let lines = vec![r#"{"sku":"a"}"#; 25].join(",");
    let (status, problem) = post("/payments", &format!(r#"{{"amount":1,"currency":"EUR","lines":[{lines}]}}"#)).await;
    assert_eq!((status, named(&problem).len()), (400, 20));
    assert_eq!(problem["detail"], "body at /lines/0: missing field `count`; and 24 more faults");
}

/// JSON that is none has one fault: what stands behind it cannot be read.
#[tokio::test]
async fn a_text_that_is_no_json_is_one_fault() {
    for body in [r#"{"amount":"x","currency":}"#, r#"{"amount":"x""#] {
        let (status, problem) = post("/payments", body).await;
        assert_eq!((status, named(&problem).len()), (400, 1), "{problem}");
        assert!(problem["detail"].as_str().unwrap().starts_with("body: not valid JSON"), "{problem}");
    }
}
