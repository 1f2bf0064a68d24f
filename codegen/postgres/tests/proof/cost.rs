//! What a journal, an inbox and an outbox cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_postgres::{Delivery, Inbox, Message, Outbox, PostgresJournal, Received, Schedule};
use specie_runtime::client::{Entry, FileJournal, Holder, Journal, Options, Settled, Settlement};
use specie_runtime::{Decimal, Outcome};
use specie_sandbox::Sandbox;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::support::server::{Database, Server};

const TASKS: usize = 64;

pub async fn measure(count: usize) {
    let Some(server) = Server::start("cost") else { return };
    let database = Database::on(&server).await;
    println!(
        "cost: {count} of each, {TASKS} tasks, on {} cores, {} build, load {}",
        std::thread::available_parallelism().map_or(0, usize::from),
        if cfg!(debug_assertions) { "unoptimised" } else { "release" },
        std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim()
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file = FileJournal::open(folder.path().join("journal")).await.expect("a journal");
    let key = || b"sixteen bytes or more".to_vec();
    let postgres = PostgresJournal::new(database.pool(16));
    for (many, suffix) in [(1, "one task"), (TASKS, "64 tasks")] {
        entries(&format!("file journal alone, {suffix}"), file.clone(), many, count).await;
        entries(&format!("PostgreSQL journal alone, {suffix}"), postgres.clone(), many, count).await;
    }
    // The sandbox in the same process is most of these.
    let few = count.div_ceil(5);
    calls("call without a journal", Options::new(), few).await;
    calls("call with the file journal", Options::new().journal(file, key()), few).await;
    calls("call with the PostgreSQL journal", Options::new().journal(postgres, key()), few).await;
    inbox(&database, count).await;
    for workers in [1, 4] {
        outbox(&database, count, workers).await;
    }
    notify(&database, count).await;
}

/// What a call asks of its journal: the entry, the claim before its attempt, the mark.
async fn entries(what: &str, journal: impl Journal + Clone, many: usize, count: usize) {
    let run = move |number: usize| {
        let journal = journal.clone();
        async move {
            let id = format!("{number} {many}");
            let entry = serde_json::json!({
                "v": 1, "id": id, "api": "cublox", "operation": "createPayoutInvoice", "group": id, "reference": id, "time": 1, "hash": "00"
            });
            let entry: Entry = serde_json::from_value(entry).expect("an entry");
            let holder = Holder::new(id);
            journal.open(&entry, &holder).await.expect("it is written");
            assert!(journal.renew(&holder).await.expect("it is there"));
            let settled = journal.settle(&entry, &holder, &Settlement::of(Outcome::Done)).await.expect("it is marked");
            assert_eq!(settled, Settled::Closed);
            journal.release(&holder);
        }
    };
    tasks_of(what, many, if many == 1 { count.div_ceil(5) } else { count }, run).await;
}

async fn calls(what: &str, options: Options, count: usize) {
    let sandbox = Sandbox::builder().cublox().start().await.expect("a sandbox");
    let client = sandbox.merchant("shop").cublox(options).expect("a client");
    tasks(what, count, move |number| {
        let client = client.clone();
        async move {
            client.create_payout_invoice(request(number)).await.expect("a payout");
        }
    })
    .await;
}

fn request(number: usize) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: format!("inv-{number}"),
        service: "card".into(),
        currency: "USD".into(),
        amount: Decimal::from(number as u64 + 1),
        fields: [("card_number", "5123817234060000")].into(),
    })
}

async fn inbox(database: &Database, count: usize) {
    let client = database.connect().await;
    client.batch_execute("CREATE TABLE effects (id text)").await.expect("effects");
    let pool = database.pool(16);
    tasks("callback received, with an effect", count, move |number| {
        let pool = pool.clone();
        async move {
            let mut client = pool.get().await.expect("a connection");
            let mut transaction = client.transaction().await.expect("a transaction");
            let delivery = Delivery::of(number.to_string()).updated(1).state("processed");
            let received = Inbox::new("cost").receive(&mut transaction, &delivery).await.expect("a mark");
            assert_eq!(received, Received::New);
            transaction.execute("INSERT INTO effects VALUES ($1)", &[&number.to_string()]).await.expect("an effect");
            transaction.commit().await.expect("a commit");
        }
    })
    .await;
}

async fn outbox(database: &Database, count: usize, workers: usize) {
    let pool = database.pool(16);
    let enqueuing = Outbox::new(pool.clone(), Schedule::fixed([]));
    tasks("callback enqueued", count, move |number| {
        let (pool, outbox) = (pool.clone(), enqueuing.clone());
        async move {
            let mut client = pool.get().await.expect("a connection");
            let mut transaction = client.transaction().await.expect("a transaction");
            let message = Message::new("w", "https://shop.example.com", "payload").expect("a message");
            outbox.enqueue(&mut transaction, &message.endpoint(format!("e{}", number % TASKS))).await.expect("a row");
            transaction.commit().await.expect("a commit");
        }
    })
    .await;
    let (left, all) = (Arc::new(AtomicUsize::new(count)), Arc::new(Notify::new()));
    let send = {
        let all = Arc::clone(&all);
        move |_| {
            if left.fetch_sub(1, Ordering::Relaxed) == 1 {
                all.notify_waiters();
            }
            std::future::ready(Ok(()))
        }
    };
    let (began, mut delivering) = (Instant::now(), JoinSet::new());
    for _ in 0..workers {
        // With connections of its own, as another process.
        let (outbox, send) = (Outbox::new(database.pool(16), Schedule::fixed([])), send.clone());
        let all = Arc::clone(&all).notified_owned();
        delivering.spawn(async move { outbox.deliver(send, all).await });
    }
    delivering.join_all().await;
    let what = format!("callback delivered, workers: {workers}");
    println!("  {what:<36} {:>8.0} per second", count as f64 / began.elapsed().as_secs_f64());
}

/// What a notification in each transaction would cost: commits with one wait for each other.
async fn notify(database: &Database, count: usize) {
    for (what, statement) in [
        ("insert", "INSERT INTO effects VALUES ('x')"),
        (
            "insert with NOTIFY",
            "WITH told AS (SELECT pg_notify('specie', '')) INSERT INTO effects SELECT 'x' FROM told",
        ),
    ] {
        let pool = database.pool(16);
        tasks(what, count, move |_| {
            let pool = pool.clone();
            async move {
                let client = pool.get().await.expect("a connection");
                let statement = client.prepare_cached(statement).await.expect("a statement");
                client.execute(&statement, &[]).await.expect("a row");
            }
        })
        .await;
    }
}

/// Runs something so many times from all tasks, and prints how long one took.
async fn tasks<F, R>(what: &str, count: usize, run: F)
where
    F: Fn(usize) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    tasks_of(what, TASKS, count, run).await;
}

async fn tasks_of<F, R>(what: &str, many: usize, count: usize, run: F)
where
    F: Fn(usize) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    let began = Instant::now();
    for _ in 0..many {
        let (next, run) = (Arc::clone(&next), run.clone());
        tasks.spawn(async move {
            let mut times = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return times;
                }
                let began = Instant::now();
                run(number).await;
                times.push(began.elapsed());
            }
        });
    }
    let mut times: Vec<Duration> = tasks.join_all().await.into_iter().flatten().collect();
    let took = began.elapsed();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default().as_secs_f64() * 1e3;
    println!(
        "  {what:<36} {:>8.0} per second, p50 {:>7.2} ms, p99 {:>7.2} ms",
        count as f64 / took.as_secs_f64(),
        at(50),
        at(99)
    );
}
