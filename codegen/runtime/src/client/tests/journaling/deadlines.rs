//! A journal that does not answer.

use std::time::Instant;

use super::*;
use crate::client::tests::payouts::OTHER_AMOUNT;
use crate::outcome::Outcome::Duplicate;

/// What a journal never does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stuck {
    /// Writing an entry; nothing of it is there.
    Opening,
    /// Saying that an entry was written.
    Opened,
    /// Anything but telling what is open.
    Everything,
    Renewing,
    Settling,
}

#[derive(Clone, Debug)]
struct Slow {
    journal: MemoryJournal,
    at: Stuck,
}

impl Slow {
    async fn waits(&self, points: &[Stuck]) {
        if points.contains(&self.at) || self.at == Stuck::Everything {
            std::future::pending::<()>().await;
        }
    }
}

impl Journal for Slow {
    fn open<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(async {
            if self.at == Stuck::Opening {
                self.waits(&[Stuck::Opening]).await;
            }
            let opened = self.journal.open(entry, holder).await;
            self.waits(&[Stuck::Opened]).await;
            opened
        })
    }

    fn withdraw<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(async {
            self.waits(&[]).await;
            self.journal.withdraw(entry, holder).await
        })
    }

    fn claim<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Claimed>> {
        self.journal.claim(entry, holder)
    }

    fn renew<'j>(&'j self, holder: &'j Holder) -> BoxFuture<'j, io::Result<bool>> {
        Box::pin(async {
            self.waits(&[Stuck::Renewing]).await;
            self.journal.renew(holder).await
        })
    }

    fn release(&self, holder: &Holder) {
        self.journal.release(holder);
    }

    fn settle<'j>(
        &'j self,
        entry: &'j Entry,
        holder: &'j Holder,
        settlement: &'j Settlement,
    ) -> BoxFuture<'j, io::Result<Settled>> {
        Box::pin(async {
            self.waits(&[Stuck::Settling]).await;
            self.journal.settle(entry, holder, settlement).await
        })
    }

    fn find<'j>(&'j self, group: &'j str) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        self.journal.find(group)
    }

    fn list(&self) -> BoxFuture<'_, io::Result<Vec<Entry>>> {
        self.journal.list()
    }
}

/// Simulated time that passes for a journal, too, as soon as nothing goes on.
#[derive(Debug)]
struct Impatient(Simulated);

impl Environment for Impatient {
    fn now(&self) -> Instant {
        self.0.now()
    }

    fn wall_clock(&self) -> SystemTime {
        self.0.wall_clock()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        self.0.fill(bytes)
    }
}

const DEADLINE: Duration = Duration::from_millis(500);

/// What a call is told, plain or reconciled, and whether its mark is missing; how many requests were sent and entries are open then.
async fn told(at: Stuck, script: &Scripted, reconciled: bool) -> (Outcome, bool, usize, usize) {
    let (time, journal) = (Simulated::new(1), MemoryJournal::new());
    let slow = Slow { journal: journal.clone(), at };
    let options = Options::new().environment(Impatient(time.clone())).retry(RetryPolicy::never());
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let builder = builder.credential(0, crate::client::Basic::new("account", "key"));
    let client = builder.options(options.journal(slow, KEY.to_vec())).transport(script.clone()).build().unwrap();
    let call = Call::new(&client, Unique::new()).deadline(DEADLINE);
    let began = time.now();
    let (outcome, journal_write_failed) = if reconciled {
        match call.reconciled().detailed().await {
            Ok((_, meta)) => (meta.outcome(), meta.journal_write_failed()),
            Err(error) => (error.outcome(), error.journal_write_failed()),
        }
    } else {
        match call.detailed().await {
            Ok((_, meta)) => (meta.outcome(), meta.journal_write_failed()),
            Err(error) => (error.outcome(), error.meta().is_some_and(crate::client::Meta::journal_write_failed)),
        }
    };
    assert!(time.now() - began <= DEADLINE, "{at:?} took {:?}", time.now() - began);
    (outcome, journal_write_failed, script.sent().len(), journal.unsettled().len())
}

#[tokio::test]
async fn a_journal_that_does_not_answer_ends_the_call_before_anything_is_sent() {
    for reconciled in [false, true] {
        let script = || Scripted::new().respond(201, CREATED);
        // It is certain that nothing of it will be sent: the entry was taken back.
        assert_eq!(told(Stuck::Opening, &script(), reconciled).await, (NotSent, false, 0, 0));
        assert_eq!(told(Stuck::Opened, &script(), reconciled).await, (NotSent, false, 0, 0));
        // It is not: the entry is there, and whoever resumes it sends it.
        assert_eq!(told(Stuck::Everything, &script(), reconciled).await, (Unknown, false, 0, 1));
    }
    assert_eq!(told(Stuck::Renewing, &Scripted::new().respond(201, CREATED), false).await, (NotSent, false, 0, 0));
}

