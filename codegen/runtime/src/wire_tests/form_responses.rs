//! Responses that are forms.

use serde::{Deserialize, Serialize};

use crate::Decimal;
use crate::body::Body;
use crate::client::{ClientResponse, DecodeError};
use crate::operation::Status;
use crate::server::ServerResponse;

const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Receipt {
    reference: String,
    amount: Decimal,
    lines: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    payer: Payer,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Payer {
    name: String,
}

fn receipt(lines: &[u8]) -> Receipt {
    let amount = "10.50".parse().expect("a decimal");
    let payer = Payer { name: "A & B".to_owned() };
    Receipt { reference: "007".to_owned(), amount, lines: lines.to_vec(), note: None, payer }
}

fn received(sent: &ServerResponse, body: Body) -> ClientResponse {
    ClientResponse::new(Status::OK, sent.headers().clone(), body).held_to_document()
}

fn read(body: &str) -> Result<Receipt, DecodeError> {
    let sent = ServerResponse::form(200, FORM, &receipt(&[]));
    received(&sent, Body::from(body.to_owned())).form(FORM)
}

#[test]
fn a_form_is_read_as_it_was_sent() {
    for lines in [&[][..], &[3], &[1, 2]] {
        let sent = ServerResponse::form(200, FORM, &receipt(lines));
        assert_eq!(sent.headers()["content-type"], FORM);
        let body = Body::from(sent.body().to_vec());
        assert_eq!(received(&sent, body).form::<Receipt>(FORM).expect("the form"), receipt(lines));
    }
    let sent = ServerResponse::form(200, "application/*", &receipt(&[1]));
    assert_eq!(sent.headers()["content-type"], FORM);
    assert_eq!(
        std::str::from_utf8(sent.body()),
        Ok("reference=007&amount=10.50&lines=1&payer=%7B%22name%22%3A%22A+%26+B%22%7D")
    );
}

#[test]
fn a_field_that_the_document_does_not_have_is_passed_over() {
    let read = read("reference=007&amount=10.50&payer=%7B%22name%22%3A%22A+%26+B%22%7D&new=1").expect("the form");
    assert_eq!(read, receipt(&[]));
}

#[test]
fn a_form_of_other_fields_names_the_field_and_quotes_nothing() {
    for (body, pointer, message) in [
        ("reference=007", Some(""), "missing field `amount`"),
        ("reference=7&amount=4111x&payer={\"name\":\"a\"}", Some("/amount"), "/amount: "),
        ("reference=7&amount=1&lines=4111&payer={\"name\":\"a\"}", Some("/lines"), "/lines: "),
        ("reference=7&amount=%ff", None, "/amount: "),
    ] {
        let error = read(body).expect_err("not the form");
        assert_eq!(error.pointer(), pointer, "{body}: {error}");
        assert!(error.to_string().contains(message), "{error}");
        assert!(!error.to_string().contains("4111") && !error.is_undocumented(), "{error}");
    }
}

#[test]
fn the_page_of_a_proxy_is_no_form() {
    let sent = ServerResponse::text(200, "text/html", &"<html>".to_owned());
    let error = received(&sent, Body::from("<html>")).form::<Receipt>(FORM).expect_err("a page");
    assert!(error.is_undocumented(), "{error}");
}

#[test]
fn what_no_form_can_carry_is_a_mistake_of_the_server() {
    let nested = std::collections::BTreeMap::from([("lists", vec![vec![1]])]);
    assert_eq!(ServerResponse::form(200, FORM, &nested).status(), 500);
    assert_eq!(ServerResponse::form(200, FORM, &[1]).status(), 500);
}
