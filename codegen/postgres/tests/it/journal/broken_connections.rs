//! The connection to the server breaks between any two messages of each operation: what the journal says is what the table has.

use std::io;

use specie_postgres::PostgresJournal;
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

    /// Runs an operation once undisturbed, to count its messages, and then once for each place where it can be cut.
    async fn at_each_cut(&self, mut run: impl AsyncFnMut(&Self, u32)) {
        // Twice, so that what is counted is without the preparation of statements.
        run(self, 0).await;
        self.proxy.cut(Cut::Never);
        run(self, 1).await;
        let (requests, responses) = self.proxy.counts();
        assert!(requests >= 8 && responses >= 8, "{requests} and {responses}");
        let cuts = (0..=requests).map(Cut::AfterRequests).chain((0..responses).map(Cut::AfterResponses));
        for (number, cut) in (2..).zip(cuts) {
            let before = self.proxy.cuts();
            self.proxy.cut(cut);
            run(self, number).await;
            // Behind the last request nothing may be left to cut.
            assert!(self.proxy.cuts() > before || cut == Cut::AfterRequests(requests), "{cut:?} was not reached");
            self.proxy.cut(Cut::Never);
            // A new connection, prepared for the next cut.
            self.journal.find("none").await.unwrap();
            self.journal.open(&entry(&format!("warm {number}"), "warm"), &holder("warm")).await.unwrap();
            let done = Settlement::of(Outcome::Done);
            self.journal.settle(&entry(&format!("warm {number}"), "warm"), &holder("warm"), &done).await.unwrap();
        }
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
        .at_each_cut(async |bench, number| {
            let (entry, holder) = subject(number);
            match bench.journal.open(&entry, &holder).await {
                Ok(others) => {
                    assert_eq!(others, []);
                    assert!(bench.is_open(&entry).await);
                    assert_eq!(bench.witness.claim(&entry, &super::holder("other")).await.unwrap(), Claimed::Held);
                }
                Err(error) => assert!(!bench.is_open(&entry).await, "{error}"),
            }
        })
        .await;
}

#[tokio::test]
async fn an_entry_that_was_taken_back_stays_closed() {
    let Some(bench) = Bench::new("withdraw over broken connections").await else { return };
    bench
        .at_each_cut(async |bench, number| {
            let (entry, holder) = subject(number);
            bench.witness.open(&entry, &holder).await.unwrap();
            bench.journal.withdraw(&entry, &holder).await.unwrap();
            assert!(!bench.is_open(&entry).await);
            let again = bench.witness.open(&entry, &holder).await.unwrap_err();
            assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        })
        .await;
}

#[tokio::test]
async fn a_claim_is_the_tables() {
    let Some(bench) = Bench::new("claims over broken connections").await else { return };
    bench
        .at_each_cut(async |bench, number| {
            let (entry, holder) = subject(number);
            bench.witness.open(&entry, &super::holder("dead")).await.unwrap();
            let_claim_end(&bench.database, "dead").await;
            assert_eq!(bench.journal.claim(&entry, &holder).await.unwrap(), Claimed::Taken);
            assert_eq!(bench.witness.claim(&entry, &super::holder("other")).await.unwrap(), Claimed::Held);
            bench.journal.settle(&entry, &holder, &Settlement::of(Outcome::Done)).await.unwrap();
        })
        .await;
}

#[tokio::test]
async fn a_settlement_is_told_once_and_stands() {
    let Some(bench) = Bench::new("settling over broken connections").await else { return };
    bench
        .at_each_cut(async |bench, number| {
            let (entry, holder) = subject(number);
            bench.witness.open(&entry, &holder).await.unwrap();
            let refused = Settlement::of(Outcome::Refused);
            assert_eq!(bench.journal.settle(&entry, &holder, &refused).await.unwrap(), Settled::Closed);
            assert!(!bench.is_open(&entry).await);
            let other = bench.witness.settle(&entry, &super::holder("other"), &refused).await.unwrap();
            assert_eq!(other, Settled::Earlier(Outcome::Refused));
        })
        .await;
}
