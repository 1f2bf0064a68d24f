//! The connection to the server breaks between any two messages of each operation: what the journal says is what the table has.

use std::io;
use std::time::Duration;

use specie_postgres::{PostgresJournal, Resumption};
use specie_runtime::Outcome;
use specie_runtime::client::{Claimed, Entry, Holder, Journal, Settled, Settlement};

use super::{entry, holder, let_claim_end};
use crate::support::proxy::{Cut, Proxy};
use crate::support::server::Database;

/// A journal behind a proxy, and one that sees the table as it is.
struct Bench {
    database: Database,
    proxy: Proxy,
    journal: PostgresJournal,
    witness: PostgresJournal,
}

impl Bench {
    async fn new(what: &str) -> Option<Self> {
        let database = Database::new(what).await?;
        let proxy = Proxy::before(database.server.socket()).await;
        let journal = PostgresJournal::new(proxy.pool(&database.name, 1));
        let witness = PostgresJournal::new(database.pool(1));
        Some(Self { database, proxy, journal, witness })
    }

    /// Prepares and runs an operation undisturbed, to count its messages, and then once for each place where it can be cut.
    async fn at_each_cut(&self, mut prepare: impl AsyncFnMut(&Self, u32), mut run: impl AsyncFnMut(&Self, u32)) {
        // Twice, so that what is counted is without the preparation of statements.
        prepare(self, 0).await;
        run(self, 0).await;
        prepare(self, 1).await;
        self.proxy.cut(Cut::Never);
        run(self, 1).await;
        let (requests, responses) = self.proxy.counts();
        assert!(requests >= 3 && responses >= 3, "{requests} and {responses}");
        let cuts = (0..=requests).map(Cut::AfterRequests).chain((0..responses).map(Cut::AfterResponses));
        for (number, cut) in (2..).zip(cuts) {
            prepare(self, number).await;
            let before = self.proxy.cuts();
            self.proxy.cut(cut);
            run(self, number).await;
            // Behind the last request nothing may be left to cut.
            assert!(self.proxy.cuts() > before || cut == Cut::AfterRequests(requests), "{cut:?} was not reached");
            self.proxy.cut(Cut::Never);
            // A new connection, on which all statements are prepared for the next cut.
            prepare(self, number + 1_000).await;
            run(self, number + 1_000).await;
        }
    }

    /// Until when and by whom an entry is held, in seconds from now.
    async fn claim_of(&self, entry: &Entry) -> Option<(String, f64)> {
        let client = self.database.connect().await;
        let claim = "SELECT holder, extract(epoch FROM held_until - clock_timestamp())::float8 FROM specie.journal WHERE id = $1";
        let row = client.query_one(claim, &[&entry.id()]).await.unwrap();
        row.get::<_, Option<String>>(0).map(|holder| (holder, row.get(1)))
    }

    async fn is_open(&self, entry: &Entry) -> bool {
        self.witness.find(entry.group()).await.unwrap().contains(entry)
    }
}

fn subject(number: u32) -> (Entry, Holder) {
    (entry(&format!("id {number}"), &format!("group {number}")), holder(&format!("holder {number}")))
}

#[tokio::test]
async fn an_entry_that_was_opened_is_there_and_one_that_was_not_is_not() {
    let Some(bench) = Bench::new("open over broken connections").await else { return };
    bench
        .at_each_cut(
            async |_, _| {},
            async |bench, number| {
                let (entry, holder) = subject(number);
                match bench.journal.open(&entry, &holder).await {
                    Ok(others) => {
                        assert_eq!(others, []);
                        assert!(bench.is_open(&entry).await);
                        assert_eq!(bench.witness.claim(&entry, &super::holder("other")).await.unwrap(), Claimed::Held);
                    }
                    Err(error) => assert!(!bench.is_open(&entry).await, "{error}"),
                }
            },
        )
        .await;
}

#[tokio::test]
async fn an_entry_that_was_taken_back_stays_closed() {
    let Some(bench) = Bench::new("withdraw over broken connections").await else { return };
    bench
        .at_each_cut(
            async |_, _| {},
            async |bench, number| {
                let (entry, holder) = subject(number);
                bench.witness.open(&entry, &holder).await.unwrap();
                bench.journal.withdraw(&entry, &holder).await.unwrap();
                assert!(!bench.is_open(&entry).await);
                let again = bench.witness.open(&entry, &holder).await.unwrap_err();
                assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
            },
        )
        .await;
}

#[tokio::test]
async fn a_claim_is_the_tables() {
    let Some(bench) = Bench::new("claims over broken connections").await else { return };
    bench
        .at_each_cut(
            async |_, _| {},
            async |bench, number| {
                let (entry, holder) = subject(number);
                bench.witness.open(&entry, &super::holder("dead")).await.unwrap();
                let_claim_end(&bench.database, "dead").await;
                assert_eq!(bench.journal.claim(&entry, &holder).await.unwrap(), Claimed::Taken);
                assert_eq!(bench.witness.claim(&entry, &super::holder("other")).await.unwrap(), Claimed::Held);
                bench.journal.settle(&entry, &holder, &Settlement::of(Outcome::Done)).await.unwrap();
            },
        )
        .await;
}

