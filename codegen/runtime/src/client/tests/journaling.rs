//! What is in the journal when.

mod deadlines;
mod groups;
mod settling;
mod sharing;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use super::fixtures::{API, Bare, Delete, Get, Keyed as Key, Safe};
use super::payouts::{CREATED, FOUND, NOTHING, Unique};
use crate::client::{
    ApiClient, ApiClientBuilder, BoxFuture, Call, Claimed, Entry, Environment, Holder, Invoke, Journal, MemoryJournal,
    Options, RetryPolicy, Scripted, Settled, Settlement, Simulated, TransportError,
};
use crate::outcome::Outcome::{self, Done, NotSent, Refused, Unknown};
use crate::{Secret, dec};

/// What was written, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    lines: Arc<Mutex<Vec<Line>>>,
    script: Scripted,
    is_full: bool,
    /// Says that the id of an entry is taken, and knows nothing open: another call settled what was written before.
    is_settled_elsewhere: bool,
    /// Takes entries, and no mark.
    is_unmarkable: bool,
}

#[derive(Debug)]
struct Line {
    entry: Entry,
    outcome: Option<Outcome>,
    /// How many requests had been sent by then.
    sent: usize,
}

impl Notes {
    pub(super) fn of(script: &Scripted) -> Self {
        Self { script: script.clone(), ..Self::default() }
    }

    fn write(&self, entry: &Entry, outcome: Option<Outcome>) {
        let line = Line { entry: entry.clone(), outcome, sent: self.script.sent().len() };
        self.lines.lock().unwrap().push(line);
    }

    pub(super) fn written(&self) -> Vec<(Option<Outcome>, usize)> {
        self.lines.lock().unwrap().iter().map(|line| (line.outcome, line.sent)).collect()
    }

    pub(super) fn entry(&self) -> Entry {
        self.lines.lock().unwrap()[0].entry.clone()
    }
}

impl Journal for Notes {
    fn open<'j>(&'j self, entry: &'j Entry, _: &'j Holder) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(async {
            // Whoever does not wait for it sends too early.
            tokio::task::yield_now().await;
            self.write(entry, None);
            if self.is_settled_elsewhere {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            if self.is_full { Err(io::Error::other("the disk is full")) } else { Ok(Vec::new()) }
        })
    }

    fn withdraw<'j>(&'j self, _: &'j Entry, _: &'j Holder) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn claim<'j>(&'j self, _: &'j Entry, _: &'j Holder) -> BoxFuture<'j, io::Result<Claimed>> {
        Box::pin(async { Ok(Claimed::Taken) })
    }

    fn renew<'j>(&'j self, _: &'j Holder) -> BoxFuture<'j, io::Result<bool>> {
        Box::pin(async { Ok(true) })
    }

    fn release(&self, _: &Holder) {}

    fn settle<'j>(
        &'j self,
        entry: &'j Entry,
        _: &'j Holder,
        settlement: &'j Settlement,
    ) -> BoxFuture<'j, io::Result<Settled>> {
        Box::pin(async move {
            self.write(entry, Some(settlement.outcome));
            if self.is_full || self.is_unmarkable {
                Err(io::Error::other("the disk is full"))
            } else {
                Ok(Settled::Closed)
            }
        })
    }

    fn find<'j>(&'j self, _: &'j str) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn list(&self) -> BoxFuture<'_, io::Result<Vec<Entry>>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

pub(super) const KEY: &[u8] = b"0123456789abcdef";

pub(super) fn client(script: &Scripted, journal: &Notes, key: &[u8]) -> ApiClient {
    let options = Options::new()
        .environment(Simulated::new(1))
        .retry(RetryPolicy::never())
        .journal(journal.clone(), key.to_vec());
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let builder = builder.credential(0, crate::client::Basic::new("account", "key"));
    builder.options(options).transport(script.clone()).build().unwrap()
}

