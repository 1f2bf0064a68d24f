//! Row by row: what is sent and asked after each failure, and what a reconciled call ends with.

use std::fmt;
use std::time::Duration;

use super::fixtures::API;
use super::payouts::{
    ByMethod, CREATED, Document, FOUND, Keyed, NOTHING, OTHER_AMOUNT, Once, Unique, client, core_over, listing,
};
use crate::client::{
    ApiClientBuilder, Call, Environment, Error, Lookup, Options, Reconcilable, ReconcileError, Scripted, Simulated,
    TransportError,
};
use crate::dec;
use crate::operation::{Method, Operation, Status};
use crate::outcome::Outcome;

/// What came of a call, in a line.
pub(super) fn summary<O>(result: Result<Document, ReconcileError<O>>) -> String
where
    O: Operation<Output = Document>,
{
    match result {
        Ok(document) => format!("{} {}", document.data.id, document.data.amount),
        Err(ReconcileError::Mismatch(mismatch)) => {
            let mismatch = *mismatch;
            format!("{} instead, {:?} differ", mismatch.found.data.amount, mismatch.fields)
        }
        Err(error) => error.to_string(),
    }
}

/// The methods of the requests, and what came of the call.
async fn run<O>(request: O, script: Scripted) -> (String, String, Simulated)
where
    O: Reconcilable + Operation<Output = Document, Error: fmt::Debug>,
{
    let time = Simulated::new(1);
    let result = Call::new(&client(&script, &time), request).reconciled().await;
    let sent = script.sent();
    let posts: Vec<_> = sent.iter().filter(|request| request.method == Method::POST).collect();
    for post in &posts {
        assert_eq!(post.body, posts[0].body, "the same request each time");
        assert_eq!(post.header("idempotency-key"), posts[0].header("idempotency-key"));
    }
    let methods: Vec<_> = sent.iter().map(|request| request.method.as_str()).collect();
    (methods.join(" "), summary(result), time)
}

fn lost(script: Scripted) -> Scripted {
    script.fail(|| TransportError::interrupted("the connection broke"))
}

/// The 404 that the document of the lookup gives.
const OWN_404: &str = r#" {"errors": []}"#;

fn script() -> Scripted {
    Scripted::new()
}

#[tokio::test]
async fn a_response_that_says_what_happened_ends_it() {
    let unreachable = (0..4).fold(script(), |script, _| script.fail(|| TransportError::not_sent("no connection")));
    let rows = [
        (script().respond(201, CREATED), "POST", "po_1 10.50"),
        (script().respond(422, ""), "POST", "pay: 422 Unprocessable Entity (refused)"),
        (script().respond(403, ""), "POST", "pay: 403 Forbidden (refused)"),
        (unreachable, "POST POST POST POST", "pay: no connection (not sent, 4 attempts)"),
    ];
    for (script, methods, end) in rows {
        let (sent, came, _) = run(Unique::new(), script).await;
        assert_eq!((&*sent, &*came), (methods, end));
    }
}

