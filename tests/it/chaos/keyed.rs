//! The same chaos with a server that knows nothing but the idempotency keys it was sent: every attempt carries the one of its payout, and
//! so does the call after it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use cublox::server::CubloxServer;
use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceError};
use http::{Request, Response};
use specie_runtime::client::{
    ApiClient, ApiClientBuilder, Basic, BoxFuture, BuildError, Call, ClientResponse, Decoded, Invoke, Options,
    RequestWriter, Transport, TransportError,
};
use specie_runtime::{
    ApiDescription, BaseSpec, Body, Idempotency, InProcess, Method, Operation, OperationSpec, SchemeKind, SchemeSpec,
};
use tokio::task::JoinSet;

use super::chance::{Chance, payouts, seed};
use super::ledger::{Habits, Ledger};
use super::orders::{Kind, Order, orders};
use super::paused::Paused;
use super::weather::{Weather, whole};
use super::{LONG, TASKS};

const KEY: &str = "Idempotency-Key";

/// The operation of a document that declares a key, and no way to ask.
struct Keyed(CreatePayoutInvoice);

impl Operation for Keyed {
    type Output = <CreatePayoutInvoice as Operation>::Output;
    type Error = CreatePayoutInvoiceError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("keyed", Method::POST, "/payout-invoices")
        .security(CreatePayoutInvoice::SPEC.security)
        .outcomes(CreatePayoutInvoice::SPEC.outcomes)
        .idempotency(Idempotency::Header(KEY));
}

impl Invoke for Keyed {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        self.0.encode(request)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        CreatePayoutInvoice::decode(response)
    }
}

static API: ApiDescription = ApiDescription {
    name: "keyed",
    bases: &[BaseSpec { name: "private", default: Some("https://api.example.com") }],
    schemes: &[SchemeSpec { key: "basicAuth", kind: SchemeKind::Basic }],
};

/// The response to a key, once there is one.
type Slot = Arc<tokio::sync::Mutex<Option<Response<Bytes>>>>;

/// What stands before a server that takes a reference twice: it answers a key that it knows as it did the first time.
struct Remembering<T> {
    server: T,
    responses: Mutex<HashMap<Bytes, Slot>>,
}

impl<T: Transport> Transport for Remembering<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let key = Bytes::copy_from_slice(request.headers()[KEY].as_bytes());
        let response = Arc::clone(self.responses.lock().unwrap().entry(key).or_default());
        Box::pin(async move {
            // Whoever comes second waits for the first.
            let mut response = response.lock().await;
            if response.is_none() {
                *response = Some(whole(self.server.send(request).await?).await?);
            }
            Ok(response.clone().unwrap().map(Body::from))
        })
    }
}

/// The id of a payout whose calls went on until one said that it was made.
async fn pay(core: &ApiClient, order: &Order, ledger: &Ledger) -> Option<String> {
    // The key of the calls so far, as long as it is open what became of them.
    let mut open = None::<String>;
    for _ in 0..20 {
        let call = Call::new(core, Keyed(order.request()));
        let call = match &open {
            Some(key) => call.idempotency_key(key),
            None => call,
        };
        let key = call.key().map(str::to_owned);
        match call.await {
            Ok(payout) => return Some(payout.data.id),
            // Nobody minds a new key then.
            Err(error) if open.is_none() && error.outcome().is_not_executed() => {
                tokio::time::sleep(LONG).await;
                assert!(ledger.under(&order.reference).is_empty(), "{order:?} was said not to have happened");
            }
            Err(_) => open = key,
        }
    }
    None
}

#[tokio::test(start_paused = true)]
async fn with_a_key_no_payout_exists_twice() {
    let seed = seed();
    let orders: Vec<_> = orders(payouts(300)).into_iter().filter(|order| order.kind == Kind::Valid).collect();
    println!("seed {seed}, {} payouts from {TASKS} tasks, with keys alone", orders.len());
    let orders = Arc::new(orders);
    let chance = Chance::new(seed);
    let ledger = Ledger::new(Habits { unique: false, ..Habits::default() });
    let server = Remembering { server: InProcess::new(CubloxServer::new(ledger.clone())), responses: Mutex::default() };
    let weather = Weather::aligned(server, chance.clone());
    let options = Options::new().environment(Paused::new(chance));
    let core = ApiClientBuilder::new(&API).credential(0, Basic::new("account", "key")).options(options);
    let core = core.transport(weather.clone()).build().unwrap();

    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let (core, orders, ledger) = (core.clone(), Arc::clone(&orders), ledger.clone());
        tasks.spawn(async move {
            let mut ends = Vec::new();
            for number in (task..orders.len()).step_by(TASKS) {
                ends.push((number, pay(&core, &orders[number], &ledger).await));
            }
            ends
        });
    }
    let ends: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    tokio::time::sleep(LONG).await;
    let paid = ends.iter().filter(|(_, end)| end.is_some()).count();
    println!("{paid} paid, {} open, {} there", ends.len() - paid, ledger.len());
    for (number, end) in ends {
        let there = ledger.under(&orders[number].reference);
        assert!(there.len() < 2, "{:?} exists twice", orders[number]);
        assert!(end.is_none() || there.first().map(|payout| &payout.id) == end.as_ref(), "{:?}", orders[number]);
    }
    assert!(paid > 0, "nobody was paid");
}
