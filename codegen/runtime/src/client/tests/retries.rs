//! Waiting, budget, deadline and keys.

use std::time::Duration;

use super::fixtures::{Bare, Get, Keyed, Public, builder, client};
use crate::client::{
    BuildSubject, Call, Environment, Error, Options, RetryPolicy, Scripted, Simulated, TransportError,
};
use crate::outcome::Outcome;

const SECOND: Duration = Duration::from_secs(1);

fn unavailable(script: Scripted, times: usize) -> Scripted {
    (0..times).fold(script, |script, _| script.respond(503, ""))
}

#[tokio::test]
async fn attempts_end_with_the_policy_and_waits_are_random_within_doubling_limits() {
    let (script, time) = (unavailable(Scripted::new(), 9), Simulated::new(3));
    let policy = RetryPolicy::new().attempts(5).backoff(SECOND, 3 * SECOND);
    let client =
        builder(&script, &time).options(Options::new().environment(time.clone()).retry(policy)).build().unwrap();
    let error = Call::new(&client, Get).await.unwrap_err();
    assert!(matches!(&error, Error::Undocumented(response, _) if response.status() == 503));
    assert_eq!(script.sent().len(), 5);
    let slept = time.slept();
    assert_eq!(slept.len(), 4);
    assert!(slept.iter().zip([1, 2, 3, 3]).all(|(slept, limit)| *slept <= limit * SECOND), "{slept:?}");
    assert!(slept.windows(2).any(|pair| pair[0] != pair[1]));
}

#[tokio::test]
async fn the_server_is_given_the_time_it_asks_for() {
    let (script, time) =
        (Scripted::new().respond_with(429, &[("retry-after", "7")], "").respond(200, "\"\""), Simulated::new(1));
    Call::new(&client(&script, &time), Bare).await.unwrap();
    assert!(time.slept()[0] >= 7 * SECOND && time.slept()[0] <= 8 * SECOND);
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let (script, time) =
        (Scripted::new().respond_with(503, &[("retry-after", "600")], "").respond(200, "\"\""), Simulated::new(1));
    let error = Call::new(&client(&script, &time), Get).await.unwrap_err();
    assert_eq!(error.meta().unwrap().retry_after(), Some(600 * SECOND));
    assert_eq!((script.sent().len(), time.slept().len()), (1, 0));
}

#[tokio::test]
async fn the_deadline_covers_all_attempts_and_the_timeout_each() {
    let (script, time) = (Scripted::new().hang().hang().hang().hang(), Simulated::new(1));
    let start = time.now();
    let error = Call::new(&client(&script, &time), Get).timeout(10 * SECOND).deadline(25 * SECOND).await.unwrap_err();
    assert!(matches!(error, Error::Transport(..)));
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(script.sent().len(), 3);
    assert_eq!(time.now() - start, 25 * SECOND);
    assert_eq!(time.slept()[0], 10 * SECOND);
}

#[tokio::test]
async fn without_time_nothing_is_sent() {
    let (script, time) = (Scripted::new().respond(200, "\"\""), Simulated::new(1));
    let error = Call::new(&client(&script, &time), Bare).deadline(Duration::ZERO).await.unwrap_err();
    assert_eq!((error.outcome(), script.sent().len()), (Outcome::NotSent, 0));
}

#[tokio::test]
async fn the_budget_is_shared_by_all_calls_of_a_client() {
    let (script, time) = (unavailable(Scripted::new(), 20), Simulated::new(1));
    let policy = RetryPolicy::new().budget(4, 0);
    let client =
        builder(&script, &time).options(Options::new().environment(time.clone()).retry(policy)).build().unwrap();
    for expected in [4, 6, 7] {
        Call::new(&client, Get).await.unwrap_err();
        assert_eq!(script.sent().len(), expected);
    }
}

