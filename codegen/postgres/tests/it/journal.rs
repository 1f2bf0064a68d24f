//! The journal keeps what the runtime's trait promises, over machines and broken connections.

mod broken_connections;

use std::io::ErrorKind;
use std::sync::Mutex;
use std::time::Duration;

use specie_postgres::{PostgresJournal, Resumption};
use specie_runtime::Outcome;
use specie_runtime::client::{Claimed, Entry, Holder, Journal, Settled, Settlement};

use crate::support::server::{Database, Server};

/// An entry of a group. Its form is the journal's own: a client alone makes entries otherwise.
pub fn entry(id: &str, group: &str) -> Entry {
    let json = serde_json::json!({
        "v": 1, "id": id, "api": "cublox", "operation": "createPayoutInvoice", "group": group, "reference": group, "time": 1, "hash": "00"
    });
    serde_json::from_value(json).unwrap()
}

fn holder(id: &str) -> Holder {
    Holder::new(id)
}

/// Lets the claims of a holder end, as if nobody had renewed them.
async fn let_claim_end(database: &Database, holder: &str) {
    let client = database.connect().await;
    let ended = "UPDATE specie.journal SET held_until = clock_timestamp() - interval '1 second' WHERE holder = $1";
    assert!(client.execute(ended, &[&holder]).await.unwrap() > 0);
}

#[tokio::test]
async fn open_entries_of_a_reference_are_found_whichever_replica_wrote_them() {
    let Some(database) = Database::new("open entries over replicas").await else { return };
    let (one, other) = (PostgresJournal::new(database.pool(2)), PostgresJournal::new(database.pool(2)));
    let (first, second, elsewhere) = (entry("1", "g"), entry("2", "g"), entry("3", "h"));
    assert_eq!(one.open(&first, &holder("a")).await.unwrap(), []);
    assert_eq!(one.open(&elsewhere, &holder("c")).await.unwrap(), []);
    assert_eq!(other.open(&second, &holder("b")).await.unwrap(), vec![first.clone()]);
    assert_eq!(one.find("g").await.unwrap(), [first.clone(), second.clone()]);
    assert_eq!(other.list().await.unwrap(), [first.clone(), elsewhere, second.clone()]);
    // What settles one settles the group; that nothing happened only who holds all of it.
    let (done, refused) = (Settlement::of(Outcome::Done), Settlement::of(Outcome::Refused));
    assert_eq!(other.settle(&second, &holder("b"), &refused).await.unwrap(), Settled::OthersOpen);
    assert_eq!(other.settle(&second, &holder("b"), &done).await.unwrap(), Settled::Closed);
    assert_eq!(one.find("g").await.unwrap(), []);
    assert_eq!(one.settle(&first, &holder("a"), &refused).await.unwrap(), Settled::Earlier(Outcome::Done));
    assert!(!one.renew(&holder("a")).await.unwrap(), "it learns that its entry was settled");
    assert_eq!(one.settle(&entry("9", "g"), &holder("a"), &done).await.unwrap(), Settled::NotOpen);
}

#[tokio::test]
async fn two_replicas_never_hold_one_entry_and_a_dead_ones_claim_ends() {
    let Some(database) = Database::new("claims over replicas").await else { return };
    let (one, other) = (PostgresJournal::new(database.pool(2)), PostgresJournal::new(database.pool(2)));
    let first = entry("1", "g");
    one.open(&first, &holder("a")).await.unwrap();
    assert!(one.renew(&holder("a")).await.unwrap());
    assert_eq!(other.claim(&first, &holder("b")).await.unwrap(), Claimed::Held);
    let_claim_end(&database, "a").await;
    assert!(one.renew(&holder("a")).await.unwrap(), "late, but nobody took it");
    let_claim_end(&database, "a").await;
    assert_eq!(other.claim(&first, &holder("b")).await.unwrap(), Claimed::Taken);
    assert_eq!(other.claim(&first, &holder("b")).await.unwrap(), Claimed::Taken, "once more by the same");
    // The slow one is told before it acts.
    assert!(!one.renew(&holder("a")).await.unwrap());
    assert!(other.renew(&holder("b")).await.unwrap());
    assert!(one.withdraw(&first, &holder("a")).await.is_err(), "its request may have been sent by the other");
    let refused = Settlement::of(Outcome::Refused);
    assert_eq!(one.settle(&first, &holder("a"), &refused).await.unwrap(), Settled::OthersOpen);
    assert_eq!(other.settle(&first, &holder("b"), &refused).await.unwrap(), Settled::Closed);
    assert_eq!(one.claim(&first, &holder("a")).await.unwrap(), Claimed::NotOpen);
    assert_eq!(one.claim(&entry("unknown", "g"), &holder("a")).await.unwrap(), Claimed::NotOpen);
}

