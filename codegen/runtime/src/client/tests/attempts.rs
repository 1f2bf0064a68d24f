//! Row by row: method × idempotency × failure, and every pair of failures: how many attempts are made, with which key, and what is
//! reported.
//!
//! [`TABLE`] is written by hand from the rules (RFC 9110 sections 9.2 and 15, the extension keys), never computed: what one attempt says
//! and whether another one may follow. What two attempts say together is written by hand as well, in [`TOGETHER`].

use std::future::IntoFuture;
use std::task::{Context, Waker};
use std::time::{Duration, Instant, SystemTime};

use super::fixtures::{
    Bare, BareDelete, BarePut, Delete, Get, Head, Keyed, KeyedPatch, NaturalPost, Patch, ProbeError, Put, Safe,
    SafePut, Unique, UniquePut, builder, client,
};
use super::journaling::{KEY, Notes};
use crate::client::{
    BoxFuture, Call, Environment, Invoke, MemoryJournal, Meta, Options, RetryPolicy, Scripted, Simulated,
    TransportError,
};
use crate::operation::{Operation, Status};
use crate::outcome::Outcome::{self, Done, Duplicate, NotSent, Refused, Unknown};

/// What happens to one attempt.
#[derive(Clone, Copy, Debug)]
enum Event {
    BeforeSending,
    WhileSending,
    NoResponse,
    Status(u16),
    Truncated(u16),
    TooLarge(u16),
    Garbage(u16),
    /// A page for people.
    Page(u16),
    /// JSON that is not the document's.
    Gateway(u16),
    /// The documented body under another media type.
    Mislabelled(u16),
    Empty(u16),
}

use Event::Status as Answered;
use Event::{BeforeSending, Empty, Garbage, Gateway, Mislabelled, NoResponse, Page, TooLarge, Truncated, WhileSending};

/// What an attempt says of the operation, and whether another attempt follows.
type Said = (Outcome, bool);

const N: Said = (NotSent, false);
const R: Said = (Refused, false);
const D: Said = (Duplicate, false);
const U: Said = (Unknown, false);
const H: Said = (Done, false);

/// … and another attempt follows.
const fn again(said: Said) -> Said {
    (said.0, true)
}

