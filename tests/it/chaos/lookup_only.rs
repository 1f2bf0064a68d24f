//! The same chaos with a server that takes a reference twice: only what the client does stands between it and a second payout.

use std::sync::Arc;

use cublox::server::CubloxServer;
use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceError};
use specie_runtime::client::{
    ApiClientBuilder, BuildError, Call, ClientResponse, Decoded, Invoke, LookupOperation, Options, Reconcilable,
    RequestWriter,
};
use specie_runtime::{ApiDescription, BaseSpec, InProcess, Method, Operation, OperationSpec, SchemeKind, SchemeSpec};
use tokio::task::JoinSet;

use super::chance::{Chance, payouts, seed};
use super::ledger::{Habits, Ledger};
use super::orders::{Kind, orders};
use super::paused::Paused;
use super::weather::Weather;
use super::{LONG, TASKS};

/// The operation of a document that says how to ask and does not say that references are unique.
struct Once(CreatePayoutInvoice);

impl Operation for Once {
    type Output = <CreatePayoutInvoice as Operation>::Output;
    type Error = CreatePayoutInvoiceError;
    const SPEC: &'static OperationSpec = match CreatePayoutInvoice::SPEC.reconcile {
        Some(how) => &OperationSpec::new("once", Method::POST, "/payout-invoices")
            .security(CreatePayoutInvoice::SPEC.security)
            .outcomes(CreatePayoutInvoice::SPEC.outcomes)
            .reconcile(how),
        None => panic!("the document says how to ask"),
    };
}

impl Invoke for Once {
    const LOOKUP: Option<LookupOperation> = CreatePayoutInvoice::LOOKUP;

    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        self.0.encode(request)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        CreatePayoutInvoice::decode(response)
    }
}

impl Reconcilable for Once {}

static API: ApiDescription = ApiDescription {
    name: "once",
    bases: &[BaseSpec { name: "private", default: Some("https://api.example.com") }],
    schemes: &[SchemeSpec { key: "basicAuth", kind: SchemeKind::Basic }],
};

#[tokio::test(start_paused = true)]
async fn without_uniqueness_no_payout_exists_twice() {
    let seed = seed();
    let orders: Vec<_> = orders(payouts(300)).into_iter().filter(|order| order.kind == Kind::Valid).collect();
    println!("seed {seed}, {} payouts from {TASKS} tasks, references not unique", orders.len());
    let orders = Arc::new(orders);
    let chance = Chance::new(seed);
    let ledger = Ledger::new(Habits { unique: false, ..Habits::default() });
    let weather = Weather::storm(InProcess::new(CubloxServer::new(ledger.clone())), chance.clone(), false);
    let options = Options::new().environment(Paused::new(chance));
    let credential = specie_runtime::client::Basic::new("account", "key");
    let core = ApiClientBuilder::new(&API)
        .credential(0, credential)
        .options(options)
        .transport(weather.clone())
        .build()
        .unwrap();

    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let (core, orders) = (core.clone(), Arc::clone(&orders));
        tasks.spawn(async move {
            let mut ends = Vec::new();
            for number in (task..orders.len()).step_by(TASKS) {
                let end = Call::new(&core, Once(orders[number].request())).reconciled().await;
                ends.push((number, end.map(|payout| payout.data.id)));
            }
            ends
        });
    }
    let ends: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    tokio::time::sleep(LONG).await;

    let (mut paid, mut nothing, mut open) = (0, 0, [0, 0]);
    for (number, end) in ends {
        let there = ledger.under(&orders[number].reference);
        assert!(there.len() < 2, "{:?} exists twice", orders[number]);
        match end {
            Ok(id) => {
                assert_eq!(there.first().map(|payout| &*payout.id), Some(&*id));
                paid += 1;
            }
            Err(error) if error.outcome().is_not_executed() => {
                assert!(there.is_empty(), "{error}");
                nothing += 1;
            }
            Err(_) => open[there.len()] += 1,
        }
    }
    println!("{paid} paid, {nothing} not paid, {} said to be open, of which {} are there", open[0] + open[1], open[1]);
    assert!(paid > 0, "nobody was paid");
}
