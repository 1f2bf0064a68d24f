//! A reference with an open entry: what the next call of it may be told, and what settles it.

use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::client::tests::fixtures::{Get, Keyed as Key, Put, Written};
use crate::client::tests::payouts::Keyed;
use crate::client::{FileJournal, ReconcileError};
use crate::outcome::Outcome::Duplicate;

fn over(script: &Scripted, journal: impl Journal, account: &str) -> ApiClient {
    // No two clients draw the same ids.
    let seed = SEED.fetch_add(1, Ordering::Relaxed);
    let options = Options::new().environment(Simulated::new(seed)).retry(RetryPolicy::never());
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let builder = builder.credential(0, crate::client::Basic::new(account, "key"));
    builder.options(options.journal(journal, KEY.to_vec())).transport(script.clone()).build().unwrap()
}

static SEED: AtomicU64 = AtomicU64::new(1);

fn lost(script: Scripted) -> Scripted {
    script.fail(|| TransportError::interrupted("the connection broke"))
}

/// A documented refusal, and answers that a gateway gives.
fn refusals() -> impl Iterator<Item = Scripted> {
    let responses = [(422, "[]"), (401, ""), (403, "<html>"), (400, "{}"), (404, "")];
    let responses = responses.into_iter().map(|(status, body)| lost(Scripted::new()).respond(status, body));
    responses.chain([lost(Scripted::new()).fail(|| TransportError::not_sent("no connection"))])
}

#[tokio::test]
async fn what_follows_an_unknown_call_of_the_same_reference_is_not_told_as_nothing() {
    for script in refusals() {
        let journal = MemoryJournal::new();
        let client = over(&script, journal.clone(), "account");
        let pay = || async { Call::new(&client, Unique::new()).await.unwrap_err().outcome() };
        assert_eq!((pay().await, pay().await), (Unknown, Unknown));
        // Another client, as after a restart.
        let client = over(&script, journal.clone(), "account");
        assert_eq!(Call::new(&client, Unique::new()).await.unwrap_err().outcome(), Unknown, "the script is at its end");
        assert_eq!(journal.unsettled().len(), 3);
        // Another reference is another operation.
        let other = Unique { reference: "inv 2", amount: dec!(10.50) };
        assert_eq!(Call::new(&client, other).await.unwrap_err().outcome(), NotSent);
        assert_eq!(journal.unsettled().len(), 3);
    }
}

#[tokio::test]
async fn it_is_so_for_a_key_for_what_is_idempotent_and_for_what_acts_on_a_named_resource() {
    let on_a_resource = || {
        Written(|request: &mut crate::client::RequestWriter| {
            request.parameter_of(&crate::ParameterSpec::path("p"), &1)?;
            request.json("paid")
        })
    };
    for script in refusals() {
        let client = over(&script, MemoryJournal::new(), "account");
        let first = Call::new(&client, Key);
        let key = first.key().map(str::to_owned).unwrap();
        assert_eq!(first.await.unwrap_err().outcome(), Unknown);
        assert_eq!(Call::new(&client, Key).idempotency_key(key).await.unwrap_err().outcome(), Unknown);
    }
    for script in refusals() {
        let client = over(&script, MemoryJournal::new(), "account");
        let put = || async { Call::new(&client, Put).await.unwrap_err().outcome() };
        assert_eq!((put().await, put().await), (Unknown, Unknown));
    }
    for script in refusals() {
        let client = over(&script, MemoryJournal::new(), "account");
        let act = || async {
            let result = Call::new(&client, on_a_resource()).detailed().await;
            result.map_or_else(|error| error.outcome(), |((), meta)| meta.outcome())
        };
        assert_eq!((act().await, act().await), (Unknown, Unknown));
    }
    // What nothing tells apart may be two operations.
    let script = lost(Scripted::new()).respond(422, "[]");
    let client = over(&script, MemoryJournal::new(), "account");
    let bare = || async { Call::new(&client, Bare).await.unwrap_err().outcome() };
    assert_eq!((bare().await, bare().await), (Unknown, Refused));
    assert_eq!(Call::new(&client, Get).await.unwrap_err().outcome(), NotSent);
}

#[tokio::test]
async fn what_settles_one_settles_all_of_its_reference() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    let script = lost(lost(Scripted::new())).respond(409, CREATED);
    let script = lost(lost(script)).respond(201, CREATED);
    let client = over(&script, journal.clone(), "account");
    for known in [Duplicate, Done] {
        for open in 1..3 {
            assert_eq!(Call::new(&client, Unique::new()).await.unwrap_err().outcome(), Unknown);
            assert_eq!(journal.unsettled().len(), open);
        }
        let told = Call::new(&client, Unique::new()).await.map_or_else(|error| error.outcome(), |_| Done);
        assert_eq!(told, known);
        assert!(journal.unsettled().is_empty(), "{known:?}");
    }
    drop((client, journal));
    assert!(FileJournal::open(&path).await.unwrap().unsettled().is_empty());
}

