//! Pay out over a connection that breaks, and know whether it happened.
//!
//! `cargo run -p specie-tests --example reconcile`; with `SPECIE_TARGET=sandbox`, the server is the sandbox.

#[path = "../it/chaos/hurried.rs"]
mod hurried;
#[path = "../it/chaos/ledger.rs"]
#[allow(dead_code, reason = "the server is shared with tests that ask more of it")]
mod ledger;
#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::collections::VecDeque;
use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cublox::server::CubloxServer;
use cublox::types::PayoutInvoiceDocument;
use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use http::{Request, Response};
use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, Options, ReconcileError, Transport, TransportError};
use specie_runtime::{Decimal, InProcess, Outcome, dec};

use hurried::Hurried;
use ledger::Ledger;
use target::{Api, Target, Watched};

/// What happens to a request on its way.
#[derive(Clone, Copy)]
enum Way {
    RequestLost,
    ResponseLost,
    NoConnection,
}

/// A connection on which things happen as they are written down; then, none do.
#[derive(Clone)]
struct Connection {
    server: Watched,
    ahead: Arc<Mutex<VecDeque<Way>>>,
}

impl Connection {
    fn ahead(&self, ways: impl IntoIterator<Item = Way>) {
        *self.ahead.lock().unwrap() = ways.into_iter().collect();
    }
}

impl Transport for Connection {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let way = self.ahead.lock().unwrap().pop_front();
        Box::pin(async move {
            let line = format!(
                "  {} {}",
                request.method(),
                request.uri().path_and_query().map_or("", |target| target.as_str())
            );
            match way {
                None => {
                    let response = self.server.send(request).await?;
                    println!("{line}: {}", response.status());
                    Ok(response)
                }
                Some(Way::NoConnection) => {
                    println!("{line}: no connection");
                    Err(TransportError::not_sent("no connection"))
                }
                Some(Way::RequestLost) => {
                    println!("{line}: the connection breaks before the server has the request");
                    Err(TransportError::interrupted("the connection broke"))
                }
                Some(Way::ResponseLost) => {
                    let response = self.server.send(request).await?;
                    println!("{line}: the connection breaks before the client has the {}", response.status());
                    Err(TransportError::interrupted("the connection broke"))
                }
            }
        })
    }
}

fn request(reference: &str, amount: Decimal) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "card".into(),
        currency: "USD".into(),
        amount,
        fields: [("card_number", "5123817234060000")].into(),
    })
}

fn report(result: Result<PayoutInvoiceDocument, ReconcileError<CreatePayoutInvoice>>) {
    match result {
        Ok(payout) => println!("= {} over {}\n", payout.data.id, payout.data.attributes.amount),
        Err(ReconcileError::Mismatch(mismatch)) => {
            let there = &mismatch.found.data;
            println!(
                "= {} has the reference, over {}: {}\n",
                there.id,
                there.attributes.amount,
                mismatch.fields.join(", ")
            );
        }
        Err(error) => match error.outcome() {
            Outcome::NotSent | Outcome::Refused => println!("= no money moved: {error}\n"),
            _ => println!("= ask again before you pay again: {error}\n"),
        },
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let target = Target::start(Api::Cublox, InProcess::new(CubloxServer::new(Ledger::default()))).await?;
    let connection = Connection { server: target.transport, ahead: Arc::default() };
    let client = Client::builder()
        .private(&target.url)
        .basic_auth(target.account, target.key)
        .options(Options::new().environment(Hurried::new()))
        .transport(connection.clone())
        .build()?;
    let pay = |reference: &str, amount| {
        client.create_payout_invoice(request(reference, amount)).deadline(Duration::from_secs(60)).reconciled()
    };

    println!("The response is lost: the payout is looked up, and is there.");
    connection.ahead([Way::ResponseLost]);
    report(pay("inv-1", dec!(100.55)).await);

    println!("The request is lost: the payout is looked up, is not there, and is created.");
    connection.ahead([Way::RequestLost]);
    report(pay("inv-2", dec!(20.00)).await);

    println!("The same payout once more: the response to the duplicate brings the first one.");
    report(pay("inv-2", dec!(20)).await);

    println!("Another payout under the same reference: nothing is paid, and the error holds what is there.");
    report(pay("inv-2", dec!(21.00)).await);

    println!("Never a connection: nothing was sent, and that is known.");
    connection.ahead([Way::NoConnection; 4]);
    report(pay("inv-3", dec!(30.00)).await);

    println!("One request without a response, then no connection for a minute: what is known is said.");
    connection.ahead(std::iter::once(Way::ResponseLost).chain([Way::NoConnection; 1000]));
    report(pay("inv-4", dec!(40.00)).await);

    println!("Later, the same call settles it.");
    connection.ahead([]);
    report(pay("inv-4", dec!(40.00)).await);
    Ok(())
}