#[tokio::test]
async fn what_is_there_as_asked_for_is_the_value() {
    for first in [
        lost(script()),
        script().hang(),
        script().respond(500, ""),
        script().respond(201, "<html>"),
        script().respond_with(200, &[("content-type", "text/html")], "<html>"),
        script().respond(204, ""),
        script().respond(202, "{}"),
        script().respond(302, ""),
        script().respond(403, "<html>"),
        script().respond(404, r#"{"message": "no route"}"#),
        script().respond(422, r#"{"message": "no"}"#),
    ] {
        let (sent, came, _) = run(Unique::new(), first.respond(200, FOUND)).await;
        assert_eq!((&*sent, &*came), ("POST GET", "po_1 10.5"));
    }
    let half = script().fail(|| TransportError::interrupted("broken").after(Status::CREATED, http::HeaderMap::new()));
    let (sent, came, _) = run(Unique::new(), half.respond(200, FOUND)).await;
    assert_eq!((&*sent, &*came), ("POST GET", "po_1 10.5"));
}

#[tokio::test]
async fn lookups_ask_by_the_reference_with_their_own_base_and_credentials() {
    let script = lost(script()).respond(200, FOUND);
    run(Unique::new(), script.clone()).await;
    let [create, lookup] = script.sent().try_into().unwrap_or_else(|_| panic!("two requests"));
    assert_eq!(lookup.uri.to_string(), "https://lists.example.com/payouts?filter[ref]=inv%201");
    assert!(lookup.header("authorization").is_some());
    assert!(create.header("authorization").is_none());
    assert!(lookup.body.is_empty());
    assert_eq!(lookup.header("cache-control"), Some("no-cache"), "what a cache remembers is from before");
}

#[tokio::test]
async fn lookups_carry_the_headers_that_the_caller_set() {
    let script = lost(script()).respond(200, FOUND);
    let call = Call::new(&client(&script, &Simulated::new(1)), Unique::new());
    call.header("account", "b").reconciled().await.unwrap();
    let accounts: Vec<_> = script.sent().iter().map(|sent| sent.header("account").map(str::to_owned)).collect();
    assert_eq!(accounts, [Some("b".to_owned()), Some("b".to_owned())]);
}

#[tokio::test]
async fn what_is_there_and_differs_is_an_error_that_holds_it() {
    let rows = [lost(script()).respond(200, OTHER_AMOUNT), script().respond(409, "{}").respond(200, OTHER_AMOUNT)];
    for script in rows {
        let (sent, came, _) = run(Unique::new(), script).await;
        assert_eq!((&*sent, &*came), ("POST GET", r#"10.51 instead, ["/amount"] differ"#));
    }
    let error = Call::new(&client(&lost(script()).respond(200, OTHER_AMOUNT), &Simulated::new(1)), Unique::new());
    let error = error.reconciled().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Duplicate);
    assert_eq!(error.to_string(), "pay: what has the reference differs in /amount (carried out earlier)");
    assert!(!format!("{error:?}").contains("po_1"));
    let error = Call::new(&client(&lost(script()).respond(200, OTHER_AMOUNT), &Simulated::new(1)), Once::new());
    assert_eq!(error.reconciled().await.unwrap_err().outcome(), Outcome::Unknown, "the own one may be there as well");
    let keyed = (0..4).fold(script(), |script, _| lost(script)).respond(200, OTHER_AMOUNT);
    let error = Call::new(&client(&keyed, &Simulated::new(1)), Keyed::new()).reconciled().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown, "a key makes no reference unique");
}

#[tokio::test]
async fn a_duplicate_is_read_from_its_response_or_looked_up() {
    let with = |body: &'static str| script().respond(409, body).respond(200, FOUND);
    let rows = [
        (
            with(r#"{"errors": [], "data": {"id": "po_2", "reference": "inv 1", "amount": 10.50}}"#),
            "POST",
            "po_2 10.50",
        ),
        (
            with(r#"{"data": {"id": "po_2", "reference": "inv 1", "amount": 9}}"#),
            "POST",
            r#"9 instead, ["/amount"] differ"#,
        ),
        (with(r#"{"data": {"id": "po_2", "reference": "inv 1"}}"#), "POST GET", "po_1 10.5"),
        (with(r#"{"data": {"reference": "inv 1", "amount": 10.50}}"#), "POST GET", "po_1 10.5"),
        (with(r#"{"errors": []}"#), "POST GET", "po_1 10.5"),
    ];
    for (script, methods, end) in rows {
        let (sent, came, time) = run(Unique::new(), script).await;
        assert_eq!((&*sent, &*came), (methods, end));
        assert!(time.slept().iter().all(Duration::is_zero), "what is known to be there is looked up at once");
    }
    // These say nothing of this request.
    for body in [r#"{"data": {"id": "po_2", "reference": "inv 2", "amount": 10.50}}"#, "<html>", ""] {
        let (sent, came, _) = run(Unique::new(), with(body)).await;
        assert_eq!((&*sent, &*came), ("POST GET", "po_1 10.5"));
    }
}

#[tokio::test]
async fn it_is_sent_again_only_where_the_server_knows_a_repetition() {
    let again = lost(script()).respond(200, NOTHING).respond(201, CREATED);
    let (sent, came, _) = run(Unique::new(), again).await;
    assert_eq!((&*sent, &*came), ("POST GET POST", "po_1 10.50"));
    let missing = lost(script()).respond(404, r#"{"errors": []}"#).respond(201, CREATED);
    let (sent, came, _) = run(Unique::new(), missing).await;
    assert_eq!((&*sent, &*came), ("POST GET POST", "po_1 10.50"));
    // The plain loop repeats a request with a key by itself, so that it takes four failures to come to a lookup.
    let keyed = (0..4).fold(script(), |script, _| lost(script)).respond(200, NOTHING).respond(201, CREATED);
    let (sent, came, _) = run(Keyed::new(), keyed).await;
    assert_eq!((&*sent, &*came), ("POST POST POST POST GET POST", "po_1 10.50"));

    let once = (0..100).fold(lost(script()), |script, _| script.respond(200, NOTHING));
    let (sent, came, time) = run(Once::new(), once).await;
    assert_eq!(sent.matches("POST").count(), 1);
    assert_eq!(came, "pay: the connection broke (unknown whether it happened); a lookup did not find it");
    let waited: Duration = time.slept().iter().sum();
    assert!(waited >= Duration::from_secs(30), "the request could still have been on its way");
    assert!(waited < Duration::from_secs(90), "nothing is gained by asking for ever");
}

#[tokio::test]
async fn a_first_request_that_arrives_late_makes_the_second_one_a_duplicate() {
    let script = script().hang().respond(200, NOTHING).respond(409, "{}").respond(200, NOTHING).respond(200, FOUND);
    let (sent, came, _) = run(Unique::new(), script).await;
    assert_eq!((&*sent, &*came), ("POST GET POST GET GET", "po_1 10.5"));
}

#[tokio::test]
async fn a_lookup_that_fails_is_repeated_and_never_means_that_nothing_is_there() {
    for body in ["", "{", "{}", r#"{"data": null}"#, r#"{"errors": [{"code": "500"}]}"#] {
        let (sent, came, _) = run(Unique::new(), lost(script()).respond(200, body).respond(200, FOUND)).await;
        assert_eq!((&*sent, &*came), ("POST GET GET", "po_1 10.5"), "{body}");
    }
    for status in [400, 401, 403, 409, 500, 302] {
        let script = (0..4).fold(lost(script()), |script, _| script.respond(status, "")).respond(200, FOUND);
        let (sent, came, _) = run(Unique::new(), script.respond(200, FOUND)).await;
        assert_eq!(sent.matches("POST").count(), 1, "{status}");
        assert_eq!(came, "po_1 10.5", "{status}");
    }
}

#[tokio::test]
async fn lookups_that_never_succeed_end_with_what_is_known() {
    let failing = (0..1000).fold(script(), |script, _| script.respond(503, ""));
    let (sent, came, time) = run(Unique::new(), failing).await;
    assert_eq!(sent.matches("POST").count(), 1, "the first 503 leaves it open, and no lookup closes it");
    assert_eq!(
        came,
        "pay: the document does not give status 503 (unknown whether it happened); the lookup failed: 503 Service Unavailable"
    );
    let waited: Duration = time.slept().iter().sum();
    assert!(waited <= Duration::from_secs(90), "{waited:?}");
    assert!(waited > Duration::from_secs(80), "{waited:?}");
}

#[tokio::test]
async fn a_refusal_after_a_request_without_a_response_counts_once_lookups_find_nothing_for_long_enough() {
    let refused =
        (0..100).fold(lost(script()).respond(200, NOTHING).respond(422, ""), |script, _| script.respond(200, NOTHING));
    let (sent, came, time) = run(Unique::new(), refused).await;
    assert_eq!(sent.matches("POST").count(), 2, "what is refused is not sent a third time");
    assert_eq!(came, "pay: 422 Unprocessable Entity (refused, 2 attempts)");
    assert!(time.slept().iter().sum::<Duration>() >= Duration::from_secs(30));

    let late = lost(script()).respond(200, NOTHING).respond(422, "").respond(200, NOTHING).respond(200, FOUND);
    let (sent, came, _) = run(Unique::new(), late).await;
    assert_eq!((&*sent, &*came), ("POST GET POST GET GET", "po_1 10.5"), "the first request arrived after all");

    let silent =
        (0..1000).fold(lost(script()).respond(200, NOTHING).respond(422, ""), |script, _| script.respond(500, ""));
    let (_, came, _) = run(Unique::new(), silent).await;
    assert_eq!(
        came,
        "pay: 422 Unprocessable Entity (unknown whether it happened, 2 attempts); the lookup failed: 500 Internal Server Error"
    );
}

#[tokio::test]
async fn what_a_gateway_says_does_not_make_a_refusal_of_a_request_without_a_response() {
    // The payout was made. Then nothing gets through any more.
    let outcome = async |create: (u16, &'static str), lookup: (u16, &'static str)| {
        let script =
            (0..1000).fold(lost(script()), |script, _| script.respond(lookup.0, lookup.1).respond(create.0, create.1));
        let (_, came, _) = run(Unique::new(), script).await;
        came
    };
    for create in [(403, "<html>"), (404, "no route"), (405, ""), (401, "{}"), (413, "")] {
        for lookup in [(404, "<html>"), (404, ""), (200, NOTHING)] {
            let came = outcome(create, lookup).await;
            assert!(came.contains("(unknown whether it happened"), "{create:?} {lookup:?}: {came}");
        }
    }
    // Refused by the API itself, but never looked up there.
    for lookup in [(404, "<html>"), (404, ""), (404, "404 page not found"), (404, r#"{"message": "no route"}"#)] {
        let responses = (0..1000).fold(lost(script()).respond(404, OWN_404).respond(422, ""), |script, _| {
            script.respond(lookup.0, lookup.1)
        });
        let (_, came, _) = run(Unique::new(), responses).await;
        assert!(came.contains("(unknown whether it happened, 2 attempts); the lookup failed: 404"), "{came}");
    }
    let own =
        (0..100).fold(lost(script()).respond(404, OWN_404).respond(422, ""), |script, _| script.respond(404, OWN_404));
    let (_, came, _) = run(Unique::new(), own).await;
    assert_eq!(came, "pay: 422 Unprocessable Entity (refused, 2 attempts)");
}

#[tokio::test]
async fn a_refusal_that_passes_after_a_request_without_a_response_is_waited_for() {
    let busy = |script: Scripted| script.respond_with(429, &[("retry-after", "2")], "");
    let posts = (0..4).fold(lost(script()), |script, _| busy(script)).respond(201, CREATED);
    let (server, time) = (ByMethod::new(posts, listing(NOTHING)), Simulated::new(1));
    let document = Call::new(&core_over(server.clone(), &time), Unique::new()).reconciled().await.unwrap();
    assert_eq!((&*document.data.id, server.posts.sent().len()), ("po_1", 6));
    assert!(time.slept().iter().filter(|pause| **pause >= Duration::from_secs(2)).count() >= 3);
}

#[tokio::test]
async fn a_far_retry_after_puts_off_the_next_request_and_not_the_next_lookup() {
    let far = [("retry-after", "3600")];
    // The payout was made, and the server is busy.
    let posts = script().respond_with(503, &far, "");
    let (server, time) = (ByMethod::new(posts, script().respond(200, FOUND)), Simulated::new(1));
    let start = time.now();
    let result = Call::new(&core_over(server, &time), Unique::new()).reconciled().await;
    assert_eq!(summary(result), "po_1 10.5");
    assert!(time.now() - start < Duration::from_secs(10));
    // It was not made: nothing is sent before the hour is over, and lookups go on until the deadline.
    let posts = script().respond_with(503, &far, "").respond(201, CREATED);
    let (server, time) = (ByMethod::new(posts, listing(NOTHING)), Simulated::new(1));
    let error = Call::new(&core_over(server.clone(), &time), Unique::new()).reconciled().await.unwrap_err();
    assert_eq!((error.outcome(), server.posts.sent().len()), (Outcome::Unknown, 1));
    assert!(server.gets.sent().len() > 5 && time.slept().iter().sum::<Duration>() > Duration::from_secs(80));
    let long = Call::new(&core_over(server.clone(), &time), Unique::new()).deadline(Duration::from_secs(7200));
    assert_eq!(summary(long.reconciled().await), "po_1 10.50");
}

#[tokio::test]
async fn several_resources_with_the_reference_are_an_error() {
    let several = r#"{"data": [{"id": "po_1", "reference": "inv 1", "amount": 10.5}, {"id": "po_2", "reference": "inv 1", "amount": 10.5}]}"#;
    let (sent, came, _) = run(Unique::new(), lost(script()).respond(200, several)).await;
    assert_eq!((&*sent, &*came), ("POST GET", "pay: 2 resources have the reference (unknown whether it happened)"));
}

#[tokio::test]
async fn a_server_that_ignores_the_filter_proves_nothing() {
    let others = r#"{"data": [{"id": "po_0", "reference": "inv 10", "amount": 10.5}]}"#;
    let ignoring = (0..1000).fold(lost(script()), |script, _| script.respond(200, others));
    let (sent, came, _) = run(Unique::new(), ignoring).await;
    assert_eq!(sent.matches("POST").count(), 1);
    assert_eq!(came, "pay: the connection broke (unknown whether it happened); a lookup found only others");
    let refused = lost(script()).respond(200, NOTHING).respond(422, "");
    let refused = (0..1000).fold(refused, |script, _| script.respond(200, others));
    let (_, came, _) = run(Unique::new(), refused).await;
    assert_eq!(
        came,
        "pay: 422 Unprocessable Entity (unknown whether it happened, 2 attempts); a lookup found only others"
    );
}

#[tokio::test]
async fn what_is_there_and_cannot_be_read_happened() {
    let odd = r#"{"data": [{"reference": "inv 1", "amount": 10.5}]}"#;
    let call = Call::new(&client(&lost(script()).respond(200, odd), &Simulated::new(1)), Unique::new());
    let error = call.reconciled().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Done);
    assert!(matches!(error, ReconcileError::Call(Error::Decode(..))), "{error}");
}

#[tokio::test]
async fn the_deadline_covers_everything_and_leaves_time_to_ask() {
    let time = Simulated::new(1);
    let script = script().hang().respond(200, FOUND);
    let start = time.now();
    let call = Call::new(&client(&script, &time), Unique::new()).deadline(Duration::from_secs(20));
    assert_eq!(summary(call.reconciled().await), "po_1 10.5");
    assert!(time.now() - start < Duration::from_secs(20));

    let script = Scripted::new().hang().hang().hang().hang().hang().hang().hang();
    let start = time.now();
    let call = Call::new(&client(&script, &time), Unique::new()).deadline(Duration::from_secs(20));
    let error = call.reconciled().await.unwrap_err();
    assert!(time.now() - start <= Duration::from_secs(20));
    assert_eq!(error.outcome(), Outcome::Unknown);
    let ReconcileError::Unsettled(unsettled) = error else { panic!("{error}") };
    assert!(matches!(unsettled.call, Some(Error::Transport(..))));
    assert!(matches!(unsettled.lookup, Lookup::Failed(_)), "{:?}", unsettled.lookup);
}

#[tokio::test]
async fn without_a_reference_nothing_is_sent() {
    let script = script();
    let request = Unique { reference: "", amount: dec!(1) };
    let error = Call::new(&client(&script, &Simulated::new(1)), request).reconciled().await.unwrap_err();
    assert_eq!(error.to_string(), "body field `/reference`: is empty, and so nothing to look it up by (not sent)");
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn a_lookup_without_credentials_ends_at_once() {
    let script = lost(script());
    let time = Simulated::new(1);
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let client = builder.options(Options::new().environment(time.clone())).transport(script.clone()).build().unwrap();
    let error = Call::new(&client, Unique::new()).reconciled().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(script.sent().len(), 1);
    assert!(time.slept().iter().sum::<Duration>() < Duration::from_secs(1));
}