/// For operations that only read, that are idempotent by nature, by a key, by a field that is unique, and not at all. Documented are 200,
/// 201, 401, 409, 422 and 429.
const TABLE: [(Event, [Said; 5]); 70] = [
    (BeforeSending, [again(N); 5]),
    (WhileSending, [again(U), again(U), again(U), U, U]),
    (NoResponse, [again(U), again(U), again(U), U, U]),
    // A head alone may be anybody's.
    (Truncated(200), [again(H), again(U), again(U), U, U]),
    (Truncated(302), [again(U), again(U), again(U), U, U]),
    (Truncated(409), [again(U), again(U), again(U), U, U]),
    (Truncated(422), [again(R), again(U), again(U), U, U]),
    (Truncated(429), [again(R), again(U), again(U), U, U]),
    (Truncated(500), [again(U), again(U), again(U), U, U]),
    (Truncated(501), [again(U), again(U), again(U), U, U]),
    (TooLarge(201), [H, U, U, U, U]),
    (TooLarge(409), [U; 5]),
    (TooLarge(422), [R, U, U, U, U]),
    (TooLarge(500), [U; 5]),
    (Garbage(201), [H, U, U, U, U]),
    (Garbage(409), [U; 5]),
    (Garbage(422), [R, U, U, U, U]),
    // Pages of gateways and captive portals.
    (Page(200), [H, U, U, U, U]),
    (Page(201), [H, U, U, U, U]),
    (Page(401), [R, U, U, U, U]),
    (Page(403), [R, U, U, U, U]),
    (Page(404), [R, U, U, U, U]),
    (Page(405), [R, U, U, U, U]),
    (Page(409), [U; 5]),
    (Page(422), [R, U, U, U, U]),
    (Page(429), [again(R), again(U), again(U), U, U]),
    (Page(502), [again(U), again(U), again(U), U, U]),
    // Gateways that speak JSON.
    (Gateway(200), [H, U, U, U, U]),
    (Gateway(401), [R, U, U, U, U]),
    (Gateway(403), [R, U, U, U, U]),
    (Gateway(404), [R, U, U, U, U]),
    (Gateway(422), [R, U, U, U, U]),
    (Gateway(429), [again(R), again(U), again(U), U, U]),
    (Gateway(503), [again(U), again(U), again(U), U, U]),
    // What is as documented, but for its media type.
    (Mislabelled(201), [H, U, U, U, U]),
    (Mislabelled(409), [U; 5]),
    (Mislabelled(422), [R, U, U, U, U]),
    // Nothing where the document has something.
    (Empty(200), [H, U, U, U, U]),
    (Empty(201), [H, U, U, U, U]),
    (Empty(422), [R, U, U, U, U]),
    (Answered(200), [H; 5]),
    (Answered(201), [H; 5]),
    (Answered(202), [H, U, U, U, U]),
    (Answered(204), [H, U, U, U, U]),
    (Answered(301), [U; 5]),
    (Answered(302), [U; 5]),
    (Answered(304), [U; 5]),
    (Answered(307), [U; 5]),
    (Answered(400), [R, U, U, U, U]),
    (Answered(401), [R; 5]),
    (Answered(402), [R, U, U, U, U]),
    (Answered(403), [R, U, U, U, U]),
    (Answered(404), [R, U, U, U, U]),
    (Answered(405), [R, U, U, U, U]),
    (Answered(408), [again(U), again(U), again(U), U, U]),
    (Answered(409), [U, U, U, D, U]),
    (Answered(410), [R, U, U, U, U]),
    (Answered(413), [R, U, U, U, U]),
    (Answered(418), [U; 5]),
    (Answered(422), [R; 5]),
    (Answered(425), [again(R), again(U), again(U), U, U]),
    (Answered(429), [again(R); 5]),
    (Answered(499), [U; 5]),
    (Answered(500), [again(U), again(U), again(U), U, U]),
    (Answered(501), [U; 5]),
    (Answered(502), [again(U), again(U), again(U), U, U]),
    (Answered(503), [again(U), again(U), again(U), U, U]),
    (Answered(504), [again(U), again(U), again(U), U, U]),
    (Answered(505), [U; 5]),
    (Answered(599), [U; 5]),
];

const ORDER: [Outcome; 5] = [NotSent, Refused, Unknown, Duplicate, Done];

/// What two attempts at something that acts say together, in [`ORDER`].
const TOGETHER: [[Outcome; 5]; 5] = [
    [NotSent, Refused, Unknown, Duplicate, Done],
    [Refused, Refused, Unknown, Duplicate, Done],
    [Unknown, Unknown, Unknown, Duplicate, Done],
    [Duplicate, Duplicate, Duplicate, Duplicate, Done],
    [Done, Done, Done, Done, Done],
];

fn together(class: usize, first: Outcome, second: Outcome) -> Outcome {
    let place = |outcome| ORDER.iter().position(|other| *other == outcome).unwrap();
    // Each attempt at reading stands for itself.
    if class == 0 { second } else { TOGETHER[place(first)][place(second)] }
}

/// Attempts made, and the outcome reported.
type Row = (usize, Outcome);

/// What comes of two events, and of a success that waits behind them.
fn expected(class: usize, first: Said, second: Said) -> Row {
    match (first, second) {
        ((said, false), _) => (1, said),
        ((before, true), (said, false)) => (2, together(class, before, said)),
        ((_, true), (_, true)) => (3, Done),
    }
}

/// The largest response that is read, in bytes.
const LIMIT: usize = 64;

