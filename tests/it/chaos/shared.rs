//! Two clients over one journal, as two machines over one table, in the same chaos: plain calls and reconciled ones, many of them dropped,
//! then both resume whatever is open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cublox::server::CubloxServer;
use cublox::types::PayoutInvoiceDocument;
use cublox::{Client, CreatePayoutInvoiceError};
use specie_runtime::InProcess;
use specie_runtime::client::{Error, MemoryJournal, Options, ReconcileError};
use tokio::task::JoinSet;

use super::chance::{Chance, payouts, seed};
use super::ledger::{Habits, Ledger};
use super::orders::{End, Order, orders};
use super::paused::Paused;
use super::weather::Weather;
use super::{LONG, Payer, TASKS, Time, assert_exactly_once};

const LEASE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn two_clients_over_one_journal_pay_once() {
    let (seed, orders) = (seed(), Arc::new(orders(payouts(300))));
    println!("seed {seed}, {} payouts from {TASKS} tasks of two clients with one journal", orders.len());
    let chance = Chance::new(seed);
    let ledger = Ledger::new(Habits::default());
    let weather = Weather::storm(InProcess::new(CubloxServer::new(ledger.clone())), chance.clone(), true);
    let time = Paused::new(chance.clone());
    let journal = MemoryJournal::new().lease(LEASE, time.clone());
    let client = || {
        let options =
            Options::new().environment(time.clone()).journal(journal.clone(), b"sixteen bytes or more".to_vec());
        let builder = Client::builder().private("https://api.example.com").basic_auth("account", "key");
        builder.options(options).transport(weather.clone()).build().unwrap()
    };
    let payers = [client(), client()].map(|client| Payer { client, ledger: ledger.clone(), chance: chance.clone() });

    let mut ends = pay_all(&payers, &orders).await;
    let open = journal.unsettled();
    println!("{} entries open", open.len());
    assert!(!open.is_empty(), "nothing was left to resume");
    weather.calm();
    tokio::time::sleep(LONG).await;
    // Both clients resume the same entries at the same time.
    let mut tasks = JoinSet::new();
    for (number, entry) in open.iter().flat_map(|entry| [(0, entry), (1, entry)]) {
        let (payer, orders, entry) = (payers[number].clone(), Arc::clone(&orders), entry.clone());
        tasks.spawn(async move {
            let meant = orders.iter().filter(|order| entry.reference() == Some(&*order.reference));
            let call = |order: &Order| payer.client.create_payout_invoice(order.request()).resuming(&entry);
            let call = meant.map(call).find_map(Result::ok).expect("the journal holds requests of ours");
            call.await.is_ok()
        });
    }
    let resumed = tasks.join_all().await.into_iter().filter(|is_paid| *is_paid).count();
    println!("{resumed} resumed");
    assert!(resumed <= open.len(), "an entry was resumed twice");
    assert!(journal.unsettled().is_empty(), "{:?}", journal.unsettled());
    for (number, end) in ends.iter_mut().filter(|(_, end)| **end == End::Open) {
        *end = payers[number % 2].pay(&orders[*number], Time::Enough).await.0;
    }
    assert_exactly_once(&ledger.all(), &orders, &ends);
    assert!(journal.unsettled().is_empty(), "{:?}", journal.unsettled());
}

/// Pays all orders, by either client.
async fn pay_all(payers: &[Payer; 2], orders: &Arc<Vec<Order>>) -> BTreeMap<usize, End> {
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let (payers, orders) = (payers.clone(), Arc::clone(orders));
        tasks.spawn(async move {
            let mut ends = Vec::new();
            for number in (task..orders.len()).step_by(TASKS) {
                let mut tried = Tried::Open;
                for _ in 0..3 {
                    let payer = &payers[usize::from(payers[0].chance.below(2) == 0)];
                    tried = payer.try_once(&orders[number]).await;
                    if !matches!(tried, Tried::Open) {
                        break;
                    }
                }
                let end = if let Tried::Ended(end) = tried { end } else { End::Open };
                ends.push((number, end));
            }
            ends
        });
    }
    tasks.join_all().await.into_iter().flatten().collect()
}

/// What one call has told.
enum Tried {
    Ended(End),
    /// It happened, and nobody calls again after that: the payout is looked up when the storm is over.
    Happened,
    Open,
}

impl Payer {
    /// One call, plain or reconciled.
    async fn try_once(&self, order: &Order) -> Tried {
        let result = if self.chance.below(2) == 0 {
            self.call(order, Time::Short).await
        } else {
            self.call_plainly(order).await.map(|result| result.map_err(ReconcileError::Call))
        };
        match result {
            Some(Ok(payout)) => Tried::Ended(End::Paid(payout.data.id)),
            Some(Err(ReconcileError::Mismatch(mismatch))) => {
                Tried::Ended(End::Taken(mismatch.found.data.attributes.amount))
            }
            Some(Err(error)) if error.outcome().is_not_executed() => {
                self.assert_nothing(order).await;
                let is_invalid = matches!(&error, ReconcileError::Call(error) if error.status() == Some(422));
                if is_invalid { Tried::Ended(End::Refused) } else { Tried::Open }
            }
            Some(Err(error)) if error.outcome().is_known() => Tried::Happened,
            Some(Err(_)) | None => Tried::Open,
        }
    }

    /// One call that asks nothing; `None` if it was dropped on its way.
    async fn call_plainly(
        &self,
        order: &Order,
    ) -> Option<Result<PayoutInvoiceDocument, Error<CreatePayoutInvoiceError>>> {
        let deadline = Duration::from_millis(self.chance.below(90_000));
        let call = self.client.create_payout_invoice(order.request()).deadline(deadline);
        if self.chance.below(8) > 0 {
            return Some(call.await);
        }
        tokio::time::timeout(deadline / 2, async { call.await }).await.ok()
    }
}
