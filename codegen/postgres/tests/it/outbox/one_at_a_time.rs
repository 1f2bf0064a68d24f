//! Of an endpoint one message is under way, also where several workers claim at the same moment.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use specie_postgres::tokio_postgres::Client;
use specie_postgres::{Message, Outbox, Outgoing, Schedule, Undelivered, figures};
use tokio::sync::Notify;

use super::{Arrivals, enqueue, outbox};
use crate::support::server::Database;

/// Makes who claims this message wait, before that is seen by anyone, as long as the test holds the lock 42.
const STALL: &str = "CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
        PERFORM pg_advisory_xact_lock_shared(42); RETURN NEW; END $$; \
    CREATE TRIGGER stall BEFORE UPDATE ON specie.outbox FOR EACH ROW \
        WHEN (NEW.id = 'a second' AND NEW.worker IS NOT NULL) EXECUTE FUNCTION stall()";

async fn wait_until_one_waits(client: &Client) {
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'";
    while client.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
}

/// How many messages of each endpoint are under way.
#[derive(Clone, Default)]
struct UnderWay(Arc<Mutex<BTreeMap<String, u32>>>);

impl UnderWay {
    fn begin(&self, endpoint: &str) {
        let mut counts = self.0.lock().unwrap();
        let count = counts.entry(endpoint.to_owned()).or_default();
        *count += 1;
        assert_eq!(*count, 1, "two of {endpoint} at once");
    }