async fn outcome<O: Invoke<Output = String>>(request: O, script: &Scripted, journal: &Notes) -> Outcome {
    match Call::new(&client(script, journal, KEY), request).await {
        Ok(_) => Done,
        Err(error) => error.outcome(),
    }
}

pub(super) fn broken() -> Scripted {
    Scripted::new().fail(|| TransportError::interrupted("the connection broke"))
}

#[tokio::test]
async fn what_could_be_lost_is_written_before_it_is_sent_and_marked_after() {
    let rows = [
        (Scripted::new().respond(201, "\"po\""), Done),
        (Scripted::new().respond(422, "[]"), Refused),
        (Scripted::new().fail(|| TransportError::not_sent("no connection")), NotSent),
    ];
    for (script, known) in rows {
        let journal = Notes::of(&script);
        assert_eq!(outcome(Bare, &script, &journal).await, known);
        assert_eq!(journal.written(), [(None, 0), (Some(known), 1)]);
    }
    let portal = || Scripted::new().respond_with(201, &[("content-type", "text/html")], "<html>");
    for script in [broken(), portal(), Scripted::new().respond(204, ""), Scripted::new().respond(403, "<html>")] {
        let journal = Notes::of(&script);
        assert_eq!(outcome(Bare, &script, &journal).await, Unknown);
        assert_eq!(journal.written(), [(None, 0)], "what is open stays open");
    }
    let script = Scripted::new().respond(200, "\"\"");
    let journal = Notes::of(&script);
    outcome(Delete, &script, &journal).await;
    assert_eq!(journal.written().len(), 2);
}

#[tokio::test]
async fn what_moves_nothing_is_not_written() {
    let script = Scripted::new().respond(200, "\"\"").respond(200, "\"\"");
    let journal = Notes::of(&script);
    outcome(Get, &script, &journal).await;
    outcome(Safe, &script, &journal).await;
    assert!(journal.written().is_empty());
}