#[tokio::test]
async fn a_settlement_is_told_once_and_stands() {
    let Some(bench) = Bench::new("settling over broken connections").await else { return };
    bench
        .at_each_cut(
            async |_, _| {},
            async |bench, number| {
                let (entry, holder) = subject(number);
                bench.witness.open(&entry, &holder).await.unwrap();
                let refused = Settlement::of(Outcome::Refused);
                assert_eq!(bench.journal.settle(&entry, &holder, &refused).await.unwrap(), Settled::Closed);
                assert!(!bench.is_open(&entry).await);
                let other = bench.witness.settle(&entry, &super::holder("other"), &refused).await.unwrap();
                assert_eq!(other, Settled::Earlier(Outcome::Refused));
            },
        )
        .await;
}

#[tokio::test]
async fn a_renewed_claim_goes_on() {
    let Some(bench) = Bench::new("renewing over broken connections").await else { return };
    let prepare = async |bench: &Bench, number| {
        let (entry, holder) = subject(number);
        bench.journal.open(&entry, &holder).await.unwrap();
        let client = bench.database.connect().await;
        let near_its_end =
            "UPDATE specie.journal SET held_until = clock_timestamp() + interval '1 second' WHERE id = $1";
        client.execute(near_its_end, &[&entry.id()]).await.unwrap();
    };
    let run = async |bench: &Bench, number| {
        let (entry, holder) = subject(number);
        assert!(bench.journal.renew(&holder).await.unwrap());
        let (by, left) = bench.claim_of(&entry).await.unwrap();
        assert!(by == holder.id() && left > 15.0, "{by}: {left}");
        bench.witness.settle(&entry, &holder, &Settlement::of(Outcome::Done)).await.unwrap();
        assert!(!bench.witness.renew(&holder).await.unwrap());
    };
    bench.at_each_cut(prepare, run).await;
}

#[tokio::test]
async fn a_released_entry_can_be_claimed_at_once_or_when_its_claim_ends() {
    let Some(bench) = Bench::new("releasing over broken connections").await else { return };
    let prepare = async |bench: &Bench, number| {
        let (entry, holder) = subject(number);
        bench.journal.open(&entry, &holder).await.unwrap();
    };
    let (mut released, mut held) = (0, 0);
    let run = async |bench: &Bench, number| {
        let (entry, holder) = subject(number);
        let cuts = bench.proxy.cuts();
        bench.journal.release(&holder);
        // It is done later, or not at all, where its connection breaks.
        while bench.claim_of(&entry).await.is_some() && bench.proxy.cuts() == cuts {
            tokio::task::yield_now().await;
        }
        assert!(bench.is_open(&entry).await);
        if let Some((by, left)) = bench.claim_of(&entry).await {
            assert!(by == holder.id() && left < 30.0, "{by}: {left}");
            let_claim_end_of(&bench.database, &entry).await;
            held += 1;
        } else {
            released += 1;
        }
        let other = super::holder("other");
        assert_eq!(bench.witness.claim(&entry, &other).await.unwrap(), Claimed::Taken);
        bench.witness.settle(&entry, &other, &Settlement::of(Outcome::Done)).await.unwrap();
    };
    bench.at_each_cut(prepare, run).await;
    assert!(released > 5 && held > 0, "{released} at once, {held} later");
}

/// Lets the claim of one entry end, if it has not been released by now.
async fn let_claim_end_of(database: &Database, entry: &Entry) {
    let client = database.connect().await;
    let ended = "UPDATE specie.journal SET held_until = clock_timestamp() - interval '1 second' \
        WHERE id = $1 AND holder IS NOT NULL";
    client.execute(ended, &[&entry.id()]).await.unwrap();
}

#[tokio::test]
async fn an_entry_that_was_picked_goes_on_once_and_comes_again_if_it_did_not() {
    let Some(bench) = Bench::new("picking over broken connections").await else { return };
    let prepare = async |bench: &Bench, number| {
        let (entry, dead) = (subject(number).0, super::holder(&format!("dead {number}")));
        bench.witness.open(&entry, &dead).await.unwrap();
        let_claim_end_of(&bench.database, &entry).await;
        // What the pass asks with.
        bench.journal.find("none").await.unwrap();
    };
    let (mut at_once, mut later) = (0, 0);
    let run = async |bench: &Bench, number| {
        let (entry, holder) = subject(number);
        let resume = async |picked: Entry| {
            assert_eq!(picked, entry);
            assert_eq!(bench.witness.claim(&picked, &holder).await.unwrap(), Claimed::Taken);
            let settled = bench.witness.settle(&picked, &holder, &Settlement::of(Outcome::Done)).await.unwrap();
            assert_eq!(settled, Settled::Closed);
            Ok::<_, &str>(())
        };
        let how = Resumption::new().pause(Duration::from_secs(3600));
        let pass = bench.journal.resume_unsettled(how, resume).await.unwrap();
        if pass.settled == 1 {
            at_once += 1;
            return;
        }
        // It was picked, and the response was lost: it rests, and comes again.
        assert!(pass.is_empty(), "{pass:?}");
        assert!(bench.is_open(&entry).await);
        assert!(bench.witness.resume_unsettled(how, resume).await.unwrap().is_empty());
        let client = bench.database.connect().await;
        let rested = "UPDATE specie.journal SET resume_after = clock_timestamp() WHERE id = $1 AND resumptions = 1";
        assert_eq!(client.execute(rested, &[&entry.id()]).await.unwrap(), 1);
        assert_eq!(bench.witness.resume_unsettled(how, resume).await.unwrap().settled, 1);
        later += 1;
    };
    bench.at_each_cut(prepare, run).await;
    assert!(at_once > 5 && later > 0, "{at_once} at once, {later} later");
}