    fn end(&self, endpoint: &str) {
        *self.0.lock().unwrap().get_mut(endpoint).unwrap() -= 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_workers_that_claim_an_endpoint_at_the_same_moment_one_gets_it() {
    let Some(database) = Database::new("claims at the same moment").await else { return };
    let (mut client, mut late) = (database.connect().await, database.connect().await);
    client.batch_execute(STALL).await.unwrap();
    client.execute("SELECT pg_advisory_lock(42)", &[]).await.unwrap();
    // The first message of the endpoint is enqueued first, and its transaction is committed last.
    let mut transaction = late.transaction().await.unwrap();
    let enqueuing = outbox(&database, Schedule::fixed([]));
    let first = Message::new("payoutInvoice", "https://shop.example.com/hooks", "first").unwrap();
    enqueuing.enqueue(&mut transaction, &first.endpoint("a").id("a first")).await.unwrap();
    enqueue(&mut client, &enqueuing, "a", "second").await;

    let (arrivals, under_way, looked) = (Arrivals::default(), UnderWay::default(), Arc::new(Notify::new()));
    let send = {
        let (arrivals, under_way, looked) = (arrivals.clone(), under_way.clone(), Arc::clone(&looked));
        move |message: Outgoing| {
            let (arrivals, under_way, looked) = (arrivals.clone(), under_way.clone(), Arc::clone(&looked));
            async move {
                under_way.begin(&message.endpoint);
                if message.endpoint == "b" {
                    looked.notify_one();
                }
                // For whoever would send another one meanwhile.
                tokio::task::yield_now().await;
                arrivals.add(&message);
                under_way.end(&message.endpoint);
                Ok::<(), Undelivered>(())
            }
        }
    };
    let stop = Arc::new(Notify::new());
    let mut workers = tokio::task::JoinSet::new();
    let mut start = || {
        // Another pool, as in another process.
        let (outbox, send, stop) = (outbox(&database, Schedule::fixed([])), send.clone(), Arc::clone(&stop));
        workers.spawn(async move { outbox.deliver(send, stop.notified()).await });
    };
    start();
    wait_until_one_waits(&client).await;
    transaction.commit().await.unwrap();
    enqueue(&mut client, &enqueuing, "b", "other").await;
    start();
    // Whoever sends this looked at the other endpoint, too.
    looked.notified().await;
    let attempts = "SELECT attempts FROM specie.outbox WHERE id = 'a first'";
    assert_eq!(client.query_one(attempts, &[]).await.unwrap().get::<_, i32>(0), 0, "the other one is being claimed");
    client.execute("SELECT pg_advisory_unlock(42)", &[]).await.unwrap();
    while figures(&client).await.unwrap().owed > 0 {
        tokio::task::yield_now().await;
    }
    stop.notify_waiters();
    workers.join_all().await;
    assert_eq!(arrivals.of("a"), ["second", "first"]);
}

/// The second try at the first message begins because the first one's claim has ended, and ends after that.
async fn a_slow_worker_begins_nothing_while_another_sends_its_message(second: Result<(), Undelivered>) {
    let Some(database) = Database::new("workers that are slow").await else { return };
    let mut client = database.connect().await;
    let outbox = outbox(&database, Schedule::fixed([]));
    enqueue(&mut client, &outbox, "a", "first").await;
    enqueue(&mut client, &outbox, "a", "second").await;
    let (arrivals, begun) = (Arrivals::default(), Arc::new(Notify::new()));
    let ends = Arc::new([Notify::new(), Notify::new()]);
    let send = {
        let (arrivals, begun, ends) = (arrivals.clone(), Arc::clone(&begun), Arc::clone(&ends));
        move |message: Outgoing| {
            let (arrivals, begun, ends) = (arrivals.clone(), Arc::clone(&begun), Arc::clone(&ends));
            let second = second.clone();
            async move {
                if message.id != "a first" {
                    arrivals.add(&message);
                    return Ok(());
                }
                begun.notify_one();
                ends[message.attempt as usize - 1].notified().await;
                arrivals.add(&message);
                if message.attempt == 1 { Ok(()) } else { second }
            }
        }
    };
    let check = async {
        begun.notified().await;
        let ended = "UPDATE specie.outbox SET held_until = clock_timestamp() WHERE id = 'a first'";
        client.execute(ended, &[]).await.unwrap();
        begun.notified().await;
        ends[0].notify_one();
        let delivered = "SELECT delivered_at IS NOT NULL FROM specie.outbox WHERE id = 'a first'";
        while !client.query_one(delivered, &[]).await.unwrap().get::<_, bool>(0) {
            tokio::task::yield_now().await;
        }
        // Who claims this one has looked at the other endpoint, too.
        enqueue(&mut client, &outbox, "b", "other").await;
        arrivals.wait_for(2).await;
        let attempts = "SELECT attempts FROM specie.outbox WHERE id = 'a second'";
        assert_eq!(client.query_one(attempts, &[]).await.unwrap().get::<_, i32>(0), 0, "the first one is under way");
        ends[1].notify_one();
        arrivals.wait_for(4).await;
    };
    outbox.deliver(send, check).await;
    assert_eq!(arrivals.of("a"), ["first", "first", "second"]);
    let kept =
        "SELECT count(*) FROM specie.outbox WHERE delivered_at IS NOT NULL AND last_error IS NULL AND worker IS NULL";
    assert_eq!(client.query_one(kept, &[]).await.unwrap().get::<_, i64>(0), 3, "it stays acknowledged");
}

#[tokio::test]
async fn a_worker_whose_claim_ended_begins_no_next_message_while_another_sends_that_one() {
    a_slow_worker_begins_nothing_while_another_sends_its_message(Ok(())).await;
}

#[tokio::test]
async fn a_message_that_was_acknowledged_is_let_go_when_a_second_try_at_it_fails() {
    let refused = Err(Undelivered::Never("the receiver knows it".to_owned()));
    a_slow_worker_begins_nothing_while_another_sends_its_message(refused).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_workers_with_commits_out_of_order_send_one_message_of_an_endpoint_at_a_time() {
    const MESSAGES: usize = 160;
    let Some(database) = Database::new("one message at a time").await else { return };
    let (arrivals, under_way) = (Arrivals::default(), UnderWay::default());
    let stop = Arc::new(Notify::new());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (outbox, stop) =
            (outbox(&database, Schedule::fixed([])).poll(std::time::Duration::from_millis(1)), Arc::clone(&stop));
        let (arrivals, under_way) = (arrivals.clone(), under_way.clone());
        let send = move |message: Outgoing| {
            let (arrivals, under_way) = (arrivals.clone(), under_way.clone());
            async move {
                under_way.begin(&message.endpoint);
                tokio::task::yield_now().await;
                arrivals.add(&message);
                under_way.end(&message.endpoint);
                Ok::<(), Undelivered>(())
            }
        };
        tasks.spawn(async move { outbox.deliver(send, stop.notified()).await });
    }
    let mut enqueuing = tokio::task::JoinSet::new();
    for writer in 0..4 {
        let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
        enqueuing.spawn(async move {
            for number in 0..MESSAGES / 4 {
                enqueue(&mut client, &outbox, &format!("e{}", number % 2), &format!("{writer} {number:02}")).await;
            }
        });
    }
    enqueuing.join_all().await;
    let client = database.connect().await;
    while figures(&client).await.unwrap().owed > 0 {
        tokio::task::yield_now().await;
    }
    stop.notify_waiters();
    tasks.join_all().await;
    let mut came = [arrivals.of("e0"), arrivals.of("e1")].concat();
    came.sort_unstable();
    came.dedup();
    assert_eq!(came.len(), MESSAGES);
    assert_eq!(figures(&client).await.unwrap().dead_letters, 0, "a try panicked: two were under way at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_dropped_in_the_middle_of_a_claim_leaves_its_connection_clean() {
    let Some(database) = Database::new("claims that are dropped").await else { return };
    let mut client = database.connect().await;
    client.batch_execute(&STALL.replace("NEW.worker IS NOT NULL", "NEW.dead_at IS NOT NULL")).await.unwrap();
    client.execute("SELECT pg_advisory_lock(42)", &[]).await.unwrap();
    let pool = database.pool(1);
    let outbox = Outbox::new(pool.clone(), Schedule::fixed([]));
    enqueue(&mut client, &outbox, "a", "second").await;
    let died = "UPDATE specie.outbox SET worker = 'dead', held_until = clock_timestamp(), interruptions = 9";
    client.execute(died, &[]).await.unwrap();
    // It is about to give the message up, and has begun nothing else.
    let worker =
        tokio::spawn(async move { outbox.deliver(|_| std::future::ready(Ok(())), std::future::pending()).await });
    wait_until_one_waits(&client).await;
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
    client.execute("SELECT pg_advisory_unlock(42)", &[]).await.unwrap();
    let next = pool.get().await.unwrap();
    let has_changed = "SELECT pg_current_xact_id_if_assigned() IS NOT NULL";
    assert!(!next.query_one(has_changed, &[]).await.unwrap().get::<_, bool>(0), "its transaction is still there");
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = \
        (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(next.query_one(locks, &[]).await.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_locks_no_more_endpoints_than_it_claims_and_others_claim_the_rest() {
    let Some(database) = Database::new("locks of endpoints").await else { return };
    let mut client = database.connect().await;
    client.batch_execute(STALL).await.unwrap();
    client.execute("SELECT pg_advisory_lock(42)", &[]).await.unwrap();
    let enqueuing = outbox(&database, Schedule::fixed([]));
    for endpoint in ["a", "b", "c", "d", "e"] {
        enqueue(&mut client, &enqueuing, endpoint, "second").await;
    }
    let (arrivals, stop) = (Arrivals::default(), Arc::new(Notify::new()));
    let send = {
        let arrivals = arrivals.clone();
        move |message: Outgoing| {
            arrivals.add(&message);
            std::future::ready(Ok::<(), Undelivered>(()))
        }
    };
    let mut workers = tokio::task::JoinSet::new();
    let (stalled, to, stops) = (outbox(&database, Schedule::fixed([])).slots(2), send.clone(), Arc::clone(&stop));
    workers.spawn(async move { stalled.deliver(to, stops.notified()).await });
    wait_until_one_waits(&client).await;
    // Those of the two endpoints that it claims, beside the one that the test holds and the one that the worker waits for.
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid, objid) <> (0, 42) \
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(client.query_one(locks, &[]).await.unwrap().get::<_, i64>(0), 2);
    let (other, stops) = (outbox(&database, Schedule::fixed([])), Arc::clone(&stop));
    workers.spawn(async move { other.deliver(send, stops.notified()).await });
    arrivals.wait_for(3).await;
    for endpoint in ["c", "d", "e"] {
        assert_eq!(arrivals.of(endpoint), ["second"]);
    }
    client.execute("SELECT pg_advisory_unlock(42)", &[]).await.unwrap();
    arrivals.wait_for(5).await;
    stop.notify_waiters();
    workers.join_all().await;
}
