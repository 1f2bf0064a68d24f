//! Row by row: operation × failure, and pairs of failures: how many attempts are made, with which key, and what is reported.

use std::future::IntoFuture;
use std::task::{Context, Waker};
use std::time::{Duration, Instant, SystemTime};

use super::fixtures::{Bare, Delete, Get, Harmless, Keyed, ProbeError, Unique, builder, client};
use crate::client::{BoxFuture, Call, Environment, Invoke, Meta, Options, Scripted, Simulated, TransportError};
use crate::operation::{Operation, Status};
use crate::outcome::Outcome::{self, Done, Duplicate, NotSent, Refused, Unknown};

/// Attempts made, and the outcome reported.
type Row = (usize, Outcome);

/// What happens to one attempt.
#[derive(Clone, Copy, Debug)]
enum Event {
    BeforeSending,
    WhileSending,
    NoAnswer,
    Status(u16),
    Truncated(u16),
    TooLarge,
    Garbage(u16),
}

use Event::Status as Answered;
use Event::{BeforeSending, Garbage, NoAnswer, TooLarge, Truncated, WhileSending};

fn play(script: Scripted, event: Event) -> Scripted {
    match event {
        Event::BeforeSending => script.fail(|| TransportError::not_sent("no connection")),
        Event::WhileSending => script.fail(|| TransportError::interrupted("broken")),
        Event::NoAnswer => script.hang(),
        Event::Status(status) => script.answer(status, body(status)),
        Event::Truncated(status) => script.fail(move || {
            let status = Status::from_u16(status).unwrap();
            TransportError::interrupted("broken").after(status, http::HeaderMap::new())
        }),
        Event::TooLarge => script.answer(201, vec![b' '; 17 << 20]),
        Event::Garbage(status) => script.answer(status, "<html>"),
    }
}

fn body(status: u16) -> &'static str {
    match status {
        422 => "[]",
        _ => "\"po_1\"",
    }
}

/// Plays the events, then a success; gives attempts made and outcome, and checks that all attempts carried one key.
async fn run<O>(make: fn() -> O, events: &[Event]) -> Row
where
    O: Invoke + Operation<Output = String, Error = ProbeError>,
{
    let script = events.iter().fold(Scripted::new(), |script, event| play(script, *event)).answer(201, "\"po_1\"");
    let call = Call::new(&client(&script, &Simulated::new(1)), make());
    let key = call.key().map(str::to_owned);
    let result = call.detailed().await;
    let (meta, outcome) = match &result {
        Ok((_, meta)) => (Some(meta), Done),
        Err(error) => (error.meta(), error.outcome()),
    };
    let sent = script.sent();
    for request in &sent {
        assert_eq!(request.header("idempotency-key"), key.as_deref());
        assert_eq!(request.body, sent[0].body);
    }
    assert_eq!(meta.map(Meta::outcome), Some(outcome));
    assert_eq!(meta.map(Meta::attempts), u32::try_from(sent.len()).ok());
    (sent.len(), outcome)
}

/// Attempts and outcome for GET, DELETE, keyed, unique, bare and harmless operations, after one event.
const SINGLE: [(Event, [Row; 6]); 24] = [
    (BeforeSending, [(2, Done); 6]),
    (WhileSending, [(2, Done), (2, Done), (2, Done), (1, Unknown), (1, Unknown), (2, Done)]),
    (NoAnswer, [(2, Done), (2, Done), (2, Done), (1, Unknown), (1, Unknown), (2, Done)]),
    (Truncated(201), [(2, Done), (1, Done), (1, Done), (1, Done), (1, Done), (2, Done)]),
    (Truncated(422), [(2, Done), (2, Done), (2, Done), (1, Refused), (1, Refused), (2, Done)]),
    (Truncated(500), [(2, Done), (2, Done), (2, Done), (1, Unknown), (1, Unknown), (2, Done)]),
    (TooLarge, [(1, Done); 6]),
    (Garbage(201), [(1, Done); 6]),
    (Garbage(422), [(1, Refused); 6]),
    (Answered(201), [(1, Done); 6]),
    (Answered(204), [(1, Done); 6]),
    (Answered(302), [(1, Unknown); 6]),
    (Answered(400), [(1, Refused); 6]),
    (Answered(401), [(1, Refused); 6]),
    (Answered(404), [(1, Refused); 6]),
    (Answered(408), [(2, Done), (2, Done), (2, Done), (1, Unknown), (1, Unknown), (2, Done)]),
    (Answered(409), [(1, Unknown), (1, Unknown), (1, Unknown), (1, Duplicate), (1, Unknown), (1, Unknown)]),
    (Answered(422), [(1, Refused); 6]),
    (Answered(429), [(2, Done); 6]),
    (Answered(500), [(2, Done), (2, Done), (2, Done), (1, Unknown), (1, Unknown), (2, Done)]),
    (Answered(502), [(2, Done), (2, Done), (2, Done), (1, Unknown), (1, Unknown), (2, Done)]),
    (Answered(503), [(2, Done), (2, Done), (2, Done), (1, Unknown), (1, Unknown), (2, Done)]),
    (Answered(504), [(2, Done), (2, Done), (2, Done), (1, Unknown), (1, Unknown), (2, Done)]),
    (Answered(505), [(1, Unknown); 6]),
];

