//! Exactly once under chaos.
//!
//! In full, with its counts on the terminal:
//!
//! ```sh
//! SPECIE_PAYOUTS=10000 cargo test --release -p specie-tests --test it chaos -- --nocapture
//! ```
//!
//! `SPECIE_SEED=…` repeats a run.

mod chance;
mod hurried;
mod keyed;
mod killed;
mod ledger;
mod lookup_only;
mod orders;
mod paused;
mod sandboxed;
mod shared;
mod weather;

use std::collections::BTreeMap;
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use cublox::server::CubloxServer;
use cublox::types::PayoutInvoiceDocument;
use cublox::{Client, CreatePayoutInvoice};
use specie_runtime::client::{Options, ReconcileError};
use specie_runtime::{Decimal, InProcess};
use tokio::task::JoinSet;

use chance::{Chance, payouts, seed};
use ledger::{Habits, Ledger};
use orders::{End, Kind, Order, orders};
use paused::Paused;
use weather::Weather;

/// How many payouts are under way at a time.
const TASKS: usize = 16;

/// Longer than any request is on its way.
const LONG: Duration = Duration::from_secs(120);

#[tokio::test(start_paused = true)]
async fn every_payout_exists_exactly_once_or_was_refused() {
    let (seed, orders) = (seed(), Arc::new(orders(payouts(300))));
    println!("seed {seed}, {} payouts from {TASKS} tasks", orders.len());
    let began = std::time::Instant::now();
    let chance = Chance::new(seed);
    let (lag, tells) = (chance.clone(), chance.clone());
    let habits = Habits {
        lag: Arc::new(move || Duration::from_millis(lag.below(3000))),
        tells: Arc::new(move || tells.below(2) == 0),
        ..Habits::default()
    };
    let ledger = Ledger::new(habits);
    let weather = Weather::storm(InProcess::new(CubloxServer::new(ledger.clone())), chance.clone(), true);
    let time = Paused::new(chance.clone());
    let client = Client::builder()
        .private("https://api.example.com")
        .basic_auth("account", "key")
        .options(Options::new().environment(time.clone()))
        .transport(weather.clone())
        .build()
        .unwrap();

    let payer = Payer { client, ledger: ledger.clone(), chance };
    let (mut ends, calls) = payer.pay_all(&orders).await;
    let left_open = ends.values().filter(|end| **end == End::Open).count();
    weather.calm();
    tokio::time::sleep(LONG).await;
    // Now that the server answers, nothing stays open.
    for (number, end) in ends.iter_mut().filter(|(_, end)| **end == End::Open) {
        *end = payer.pay(&orders[*number], Time::Enough).await.0;
    }
    report(&ends, calls, left_open, &weather.seen());
    println!("{:?} of the client's time, {:?} of ours", time.elapsed(), began.elapsed());
    assert_exactly_once(&ledger.all(), &orders, &ends);
}

type Failure = ReconcileError<CreatePayoutInvoice>;

/// How much time whoever pays has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Enough,
    /// Any, and calls are dropped.
    Short,
}

#[derive(Clone)]
struct Payer {
    client: Client,
    ledger: Ledger,
    chance: Chance,
}

impl Payer {
    /// Pays all orders, so many at a time; gives what came of each and how many calls that took.
    async fn pay_all(&self, orders: &Arc<Vec<Order>>) -> (BTreeMap<usize, End>, usize) {
        let mut tasks = JoinSet::new();
        for task in 0..TASKS {
            let (this, orders) = (self.clone(), Arc::clone(orders));
            tasks.spawn(async move {
                let mut ends = Vec::new();
                for number in (task..orders.len()).step_by(TASKS) {
                    let (end, calls) = this.pay(&orders[number], Time::Short).await;
                    ends.push((number, end, calls));
                }
                ends
            });
        }
        let ends = tasks.join_all().await.into_iter().flatten();
        ends.fold((BTreeMap::new(), 0), |(mut ends, calls), (number, end, more)| {
            ends.insert(number, end);
            (ends, calls + more)
        })
    }