fn play(script: Scripted, event: Event) -> Scripted {
    match event {
        Event::BeforeSending => script.fail(|| TransportError::not_sent("no connection")),
        Event::WhileSending => script.fail(|| TransportError::interrupted("broken")),
        Event::NoResponse => script.hang(),
        Event::Status(status) => script.respond_with(status, JSON, body(status)),
        Event::Page(status) => script.respond_with(status, &[("content-type", "text/html")], "<html>"),
        Event::Gateway(status) => script.respond_with(status, JSON, r#"{"message": "Forbidden"}"#),
        Event::Mislabelled(status) => script.respond_with(status, &[("content-type", "text/json")], body(status)),
        Event::Empty(status) => script.respond(status, ""),
        Event::Truncated(status) => script.fail(move || {
            let status = Status::from_u16(status).unwrap();
            TransportError::interrupted("broken").after(status, http::HeaderMap::new())
        }),
        Event::TooLarge(status) => script.respond(status, vec![b' '; LIMIT + 1]),
        Event::Garbage(status) => script.respond(status, "<html>"),
    }
}

const JSON: &[(&str, &str)] = &[("content-type", "application/json; charset=utf-8")];

fn body(status: u16) -> &'static str {
    match status {
        401 | 429 => "",
        422 => "[]",
        _ => "\"po_1\"",
    }
}

/// Plays the events, then a success; gives attempts made and outcome, and checks that all attempts were one request with one key.
async fn run<O>(make: fn() -> O, events: &[Event]) -> Row
where
    O: Invoke + Operation<Output = String, Error = ProbeError>,
{
    let (script, time) = (events.iter().fold(Scripted::new(), |script, event| play(script, *event)), Simulated::new(1));
    let script = script.respond(201, "\"po_1\"");
    let options = Options::new().environment(time.clone()).response_limit(LIMIT);
    let call = Call::new(&builder(&script, &time).options(options).build().unwrap(), make());
    let key = call.key().map(str::to_owned);
    let result = call.detailed().await;
    let (meta, outcome) = match &result {
        Ok((_, meta)) => (Some(meta), Done),
        Err(error) => (error.meta(), error.outcome()),
    };
    let sent = script.sent();
    for request in &sent {
        assert_eq!(request.header("idempotency-key"), key.as_deref());
        assert_eq!(request.method.as_str(), O::SPEC.method.as_str());
        assert_eq!((&request.uri, &request.body), (&sent[0].uri, &sent[0].body));
    }
    assert_eq!(meta.map(Meta::outcome), Some(outcome));
    assert_eq!(meta.map(Meta::attempts), u32::try_from(sent.len()).ok());
    (sent.len(), outcome)
}

/// Polls a call until it ends or waits for a response that never comes, and drops it; gives the attempts made, and whether it had ended.
fn interrupt<O: Invoke>(make: fn() -> O, first: Option<Event>) -> (usize, bool) {
    let script = first.into_iter().fold(Scripted::new(), play).hang();
    let (time, journal) = (Simulated::new(1), Notes::of(&script));
    let options =
        Options::new().environment(Patient(time.clone())).response_limit(LIMIT).journal(journal.clone(), KEY.to_vec());
    let client = builder(&script, &time).options(options).build().unwrap();
    let mut call = Call::new(&client, make()).into_future();
    let mut context = Context::from_waker(Waker::noop());
    // The journal is waited for once.
    let ended = (0..3).any(|_| call.as_mut().poll(&mut context).is_ready());
    drop(call);
    let open = journal.written().iter().all(|(outcome, _)| outcome.is_none());
    assert!(ended || open, "what was dropped stays open in the journal");
    (script.sent().len(), ended)
}

/// Asserts the whole table for one operation.
async fn holds<O>(class: usize, make: fn() -> O)
where
    O: Invoke + Operation<Output = String, Error = ProbeError>,
{
    let (method, id) = (&O::SPEC.method, O::SPEC.id);
    for (first, said) in TABLE {
        let single = if said[class].1 { (2, Done) } else { (1, said[class].0) };
        assert_eq!(run(make, &[first]).await, single, "{method} {id}: {first:?}");
        for (second, then) in TABLE {
            let expected = expected(class, said[class], then[class]);
            assert_eq!(run(make, &[first, second]).await, expected, "{method} {id}: {first:?}, then {second:?}");
        }
        if !matches!(first, NoResponse) {
            let dropped = if said[class].1 { (2, false) } else { (1, true) };
            // Polled a few times only, it is to find all of the time of a task.
            tokio::task::yield_now().await;
            assert_eq!(interrupt(make, Some(first)), dropped, "{method} {id}: {first:?}, then dropped");
        }
    }
    assert_eq!(interrupt(make, None), (1, false), "{method} {id}: dropped");
}