#[tokio::test]
async fn a_response_is_told_in_time_and_what_the_journal_was_not_told_is_said() {
    let created = || Scripted::new().respond(201, CREATED);
    assert_eq!(told(Stuck::Settling, &created(), false).await, (Done, true, 1, 1));
    assert_eq!(told(Stuck::Settling, &created(), true).await, (Done, true, 1, 1));
    let found = broken().respond(200, FOUND);
    assert_eq!(told(Stuck::Settling, &found, true).await, (Done, true, 2, 1));
    // Its entry is open, and sent when it is resumed: nobody may be told that it will not happen.
    let refused = || Scripted::new().respond(422, "");
    assert_eq!(told(Stuck::Settling, &refused(), false).await, (Unknown, true, 1, 1));
    assert_eq!(told(Stuck::Settling, &refused(), true).await, (Unknown, true, 1, 1));
    let other = broken().respond(200, OTHER_AMOUNT);
    assert_eq!(told(Stuck::Settling, &other, true).await, (Duplicate, true, 2, 1));
}

#[tokio::test]
async fn there_is_time_for_the_mark_when_there_was_none_for_the_response() {
    let script = Scripted::new().hang();
    let journal = MemoryJournal::new();
    let time = Simulated::new(1);
    let options = Options::new().environment(time.clone()).journal(journal.clone(), KEY.to_vec());
    let client = ApiClientBuilder::new(&API).base(0, "https://api.example.com").options(options);
    let client = client.transport(script).build().unwrap();
    let began = time.now();
    let call = Call::new(&client, Unique::new()).deadline(Duration::from_secs(20));
    assert_eq!(call.await.unwrap_err().outcome(), Unknown);
    assert_eq!(time.now() - began, Duration::from_secs(19));
}

/// A journal whose responses about a claim take so long.
#[derive(Clone, Debug)]
struct Dawdling {
    journal: MemoryJournal,
    time: Simulated,
    pause: Duration,
    lease: Option<Duration>,
}

impl Journal for Dawdling {
    fn lease(&self) -> Option<Duration> {
        self.lease
    }

    fn open<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        self.journal.open(entry, holder)
    }

    fn withdraw<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<()>> {
        self.journal.withdraw(entry, holder)
    }

    fn claim<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Claimed>> {
        self.journal.claim(entry, holder)
    }

    fn renew<'j>(&'j self, holder: &'j Holder) -> BoxFuture<'j, io::Result<bool>> {
        Box::pin(async {
            self.time.advance(self.pause);
            self.journal.renew(holder).await
        })
    }

    fn release(&self, holder: &Holder) {
        self.journal.release(holder);
    }

    fn settle<'j>(
        &'j self,
        entry: &'j Entry,
        holder: &'j Holder,
        settlement: &'j Settlement,
    ) -> BoxFuture<'j, io::Result<Settled>> {
        self.journal.settle(entry, holder, settlement)
    }

    fn find<'j>(&'j self, group: &'j str) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        self.journal.find(group)
    }

    fn list(&self) -> BoxFuture<'_, io::Result<Vec<Entry>>> {
        self.journal.list()
    }
}

#[tokio::test]
async fn a_claim_that_is_slow_to_be_renewed_takes_its_time_from_the_request() {
    // What the call is told, how many requests were sent, and whether the time was kept.
    let told = async |pause| {
        let (time, script) = (Simulated::new(1), Scripted::new().hang());
        let journal = Dawdling { journal: MemoryJournal::new(), time: time.clone(), pause, lease: None };
        let options = Options::new().environment(Impatient(time.clone())).retry(RetryPolicy::never());
        let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com");
        let client = builder.options(options.journal(journal, KEY.to_vec())).transport(script.clone()).build().unwrap();
        let began = time.now();
        let error = Call::new(&client, Unique::new()).deadline(DEADLINE).await.unwrap_err();
        assert!(time.now() - began <= DEADLINE, "it took {:?}", time.now() - began);
        (error.outcome(), script.sent().len())
    };
    assert_eq!(told(Duration::from_millis(400)).await, (Unknown, 1));
    assert_eq!(told(Duration::from_millis(460)).await, (NotSent, 0), "no time is left to send it");
}

#[tokio::test]
async fn a_claim_that_ended_before_its_renewal_was_confirmed_sends_nothing() {
    let told = async |pause| {
        let (time, script) = (Simulated::new(1), Scripted::new().respond(201, CREATED));
        let lease = Some(Duration::from_secs(3));
        let journal = Dawdling { journal: MemoryJournal::new(), time: time.clone(), pause, lease };
        let options = Options::new().environment(Impatient(time.clone())).retry(RetryPolicy::never());
        let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com");
        let client = builder.options(options.journal(journal, KEY.to_vec())).transport(script.clone()).build().unwrap();
        let told = Call::new(&client, Unique::new()).await.map_or_else(|error| error.outcome(), |_| Done);
        (told, script.sent().len())
    };
    assert_eq!(told(Duration::from_millis(2900)).await, (Done, 1));
    // Another holder may have claimed the entry by now.
    assert_eq!(told(Duration::from_secs(3)).await, (NotSent, 0));
}
