//! Owed callbacks whose senders are killed: each arrives at least once, none is lost, those of an endpoint come in order.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cublox::types::{
    PayoutInvoiceCallback, PayoutInvoiceCallbackAttributes, PayoutInvoiceCallbackResource,
    PayoutInvoiceCallbackResourceRequired, PayoutInvoiceCallbackResourceType, PayoutInvoiceStatus,
};
use specie_postgres::tokio_postgres::Client;
use specie_postgres::{Message, Outbox, figures};
use specie_runtime::UnixTime;

use super::chance::Chance;
use super::receiver::SECRET;
use super::replicas::Replicas;
use super::sender::schedule;
use crate::support::proxy::{Cut, Proxy};
use crate::support::server::{Database, Server};

const SENDERS: usize = 4;
const ENDPOINTS: usize = 40;

/// The numbers that arrived at each endpoint, in order.
pub type Arrived = Arc<Mutex<HashMap<String, Vec<i64>>>>;

pub async fn prove(count: usize, seed: u64) {
    let Some(server) = Server::start("owed callbacks from several senders") else { return };
    println!("owed: {count} callbacks to {ENDPOINTS} endpoints from {SENDERS} senders, seed {seed}");
    let database = Database::on(&server).await;
    let (url, arrived) = receive(seed).await;
    let proxy = Proxy::before(server.socket()).await;
    let configuration = format!("host=127.0.0.1 port={} user=owner dbname={}", proxy.port(), database.name);
    let mut senders = Replicas::start("sender", vec![vec![("DATABASE", configuration)]; SENDERS]);

    let began = Instant::now();
    let mut client = database.connect().await;
    let outbox = Outbox::new(database.pool(1), schedule());
    enqueue(&mut client, &outbox, &url, count).await;
    println!("  enqueued {:.0} per second, 20 in a transaction", count as f64 / began.elapsed().as_secs_f64());
    let mut chance = Chance::new(seed);
    loop {
        proxy.cut(Cut::AtRandom { most: 200_000, seed: chance.below(u64::MAX) });
        senders.kill_one(&mut chance).await;
        let figures = figures(&client).await.expect("figures");
        if figures.owed == 0 {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(2_000), "no progress: {figures:?}");
        tokio::time::sleep(Duration::from_millis(200 + chance.below(400))).await;
    }
    let took = began.elapsed();
    println!("  {} kills, {} broken connections", senders.kills, proxy.cuts());
    drop(senders);
    assert_eq!(outbox.dead_letters(10).await.expect("dead letters"), []);
    check(&arrived.lock().expect("arrivals"), count, took);
}

pub async fn enqueue(client: &mut Client, outbox: &Outbox, url: &str, count: usize) {
    let mut number = 0;
    while number < count {
        let mut transaction = client.transaction().await.expect("a transaction");
        for _ in 0..20.min(count - number) {
            let (endpoint, sequence) = (number % ENDPOINTS, number / ENDPOINTS);
            let payload = payload(&format!("e{endpoint}"), sequence as i64);
            let message =
                Message::new("payoutInvoice", url, &payload).expect("a message").endpoint(format!("e{endpoint}"));
            assert!(outbox.enqueue(&mut transaction, &message).await.expect("a row"));
            number += 1;
        }
        transaction.commit().await.expect("a commit");
    }
}

fn payload(endpoint: &str, sequence: i64) -> PayoutInvoiceCallback {
    PayoutInvoiceCallback::new(PayoutInvoiceCallbackResource::new(PayoutInvoiceCallbackResourceRequired {
        r#type: PayoutInvoiceCallbackResourceType::PayoutInvoices,
        id: endpoint.to_owned(),
        attributes: PayoutInvoiceCallbackAttributes::new(PayoutInvoiceStatus::Processing).updated(UnixTime(sequence)),
    }))
}

/// The receiver of all endpoints: it fails one time in twenty, half of these after it took the callback.
pub async fn receive(seed: u64) -> (String, Arrived) {
    let arrived = Arrived::default();
    let (list, chance) = (Arc::clone(&arrived), Mutex::new(Chance::new(seed + 1)));
    let handler = move |callback: PayoutInvoiceCallback| {
        let draw = chance.lock().expect("chance").below(40);
        let sequence = callback.data.attributes.updated.map_or(-1, |UnixTime(sequence)| sequence);
        if draw != 0 {
            list.lock().expect("arrivals").entry(callback.data.id).or_default().push(sequence);
        }
        std::future::ready(if draw < 2 { Err("it failed") } else { Ok(()) })
    };
    let receiver = cublox::webhooks::payout_invoice([SECRET], handler);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("its address"));
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().route_service("/", receiver)).await });
    (url, arrived)
}

pub fn check(arrived: &HashMap<String, Vec<i64>>, count: usize, took: Duration) {
    let all: usize = arrived.values().map(Vec::len).sum();
    for endpoint in 0..ENDPOINTS.min(count) {
        let expected = (count - endpoint).div_ceil(ENDPOINTS);
        let mut came = arrived.get(&format!("e{endpoint}")).cloned().unwrap_or_default();
        // What comes again comes right away, before the next one.
        assert!(came.is_sorted(), "e{endpoint}: {came:?}");
        came.dedup();
        assert_eq!(came, (0..expected as i64).collect::<Vec<_>>(), "e{endpoint}");
    }
    println!(
        "  each arrived, in order, {} of them again, after {took:.0?}, {:.0} per second",
        all - count,
        count as f64 / took.as_secs_f64()
    );
}