#[tokio::test]
async fn without_the_journal_nothing_is_sent() {
    let script = Scripted::new().respond(201, CREATED).respond(201, CREATED);
    let journal = Notes { is_full: true, ..Notes::of(&script) };
    crate::test_spans::start();
    let error = Call::new(&client(&script, &journal, KEY), Unique::new()).await.unwrap_err();
    assert_eq!(error.outcome(), NotSent);
    assert_eq!(error.to_string(), "pay: the journal could not be written (not sent)");
    let error = Call::new(&client(&script, &journal, KEY), Unique::new()).reconciled().await.unwrap_err();
    assert_eq!(error.outcome(), NotSent);
    let text = crate::test_spans::finish();
    let end = "message=call finished operation=\"pay\" outcome=\"not_sent\" error.type=\"not_sent\" attempts=0 ";
    assert_eq!(text.matches(end).count(), 2, "{text}");
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn of_an_entry_that_another_call_settled_meanwhile_nothing_is_known() {
    let script = Scripted::new().respond(201, CREATED);
    let journal = Notes { is_settled_elsewhere: true, ..Notes::of(&script) };
    let error = Call::new(&client(&script, &journal, KEY), Unique::new()).await.unwrap_err();
    assert_eq!(error.outcome(), Unknown);
    assert_eq!(error.to_string(), "pay: the journal could not be written (unknown whether it happened)");
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn an_entry_knows_the_request_without_holding_it() {
    let created = r#"{"data": {"id": "po_1", "reference": "inv \"1\"", "amount": 987654321}}"#;
    let script = Scripted::new().respond(201, created).respond(200, "\"po\"");
    let journal = Notes::of(&script);
    let time = Simulated::new(1).wall_clock();
    Call::new(&client(&script, &journal, KEY), Unique { reference: "inv \"1\"", amount: dec!(987654321) })
        .await
        .unwrap();
    let entry = journal.entry();
    assert_eq!((entry.api(), entry.operation()), ("probe", "pay"));
    assert_eq!((entry.reference(), entry.key()), (Some("inv \"1\""), None));
    assert_eq!(entry.time(), time);
    assert!(entry.time() > SystemTime::UNIX_EPOCH);
    let text = serde_json::to_string(&entry).unwrap();
    assert!(!text.contains("987654321"), "{text}");
    assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);

    let journal = Notes::of(&script);
    let call = Call::new(&client(&script, &journal, KEY), Key);
    let key = call.key().map(str::to_owned);
    call.await.unwrap();
    assert_eq!(journal.entry().key().map(str::to_owned), key);
    assert!(key.is_some());
}

#[tokio::test]
async fn a_reconciled_call_is_one_entry_whatever_it_takes() {
    let script = broken().respond(200, NOTHING).respond(503, "").respond(200, FOUND);
    let journal = Notes::of(&script);
    Call::new(&client(&script, &journal, KEY), Unique::new()).reconciled().await.unwrap();
    assert_eq!(journal.written(), [(None, 0), (Some(Done), 4)]);
    let script = broken();
    let journal = Notes::of(&script);
    let call = Call::new(&client(&script, &journal, KEY), Unique::new()).deadline(Duration::from_secs(1));
    assert_eq!(call.reconciled().await.unwrap_err().outcome(), Unknown);
    assert_eq!(journal.written(), [(None, 0)]);
}

#[tokio::test]
async fn a_mark_that_cannot_be_written_neither_undoes_a_payment_nor_lets_anybody_make_another() {
    let client = |script| {
        let journal = Notes { is_unmarkable: true, ..Notes::of(&script) };
        let options =
            Options::new().environment(Simulated::new(1)).retry(RetryPolicy::never()).journal(journal, KEY.to_vec());
        let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").options(options);
        builder.transport(script).build().unwrap()
    };
    let paid = || client(Scripted::new().respond(201, CREATED));
    assert_eq!(Call::new(&paid(), Unique::new()).await.unwrap().data.id, "po_1");
    assert_eq!(Call::new(&paid(), Unique::new()).reconciled().await.unwrap().data.id, "po_1");
    // The entry stays open, so that a restart sends what was refused: nobody may be told that nothing will happen.
    let refused = Scripted::new().respond(422, "");
    let unreachable = Scripted::new().fail(|| TransportError::not_sent("no connection"));
    for script in [refused, unreachable] {
        let call = || Call::new(&client(script.clone()), Unique::new());
        assert_eq!(call().await.unwrap_err().outcome(), Unknown);
    }
    for script in [Scripted::new().respond(422, ""), Scripted::new()] {
        let error = Call::new(&client(script), Unique::new()).reconciled().await.unwrap_err();
        assert_eq!(error.outcome(), Unknown, "{error}");
    }
}

#[test]
fn a_key_that_can_be_guessed_is_refused() {
    let options = Options::new().journal(Notes::default(), Secret::new(vec![0; 15]));
    let error = ApiClientBuilder::new(&API).base(0, "https://api.example.com").options(options).build().unwrap_err();
    assert_eq!(error.to_string(), "option `journal`: its key is shorter than 16 bytes");
}

#[tokio::test]
async fn the_span_of_a_call_says_what_its_caller_is_told() {
    for is_unmarkable in [false, true] {
        for is_reconciled in [false, true] {
            let script = Scripted::new().respond(422, "");
            let journal = Notes { is_unmarkable, ..Notes::of(&script) };
            let call = Call::new(&client(&script, &journal, KEY), Unique::new());
            crate::test_spans::start();
            let told = if is_reconciled {
                call.reconciled().await.unwrap_err().outcome()
            } else {
                call.await.unwrap_err().outcome()
            };
            let text = crate::test_spans::finish();
            let (outcome, word) = if is_unmarkable { (Unknown, "unknown") } else { (Refused, "refused") };
            assert_eq!(told, outcome);
            assert!(text.contains(&format!("otel.status_code=\"ERROR\" outcome=\"{word}\" duration=")), "{text}");
            assert_eq!(text.contains("nobody knows whether"), is_unmarkable, "{text}");
        }
    }
}
