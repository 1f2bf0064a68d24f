//! Callbacks to four receivers at once, several times each: every effect exactly once and in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use cublox::types::{
    PayoutInvoiceCallback, PayoutInvoiceCallbackAttributes, PayoutInvoiceCallbackResource,
    PayoutInvoiceCallbackResourceRequired, PayoutInvoiceCallbackResourceType, PayoutInvoiceStatus,
};
use specie_runtime::UnixTime;
use specie_runtime::client::Options;
use specie_runtime::webhook::Sender;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::chance::Chance;
use super::receiver::SECRET;
use super::replicas::Replicas;
use crate::support::proxy::{Cut, Proxy};
use crate::support::server::{Database, Server};

const RECEIVERS: usize = 4;
/// How many callbacks each resource has; the next one goes out when one delivery of it is acknowledged, beside late ones of those before.
const VERSIONS: usize = 5;

pub async fn prove(count: usize, seed: u64) {
    let Some(server) = Server::start("callbacks to several receivers") else { return };
    println!("callbacks: {count}, each two to five times at once to {RECEIVERS} receivers, seed {seed}");
    let database = Database::on(&server).await;
    let client = database.connect().await;
    let effects = "CREATE TABLE effects (ordinal bigint GENERATED ALWAYS AS IDENTITY, id text, version bigint)";
    client.batch_execute(effects).await.expect("effects");
    let proxy = Proxy::before(server.socket()).await;
    let ports: Arc<[u16]> = free_ports().into();
    let configuration = format!("host=127.0.0.1 port={} user=owner dbname={}", proxy.port(), database.name);
    let environments = ports.iter().map(|port| vec![("DATABASE", configuration.clone()), ("PORT", port.to_string())]);
    let mut receivers = Replicas::start("receiver", environments.collect());

    let began = Instant::now();
    let sender = Sender::new(&Options::new()).expect("a sender").secret(SECRET).timeout(Duration::from_secs(5));
    let (deliveries, slots) = (Arc::new(AtomicU32::new(0)), Arc::new(Semaphore::new(32)));
    let mut resources = JoinSet::new();
    for resource in 0..count.div_ceil(VERSIONS) {
        let (sender, ports, deliveries, slots) =
            (sender.clone(), Arc::clone(&ports), Arc::clone(&deliveries), Arc::clone(&slots));
        let mut chance = Chance::new(seed + resource as u64 + 1);
        resources.spawn(async move {
            let _slot = slots.acquire().await;
            deliver_all(&sender, &ports, resource, &mut chance, &deliveries).await;
        });
    }
    let mut chance = Chance::new(seed);
    let waiting = async {
        while resources.join_next().await.is_some_and(|end| end.is_ok()) {}
        assert!(resources.is_empty(), "a resource was not delivered");
    };
    let striking = async {
        loop {
            tokio::time::sleep(Duration::from_millis(200 + chance.below(800))).await;
            proxy.cut(Cut::AtRandom { most: 300_000, seed: chance.below(u64::MAX) });
            receivers.kill_one(&mut chance).await;
        }
    };
    tokio::select! {
        () = waiting => {}
        () = striking => {}
    }
    let took = began.elapsed();
    let deliveries = deliveries.load(Ordering::Relaxed);
    println!("  {deliveries} deliveries, {} kills, {} broken connections", receivers.kills, proxy.cuts());
    assert!(receivers.kills > 0);
    drop(receivers);

    let rows = client
        .query("SELECT id, array_agg(version ORDER BY ordinal) FROM effects GROUP BY id", &[])
        .await
        .expect("effects");
    assert_eq!(rows.len(), count.div_ceil(VERSIONS));
    for row in rows {
        let (id, versions): (String, Vec<i64>) = (row.get(0), row.get(1));
        assert_eq!(versions, (1..=VERSIONS as i64).collect::<Vec<_>>(), "{id}");
    }
    println!(
        "  each effect exactly once and in order after {took:.0?}, {:.0} callbacks per second",
        count as f64 / took.as_secs_f64()
    );
}

/// Delivers each version until it is acknowledged, two to five times at once, to receivers that are drawn.
async fn deliver_all(sender: &Sender, ports: &[u16], resource: usize, chance: &mut Chance, deliveries: &AtomicU32) {
    let mut late = JoinSet::new();
    for version in 1..=VERSIONS as i64 {
        let (acknowledged, mut first) = tokio::sync::mpsc::channel(8);
        for _ in 0..2 + chance.below(4) {
            let (sender, acknowledged) = (sender.clone(), acknowledged.clone());
            let ports: Vec<_> = (0..64).map(|_| ports[chance.below(ports.len() as u64) as usize]).collect();
            let payload = payload(resource, version);
            late.spawn(async move {
                let mut tries = 0;
                for port in ports.iter().cycle() {
                    tries += 1;
                    let url = format!("http://127.0.0.1:{port}/");
                    if cublox::webhooks::send::payout_invoice(&sender, &url, &payload).await.is_ok() {
                        break;
                    }
                    // A receiver that was killed is there again soon.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                let _ = acknowledged.send(()).await;
                tries
            });
        }
        first.recv().await.expect("one is acknowledged");
    }
    for tries in late.join_all().await {
        deliveries.fetch_add(tries, Ordering::Relaxed);
    }
}

fn payload(resource: usize, version: i64) -> PayoutInvoiceCallback {
    PayoutInvoiceCallback::new(PayoutInvoiceCallbackResource::new(PayoutInvoiceCallbackResourceRequired {
        r#type: PayoutInvoiceCallbackResourceType::PayoutInvoices,
        id: format!("cpoi_{resource}"),
        attributes: PayoutInvoiceCallbackAttributes::new(PayoutInvoiceStatus::Processing).updated(UnixTime(version)),
    }))
}

/// Ports that nobody listens on at the moment.
fn free_ports() -> Vec<u16> {
    let listeners: Vec<_> =
        (0..RECEIVERS).map(|_| std::net::TcpListener::bind("127.0.0.1:0").expect("a port")).collect();
    listeners.iter().map(|listener| listener.local_addr().expect("its address").port()).collect()
}
