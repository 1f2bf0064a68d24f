//! The figures say what the tables hold.

use std::time::Duration;

use specie_postgres::{Message, Outbox, PostgresJournal, Schedule, figures};
use specie_runtime::client::{Holder, Journal};

use crate::journal::entry;
use crate::support::server::Database;

/// Three open entries, of which two are held and one was resumed four times, two owed messages and a dead one.
pub(crate) async fn fill(database: &Database) {
    let mut client = database.connect().await;
    let journal = PostgresJournal::new(database.pool(2));
    for (id, holder) in [("1", "a"), ("2", "a"), ("3", "b")] {
        journal.open(&entry(id, id), &Holder::new(holder)).await.unwrap();
    }
    let outbox = Outbox::new(database.pool(2), Schedule::fixed([]));
    let mut transaction = client.transaction().await.unwrap();
    for _ in 0..3 {
        outbox.enqueue(&mut transaction, &Message::new("w", "https://a.example", "").unwrap()).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let changes = "UPDATE specie.journal SET opened_at = opened_at - interval '1 hour', resumptions = 4 WHERE id = '2'; \
        UPDATE specie.journal SET held_until = clock_timestamp() WHERE holder = 'b'; \
        UPDATE specie.outbox SET enqueued_at = enqueued_at - interval '2 hours' WHERE ordinal = 2; \
        UPDATE specie.outbox SET dead_at = clock_timestamp() WHERE ordinal = 3";
    client.batch_execute(changes).await.unwrap();
}

#[tokio::test]
async fn what_is_open_held_owed_and_dead_is_counted() {
    let Some(database) = Database::new("figures").await else { return };
    fill(&database).await;
    let client = database.connect().await;
    let seen = figures(&client).await.unwrap();
    assert_eq!((seen.unsettled, seen.claims, seen.resumed_in_vain), (3, 2, 1));
    assert_eq!((seen.owed, seen.dead_letters), (2, 1));
    let is_about = |age: Duration, hours: u64| age.as_secs() / 60 == hours * 60;
    assert!(is_about(seen.oldest_unsettled, 1) && is_about(seen.outbox_lag, 2), "{seen:?}");
}

#[tokio::test]
async fn they_are_of_one_moment() {
    let Some(database) = Database::new("figures of one moment").await else { return };
    let (mut client, reader) = (database.connect().await, database.connect().await);
    // The figures of the outbox wait for this transaction, which changes both tables at once.
    let transaction = client.transaction().await.unwrap();
    let journal = PostgresJournal::new(database.pool(2));
    journal.open(&entry("1", "1"), &Holder::new("a")).await.unwrap();
    transaction.batch_execute("LOCK TABLE specie.outbox").await.unwrap();
    let asking = tokio::spawn(async move { figures(&reader).await });
    let watcher = database.connect().await;
    let is_waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while watcher.query_one(is_waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
    let both = "UPDATE specie.journal SET resumptions = 4; \
        INSERT INTO specie.outbox (id, endpoint, url, webhook, payload) VALUES ('1', 'a', 'u', 'w', '1')";
    transaction.batch_execute(both).await.unwrap();
    transaction.commit().await.unwrap();
    let seen = asking.await.unwrap().unwrap();
    assert_eq!(seen.resumed_in_vain, seen.owed, "of a transaction that changed both, all or nothing is seen");
}

#[tokio::test]
async fn a_message_that_is_sent_again_is_owed_since_then() {
    let Some(database) = Database::new("the lag of what is sent again").await else { return };
    let client = database.connect().await;
    let outbox = Outbox::new(database.pool(2), Schedule::fixed([]));
    let dead = "INSERT INTO specie.outbox (id, endpoint, url, webhook, payload, enqueued_at, dead_at) \
        VALUES ('1', 'a', 'u', 'w', '1', clock_timestamp() - interval '9 days', clock_timestamp() - interval '8 days')";
    client.batch_execute(dead).await.unwrap();
    assert!(outbox.resend("1").await.unwrap());
    let seen = figures(&client).await.unwrap();
    assert!(seen.owed == 1 && seen.outbox_lag < Duration::from_secs(3600), "{seen:?}");
}
