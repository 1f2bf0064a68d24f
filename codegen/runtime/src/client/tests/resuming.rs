//! Going on from an entry of the journal: what is asked, what is sent, and what is refused.

use std::future::IntoFuture;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::attempts::Patient;
use super::fixtures::{API, Bare, Delete, Keyed as Key};
use super::journaling::{KEY, Notes, broken, client};
use super::payouts::Document;
use super::payouts::{CREATED, FOUND, NOTHING, Once, Unique};
use crate::client::{
    ApiClientBuilder, BoxFuture, BuildError, Call, ClientResponse, Decoded, Entry, Error, FileJournal, Invoke,
    LookupOperation, MemoryJournal, Options, ReconcileError, RequestWriter, ResumeError, RetryPolicy, Scripted,
    Simulated, TransportError,
};
use crate::dec;
use crate::operation::{Operation, OperationSpec};
use crate::outcome::Outcome::{Done, Unknown};

/// What a process that was killed in the middle of a call left behind.
async fn left_behind<O: Invoke>(request: O) -> Entry {
    let script = broken();
    let journal = Notes::of(&script);
    let _ = Call::new(&client(&script, &journal, KEY), request).await;
    journal.entry()
}

#[tokio::test]
async fn what_was_left_behind_is_asked_for_before_anything_is_sent() {
    let entry = left_behind(Unique::new()).await;
    let rows = [
        (Scripted::new().respond(200, FOUND), "GET"),
        (Scripted::new().respond(200, NOTHING).respond(201, CREATED), "GET POST"),
        (Scripted::new().respond(200, NOTHING).respond(409, CREATED), "GET POST"),
    ];
    for (script, methods) in rows {
        let journal = Notes::of(&script);
        let call = Call::new(&client(&script, &journal, KEY), Unique::new());
        assert_eq!(call.resuming(&entry).unwrap().await.unwrap().data.id, "po_1");
        let sent: Vec<_> = script.sent().iter().map(|request| request.method.to_string()).collect();
        assert_eq!(sent.join(" "), methods);
        assert_eq!(journal.written(), [(Some(Done), sent.len())], "it goes on with its entry");
        assert_eq!(journal.entry(), entry);
    }
}

#[tokio::test]
async fn a_resumed_call_tells_status_and_attempts() {
    let entry = left_behind(Unique::new()).await;
    let script = Scripted::new().respond(200, NOTHING).respond_with(201, &[("x-request-id", "7")], CREATED);
    let journal = Notes::of(&script);
    let call = Call::new(&client(&script, &journal, KEY), Unique::new());
    let (document, meta) = call.resuming(&entry).unwrap().detailed().await.unwrap();
    assert_eq!((&*document.data.id, meta.status(), meta.request_id()), ("po_1", Some(201), Some("7")));
    assert_eq!((meta.attempts(), meta.outcome(), meta.journal_write_failed()), (1, Done, false));

    let entry = left_behind(Key).await;
    let script = Scripted::new().respond_with(201, &[("x-request-id", "8")], "\"po\"");
    let journal = Notes::of(&script);
    let call = Call::new(&client(&script, &journal, KEY), Key);
    let (_, meta) = call.resuming(&entry).unwrap().detailed().await.unwrap();
    assert_eq!((meta.request_id(), meta.idempotency_key()), (Some("8"), entry.key()));
}

#[tokio::test]
async fn what_was_left_behind_is_not_sent_again_without_uniqueness() {
    let entry = left_behind(Once::new()).await;
    let script = (0..1000).fold(Scripted::new(), |script, _| script.respond(200, NOTHING));
    let journal = Notes::of(&script);
    let error = Call::new(&client(&script, &journal, KEY), Once::new()).resuming(&entry).unwrap().await.unwrap_err();
    assert_eq!(error.outcome(), Unknown);
    assert_eq!(error.to_string(), "pay: a lookup did not find it (unknown whether it happened)");
    assert!(script.sent().iter().all(|request| request.method == "GET"));
    assert!(journal.written().is_empty());
}

#[tokio::test]
async fn what_was_left_behind_is_repeated_with_its_key() {
    let entry = left_behind(Key).await;
    let script =
        Scripted::new().respond(201, "\"po\"").respond(422, "[]").fail(|| TransportError::not_sent("no connection"));
    let journal = Notes::of(&script);
    let resume = || Call::new(&client(&script, &journal, KEY), Key).resuming(&entry).unwrap();
    assert_eq!(resume().await.unwrap(), "po");
    assert_eq!(script.sent()[0].header("idempotency-key"), entry.key());
    assert_eq!(resume().await.unwrap_err().outcome(), Unknown, "a refusal says nothing of the request before");
    assert_eq!(resume().await.unwrap_err().outcome(), Unknown);
    assert_eq!(journal.written(), [(Some(Done), 1)]);
}

