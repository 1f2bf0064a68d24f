//! What is owed is sent: at least once, in order, whoever dies, and one endpoint does not wait for another.

mod broken_connections;
mod interruptions;
mod one_at_a_time;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cublox::types::{
    PayoutInvoiceCallback, PayoutInvoiceCallbackAttributes, PayoutInvoiceCallbackResource,
    PayoutInvoiceCallbackResourceRequired, PayoutInvoiceCallbackResourceType, PayoutInvoiceStatus,
};
use specie_postgres::tokio_postgres::Client;
use specie_postgres::{Message, Outbox, Outgoing, Schedule, Undelivered, figures};
use specie_runtime::webhook::Sender;
use specie_runtime::{InProcess, UnixTime};
use tokio::sync::Notify;

use crate::support::server::Database;

/// What arrived, by endpoint; tells when all did that a test waits for.
#[derive(Clone, Default)]
struct Arrivals {
    list: Arc<Mutex<Vec<(String, String)>>>,
    changed: Arc<Notify>,
}

impl Arrivals {
    fn add(&self, message: &Outgoing) {
        let what = message.payload::<String>().unwrap();
        self.list.lock().unwrap().push((message.endpoint.clone(), what));
        self.changed.notify_one();
    }

    async fn wait_for(&self, count: usize) {
        while self.list.lock().unwrap().len() < count {
            self.changed.notified().await;
        }
    }

    fn of(&self, endpoint: &str) -> Vec<String> {
        let list = self.list.lock().unwrap();
        list.iter().filter(|(to, _)| to == endpoint).map(|(_, what)| what.clone()).collect()
    }
}

async fn enqueue(client: &mut Client, outbox: &Outbox, endpoint: &str, what: &str) -> String {
    let id = format!("{endpoint} {what}");
    let message = Message::new("payoutInvoice", "https://shop.example.com/hooks", what).unwrap();
    let mut transaction = client.transaction().await.unwrap();
    let message = message.endpoint(endpoint).id(&id);
    assert!(outbox.enqueue(&mut transaction, &message).await.unwrap());
    assert!(!outbox.enqueue(&mut transaction, &message).await.unwrap(), "its id is there");
    transaction.commit().await.unwrap();
    id
}

fn outbox(database: &Database, schedule: Schedule) -> Outbox {
    Outbox::new(database.pool(4), schedule).poll(Duration::from_millis(20))
}

#[tokio::test]
async fn a_message_is_owed_if_its_transaction_is_committed() {
    let Some(database) = Database::new("enqueuing").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    let mut transaction = client.transaction().await.unwrap();
    outbox.enqueue(&mut transaction, &Message::new("w", "https://a.example", "lost").unwrap()).await.unwrap();
    drop(transaction);
    enqueue(&mut client, &outbox, "a", "kept").await;
    let arrivals = Arrivals::default();
    let (seen, send) = (arrivals.clone(), arrivals.clone());
    let send = move |message: Outgoing| {
        send.add(&message);
        std::future::ready(Ok(()))
    };
    outbox.deliver(send, async move { seen.wait_for(1).await }).await;
    assert_eq!(*arrivals.list.lock().unwrap(), [("a".to_owned(), "kept".to_owned())]);
}

#[tokio::test]
async fn messages_of_an_endpoint_come_in_order_from_any_number_of_workers() {
    let Some(database) = Database::new("order of an endpoint").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([Duration::ZERO; 9])));
    for number in 0..60 {
        enqueue(&mut client, &outbox, &format!("e{}", number % 3), &format!("{number:02}")).await;
    }
    let (arrivals, tried) = (Arrivals::default(), Arc::new(Mutex::new(HashMap::<String, u32>::new())));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..3 {
        // Another pool, as in another process.
        let outbox =
            Outbox::new(database.pool(4), Schedule::fixed([Duration::ZERO; 9])).poll(Duration::from_millis(20));
        let (seen, to, tried) = (arrivals.clone(), arrivals.clone(), Arc::clone(&tried));
        let send = move |message: Outgoing| {
            let tries = *tried.lock().unwrap().entry(message.id.clone()).and_modify(|tries| *tries += 1).or_insert(1);
            assert_eq!(tries, message.attempt);
            // Every fourth is acknowledged at the third try only.
            let is_refused = message.id.ends_with('4') && tries < 3;
            if !is_refused {
                to.add(&message);
            }
            std::future::ready(if is_refused { Err(Undelivered::Later("500".into())) } else { Ok(()) })
        };
        workers.spawn(async move {
            let stop = async move {
                seen.wait_for(60).await;
                seen.changed.notify_one(); // for the next worker that waits
            };
            outbox.deliver(send, stop).await;
        });
    }
    workers.join_all().await;
    for endpoint in ["e0", "e1", "e2"] {
        let seen = arrivals.of(endpoint);
        assert!(seen.len() == 20 && seen.is_sorted(), "{endpoint}: {seen:?}");
    }
}

