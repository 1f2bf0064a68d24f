//! The same with the sandbox as the server, over connections: its faults strike before and after the commit, and in the lookups.

use std::collections::BTreeMap;
use std::sync::Arc;

use cublox::Client;
use specie_runtime::Decimal;
use specie_runtime::client::{Options, ReconcileError};
use specie_sandbox::{AfterCommit, Armed, Before, Fault, FaultBody, Rule, Sandbox, When};
use tokio::task::JoinSet;

use super::chance::{payouts, seed};
use super::hurried::Hurried;
use super::orders::{End, Order, orders};
use super::{Payouts, TASKS, assert_exactly_once};

/// What strikes a request to create, on either side of the commit.
const LOSSES: [Fault; 5] = [
    Fault::Drop,
    Fault::Reset,
    Fault::Status { code: 500, body: FaultBody::Json, retry_after: None },
    Fault::Status { code: 502, body: FaultBody::Html, retry_after: None },
    Fault::Status { code: 503, body: FaultBody::Empty, retry_after: None },
];

/// What strikes a response beside.
const DAMAGES: [Fault; 2] = [Fault::Truncate { bytes: 40 }, Fault::Garble];

fn arm(sandbox: &Sandbox, operation: &str, at: When, faults: &[Fault]) -> Vec<Armed> {
    let arm = |fault: &Fault| sandbox.faults().arm(Rule::on(operation).at(at).kind(*fault).percent(8));
    faults.iter().map(arm).collect()
}

fn hits(armed: &[Armed]) -> u32 {
    armed.iter().map(Armed::hits).sum()
}

/// The payouts of the sandbox, by their references.
fn there(sandbox: &Sandbox) -> Payouts {
    let mut payouts = Payouts::new();
    for object in sandbox.payouts().unwrap() {
        let fields: serde_json::Value = object.fields().unwrap();
        let amount: Decimal = fields["amount"].to_string().parse().unwrap();
        payouts.entry(object.reference.unwrap()).or_default().push((object.id, amount));
    }
    payouts
}

/// Pays one order; calls again a few times as long as it is known that nothing happened.
async fn pay(client: &Client, sandbox: &Sandbox, order: &Order) -> End {
    for _ in 0..10 {
        match client.create_payout_invoice(order.request()).reconciled().await {
            Ok(payout) => return End::Paid(payout.data.id),
            Err(ReconcileError::Mismatch(mismatch)) => return End::Taken(mismatch.found.data.attributes.amount),
            Err(ReconcileError::Call(error)) if error.status() == Some(422) => return End::Refused,
            Err(error) if error.outcome().is_not_executed() => {
                let payouts = there(sandbox);
                let own = payouts.get(&order.reference).into_iter().flatten().find(|payout| payout.1 == order.amount);
                assert_eq!(own, None, "{order:?} was said not to have happened");
            }
            Err(_) => return End::Open,
        }
    }
    End::Open
}

async fn pay_all(client: &Client, sandbox: &Arc<Sandbox>, orders: &Arc<Vec<Order>>) -> BTreeMap<usize, End> {
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let (client, sandbox, orders) = (client.clone(), Arc::clone(sandbox), Arc::clone(orders));
        tasks.spawn(async move {
            let mut ends = Vec::new();
            for number in (task..orders.len()).step_by(TASKS) {
                ends.push((number, pay(&client, &sandbox, &orders[number]).await));
            }
            ends
        });
    }
    tasks.join_all().await.into_iter().flatten().collect()
}

#[tokio::test]
async fn the_sandbox_has_every_payout_exactly_once() {
    let (seed, orders) = (seed(), Arc::new(orders(payouts(200))));
    println!("seed {seed}, {} payouts from {TASKS} tasks to the sandbox", orders.len());
    let sandbox = Arc::new(Sandbox::builder().cublox().seed(seed).start().await.unwrap());
    let client = sandbox.merchant("shop").cublox(Options::new().environment(Hurried::new())).unwrap();

    let (create, list) = ("createPayoutInvoice", "listPayoutInvoices");
    let before = arm(&sandbox, create, Before, &LOSSES);
    let mut after = arm(&sandbox, create, AfterCommit, &LOSSES);
    after.extend(arm(&sandbox, create, AfterCommit, &DAMAGES));
    let mut lookups = arm(&sandbox, list, Before, &LOSSES);
    lookups.extend(arm(&sandbox, list, AfterCommit, &DAMAGES));
    let mut ends = pay_all(&client, &sandbox, &orders).await;
    let struck = [&before, &after, &lookups].map(|armed| hits(armed));
    drop((before, after, lookups));

    let open = ends.values().filter(|end| **end == End::Open).count();
    // Now that nothing strikes, nothing stays open.
    for (number, end) in ends.iter_mut().filter(|(_, end)| **end == End::Open) {
        *end = pay(&client, &sandbox, &orders[*number]).await;
    }
    let [before, after, lookups] = struck;
    println!(
        "struck: {before} before the commit, {after} after it, {lookups} lookups; {open} open before the faults ended"
    );
    assert!(struck.iter().all(|hits| *hits > 0), "{struck:?}");
    assert_exactly_once(&there(&sandbox), &orders, &ends);
}