    /// Pays one order, calling again as long as it is known that nothing happened and the server has not refused it.
    async fn pay(&self, order: &Order, time: Time) -> (End, usize) {
        for calls in 1.. {
            let Some(result) = self.call(order, time).await else { return (End::Open, calls) };
            let end = match result {
                Ok(payout) => End::Paid(payout.data.id),
                Err(ReconcileError::Mismatch(mismatch)) => End::Taken(mismatch.found.data.attributes.amount),
                Err(error) if error.outcome().is_not_executed() => {
                    self.assert_nothing(order).await;
                    match error {
                        ReconcileError::Call(error) if error.status() == Some(422) => End::Refused,
                        _ => continue,
                    }
                }
                Err(_) => End::Open,
            };
            return (end, calls);
        }
        unreachable!("calls go on until one ends")
    }

    /// One call; `None` if it was dropped on its way.
    async fn call(&self, order: &Order, time: Time) -> Option<Result<PayoutInvoiceDocument, Failure>> {
        let call = self.client.create_payout_invoice(order.request());
        if time == Time::Enough {
            return Some(call.reconciled().await);
        }
        // From none at all to the default, half of the time too little for more than one question.
        let deadline =
            Duration::from_millis(self.chance.below([2_000, 90_000][usize::from(self.chance.below(2) == 0)]));
        let call = call.deadline(deadline).reconciled().into_future();
        if self.chance.below(8) > 0 {
            return Some(call.await);
        }
        tokio::time::timeout(deadline / 2, call).await.ok()
    }

    /// Whoever was told that nothing happened must not find a payout later.
    async fn assert_nothing(&self, order: &Order) {
        tokio::time::sleep(LONG).await;
        let there = self.ledger.under(&order.reference);
        let own = there.iter().find(|payout| payout.attributes.amount == order.amount);
        assert_eq!(own, None, "{order:?} was said not to have happened");
    }
}

fn report(ends: &BTreeMap<usize, End>, calls: usize, left_open: usize, seen: &BTreeMap<Option<weather::Fault>, u64>) {
    let count = |is: fn(&End) -> bool| ends.values().filter(|end| is(end)).count();
    println!(
        "{} paid, {} refused, {} references taken, {} open ({left_open} before the storm ended), in {calls} calls",
        count(|end| matches!(end, End::Paid(_))),
        count(|end| *end == End::Refused),
        count(|end| matches!(end, End::Taken(_))),
        count(|end| *end == End::Open),
    );
    println!(
        "{} requests, of which {} met a fault",
        seen.values().sum::<u64>(),
        seen.iter().filter(|(fault, _)| fault.is_some()).map(|(_, count)| count).sum::<u64>()
    );
    for (fault, count) in seen {
        println!("  {count:>7} {}", fault.map_or("nothing".to_owned(), |fault| format!("{fault:?}")));
    }
}

/// The payouts of a server, by their references: ids and amounts.
type Payouts = BTreeMap<String, Vec<(String, Decimal)>>;

fn assert_exactly_once(payouts: &Payouts, orders: &[Order], ends: &BTreeMap<usize, End>) {
    assert_eq!(ends.len(), orders.len());
    for (number, end) in ends {
        let order = &orders[*number];
        let there = payouts.get(&order.reference).map_or(&[][..], Vec::as_slice);
        match (end, there) {
            (End::Paid(id), [payout]) => assert_eq!((&payout.0, payout.1), (id, order.amount), "{order:?}"),
            (End::Taken(amount), [payout]) => {
                assert_eq!(payout.1, *amount, "{order:?}");
                assert_ne!(order.amount, *amount, "{order:?}");
            }
            (End::Refused, []) => assert_eq!(order.kind, Kind::Invalid, "{order:?}"),
            _ => panic!("{order:?} ended as {end:?} with {there:?}"),
        }
    }
    let references = orders.iter().filter(|order| order.kind == Kind::Valid).count();
    assert_eq!(payouts.values().map(Vec::len).sum::<usize>(), references, "every reference once");
}