#[tokio::test]
async fn a_key_that_the_server_may_have_forgotten_protects_no_longer() {
    let day = Duration::from_secs(24 * 60 * 60);
    let at = |script: &Scripted, journal: &Notes, age| {
        let time = Simulated::new(1);
        time.advance(age);
        let options =
            Options::new().environment(time).retry(RetryPolicy::never()).journal(journal.clone(), KEY.to_vec());
        let builder =
            ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
        let builder = builder.credential(0, crate::client::Basic::new("account", "key"));
        builder.options(options).transport(script.clone()).build().unwrap()
    };
    let script = Scripted::new().respond(201, "\"po\"");
    let journal = Notes::of(&script);
    let entry = left_behind(Key).await;
    let late = Call::new(&at(&script, &journal, day + Duration::from_secs(1)), Key).resuming(&entry);
    assert_eq!(late.unwrap_err(), ResumeError::KeyExpired);
    assert_eq!(Call::new(&at(&script, &journal, day), Key).resuming(&entry).unwrap().await.unwrap(), "po");

    // A clock that was set back proves nothing either.
    let (ahead, lost) = (broken(), Notes::default());
    let _ = Call::new(&at(&ahead, &lost, 2 * day), Key).await;
    let early = Call::new(&at(&script, &journal, Duration::ZERO), Key).resuming(&lost.entry());
    assert_eq!(early.unwrap_err(), ResumeError::KeyExpired);

    // Where the document says how to ask, that is what is left; and a field stays unique for ever.
    let nothing = || (0..1000).fold(Scripted::new(), |script, _| script.respond(200, NOTHING));
    let (asked, entry) = (nothing(), left_behind(super::payouts::Keyed::new()).await);
    let call = Call::new(&at(&asked, &journal, 2 * day), super::payouts::Keyed::new()).resuming(&entry).unwrap();
    assert_eq!(call.await.unwrap_err().outcome(), Unknown);
    assert!(asked.sent().iter().all(|request| request.method == "GET"));
    let (again, entry) =
        (Scripted::new().respond(200, NOTHING).respond(201, CREATED), left_behind(Unique::new()).await);
    let call = Call::new(&at(&again, &journal, 400 * day), Unique::new()).resuming(&entry).unwrap();
    assert_eq!(call.await.unwrap().data.id, "po_1");
}

#[tokio::test]
async fn an_entry_that_was_settled_meanwhile_is_not_gone_on_from() {
    let folder = tempfile::tempdir().unwrap();
    let journal = FileJournal::open(folder.path().join("journal")).await.unwrap();
    let script = broken()
        .fail(|| TransportError::interrupted("the connection broke"))
        .respond(201, "\"po\"")
        .respond(200, NOTHING)
        .respond(201, CREATED);
    let options = Options::new()
        .environment(Simulated::new(1))
        .retry(RetryPolicy::never())
        .journal(journal.clone(), KEY.to_vec());
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let builder = builder.credential(0, crate::client::Basic::new("account", "key"));
    let client = builder.options(options).transport(script.clone()).build().unwrap();
    Call::new(&client, Key).await.unwrap_err();
    Call::new(&client, Unique::new()).await.unwrap_err();
    let [key, unique] = journal.unsettled().try_into().unwrap();
    let by_key = || Call::new(&client, Key).resuming(&key).unwrap();
    let by_reference = || Call::new(&client, Unique::new()).resuming(&unique).unwrap();
    by_key().await.unwrap();
    by_reference().await.unwrap();
    let sent = script.sent().len();
    for error in [by_key().await.unwrap_err().to_string(), by_reference().await.unwrap_err().to_string()] {
        assert_eq!(
            error,
            "pay: the entry was settled meanwhile, or is of another journal (unknown whether it happened)"
        );
    }
    assert_eq!((script.sent().len(), journal.unsettled().len()), (sent, 0));
}

#[test]
fn an_entry_is_in_the_hands_of_one_call_at_a_time() {
    let script = Scripted::new().hang().hang().respond(201, "\"po\"");
    let (time, journal) = (Simulated::new(1), MemoryJournal::new());
    let options = Options::new().environment(Patient(time)).journal(journal.clone(), KEY.to_vec());
    let client = ApiClientBuilder::new(&API).base(0, "https://api.example.com").options(options);
    let client = client.transport(script.clone()).build().unwrap();
    let mut context = Context::from_waker(Waker::noop());
    let mut first = Call::new(&client, Key).into_future();
    assert!(first.as_mut().poll(&mut context).is_pending());
    let [entry] = journal.unsettled().try_into().unwrap();
    let resume = || Call::new(&client, Key).resuming(&entry).unwrap().into_future();
    let mut refused = |mut call: BoxFuture<'static, Result<String, ReconcileError<Key>>>| {
        let Poll::Ready(result) = call.as_mut().poll(&mut context) else { panic!("it was sent") };
        let error = result.unwrap_err();
        assert_eq!(error.to_string(), "pay: a call with the entry is under way (unknown whether it happened)");
    };
    refused(resume());
    // A call that is dropped lets go of it.
    drop(first);
    let mut second = resume();
    assert!(second.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    refused(resume());
    drop(second);
    let mut third = resume();
    let Poll::Ready(result) = third.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waits") };
    assert_eq!(result.unwrap(), "po");
    assert_eq!(script.sent().len(), 3);
}

