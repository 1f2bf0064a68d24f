//! Several clients with one journal, as several machines with one table.

use std::collections::VecDeque;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::client::Transport;
use crate::client::tests::attempts::Patient;
use crate::client::tests::fixtures::Keyed;
use crate::client::tests::payouts::{ByMethod, Once, listing};
use crate::outcome::Outcome::Duplicate;

const LEASE: Duration = Duration::from_secs(60);

fn over(transport: impl Transport + Clone, journal: &MemoryJournal, time: &Simulated, seed: u64) -> ApiClient {
    let environment = Drawing(Patient(time.clone()), Simulated::new(seed));
    let options = Options::new().environment(environment).journal(journal.clone(), KEY.to_vec());
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let builder = builder.credential(0, crate::client::Basic::new("account", "key"));
    builder.options(options).transport(transport).build().unwrap()
}

/// Time that clients share, and chance that they do not.
#[derive(Debug)]
struct Drawing(Patient, Simulated);

impl Environment for Drawing {
    fn now(&self) -> std::time::Instant {
        self.0.now()
    }

    fn wall_clock(&self) -> SystemTime {
        self.0.wall_clock()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        self.1.fill(bytes)
    }
}

fn poll<F: Future + ?Sized>(call: &mut Pin<Box<F>>) -> Poll<F::Output> {
    call.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

/// An entry that a process has left behind, in a journal with a lease.
async fn left_behind(time: &Simulated) -> (MemoryJournal, Entry) {
    let journal = MemoryJournal::new().lease(LEASE, time.clone());
    Call::new(&over(broken(), &journal, time, 1), Unique::new()).await.unwrap_err();
    let [entry] = journal.unsettled().try_into().unwrap();
    (journal, entry)
}

/// Responses in this order, the first request only when it is asked for the second time; then there is no connection.
#[derive(Clone)]
struct Late {
    responses: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
    sent: Arc<Mutex<Vec<http::Method>>>,
}

impl Late {
    fn new<const N: usize>(responses: [(u16, &'static str); N]) -> Self {
        Self { responses: Arc::new(Mutex::new(responses.into())), sent: Arc::default() }
    }

    fn sent(&self) -> Vec<http::Method> {
        self.sent.lock().unwrap().clone()
    }
}

impl Transport for Late {
    fn send(
        &self,
        request: http::Request<crate::Body>,
    ) -> BoxFuture<'_, Result<http::Response<crate::Body>, TransportError>> {
        let response = self.responses.lock().unwrap().pop_front();
        let is_first = self.sent().is_empty();
        self.sent.lock().unwrap().push(request.method().clone());
        Box::pin(async move {
            if is_first {
                tokio::task::yield_now().await;
            }
            let (status, body) = response.ok_or_else(|| TransportError::not_sent("no connection"))?;
            let mut response = http::Response::new(crate::Body::from(body));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            Ok(response)
        })
    }
}

#[tokio::test]
async fn two_clients_never_resume_the_same_entry() {
    let time = Simulated::new(1);
    let (journal, entry) = left_behind(&time).await;
    let (hung, script) = (Scripted::new().hang(), Scripted::new().respond(200, FOUND));
    let (one, other) = (over(hung, &journal, &time, 2), over(script.clone(), &journal, &time, 3));
    let resume = |client| Call::new(client, Unique::new()).resuming(&entry).unwrap().into_future();
    let mut first = resume(&one);
    assert!(poll(&mut first).is_pending());
    let error = resume(&other).await.unwrap_err();
    assert_eq!(error.to_string(), "pay: a call with the entry is under way (unknown whether it happened)");
    assert!(script.sent().is_empty());
    // Whose call is dropped has it no more.
    drop(first);
    resume(&other).await.unwrap();
    assert!(journal.unsettled().is_empty());
}

#[tokio::test]
async fn who_lost_its_claim_sends_nothing_more() {
    let time = Simulated::new(1);
    let (journal, entry) = left_behind(&time).await;
    // The first is away for longer than its lease before it learns that there is nothing. The second creates it.
    let (away, quick) = (Late::new([(200, NOTHING)]), Scripted::new().respond(200, NOTHING).respond(201, CREATED));
    let one = over(away.clone(), &journal, &time, 2);
    let mut first = Call::new(&one, Unique::new()).resuming(&entry).unwrap().into_future();
    assert!(poll(&mut first).is_pending());
    time.advance(LEASE);
    let other = over(quick, &journal, &time, 3);
    Call::new(&other, Unique::new()).resuming(&entry).unwrap().await.unwrap();
    let error = first.await.unwrap_err();
    assert_eq!(error.outcome(), Unknown);
    assert!(away.sent().iter().all(|method| method == "GET"), "it created nothing");
    let settled = journal.settled().into_iter().map(|(entry, settlement)| (entry, settlement.outcome));
    assert_eq!(settled.collect::<Vec<_>>(), [(entry, Done)]);
}

#[tokio::test]
async fn a_plain_call_that_lost_its_claim_is_not_tried_again() {
    let time = Simulated::new(1);
    let journal = MemoryJournal::new().lease(LEASE, time.clone());
    let transport = Late::new([(503, ""), (201, "\"po\"")]);
    let client = over(transport.clone(), &journal, &time, 2);
    let mut call = Call::new(&client, Keyed).into_future();
    assert!(poll(&mut call).is_pending());
    time.advance(LEASE);
    let [entry] = journal.unsettled().try_into().unwrap();
    assert_eq!(journal.claim(&entry, &Holder::new("other")).await.unwrap(), Claimed::Taken);
    let error = call.await.unwrap_err();
    assert_eq!((error.outcome(), transport.sent().len()), (Unknown, 1));
    assert!(error.to_string().contains("the journal's entry was settled or claimed meanwhile"), "{error}");
}

#[tokio::test]
async fn a_claim_is_renewed_as_long_as_its_call_is_under_way() {
    let time = Simulated::new(1);
    // `Patient` lets up to 20 s pass at once: each time the call is asked, a third of the lease is over.
    let lease = Duration::from_secs(57);
    let journal = MemoryJournal::new().lease(lease, time.clone());
    let client = over(Scripted::new().hang(), &journal, &time, 2);
    let mut call = Call::new(&client, Unique::new()).into_future();
    for _ in 0..20 {
        assert!(poll(&mut call).is_pending());
        time.advance(lease.saturating_sub(Duration::from_secs(20)));
    }
    let [entry] = journal.unsettled().try_into().unwrap();
    assert_eq!(journal.claim(&entry, &Holder::new("other")).await.unwrap(), Claimed::Held);
    drop(call);
    assert_eq!(journal.claim(&entry, &Holder::new("other")).await.unwrap(), Claimed::Taken);
}

/// Two plain calls of one reference, the second begun and ended while the first is under way; what each is told, and how many entries
/// are open then.
async fn both(first: (u16, &'static str), second: (u16, &'static str)) -> (Outcome, Outcome, usize) {
    let (time, journal) = (Simulated::new(1), MemoryJournal::new());
    let transport = Late::new([first, second]);
    let (one, other) = (over(transport.clone(), &journal, &time, 2), over(transport, &journal, &time, 3));
    let mut late = Call::new(&one, Unique::new()).into_future();
    assert!(poll(&mut late).is_pending());
    let quick = Call::new(&other, Unique::new()).await.map_or_else(|error| error.outcome(), |_| Done);
    let late = late.await.map_or_else(|error| error.outcome(), |_| Done);
    (late, quick, journal.unsettled().len())
}

#[tokio::test]
async fn what_is_told_of_a_reference_with_two_calls_under_way_is_true_of_both() {
    assert_eq!(both((422, ""), (422, "")).await, (Unknown, Unknown, 2), "neither knows of the other's request");
    assert_eq!(both((422, ""), (201, CREATED)).await, (Duplicate, Done, 0));
    assert_eq!(both((201, CREATED), (422, "")).await, (Done, Unknown, 0));
    assert_eq!(both((409, CREATED), (201, CREATED)).await, (Duplicate, Done, 0));
    assert_eq!(both((500, ""), (201, CREATED)).await, (Unknown, Done, 0));
}

#[tokio::test]
async fn a_table_tells_holders_apart() {
    let journal = MemoryJournal::new();
    let (_, entry) = left_behind(&Simulated::new(1)).await;
    let (one, other) = (Holder::new("one"), Holder::new("other"));
    assert_eq!(journal.claim(&entry, &one).await.unwrap(), Claimed::NotOpen);
    assert_eq!(journal.open(&entry, &one).await.unwrap(), []);
    assert_eq!(journal.open(&entry, &other).await.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(journal.claim(&entry, &one).await.unwrap(), Claimed::Taken, "once more");
    assert_eq!(journal.claim(&entry, &other).await.unwrap(), Claimed::Held);
    assert!(journal.renew(&one).await.unwrap() && !journal.renew(&other).await.unwrap());
    let refused = Settlement::of(Refused);
    assert_eq!(journal.settle(&entry, &other, &refused).await.unwrap(), Settled::OthersOpen);
    assert_eq!(journal.find(entry.group()).await.unwrap(), std::slice::from_ref(&entry));
    assert_eq!(journal.settle(&entry, &other, &Settlement::of(Done)).await.unwrap(), Settled::Closed);
    assert!(!journal.renew(&one).await.unwrap(), "it was settled meanwhile");
    assert_eq!(journal.settle(&entry, &one, &refused).await.unwrap(), Settled::Earlier(Done));
    journal.release(&one);
    assert_eq!(journal.settle(&entry, &one, &refused).await.unwrap(), Settled::NotOpen);
    assert!(journal.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn asked_first_nothing_is_sent_beside_a_call_under_way() {
    let (time, journal) = (Simulated::new(1), MemoryJournal::new());
    let ask = |client: &ApiClient| {
        let call = Call::new(client, Once::new()).deadline(Duration::from_secs(600));
        call.reconciled().lookup_first().into_future()
    };
    let one = over(Scripted::new().hang(), &journal, &time, 2);
    let plain = || Call::new(&one, Once::new()).into_future();
    // Of a call that began before.
    let mut under_way = plain();
    assert!(poll(&mut under_way).is_pending());
    let server = ByMethod::new(Scripted::new().respond(201, CREATED), listing(NOTHING));
    let error = ask(&over(server.clone(), &journal, &time, 3)).await.unwrap_err();
    assert_eq!((error.outcome(), server.posts.sent().len()), (Unknown, 0));
    // Once it is over, its request has the settling time.
    drop(under_way);
    let began = time.now();
    assert_eq!(ask(&over(server.clone(), &journal, &time, 4)).await.unwrap().data.id, "po_1");
    assert_eq!(server.posts.sent().len(), 1);
    assert!(time.now() - began >= Duration::from_secs(30));
    assert!(journal.unsettled().is_empty());
    // Of a call that began after.
    let late = Late { responses: Arc::new(Mutex::new(vec![(200, NOTHING); 5000].into())), sent: Arc::default() };
    let mut asking = ask(&over(late.clone(), &journal, &time, 5));
    assert!(poll(&mut asking).is_pending());
    let two = over(Scripted::new().hang(), &journal, &time, 6);
    let mut under_way = Call::new(&two, Once::new()).into_future();
    assert!(poll(&mut under_way).is_pending());
    assert_eq!(asking.await.unwrap_err().outcome(), Unknown);
    assert!(late.sent().iter().all(|method| method == "GET"));
    assert_eq!(journal.unsettled().len(), 2);
}