#[tokio::test]
async fn a_reconciled_call_of_an_open_reference_asks_before_it_creates() {
    let journal = MemoryJournal::new();
    let script = lost(Scripted::new()).respond(200, FOUND);
    let client = over(&script, journal.clone(), "account");
    Call::new(&client, Unique::new()).await.unwrap_err();
    assert_eq!(Call::new(&client, Unique::new()).reconciled().await.unwrap().data.id, "po_1");
    let methods: Vec<_> = script.sent().iter().map(|request| request.method.to_string()).collect();
    assert_eq!(methods, ["POST", "GET"]);
    assert!(journal.unsettled().is_empty());
    // Refused for good, and the API itself says long enough after it that there is nothing: that settles the earlier entry, too.
    let script = (0..1000)
        .fold(lost(Scripted::new()).respond(200, NOTHING).respond(422, ""), |script, _| script.respond(200, NOTHING));
    let client = over(&script, journal.clone(), "account");
    Call::new(&client, Unique::new()).await.unwrap_err();
    let error = Call::new(&client, Unique::new()).reconciled().await.unwrap_err();
    assert!(matches!(error, ReconcileError::Call(_)));
    assert_eq!(error.outcome(), Refused);
    assert!(journal.unsettled().is_empty());
}

#[tokio::test]
async fn the_same_reference_in_another_account_is_another_operation() {
    let (script, journal) = (lost(Scripted::new()).respond(422, "").respond(201, CREATED), MemoryJournal::new());
    let (one, other) = (over(&script, journal.clone(), "one"), over(&script, journal.clone(), "other"));
    assert_eq!(Call::new(&one, Unique::new()).await.unwrap_err().outcome(), Unknown);
    assert_eq!(Call::new(&other, Unique::new()).await.unwrap_err().outcome(), Refused);
    Call::new(&other, Unique::new()).await.unwrap();
    let [entry] = journal.unsettled().try_into().unwrap();
    let refused = Call::new(&other, Unique::new()).resuming(&entry).unwrap_err();
    assert_eq!(refused.to_string(), "the entry is of another account than the client");
    assert!(Call::new(&one, Unique::new()).resuming(&entry).is_ok());
}

#[tokio::test]
async fn a_journal_that_fails_says_nothing_of_earlier_calls() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    let script = lost(Scripted::new());
    let client = over(&script, journal.clone(), "account");
    assert_eq!(Call::new(&client, Unique::new()).await.unwrap_err().outcome(), Unknown);
    std::fs::write(&path, "").unwrap();
    let error = Call::new(&client, Unique::new()).await.unwrap_err();
    assert_eq!(error.to_string(), "pay: the journal could not be written (unknown whether it happened)");
    let other = Unique { reference: "inv 2", amount: dec!(10.50) };
    assert_eq!(Call::new(&client, other).await.unwrap_err().outcome(), NotSent);
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test]
async fn a_reference_with_an_open_entry_is_not_sent_with_another_key() {
    let journal = MemoryJournal::new();
    let script = (0..1000).fold(lost(Scripted::new()), |script, _| script.respond(200, NOTHING));
    let client = over(&script, journal.clone(), "account");
    Call::new(&client, Keyed::new()).await.unwrap_err();
    for call in [Call::new(&client, Keyed::new()), Call::new(&client, Keyed::new()).idempotency_key("another")] {
        assert_eq!(call.reconciled().await.unwrap_err().outcome(), Unknown);
    }
    let posts = script.sent().iter().filter(|request| request.method == http::Method::POST).count();
    assert_eq!((posts, journal.unsettled().len()), (1, 3), "the first one may be on its way");
    // With the key of all entries it may be.
    for entry in &journal.unsettled()[1..] {
        journal.withdraw(entry, &Holder::new("by hand")).await.unwrap();
    }
    let key = journal.unsettled()[0].key().unwrap().to_owned();
    let script = Scripted::new().respond(200, NOTHING).respond(201, CREATED);
    let client = over(&script, journal.clone(), "account");
    let call = Call::new(&client, Keyed::new()).idempotency_key(key);
    assert_eq!(call.reconciled().await.unwrap().data.id, "po_1");
    assert!(journal.unsettled().is_empty());
}