#[tokio::test]
async fn an_entry_takes_no_other_request() {
    let script = Scripted::new();
    let journal = Notes::of(&script);
    let keyed = client(&script, &journal, KEY);
    let entry = left_behind(Unique::new()).await;
    let other = Unique { reference: "inv 1", amount: dec!(10.51) };
    assert_eq!(Call::new(&keyed, other).resuming(&entry).unwrap_err(), ResumeError::AnotherRequest);
    let elsewhere = Options::new().journal(journal.clone(), KEY.to_vec());
    let elsewhere = ApiClientBuilder::new(&API).base(0, "https://sandbox.example.com").options(elsewhere);
    let elsewhere = elsewhere.transport(script.clone()).build().unwrap();
    assert_eq!(Call::new(&elsewhere, Unique::new()).resuming(&entry).unwrap_err(), ResumeError::AnotherRequest);
    let other_key = client(&script, &journal, b"fedcba9876543210");
    assert_eq!(Call::new(&other_key, Unique::new()).resuming(&entry).unwrap_err(), ResumeError::AnotherRequest);
    assert_eq!(Call::new(&keyed, Delete).resuming(&entry).unwrap_err(), ResumeError::AnotherOperation);
    let without = super::fixtures::client(&script, &Simulated::new(1));
    assert_eq!(Call::new(&without, Unique::new()).resuming(&entry).unwrap_err(), ResumeError::NoJournal);
    let bare = left_behind(Bare).await;
    assert_eq!(Call::new(&keyed, Bare).resuming(&bare).unwrap_err(), ResumeError::NotRepeatable);
    assert!(script.sent().is_empty() && journal.written().is_empty());
}

#[tokio::test]
async fn a_request_that_cannot_be_repeated_leaves_its_outcome_open() {
    let nameless = || Unique { reference: "", amount: dec!(10.50) };
    let entry = left_behind(nameless()).await;
    let script = Scripted::new();
    let journal = Notes::of(&script);
    let error = Call::new(&client(&script, &journal, KEY), nameless()).resuming(&entry).unwrap().await.unwrap_err();
    assert!(matches!(error, ReconcileError::Call(Error::Transport(..))), "{error}");
    assert_eq!(error.outcome(), Unknown);
    assert!(script.sent().is_empty() && journal.written().is_empty());

    let entry = serde_json::to_string(&left_behind(Key).await).unwrap();
    let (before, after) = entry.split_once("\"key\":\"").unwrap();
    let altered: Entry = serde_json::from_str(&format!("{before}\"key\":\"\\n{after}")).unwrap();
    let refused = Call::new(&client(&script, &journal, KEY), Key).resuming(&altered).unwrap_err();
    assert_eq!(refused, ResumeError::AnotherAccount, "its key is no longer the one of its group");
}

/// The request of a crate that was generated from a document whose fields stand in another order, by a caller who writes amounts in
/// another way.
struct Regenerated {
    note: Option<&'static str>,
}

impl Operation for Regenerated {
    type Output = Document;
    type Error = <Unique as Operation>::Error;
    const SPEC: &'static OperationSpec = Unique::SPEC;
}

impl Invoke for Regenerated {
    const LOOKUP: Option<LookupOperation> = Unique::LOOKUP;

    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.json_object(&[], |body| {
            body.required("amount", &dec!(10.5))?;
            body.required("reference", &"inv 1")?;
            body.optional("note", &self.note)
        })
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        Unique::decode(response)
    }
}

#[tokio::test]
async fn an_entry_goes_on_with_the_same_request_whatever_its_bytes() {
    let entry = left_behind(Unique::new()).await;
    let script = Scripted::new().respond(200, FOUND);
    let journal = Notes::of(&script);
    let client = client(&script, &journal, KEY);
    let call = Call::new(&client, Regenerated { note: None });
    assert_eq!(call.resuming(&entry).unwrap().await.unwrap().data.id, "po_1");
    let other = Call::new(&client, Regenerated { note: Some("") }).resuming(&entry).unwrap_err();
    assert_eq!(other, ResumeError::AnotherRequest);
}

#[tokio::test]
async fn an_entry_of_an_unknown_version_is_not_guessed_at() {
    let entry = serde_json::to_string(&left_behind(Unique::new()).await).unwrap();
    let newer: Entry = serde_json::from_str(&entry.replacen("\"v\":1", "\"v\":2", 1)).unwrap();
    let script = Scripted::new();
    let refused = Call::new(&client(&script, &Notes::default(), KEY), Unique::new()).resuming(&newer).unwrap_err();
    assert_eq!(refused, ResumeError::UnknownVersion(2));
    assert_eq!(
        refused.to_string(),
        "the entry knows its request by a canonical form of version 2, and this program by version 1; resume it with the program that wrote \
         it, or settle it by hand"
    );
}
