//! A callback that ends each process that sends it: it is given up, and every other one arrives.

use std::time::{Duration, Instant};

use specie_postgres::{Message, Outbox, figures};

use super::chance::Chance;
use super::replicas::Replicas;
use super::sender::{INTERRUPTIONS, POISON, schedule};
use crate::support::server::{Database, Server};

const SENDERS: usize = 4;
const ENDPOINTS: usize = 40;

pub async fn prove(count: usize, seed: u64) {
    let Some(server) = Server::start("callbacks that end their senders") else { return };
    println!(
        "poison: {count} callbacks to {ENDPOINTS} endpoints from {SENDERS} senders, and one that ends its sender, seed {seed}"
    );
    let database = Database::on(&server).await;
    let (url, arrived) = super::owed::receive(seed).await;
    let configuration =
        format!("host={} user=owner dbname={}", server.socket().parent().expect("a folder").display(), database.name);
    let mut client = database.connect().await;
    let outbox = Outbox::new(database.pool(1), schedule());
    super::owed::enqueue(&mut client, &outbox, &url, count).await;
    let mut transaction = client.transaction().await.expect("a transaction");
    let message = Message::new("payoutInvoice", &url, POISON).expect("a message").endpoint(POISON).id(POISON);
    assert!(outbox.enqueue(&mut transaction, &message).await.expect("a row"));
    transaction.commit().await.expect("a commit");

    let (began, mut chance, mut ended) = (Instant::now(), Chance::new(seed), 0);
    let mut senders = Replicas::start("sender", vec![vec![("DATABASE", configuration)]; SENDERS]);
    while figures(&client).await.expect("figures").owed > 0 {
        assert!(began.elapsed() < Duration::from_secs(2_000), "no progress");
        tokio::time::sleep(Duration::from_millis(20 + chance.below(30))).await;
        ended += senders.start_again();
    }
    let [dead] = outbox.dead_letters(10).await.expect("dead letters").try_into().expect("one");
    assert_eq!((dead.id.as_str(), dead.attempts, ended), (POISON, INTERRUPTIONS, INTERRUPTIONS));
    super::owed::check(&arrived.lock().expect("arrivals"), count, began.elapsed());
    println!("  one was given up after it had ended {ended} processes: {}", dead.last_error.unwrap_or_default());
}