/// Calls that were lost, each with a key of its own, and the entries that they left.
async fn lost_with_two_keys(journal: &MemoryJournal) -> [crate::client::Entry; 2] {
    let client = over(&lost(lost(Scripted::new())), journal.clone(), "account");
    for key in ["one", "other"] {
        Call::new(&client, Keyed::new()).idempotency_key(key).await.unwrap_err();
    }
    journal.unsettled().try_into().unwrap()
}

fn posts(script: &Scripted) -> usize {
    script.sent().iter().filter(|request| request.method == http::Method::POST).count()
}

#[tokio::test]
async fn a_given_key_that_is_not_the_one_of_every_open_entry_repeats_nothing() {
    let nothing = || (0..1000).fold(Scripted::new(), |script, _| script.respond(200, NOTHING));
    let journal = MemoryJournal::new();
    let entries = lost_with_two_keys(&journal).await;
    // The other entry's request may be on its way, and the server would carry this one out beside it.
    for entry in &entries {
        let script = nothing();
        let client = over(&script, journal.clone(), "account");
        let error = Call::new(&client, Keyed::new()).resuming(entry).unwrap().await.unwrap_err();
        assert_eq!((error.outcome(), posts(&script)), (Unknown, 0), "{:?}", entry.key());
    }
    let script = nothing();
    let client = over(&script, journal.clone(), "account");
    let call = Call::new(&client, Keyed::new()).idempotency_key("one");
    assert_eq!((call.reconciled().await.unwrap_err().outcome(), posts(&script)), (Unknown, 0));
    assert_eq!(journal.unsettled().len(), 3);
    // Asked first it is sent, when the earlier ones have had their time.
    let time = Simulated::new(77);
    let options = Options::new().environment(time.clone()).journal(journal.clone(), KEY.to_vec());
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let builder = builder.credential(0, crate::client::Basic::new("account", "key"));
    let server = crate::client::tests::payouts::ByMethod::new(Scripted::new().respond(201, CREATED), nothing());
    let client = builder.options(options).transport(server.clone()).build().unwrap();
    let call = Call::new(&client, Keyed::new()).idempotency_key("one").reconciled().lookup_first();
    assert_eq!(call.await.unwrap().data.id, "po_1");
    assert_eq!(server.posts.sent().len(), 1);
    assert!(time.slept().iter().sum::<Duration>() >= Duration::from_secs(30));
    assert!(journal.unsettled().is_empty());
}

#[tokio::test]
async fn what_cannot_be_built_is_not_told_as_nothing_while_its_reference_is_open() {
    let journal = MemoryJournal::new();
    let script = lost(lost(Scripted::new()));
    let client = over(&script, journal.clone(), "account");
    let unnamed = || Unique { reference: "", ..Unique::new() };
    for request in [Unique::new(), unnamed()] {
        assert_eq!(Call::new(&client, request).await.unwrap_err().outcome(), Unknown);
    }
    let error = Call::new(&client, Unique::new()).idempotency_key("takes none").await.unwrap_err();
    assert_eq!(error.to_string(), "pay: the request could not be built (unknown whether it happened)");
    let error = Call::new(&client, unnamed()).reconciled().await.unwrap_err();
    assert_eq!(error.outcome(), Unknown);
    // Nothing is known of another one.
    let other = Unique { reference: "inv 2", ..Unique::new() };
    assert_eq!(Call::new(&client, other).idempotency_key("takes none").await.unwrap_err().outcome(), NotSent);
    assert_eq!((script.sent().len(), journal.unsettled().len()), (2, 2));
}

#[tokio::test]
async fn an_entry_is_not_resumed_beside_a_request_with_another_key() {
    let journal = MemoryJournal::new();
    let client = over(&lost(lost(Scripted::new())), journal.clone(), "account");
    for _ in 0..2 {
        Call::new(&client, Keyed::new()).await.unwrap_err();
    }
    let [first, second] = journal.unsettled().try_into().unwrap();
    assert_ne!(first.key(), second.key());
    let script = (0..1000).fold(Scripted::new(), |script, _| script.respond(200, NOTHING));
    let client = over(&script, journal.clone(), "account");
    let error = Call::new(&client, Keyed::new()).resuming(&first).unwrap().await.unwrap_err();
    assert_eq!((error.outcome(), journal.unsettled().len()), (Unknown, 2));
    assert!(script.sent().iter().all(|request| request.method == http::Method::GET), "either may be on its way");
    // What is found settles both.
    let client = over(&Scripted::new().respond(200, FOUND), journal.clone(), "account");
    assert_eq!(Call::new(&client, Keyed::new()).resuming(&second).unwrap().await.unwrap().data.id, "po_1");
    assert!(journal.unsettled().is_empty());
}
