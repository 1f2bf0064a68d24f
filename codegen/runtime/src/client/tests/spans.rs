//! What the span of a call says, word by word.

use super::fixtures::{Bare, Get, client};
use super::payouts::{self, FOUND, OTHER_AMOUNT, Unique};
use crate::client::{Call, Scripted, Simulated, TransportError};
use crate::test_spans;

const BEGINNING: &str = "otel.name=GET /payouts otel.kind=\"client\" api=\"probe\" operation=\"get\" http.request.method=\"GET\" url.template=\"/payouts\" ";

/// Everything that a call of `get` writes.
async fn written(script: Scripted) -> String {
    let client = client(&script, &Simulated::new(1));
    test_spans::start();
    let _ = Call::new(&client, Get).await;
    test_spans::finish()
}

/// The event of an attempt, with these fields between route and outcome.
fn attempt(fields: &str, outcome: &str) -> String {
    format!(
        "message=attempt operation=\"get\" http.request.method=\"GET\" url.template=\"/payouts\" {fields} outcome=\"{outcome}\" "
    )
}

/// The end of a call: the fields of its span, and its one event.
fn end(of_span: &str, outcome: &str, of_event: &str, duration: &str) -> String {
    format!(
        "{of_span}outcome=\"{outcome}\" duration={duration} message=call finished operation=\"get\" outcome=\"{outcome}\" {of_event} \
         duration={duration} "
    )
}

#[tokio::test]
async fn a_success_names_method_template_status_and_outcome() {
    let text = written(Scripted::new().respond_with(200, &[("x-request-id", "r-1")], "\"po_1\"")).await;
    let event = attempt("http.response.status_code=200 http.request.resend_count=0", "done");
    let end = end("http.response.status_code=200 ", "done", "http.response.status_code=200 attempts=1", "0.0");
    assert_eq!(text, format!("{BEGINNING}{event}request_id=\"r-1\" {end}"));
}

#[tokio::test]
async fn an_error_status_is_the_type_of_the_error() {
    let text = written(Scripted::new().respond(422, "[]")).await;
    let event = attempt("http.response.status_code=422 http.request.resend_count=0 error.type=\"422\"", "refused");
    let of_span = "http.response.status_code=422 error.type=\"422\" otel.status_code=\"ERROR\" ";
    let end = end(of_span, "refused", "http.response.status_code=422 error.type=\"422\" attempts=1", "0.0");
    assert_eq!(text, format!("{BEGINNING}{event}{end}"));
}

#[tokio::test]
async fn every_attempt_is_an_event_and_the_span_counts_them() {
    let script =
        Scripted::new().fail(|| TransportError::interrupted("broken")).respond(503, "").respond(200, "\"po_1\"");
    let text = written(script).await;
    let first = attempt("http.request.resend_count=0 error.type=\"interrupted\"", "unknown");
    let second = attempt("http.response.status_code=503 http.request.resend_count=1 error.type=\"503\"", "unknown");
    let third = attempt("http.response.status_code=200 http.request.resend_count=2", "done");
    let (before, duration) = text.trim_end().rsplit_once("duration=").expect("the duration of the call");
    assert!(
        duration.parse::<f64>().expect("seconds") > 0.0,
        "the pauses between the attempts are a part of it: {text}"
    );
    let of_span = "http.response.status_code=200 http.request.resend_count=2 ";
    let end = end(of_span, "done", "http.response.status_code=200 attempts=3", duration);
    assert_eq!(text, format!("{BEGINNING}{first}{second}{third}{end}"), "{before}");
}

#[tokio::test]
async fn what_is_not_sent_has_no_status() {
    let script = Scripted::new().fail(|| TransportError::not_sent("no connection"));
    let client = client(&script, &Simulated::new(1));
    test_spans::start();
    let call = Call::new(&client, Bare).deadline(std::time::Duration::ZERO);
    let _ = call.await;
    let text = test_spans::finish();
    assert!(!text.contains("http.response.status_code"), "{text}");
    assert!(text.contains("error.type=\"not_sent\" otel.status_code=\"ERROR\" outcome=\"not_sent\" "), "{text}");
}

#[tokio::test]
async fn an_operation_that_may_have_happened_is_a_warning() {
    let script = Scripted::new().fail(|| TransportError::interrupted("broken"));
    let client = client(&script, &Simulated::new(1));
    test_spans::start();
    let _ = Call::new(&client, Bare).await;
    let text = test_spans::finish();
    assert!(
        text.contains("message=call finished; nobody knows whether the operation happened operation=\"pay\""),
        "{text}"
    );
    assert_eq!(text.matches("call finished").count(), 1, "{text}");
}

/// What is written of a reconciled call of an operation that acts, but for attempts and lookups.
async fn reconciled(script: Scripted) -> Vec<String> {
    let time = Simulated::new(1);
    test_spans::start();
    let _ = Call::new(&payouts::client(&script, &time), Unique::new()).reconciled().await;
    let text = test_spans::finish();
    let messages = text.split("message=").skip(1).filter_map(|rest| rest.split_once(" operation=\"pay\""));
    messages.map(|(message, _)| message.to_owned()).filter(|message| message.contains("finished")).collect()
}

const LOOKED_UP: &str = "call finished; the operation is looked up";

#[tokio::test]
async fn a_doubt_that_a_lookup_settles_is_no_warning() {
    let script = Scripted::new().fail(|| TransportError::interrupted("broken"));
    assert_eq!(reconciled(script.clone().respond(200, FOUND)).await, [LOOKED_UP, "reconciliation finished"]);
    let differs = Scripted::new().fail(|| TransportError::interrupted("broken")).respond(200, OTHER_AMOUNT);
    assert_eq!(reconciled(differs).await, [LOOKED_UP, "reconciliation finished"]);
}

#[tokio::test]
async fn a_doubt_that_remains_is_one_warning() {
    let script = Scripted::new().fail(|| TransportError::interrupted("broken")).respond(403, "");
    let doubt = "reconciliation finished; nobody knows whether the operation happened";
    assert_eq!(reconciled(script).await, [LOOKED_UP, doubt]);
    let script = Scripted::new().respond(403, "");
    let time = Simulated::new(1);
    let call = Call::new(&payouts::client(&script, &time), Unique::new()).reconciled().lookup_first();
    test_spans::start();
    let _ = call.await;
    assert!(test_spans::finish().contains(doubt));
}