#[tokio::test]
async fn after_one_event() {
    for (event, expected) in SINGLE {
        let events = [event];
        let found = [
            run(|| Get, &events).await,
            run(|| Delete, &events).await,
            run(|| Keyed, &events).await,
            run(|| Unique, &events).await,
            run(|| Bare, &events).await,
            run(|| Harmless, &events).await,
        ];
        assert_eq!(found, expected, "{event:?}");
    }
}

/// The same for GET, DELETE, keyed and bare operations, after two events of which the second ends the call.
const PAIRS: [(Event, Event, [Row; 4]); 16] = [
    (BeforeSending, Answered(422), [(2, Refused), (2, Refused), (2, Refused), (2, Refused)]),
    (BeforeSending, Answered(201), [(2, Done); 4]),
    (BeforeSending, Garbage(201), [(2, Done); 4]),
    (BeforeSending, Answered(302), [(2, Unknown); 4]),
    (WhileSending, Answered(201), [(2, Done), (2, Done), (2, Done), (1, Unknown)]),
    (WhileSending, Answered(422), [(2, Refused), (2, Unknown), (2, Unknown), (1, Unknown)]),
    (WhileSending, Answered(404), [(2, Refused), (2, Unknown), (2, Unknown), (1, Unknown)]),
    (WhileSending, Garbage(422), [(2, Refused), (2, Unknown), (2, Unknown), (1, Unknown)]),
    (NoAnswer, Answered(422), [(2, Refused), (2, Unknown), (2, Unknown), (1, Unknown)]),
    (NoAnswer, Garbage(201), [(2, Done), (2, Done), (2, Done), (1, Unknown)]),
    (Answered(503), Answered(422), [(2, Refused), (2, Unknown), (2, Unknown), (1, Unknown)]),
    (Answered(503), TooLarge, [(2, Done), (2, Done), (2, Done), (1, Unknown)]),
    (Answered(429), Answered(422), [(2, Refused); 4]),
    (Answered(429), Answered(302), [(2, Unknown); 4]),
    (Answered(429), Garbage(201), [(2, Done); 4]),
    (Truncated(422), Answered(422), [(2, Refused), (2, Refused), (2, Refused), (1, Refused)]),
];

#[tokio::test]
async fn after_two_events() {
    for (first, second, expected) in PAIRS {
        let events = [first, second];
        let found = [
            run(|| Get, &events).await,
            run(|| Delete, &events).await,
            run(|| Keyed, &events).await,
            run(|| Bare, &events).await,
        ];
        assert_eq!(found, expected, "{first:?}, then {second:?}");
    }
}

#[tokio::test]
async fn an_unknown_attempt_is_not_forgotten_when_later_ones_are_not_sent() {
    let lost = [WhileSending, BeforeSending, BeforeSending, BeforeSending];
    assert_eq!(run(|| Keyed, &lost).await, (4, Unknown));
    assert_eq!(run(|| Delete, &lost).await, (4, Unknown));
    let never = [BeforeSending; 4];
    assert_eq!(run(|| Bare, &never).await, (4, NotSent));
    let refused = [Answered(429), BeforeSending, BeforeSending, BeforeSending];
    assert_eq!(run(|| Bare, &refused).await, (4, Refused));
}

#[tokio::test]
async fn a_documented_error_after_an_unknown_attempt_says_that_it_is_unknown() {
    let script = Scripted::new().fail(|| TransportError::interrupted("broken")).answer(422, "[\"amount\"]");
    let error = Call::new(&client(&script, &Simulated::new(1)), Keyed).await.unwrap_err();
    assert_eq!(error.outcome(), Unknown);
    assert_eq!(error.api(), Some(&ProbeError::Invalid(vec!["amount".to_owned()])));
    assert_eq!(error.to_string(), "pay: 422 Unprocessable Entity (unknown whether it happened, 2 attempts)");
}

/// Time that stands still: nothing ever times out.
#[derive(Debug)]
struct Frozen(Simulated);

impl Environment for Frozen {
    fn now(&self) -> Instant {
        self.0.now()
    }

    fn wall_clock(&self) -> SystemTime {
        self.0.wall_clock()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        self.0.fill(bytes)
    }
}

#[tokio::test]
async fn a_dropped_call_has_sent_what_it_had_sent() {
    let (script, time) = (Scripted::new().hang(), Simulated::new(1));
    let options = Options::new().environment(Frozen(time.clone()));
    let core = builder(&script, &time).options(options).build().unwrap();
    drop(Call::new(&core, Bare));
    assert!(script.sent().is_empty(), "a call that is not awaited sends nothing");
    let mut call = Call::new(&core, Bare).into_future();
    let mut context = Context::from_waker(Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    drop(call);
    assert_eq!(script.sent().len(), 1, "it may have been carried out");
}
