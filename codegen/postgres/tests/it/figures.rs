//! The figures say what the tables hold.

use std::time::Duration;

use specie_postgres::{Message, Outbox, PostgresJournal, Schedule, figures};
use specie_runtime::client::{Holder, Journal};

use crate::journal::entry;
use crate::support::server::Database;

#[tokio::test]
async fn what_is_open_held_owed_and_dead_is_counted() {
    let Some(database) = Database::new("figures").await else { return };
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
    let seen = figures(&client).await.unwrap();
    assert_eq!((seen.unsettled, seen.claims, seen.resumed_in_vain), (3, 2, 1));
    assert_eq!((seen.owed, seen.dead_letters), (2, 1));
    let is_about = |age: Duration, hours: u64| age.as_secs() / 60 == hours * 60;
    assert!(is_about(seen.oldest_unsettled, 1) && is_about(seen.outbox_lag, 2), "{seen:?}");
}