#[tokio::test]
async fn what_only_reads_is_repeated_and_each_attempt_stands_for_itself() {
    holds(0, || Get).await;
    holds(0, || Head).await;
    holds(0, || Safe).await;
    holds(0, || SafePut).await;
}

#[tokio::test]
async fn what_is_idempotent_by_nature_is_repeated() {
    holds(1, || Put).await;
    holds(1, || Delete).await;
    holds(1, || NaturalPost).await;
}

#[tokio::test]
async fn what_has_a_key_is_repeated_with_it() {
    holds(2, || Keyed).await;
    holds(2, || KeyedPatch).await;
}

#[tokio::test]
async fn what_has_a_unique_field_is_not_repeated_by_the_plain_loop() {
    holds(3, || Unique).await;
    holds(3, || UniquePut).await;
}

#[tokio::test]
async fn what_nothing_protects_is_repeated_only_if_it_did_not_happen() {
    holds(4, || Bare).await;
    holds(4, || Patch).await;
    holds(4, || BarePut).await;
    holds(4, || BareDelete).await;
}

/// The same event in a call of which an earlier one is open in the journal; gives attempts made and outcome, and whether something is open
/// then.
async fn run_after_an_open_entry(event: Event) -> (Row, bool) {
    let script = play(Scripted::new().fail(|| TransportError::interrupted("broken")), event).respond(201, "\"po_1\"");
    let (time, journal) = (Simulated::new(1), MemoryJournal::new());
    let options = Options::new().environment(time.clone()).response_limit(LIMIT);
    let client = |retry| {
        let options = options.clone().retry(retry).journal(journal.clone(), KEY.to_vec());
        builder(&script, &time).options(options).build().unwrap()
    };
    let lost = Call::new(&client(RetryPolicy::never()), Put).await.unwrap_err();
    assert_eq!((lost.outcome(), journal.unsettled().len()), (Unknown, 1));
    let result = Call::new(&client(RetryPolicy::new()), Put).await;
    let outcome = result.map_or_else(|error| error.outcome(), |_| Done);
    ((script.sent().len() - 1, outcome), !journal.unsettled().is_empty())
}

#[tokio::test]
async fn what_follows_an_open_entry_says_what_both_say_together() {
    for (event, said) in TABLE {
        let (outcome, again) = said[1];
        let expected = if again { (2, Done) } else { (1, together(1, Unknown, outcome)) };
        let is_open = matches!(expected.1, Unknown | NotSent | Refused);
        assert_eq!(run_after_an_open_entry(event).await, (expected, is_open), "{event:?}");
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
    let script = Scripted::new().fail(|| TransportError::interrupted("broken")).respond(422, "[\"amount\"]");
    let error = Call::new(&client(&script, &Simulated::new(1)), Keyed).await.unwrap_err();
    assert_eq!(error.outcome(), Unknown);
    assert_eq!(error.api(), Some(&ProbeError::Invalid(vec!["amount".to_owned()])));
    assert_eq!(error.to_string(), "pay: 422 Unprocessable Entity (unknown whether it happened, 2 attempts)");
}

/// Time in which pauses pass at once, and nothing ever times out.
#[derive(Debug)]
pub(super) struct Patient(pub(super) Simulated);

impl Environment for Patient {
    fn now(&self) -> Instant {
        self.0.now()
    }

    fn wall_clock(&self) -> SystemTime {
        self.0.wall_clock()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // No pause is as long as the time for an attempt.
        if duration < Duration::from_secs(20) { self.0.sleep(duration) } else { Box::pin(std::future::pending()) }
    }

    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        self.0.fill(bytes)
    }
}

#[tokio::test]
async fn a_call_that_is_not_awaited_sends_nothing() {
    let script = Scripted::new().hang();
    drop(Call::new(&client(&script, &Simulated::new(1)), Bare));
    drop(Call::new(&client(&script, &Simulated::new(1)), Bare).into_future());
    assert!(script.sent().is_empty());
}