#[tokio::test]
async fn of_many_claims_at_once_one_wins() {
    let Some(database) = Database::new("many claims at once").await else { return };
    let (writer, first) = (PostgresJournal::new(database.pool(1)), entry("1", "g"));
    writer.open(&first, &holder("dead")).await.unwrap();
    let_claim_end(&database, "dead").await;
    let replicas: Vec<_> = (0..4).map(|_| PostgresJournal::new(database.pool(2))).collect();
    let mut claims = tokio::task::JoinSet::new();
    for number in 0..32 {
        let (journal, first) = (replicas[number % 4].clone(), first.clone());
        claims.spawn(async move { journal.claim(&first, &holder(&number.to_string())).await.unwrap() });
    }
    let claims = claims.join_all().await;
    assert_eq!(claims.iter().filter(|claimed| **claimed == Claimed::Taken).count(), 1);
    assert_eq!(claims.iter().filter(|claimed| **claimed == Claimed::Held).count(), 31);
}

#[tokio::test]
async fn what_was_taken_back_is_not_opened_later() {
    let Some(database) = Database::new("withdrawn entries").await else { return };
    let journal = PostgresJournal::new(database.pool(2));
    let first = entry("1", "g");
    // The transaction of `open` comes behind that of `withdraw`.
    journal.withdraw(&first, &holder("a")).await.unwrap();
    let error = journal.open(&first, &holder("a")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert_eq!(journal.list().await.unwrap(), []);
    let second = entry("2", "g");
    journal.open(&second, &holder("a")).await.unwrap();
    journal.withdraw(&second, &holder("a")).await.unwrap();
    journal.withdraw(&second, &holder("a")).await.unwrap();
    assert_eq!(journal.list().await.unwrap(), []);
}

#[tokio::test]
async fn an_entry_is_settled_by_hand_for_a_reason_that_stays() {
    let Some(database) = Database::new("settling by hand").await else { return };
    let journal = PostgresJournal::new(database.pool(2));
    let (first, second) = (entry("1", "g"), entry("2", "h"));
    journal.open(&first, &holder("a")).await.unwrap();
    let error = journal.settle_by_hand(&first, Outcome::Refused, "case 4711").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WouldBlock, "its call is under way");
    let_claim_end(&database, "a").await;
    journal.settle_by_hand(&first, Outcome::Refused, "case 4711").await.unwrap();
    journal.open(&second, &holder("b")).await.unwrap();
    journal.settle(&second, &holder("b"), &Settlement::of(Outcome::Done)).await.unwrap();
    assert_eq!(journal.prune(Duration::ZERO).await.unwrap(), 1);
    let client = database.connect().await;
    let row = client.query_one("SELECT id, outcome, reason FROM specie.journal", &[]).await.unwrap();
    let row: (&str, &str, &str) = (row.get(0), row.get(1), row.get(2));
    assert_eq!(row, ("1", "refused", "case 4711"));
}