#[tokio::test]
async fn an_endpoint_that_hangs_delays_no_other() {
    let Some(database) = Database::new("isolation of endpoints").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    for number in 0..10 {
        enqueue(&mut client, &outbox, "hangs", &number.to_string()).await;
    }
    for number in 0..10 {
        enqueue(&mut client, &outbox, "answers", &number.to_string()).await;
    }
    let arrivals = Arrivals::default();
    let (seen, to) = (arrivals.clone(), arrivals.clone());
    let release = Arc::new(Notify::new());
    let released = Arc::clone(&release);
    let send = move |message: Outgoing| {
        let (to, release) = (to.clone(), Arc::clone(&released));
        async move {
            if message.endpoint == "hangs" {
                release.notified().await;
                return Err(Undelivered::Later("it hung".into()));
            }
            to.add(&message);
            Ok(())
        }
    };
    let stop = async {
        seen.wait_for(10).await;
        release.notify_one();
    };
    outbox.slots(2).deliver(send, stop).await;
    assert_eq!(arrivals.of("answers").len(), 10);
    let tried: Vec<i32> = client
        .query("SELECT attempts FROM specie.outbox WHERE endpoint = 'hangs' ORDER BY ordinal", &[])
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(tried[2..], [0; 8], "one at a time");
}