#[tokio::test]
async fn a_policy_of_never_is_one_attempt() {
    let (script, time) = (unavailable(Scripted::new(), 2), Simulated::new(1));
    let options = Options::new().environment(time.clone()).retry(RetryPolicy::never());
    let client = builder(&script, &time).options(options).build().unwrap();
    Call::new(&client, Get).await.unwrap_err();
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test]
async fn keys_are_drawn_per_call_and_can_be_given() {
    let time = Simulated::new(1);
    let script = Scripted::new().respond(201, "\"\"").respond(201, "\"\"").respond(201, "\"\"");
    let client = client(&script, &time);
    for _ in 0..2 {
        let call = Call::new(&client, Keyed);
        let key = call.key().unwrap().to_owned();
        let (_, meta) = call.detailed().await.unwrap();
        assert_eq!(meta.idempotency_key(), Some(&*key));
    }
    Call::new(&client, Keyed).idempotency_key("saved").await.unwrap();
    let keys: Vec<_> = script.sent().iter().map(|sent| sent.header("idempotency-key").unwrap().to_owned()).collect();
    assert_ne!(keys[0], keys[1]);
    assert_eq!(keys[2], "saved");
}

#[tokio::test]
async fn a_key_that_would_not_protect_is_refused() {
    let script = Scripted::new();
    let client = client(&script, &Simulated::new(1));
    let cases = [
        Call::new(&client, Bare).idempotency_key("k").await.unwrap_err(),
        Call::new(&client, Keyed).idempotency_key("").await.unwrap_err(),
        Call::new(&client, Keyed).idempotency_key("k\n").await.unwrap_err(),
    ];
    for error in cases {
        assert!(matches!(error, Error::Build(_)), "{error}");
        assert_eq!(error.outcome(), Outcome::NotSent);
    }
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn operations_go_to_their_own_base_or_nowhere() {
    let script = Scripted::new().respond(200, "\"\"").respond(200, "\"\"");
    let time = Simulated::new(1);
    let error = Call::new(&client(&script, &time), Public).await.unwrap_err();
    assert!(matches!(&error, Error::Build(fault) if fault.subject() == BuildSubject::Base && fault.name() == "public"));
    let client = builder(&script, &time).base(1, "http://localhost:8080").build().unwrap();
    Call::new(&client, Public).await.unwrap();
    Call::new(&client, Get).await.unwrap();
    let sent: Vec<_> = script.sent().iter().map(|sent| sent.uri.to_string()).collect();
    assert_eq!(sent, ["http://localhost:8080/public-api/x", "https://api.example.com/v1/payouts"]);
}

#[tokio::test]
async fn clients_that_cannot_work_are_not_built() {
    let bare = || crate::client::ApiClientBuilder::new(&super::fixtures::API).transport(Scripted::new());
    assert_eq!(bare().build().unwrap_err().to_string(), "base URL `private`: is not set");
    assert!(bare().base(0, "http://api.example.com").build().is_err());
    let plain = Options::new().allow_plain_http();
    assert!(bare().base(0, "http://api.example.com").options(plain).build().is_ok());
    let agent = Options::new().user_agent("a\nb");
    assert!(bare().base(0, "https://api.example.com").options(agent).build().is_err());
}

#[tokio::test]
async fn every_request_says_who_sends_it() {
    let (script, time) = (Scripted::new().respond(200, "\"\"").respond(200, "\"\""), Simulated::new(1));
    Call::new(&client(&script, &time), Get).await.unwrap();
    let options = Options::new().environment(time.clone()).user_agent("shop/7");
    Call::new(&builder(&script, &time).options(options).build().unwrap(), Get).await.unwrap();
    let sent = script.sent();
    assert!(sent[0].header("user-agent").unwrap().starts_with("specie-runtime/"));
    assert!(sent[0].header("user-agent").unwrap().ends_with(" (probe)"));
    assert_eq!(sent[1].header("user-agent"), Some("shop/7"));
}

#[tokio::test]
async fn a_script_that_is_over_sends_nothing() {
    let error = Call::new(&client(&Scripted::new(), &Simulated::new(1)), Bare).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent);
    let failing = Scripted::new().fail(|| TransportError::timeout("late"));
    let error = Call::new(&client(&failing, &Simulated::new(1)), Bare).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
}