#[tokio::test]
async fn an_entry_is_on_the_disk_whatever_the_default_of_the_database_is() {
    let Some(server) = Server::start("entries survive a crash of the server") else { return };
    let database = Database::on(&server).await;
    let client = database.connect().await;
    client.batch_execute(&format!("ALTER DATABASE {} SET synchronous_commit = off", database.name)).await.unwrap();
    let client = database.connect().await;
    let journal = PostgresJournal::new(database.pool(2));
    let open: Vec<_> = (0..5).map(|number| entry(&number.to_string(), &format!("g{number}"))).collect();
    for entry in &open {
        journal.open(entry, &holder(entry.id())).await.unwrap();
    }
    journal.settle(&open[0], &holder("0"), &Settlement::of(Outcome::Refused)).await.unwrap();
    // What does not wait for the disk is lost here, so the test can tell the difference.
    client.batch_execute("CREATE TABLE lost ()").await.unwrap();
    server.crash();
    assert_eq!(journal.list().await.unwrap(), open[1..]);
    let client = database.connect().await;
    let is_lost: bool = client.query_one("SELECT to_regclass('lost') IS NULL", &[]).await.unwrap().get(0);
    assert!(is_lost);
}

#[tokio::test]
async fn each_open_entry_is_resumed_by_one_replica_and_comes_again_when_that_fails() {
    let Some(database) = Database::new("resuming over replicas").await else { return };
    let writer = PostgresJournal::new(database.pool(1));
    for number in 0..40 {
        let (first, dead) = (entry(&number.to_string(), &format!("g{number}")), holder("dead"));
        writer.open(&first, &dead).await.unwrap();
    }
    writer.open(&entry("again", "g0"), &holder("dead")).await.unwrap();
    writer.open(&entry("held", "g"), &holder("alive")).await.unwrap();
    let_claim_end(&database, "dead").await;
    let mut passes = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let journal = PostgresJournal::new(database.pool(2));
        passes.spawn(async move {
            let how = Resumption::new().limit(20).pause(Duration::from_secs(3600));
            let resume = async |entry: Entry| {
                if entry.id() == "7" {
                    return Err("the books do not have it");
                }
                let by = holder(&format!("by {}", entry.id()));
                assert_eq!(journal.claim(&entry, &by).await.unwrap(), Claimed::Taken);
                let settled = journal.settle(&entry, &by, &Settlement::of(Outcome::Done)).await.unwrap();
                assert_eq!(settled, Settled::Closed);
                Ok(())
            };
            journal.resume_unsettled(how, resume).await.unwrap()
        });
    }
    let passes = passes.join_all().await;
    assert_eq!(passes.iter().map(|pass| pass.settled).sum::<usize>(), 39, "{passes:?}");
    assert_eq!(passes.iter().map(|pass| pass.failed.len()).sum::<usize>(), 1);
    let open = writer.list().await.unwrap();
    assert_eq!(open.iter().map(Entry::id).collect::<Vec<_>>(), ["7", "held"]);
    let pass = writer.resume_unsettled(Resumption::new(), |_| async { Ok::<_, &str>(()) }).await.unwrap();
    assert!(pass.is_empty(), "it rests, and the other is held: {pass:?}");
}