#[tokio::test]
async fn what_a_dead_worker_held_is_sent_by_another() {
    let Some(database) = Database::new("workers that die").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    enqueue(&mut client, &outbox, "a", "owed").await;
    // The first worker begins to send, and dies.
    let begun = Arc::new(Notify::new());
    let (dying, tells) = (outbox.clone(), Arc::clone(&begun));
    let worker = tokio::spawn(async move {
        let send = move |_| {
            tells.notify_one();
            std::future::pending()
        };
        dying.deliver(send, std::future::pending()).await;
    });
    begun.notified().await;
    worker.abort();
    let held: i64 = client
        .query_one("SELECT count(*) FROM specie.outbox WHERE held_until > clock_timestamp() + interval '50s'", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(held, 1, "for as long as a try may take, and some more");
    client.execute("UPDATE specie.outbox SET held_until = clock_timestamp()", &[]).await.unwrap();
    let arrivals = Arrivals::default();
    let (seen, to) = (arrivals.clone(), arrivals.clone());
    let send = move |message: Outgoing| {
        assert_eq!(message.attempt, 2);
        to.add(&message);
        std::future::ready(Ok(()))
    };
    outbox.deliver(send, async move { seen.wait_for(1).await }).await;
    assert_eq!(arrivals.of("a"), ["owed"]);
}

#[tokio::test]
async fn what_is_given_up_is_seen_and_can_be_sent_again() {
    let Some(database) = Database::new("dead letters").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([Duration::ZERO])));
    let refused = enqueue(&mut client, &outbox, "a", "refused").await;
    let unsendable = enqueue(&mut client, &outbox, "b", "unsendable").await;
    enqueue(&mut client, &outbox, "a", "behind it").await;
    let arrivals = Arrivals::default();
    let (seen, to) = (arrivals.clone(), arrivals.clone());
    let send = move |message: Outgoing| {
        let end = match message.payload::<String>().unwrap().as_str() {
            "refused" => Err(Undelivered::Later("the webhook was answered with 500".into())),
            "unsendable" => Err(Undelivered::Never("there is no secret".into())),
            _ => {
                to.add(&message);
                Ok(())
            }
        };
        std::future::ready(end)
    };
    outbox.deliver(send, async move { seen.wait_for(1).await }).await;
    let mut dead = outbox.dead_letters(10).await.unwrap();
    assert!(!format!("{dead:?}").contains("endpoint"), "it is an address by default");
    dead.sort_by(|one, other| one.endpoint.cmp(&other.endpoint));
    let told: Vec<_> =
        dead.iter().map(|dead| (dead.id.as_str(), dead.attempts, dead.last_error.as_deref().unwrap())).collect();
    let (after_two, after_one) = ("the webhook was answered with 500", "there is no secret");
    assert_eq!(told, [(refused.as_str(), 2, after_two), (unsendable.as_str(), 1, after_one)]);
    assert!(outbox.resend(&refused).await.unwrap());
    assert!(!outbox.resend(&refused).await.unwrap(), "it is owed now");
    let (seen, to) = (arrivals.clone(), arrivals.clone());
    let send = move |message: Outgoing| {
        assert_eq!(message.attempt, 1);
        to.add(&message);
        std::future::ready(Ok(()))
    };
    outbox.deliver(send, async move { seen.wait_for(2).await }).await;
    assert_eq!(arrivals.of("a"), ["behind it", "refused"]);
    assert_eq!(outbox.dead_letters(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_message_that_comes_before_one_under_way_waits_for_it() {
    let Some(database) = Database::new("commits out of order").await else { return };
    let (mut client, mut late) = (database.connect().await, database.connect().await);
    let outbox = outbox(&database, Schedule::fixed([]));
    let mut transaction = late.transaction().await.unwrap();
    let first = Message::new("payoutInvoice", "https://shop.example.com/hooks", "first").unwrap();
    outbox.enqueue(&mut transaction, &first.endpoint("a").id("first")).await.unwrap();
    enqueue(&mut client, &outbox, "a", "second").await;
    let (arrivals, begun, release) = (Arrivals::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (to, begins, released) = (arrivals.clone(), Arc::clone(&begun), Arc::clone(&release));
    let send = move |message: Outgoing| {
        let (to, begins, released) = (to.clone(), Arc::clone(&begins), Arc::clone(&released));
        async move {
            if message.id == "a second" {
                begins.notify_one();
                released.notified().await;
            }
            to.add(&message);
            Ok(())
        }
    };
    let seen = arrivals.clone();
    let check = async {
        begun.notified().await;
        transaction.commit().await.unwrap();
        // Whoever claims this one would claim the first one of the other endpoint, too.
        enqueue(&mut client, &outbox, "b", "other").await;
        seen.wait_for(1).await;
        let attempts = "SELECT attempts FROM specie.outbox WHERE id = 'first'";
        assert_eq!(client.query_one(attempts, &[]).await.unwrap().get::<_, i32>(0), 0);
        release.notify_one();
        seen.wait_for(3).await;
    };
    outbox.deliver(send, check).await;
    assert_eq!(arrivals.of("a"), ["second", "first"]);
}

#[tokio::test]
async fn a_worker_that_is_to_stop_begins_nothing_more() {
    let Some(database) = Database::new("stopping").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    for what in ["first", "second"] {
        enqueue(&mut client, &outbox, "a", what).await;
    }
    let (arrivals, begun, release) = (Arrivals::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (to, begins, released) = (arrivals.clone(), Arc::clone(&begun), Arc::clone(&release));
    let send = move |message: Outgoing| {
        let (to, begins, released) = (to.clone(), Arc::clone(&begins), Arc::clone(&released));
        async move {
            begins.notify_one();
            released.notified().await;
            to.add(&message);
            Ok(())
        }
    };
    let stop = async {
        begun.notified().await;
        release.notify_one();
    };
    outbox.deliver(send, stop).await;
    assert_eq!(arrivals.of("a"), ["first"]);
    assert_eq!(figures(&client).await.unwrap().owed, 1);
}

#[tokio::test]
async fn a_worker_stops_where_the_database_does_not_answer() {
    let Some(database) = Database::new("stopping without a database").await else { return };
    let pool = database.pool(1);
    let _only = pool.get().await.unwrap();
    let outbox = Outbox::new(pool, Schedule::fixed([]));
    let delivering = outbox.deliver(|_| std::future::ready(Ok(())), std::future::ready(()));
    tokio::time::timeout(Duration::from_secs(4), delivering).await.expect("it stops");
}

#[tokio::test]
async fn a_send_that_panics_is_a_try_that_failed() {
    let Some(database) = Database::new("senders that panic").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([Duration::ZERO])));
    enqueue(&mut client, &outbox, "a", "panics").await;
    enqueue(&mut client, &outbox, "a", "behind it").await;
    let arrivals = Arrivals::default();
    let (seen, to) = (arrivals.clone(), arrivals.clone());
    let send = move |message: Outgoing| {
        assert_ne!(message.id, "a panics", "what the test is about");
        to.add(&message);
        std::future::ready(Ok(()))
    };
    outbox.deliver(send, async move { seen.wait_for(1).await }).await;
    let [dead] = outbox.dead_letters(10).await.unwrap().try_into().unwrap();
    assert_eq!((dead.id.as_str(), dead.attempts), ("a panics", 2));
}

#[tokio::test]
async fn each_end_of_a_try_is_one_that_the_database_keeps() {
    let Some(database) = Database::new("ends of tries").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([Duration::MAX; 2])));
    let id = enqueue(&mut client, &outbox, "a", "refused").await;
    let never = enqueue(&mut client, &outbox, "b", "unsendable").await;
    let send = |message: Outgoing| {
        let reason = "the response was \0 zero".to_owned();
        let end = if message.endpoint == "a" { Undelivered::Later(reason) } else { Undelivered::Never(reason) };
        std::future::ready(Err(end))
    };
    let recorded = "SELECT last_error FROM specie.outbox WHERE id = $1 AND next_attempt_at > clock_timestamp() + interval '999 years'";
    let check = async {
        while client.query_opt(recorded, &[&id]).await.unwrap().is_none()
            || outbox.dead_letters(1).await.unwrap().is_empty()
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), outbox.deliver(send, check)).await.expect("both are recorded");
    let reason = "the response was \u{fffd} zero";
    assert_eq!(client.query_one(recorded, &[&id]).await.unwrap().get::<_, &str>(0), reason);
    let [dead] = outbox.dead_letters(1).await.unwrap().try_into().unwrap();
    assert_eq!((dead.id, dead.last_error.as_deref()), (never, Some(reason)));
    assert_eq!(outbox.prune(Duration::MAX).await.unwrap(), 0);
}

