//! During a rolling upgrade, programs of the version before and of this one work on the same tables.

mod version_1;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use specie_postgres::outbox::ENQUEUE;
use specie_postgres::schema::MIGRATIONS;
use specie_postgres::tokio_postgres::{Client, Row, Statement};
use specie_postgres::{Error, Outbox, Outgoing, Schedule, Undelivered, check_schema, ensure_schema, figures};
use tokio::sync::Notify;

use crate::support::server::{Database, Server};

/// A program of version 1: its statements, prepared.
struct Old {
    client: Client,
    claim: Statement,
    claim_next: Statement,
    delivered: Statement,
    failed: Statement,
    resend: Statement,
}

impl Old {
    async fn start(database: &Database) -> Self {
        let client = database.connect().await;
        Self {
            claim: client.prepare(version_1::CLAIM).await.unwrap(),
            claim_next: client.prepare(version_1::CLAIM_NEXT).await.unwrap(),
            delivered: client.prepare(version_1::DELIVERED).await.unwrap(),
            failed: client.prepare(version_1::FAILED).await.unwrap(),
            resend: client.prepare(version_1::RESEND).await.unwrap(),
            client,
        }
    }

    /// Claims up to so many heads for a minute; gives their ids.
    async fn claim(&self, worker: &str, most: i64) -> Vec<String> {
        let rows = self.client.query(&self.claim, &[&worker, &most, &60_f64]).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    async fn fail(&self, id: &str, worker: &str) {
        let failed = self.client.execute(&self.failed, &[&id, &worker, &"500", &Some(0_f64)]).await.unwrap();
        assert_eq!(failed, 1);
    }

    /// Marks a message as delivered, and claims the next one of its endpoint.
    async fn deliver(&self, id: &str, endpoint: &str, worker: &str) -> Option<Row> {
        self.client.batch_execute("BEGIN").await.unwrap();
        self.client.execute(&self.delivered, &[&id]).await.unwrap();
        let next = self.client.query_opt(&self.claim_next, &[&worker, &endpoint, &60_f64]).await.unwrap();
        self.client.batch_execute("COMMIT").await.unwrap();
        next
    }
}

/// A database with the tables of version 1.
async fn of_version_1(what: &str) -> Option<Database> {
    let database = Server::shared(what)?.empty_database().await;
    database.connect().await.batch_execute(MIGRATIONS[0].sql).await.unwrap();
    Some(database)
}

async fn enqueue(client: &Client, endpoint: &str, number: usize) -> String {
    let (id, url) = (format!("{endpoint} {number:02}"), "https://shop.example.com/hooks");
    let payload = format!("\"{number:02}\"");
    assert_eq!(client.execute(ENQUEUE, &[&id, &endpoint, &url, &"w", &payload]).await.unwrap(), 1);
    id
}

async fn let_claims_end(client: &Client) {
    let ended = "UPDATE specie.outbox SET held_until = clock_timestamp() WHERE worker IS NOT NULL";
    client.execute(ended, &[]).await.unwrap();
}

#[tokio::test]
async fn a_program_says_which_file_the_tables_of_the_version_before_lack() {
    let Some(database) = of_version_1("tables of the version before").await else { return };
    let mut client = database.connect().await;
    let error = check_schema(&client).await.unwrap_err();
    assert!(matches!(&error, Error::Schema(text) if text.contains("run sql/0002_interruptions.sql")), "{error}");
    ensure_schema(&mut client).await.unwrap();
    let versions = client.query("SELECT version, supports FROM specie.schema_version ORDER BY version", &[]).await;
    let versions: Vec<(i32, i32)> = versions.unwrap().iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(versions, [(1, 1), (2, 1)], "what an older program asks before it starts");
}

#[tokio::test]
async fn a_step_that_a_long_transaction_keeps_waiting_gives_up_and_changes_nothing() {
    let Some(database) = of_version_1("steps beside a long transaction").await else { return };
    let (mut client, mut other) = (database.connect().await, database.connect().await);
    let long = other.transaction().await.unwrap();
    long.query("SELECT 1 FROM specie.outbox", &[]).await.unwrap();
    let ensured = tokio::time::timeout(Duration::from_secs(20), ensure_schema(&mut client)).await.expect("it gives up");
    let error = ensured.unwrap_err();
    assert!(matches!(&error, Error::Schema(text) if text.contains("0002_interruptions.sql has to wait")), "{error}");
    long.commit().await.unwrap();
    ensure_schema(&mut client).await.unwrap();
}

#[tokio::test]
async fn the_outboxes_of_two_versions_respect_each_others_claims() {
    let Some(database) = of_version_1("claims of two versions").await else { return };
    let old = Old::start(&database).await;
    let mut client = database.connect().await;
    let held = enqueue(&client, "a", 0).await;
    assert_eq!(old.claim("old", 1).await, [held.as_str()]);
    // The tables become newer while the old program sends.
    ensure_schema(&mut client).await.unwrap();
    let other = enqueue(&client, "b", 0).await;
    let new = Outbox::new(database.pool(2), Schedule::fixed([])).poll(Duration::from_millis(20));
    let (begun, end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (begins, ends) = (Arc::clone(&begun), Arc::clone(&end));
    let sends = move |message: Outgoing| {
        assert_eq!(message.endpoint, "b", "the other one is held");
        let (begins, ends) = (Arc::clone(&begins), Arc::clone(&ends));
        async move {
            begins.notify_one();
            ends.notified().await;
            Ok::<(), Undelivered>(())
        }
    };
    let check = async {
        begun.notified().await;
        assert_eq!(old.claim("old too", 10).await, Vec::<String>::new(), "both are held");
        end.notify_one();
    };
    new.deliver(sends, check).await;
    assert_eq!(figures(&client).await.unwrap().owed, 1, "{other}");

    // The old program dies at it, and then one of this version. This one counts the other's interruption; an old one counts none.
    let_claims_end(&client).await;
    dies_at(&new, &database).await;
    let_claims_end(&client).await;
    assert_eq!(old.claim("old", 1).await, [held.as_str()]);
    let counts = "SELECT attempts, interruptions FROM specie.outbox WHERE id = $1";
    let row = client.query_one(counts, &[&held]).await.unwrap();
    assert_eq!((row.get::<_, i32>(0), row.get::<_, i32>(1)), (3, 1));
    old.fail(&held, "old").await;
    let (seen, arrived) = (Arc::new(Notify::new()), Arc::new(Mutex::new(Vec::new())));
    let (tells, list) = (Arc::clone(&seen), Arc::clone(&arrived));
    let sends = move |message: Outgoing| {
        list.lock().unwrap().push((message.id.clone(), message.attempt));
        tells.notify_one();
        std::future::ready(Ok(()))
    };
    new.deliver(sends, seen.notified()).await;
    assert_eq!(*arrived.lock().unwrap(), [(held, 4)]);
}

/// A worker of this version claims, and is gone before it has sent anything.
async fn dies_at(outbox: &Outbox, database: &Database) {
    let (outbox, begun) = (outbox.clone(), Arc::new(Notify::new()));
    let begins = Arc::clone(&begun);
    let worker = tokio::spawn(async move {
        let sends = move |_| {
            begins.notify_one();
            std::future::pending()
        };
        outbox.deliver(sends, std::future::pending()).await;
    });
    begun.notified().await;
    worker.abort();
    let held = "SELECT count(*) FROM specie.outbox WHERE worker IS NOT NULL";
    assert_eq!(database.connect().await.query_one(held, &[]).await.unwrap().get::<_, i64>(0), 1);
}

#[tokio::test]
async fn what_one_version_gave_up_the_other_sends_again() {
    let Some(database) = of_version_1("dead letters of two versions").await else { return };
    let mut client = database.connect().await;
    ensure_schema(&mut client).await.unwrap();
    let old = Old::start(&database).await;
    let id = enqueue(&client, "a", 0).await;
    // Given up by a program of this version, for what the old one knows nothing of.
    let died =
        "UPDATE specie.outbox SET worker = 'dead', held_until = clock_timestamp(), attempts = 8, interruptions = 7";
    client.execute(died, &[]).await.unwrap();
    let new = Outbox::new(database.pool(2), Schedule::fixed([])).poll(Duration::from_millis(20));
    let given_up = async {
        while figures(&client).await.unwrap().dead_letters == 0 {
            tokio::task::yield_now().await;
        }
    };
    new.deliver(|_| std::future::ready(Err(Undelivered::Never("it is not sent".into()))), given_up).await;
    assert_eq!(new.dead_letters(1).await.unwrap()[0].attempts, 8);
    assert_eq!(old.client.execute(&old.resend, &[&id]).await.unwrap(), 1);
    assert_eq!(old.claim("old", 1).await, [id.as_str()]);
    assert!(old.deliver(&id, "a", "old").await.is_none());
    assert_eq!(figures(&client).await.unwrap().owed, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_of_two_versions_deliver_side_by_side_and_in_order() {
    const ENDPOINTS: usize = 6;
    let Some(database) = of_version_1("workers of two versions").await else { return };
    let old = Old::start(&database).await;
    let mut client = database.connect().await;
    for number in 0..60 {
        enqueue(&client, &format!("e{}", number % ENDPOINTS), number).await;
    }
    let arrived: Arc<Mutex<Vec<(String, &str)>>> = Arc::default();
    // The old one has begun when the tables become newer, and sends when a new one has.
    let claimed = old.claim("old", 2).await;
    assert_eq!(claimed.len(), 2);
    ensure_schema(&mut client).await.unwrap();
    let (begun, list) = (Arc::new(Notify::new()), Arc::clone(&arrived));
    let begins = Arc::clone(&begun);
    let sends = move |message: Outgoing| {
        list.lock().unwrap().push((message.id.clone(), "new"));
        begins.notify_one();
        std::future::ready(Ok(()))
    };
    let new = Outbox::new(database.pool(2), Schedule::fixed([])).poll(Duration::from_millis(20)).slots(2);
    let old_works = async {
        begun.notified().await;
        let mut claimed = claimed;
        while figures(&client).await.unwrap().owed > 0 {
            for id in std::mem::take(&mut claimed) {
                let mut id = Some(id);
                while let Some(sent) = id.take() {
                    arrived.lock().unwrap().push((sent.clone(), "old"));
                    let endpoint = sent.split(' ').next().unwrap();
                    id = old.deliver(&sent, endpoint, "old").await.map(|row| row.get(0));
                }
            }
            claimed = old.claim("old", 2).await;
        }
    };
    new.deliver(sends, old_works).await;
    let arrived = arrived.lock().unwrap();
    for endpoint in 0..ENDPOINTS {
        let prefix = format!("e{endpoint} ");
        let came: Vec<_> = arrived.iter().filter(|(id, _)| id.starts_with(&prefix)).map(|(id, _)| id).collect();
        assert!(came.len() == 10 && came.is_sorted(), "{came:?}");
    }
    for version in ["old", "new"] {
        assert!(arrived.iter().any(|(_, by)| *by == version), "{version} sent nothing");
    }
}
