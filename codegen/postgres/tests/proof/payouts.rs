//! Payouts from four processes against the sandbox: each exists once, or its caller holds an error that says refused.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use specie_postgres::figures;
use specie_postgres::tokio_postgres::Client;
use specie_sandbox::{AfterCommit, Armed, Before, Fault, FaultBody, Match, Rule, Sandbox};

use super::chance::Chance;
use super::payer::{CURRENCY_REFUSED, LEASE};
use super::replicas::Replicas;
use crate::support::proxy::{Cut, Proxy};
use crate::support::server::{Database, Server};

const REPLICAS: usize = 4;

pub async fn prove(count: usize, seed: u64) {
    let Some(server) = Server::start("payouts from several processes") else { return };
    let began = Instant::now();
    println!("payouts: {count} from {REPLICAS} processes, seed {seed}");
    let database = Database::on(&server).await;
    let mut books = database.connect().await;
    write_books(&mut books, count).await;
    let proxy = Proxy::before(server.socket()).await;
    let sandbox = Sandbox::builder().cublox().seed(seed).start().await.expect("a sandbox");
    let refusals = refuse(&sandbox);
    let faults = storm(&sandbox);
    let mut replicas = Replicas::start("payer", vec![environment(&sandbox, &proxy, &database); REPLICAS]);

    let mut chance = Chance::new(seed);
    let mut crashes = 0;
    while unfinished(&database).await.is_none_or(|left| left > 0) {
        assert!(began.elapsed() < Duration::from_secs(3000), "no progress");
        replicas.assert_alive();
        tokio::time::sleep(Duration::from_millis(100 + chance.below(300))).await;
        proxy.cut(Cut::AtRandom { most: 60_000, seed: chance.below(u64::MAX) });
        // What is asserted below happens at once, however short the proof is.
        let strike = match (replicas.pauses, crashes) {
            (0, _) => 10,
            (_, 0) => 12,
            _ => chance.below(16),
        };
        match strike {
            0..=9 => replicas.kill_one(&mut chance).await,
            10..=11 => {
                let time = LEASE + Duration::from_millis(500 + chance.below(2_000));
                replicas.pause_one(&mut chance, time).await;
            }
            12 => {
                let server = server.clone();
                tokio::task::spawn_blocking(move || server.crash()).await.expect("a new start");
                crashes += 1;
            }
            _ => {}
        }
    }
    let cuts = proxy.cuts();
    let struck: u32 = faults.iter().map(Armed::hits).sum();
    proxy.cut(Cut::Never);
    drop(faults);
    println!("  calm after {:.0?}", began.elapsed());
    settle(&database, began).await;
    println!(
        "  {} kills, {} pauses past the lease, {crashes} crashes of the database, {cuts} broken connections, {struck} faults of the API, {} refusals",
        replicas.kills,
        replicas.pauses,
        refusals.hits()
    );
    assert!(replicas.kills > 0 && replicas.pauses > 0 && crashes > 0 && cuts > 0 && struck > 0);
    check(&database, &sandbox, count).await;
    println!("  exactly once after {:.0?}", began.elapsed());
}

async fn write_books(books: &mut Client, count: usize) {
    let table = "CREATE TABLE books (number int PRIMARY KEY, reference text NOT NULL UNIQUE, attempts int NOT NULL DEFAULT 0, \
        taken_until timestamptz NOT NULL DEFAULT '-infinity', result text, paid text)";
    books.batch_execute(table).await.expect("books");
    let intentions =
        format!("INSERT INTO books (number, reference) SELECT n, 'inv-' || n FROM generate_series(1, {count}) AS n");
    books.batch_execute(&intentions).await.expect("intentions");
}

fn environment(sandbox: &Sandbox, proxy: &Proxy, database: &Database) -> Vec<(&'static str, String)> {
    let key = sandbox.merchant("shop").credentials();
    vec![
        ("DATABASE", format!("host=127.0.0.1 port={} user=owner dbname={}", proxy.port(), database.name)),
        ("API", sandbox.base_url("cublox").expect("it is served")),
        ("ACCOUNT", key.account_id),
        ("KEY", key.api_key.expose().clone()),
    ]
}

/// What the API will not pay, however often it is asked.
fn refuse(sandbox: &Sandbox) -> Armed {
    let on = Match {
        operation: Some("createPayoutInvoice".to_owned()),
        json: Some(("/data/attributes/currency".to_owned(), CURRENCY_REFUSED.into())),
        ..Match::default()
    };
    let refusal = Fault::Status { code: 422, body: FaultBody::Json, retry_after: None };
    sandbox.faults().arm(Rule::on_requests(on).at(Before).kind(refusal))
}

fn storm(sandbox: &Sandbox) -> Vec<Armed> {
    let create = || Rule::on("createPayoutInvoice");
    let gateway = Fault::Status { code: 503, body: FaultBody::Html, retry_after: None };
    let rules = [
        create().at(Before).kind(Fault::Drop).percent(4),
        create().at(Before).kind(gateway).percent(4),
        create().at(AfterCommit).kind(Fault::Reset).percent(6),
        create().at(AfterCommit).kind(gateway).percent(4),
        create().at(AfterCommit).kind(Fault::Delay(Duration::from_millis(300))).percent(4),
        Rule::on("listPayoutInvoices").kind(Fault::Reset).percent(5),
    ];
    rules.into_iter().map(|rule| sandbox.faults().arm(rule)).collect()
}

/// How many intentions have no result; `None` while the database is away.
async fn unfinished(database: &Database) -> Option<usize> {
    let client = try_connect(database).await?;
    let row = client.query_one("SELECT count(*) FROM books WHERE result IS NULL", &[]).await.ok()?;
    usize::try_from(row.get::<_, i64>(0)).ok()
}

async fn try_connect(database: &Database) -> Option<Client> {
    let (client, connection) = database.config().connect(specie_postgres::tokio_postgres::NoTls).await.ok()?;
    tokio::spawn(connection);
    Some(client)
}

/// Waits until every intention has its result and no entry is open.
async fn settle(database: &Database, began: Instant) {
    let client = database.connect().await;
    loop {
        let open = figures(&client).await.expect("figures").unsettled;
        let left = unfinished(database).await.expect("the database is there");
        if open == 0 && left == 0 {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(3300), "{left} without a result, {open} open");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Compares the books with what the API holds.
async fn check(database: &Database, sandbox: &Sandbox, count: usize) {
    let mut payouts: HashMap<String, Vec<String>> = HashMap::new();
    for payout in sandbox.payouts().expect("payouts") {
        payouts.entry(payout.reference.expect("a reference")).or_default().push(payout.id);
    }
    let client = database.connect().await;
    let rows = client.query("SELECT reference, result, paid FROM books", &[]).await.expect("books");
    assert_eq!(rows.len(), count);
    let (mut done, mut refused) = (0, 0);
    for row in rows {
        let (reference, result): (String, String) = (row.get(0), row.get(1));
        let found = payouts.remove(&reference).unwrap_or_default();
        match result.as_str() {
            "done" => {
                assert_eq!(found, [row.get::<_, String>(2)], "{reference}");
                done += 1;
            }
            "refused" => {
                assert_eq!(found, Vec::<String>::new(), "{reference} was refused");
                refused += 1;
            }
            other => panic!("{reference}: {other}"),
        }
    }
    assert!(payouts.is_empty(), "nobody asked for {payouts:?}");
    println!("  {done} exist once, {refused} were refused and do not exist, nothing is open");
}