#[tokio::test]
async fn a_message_with_a_zero_byte_is_refused_and_its_transaction_goes_on() {
    let Some(database) = Database::new("messages with zero bytes").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    let mut transaction = client.transaction().await.unwrap();
    let message = || Message::new("w", "https://a.example", "with \0 in it").unwrap();
    let url = Message::new("w", "https://a.example/\0", "").unwrap().endpoint("a");
    let webhook = Message::new("w\0", "https://a.example", "").unwrap();
    for refused in [message().id("\0"), message().endpoint("\0"), url, webhook] {
        let error = outbox.enqueue(&mut transaction, &refused).await.unwrap_err();
        assert!(matches!(error, specie_postgres::Error::Argument(_)), "{error}");
    }
    assert!(outbox.enqueue(&mut transaction, &message()).await.unwrap(), "in the payload it is an escape");
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn a_generated_sender_signs_what_was_enqueued() {
    let Some(database) = Database::new("generated senders").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    let resource = PayoutInvoiceCallbackResource::new(PayoutInvoiceCallbackResourceRequired {
        r#type: PayoutInvoiceCallbackResourceType::PayoutInvoices,
        id: "cpoi_1".into(),
        attributes: PayoutInvoiceCallbackAttributes::new(PayoutInvoiceStatus::Processed).updated(UnixTime(7)),
    });
    let payload = PayoutInvoiceCallback::new(resource);
    let mut transaction = client.transaction().await.unwrap();
    let message = Message::new("payoutInvoice", "https://shop.example.com/hooks", &payload).unwrap();
    assert!(!format!("{message:?}").contains("cpoi_1"));
    outbox.enqueue(&mut transaction, &message).await.unwrap();
    transaction.commit().await.unwrap();
    let (arrived, tells) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let told = Arc::clone(&arrived);
    let receiver = cublox::webhooks::payout_invoice(["sk_test"], move |callback: PayoutInvoiceCallback| {
        assert_eq!(callback.data.id, "cpoi_1");
        told.notify_one();
        async { Ok::<(), String>(()) }
    });
    let sender = Sender::over(InProcess::new(receiver)).secret("sk_test");
    let done = Arc::clone(&tells);
    let send = move |message: Outgoing| {
        let (sender, done) = (sender.clone().message_id(&message.id), Arc::clone(&done));
        async move {
            cublox::webhooks::send::payout_invoice(&sender, &message.url, &message.payload()?).await?;
            done.notify_one();
            Ok::<(), Undelivered>(())
        }
    };
    outbox.deliver(send, async { tells.notified().await }).await;
    arrived.notified().await;
    let delivered = "SELECT count(*) FROM specie.outbox WHERE delivered_at IS NOT NULL AND attempts = 1";
    let delivered: i64 = client.query_one(delivered, &[]).await.unwrap().get(0);
    assert_eq!(delivered, 1);
}