#[tokio::test]
async fn an_entry_that_ends_its_program_keeps_no_other_from_its_turn() {
    let Some(database) = Database::new("entries that end their programs").await else { return };
    let journal = PostgresJournal::new(database.pool(2));
    for id in ["ends its program", "1", "2", "3"] {
        journal.open(&entry(id, id), &holder("dead")).await.unwrap();
    }
    let_claim_end(&database, "dead").await;
    // Without a pause, each pass begins with all of them.
    let (how, turns) = (Resumption::new().pause(Duration::ZERO), Mutex::new(Vec::new()));
    let resume = |entry: Entry| {
        turns.lock().unwrap().push(entry.id().to_owned());
        async move {
            if entry.id() == "ends its program" {
                std::future::pending::<()>().await;
            }
            Err::<(), _>("the books do not have it")
        }
    };
    for expected in [&["ends its program"][..], &["1", "2", "3", "ends its program"]] {
        // The program ends when that entry's turn has come, which is the last one of the pass.
        let has_ended = async {
            while turns.lock().unwrap().last().is_none_or(|last| last != "ends its program") {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = journal.resume_unsettled(how, resume) => unreachable!("it waits for that entry"),
            () = has_ended => {}
        }
        assert_eq!(std::mem::take(&mut *turns.lock().unwrap()), expected);
    }
    let counts = "SELECT id, resumptions FROM specie.journal ORDER BY ordinal";
    let counts = database.connect().await.query(counts, &[]).await.unwrap();
    let counts: Vec<(&str, i32)> = counts.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(counts, [("ends its program", 2), ("1", 1), ("2", 1), ("3", 1)]);
}

#[tokio::test]
async fn an_entry_of_a_newer_program_is_an_error_and_leaves_nothing_open() {
    let Some(database) = Database::new("entries of a newer program").await else { return };
    let (journal, first) = (PostgresJournal::new(database.pool(2)), entry("1", "g"));
    journal.open(&first, &holder("newer")).await.unwrap();
    let client = database.connect().await;
    let newer = "UPDATE specie.journal SET entry = replace(entry, '{', '{\"zone\":1,')";
    client.execute(newer, &[]).await.unwrap();
    let error = journal.open(&entry("2", "g"), &holder("a")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidData);
    let open = client.query("SELECT id FROM specie.journal WHERE settled_at IS NULL", &[]).await.unwrap();
    assert_eq!(open.iter().map(|row| row.get(0)).collect::<Vec<&str>>(), ["1"]);
}

#[tokio::test]
async fn an_entry_of_a_newer_program_keeps_no_other_from_going_on() {
    let Some(database) = Database::new("resuming beside a newer program").await else { return };
    let journal = PostgresJournal::new(database.pool(2));
    for id in ["newer", "1", "2"] {
        journal.open(&entry(id, id), &holder("dead")).await.unwrap();
    }
    let client = database.connect().await;
    let newer = "UPDATE specie.journal SET entry = replace(entry, '{', '{\"zone\":1,') WHERE id = 'newer'";
    client.execute(newer, &[]).await.unwrap();
    // One of the group of another, which comes behind it.
    journal.open(&entry("beside", "2"), &holder("dead")).await.unwrap();
    let newer = "UPDATE specie.journal SET entry = replace(entry, '{', '{\"zone\":1,') WHERE id = 'beside'";
    client.execute(newer, &[]).await.unwrap();
    let_claim_end(&database, "dead").await;
    let pass = journal.resume_unsettled(Resumption::new(), |_| async { Ok::<_, &str>(()) }).await.unwrap();
    let failed: Vec<_> = pass.failed.iter().map(|unsettled| unsettled.entry.id()).collect();
    assert_eq!((pass.settled, pass.settled_meanwhile, failed, pass.unreadable), (1, 0, vec!["2"], 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_that_wait_for_each_others_rows_are_tried_again() {
    let Some(database) = Database::new("deadlocks").await else { return };
    let journal = PostgresJournal::new(database.pool(8));
    for id in ["1", "2"] {
        journal.open(&entry(id, "g"), &holder("a")).await.unwrap();
    }
    // Another transaction locks one row, and wants the other one when the journal has that.
    let (mut one, other) = (database.connect().await, database.connect().await);
    let transaction = one.transaction().await.unwrap();
    let lock = "SELECT 1 FROM specie.journal WHERE id = $1 FOR UPDATE";
    transaction.execute(lock, &[&"2"]).await.unwrap();
    let renewing = tokio::spawn({
        let journal = journal.clone();
        async move { journal.renew(&holder("a")).await }
    });
    let is_waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while other.query_one(is_waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
    // Whichever of the two the server ends, the claim goes on.
    let _ = transaction.execute(lock, &[&"1"]).await;
    drop(transaction);
    assert!(renewing.await.unwrap().unwrap());
}
