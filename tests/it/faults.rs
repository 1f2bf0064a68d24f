//! A server that answers wrongly, as bytes on a socket, while the client is the one that users have: what the README promises about
//! outcomes holds whatever comes back.
//!
//! The rule that every test asserts: who is told that nothing happened finds no payout, now or later; who is told a value, or that
//! it happened, finds exactly that payout. Everything else is `Unknown`.

mod absence;
mod interrupted;
mod references;
mod responses;
mod server;
mod stray;

use std::time::Duration;

use cublox::types::PayoutInvoiceDocument;
use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::Outcome;
use specie_runtime::client::{Error, Options, ReconcileError, RetryPolicy};
use specie_runtime::dec;

use server::Server;

/// What a call says of a payout.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    /// The payout's id.
    Paid(String),
    Failed(Outcome),
}

impl Told {
    fn plain(result: Result<PayoutInvoiceDocument, Error<cublox::CreatePayoutInvoiceError>>) -> Self {
        match result {
            Ok(payout) => Self::Paid(payout.data.id),
            Err(error) => Self::Failed(error.outcome()),
        }
    }

    fn reconciled(result: Result<PayoutInvoiceDocument, ReconcileError<CreatePayoutInvoice>>) -> Self {
        match result {
            Ok(payout) => Self::Paid(payout.data.id),
            Err(error) => Self::Failed(error.outcome()),
        }
    }

    /// Whether it is the truth about a reference, of which the server has these payouts for good.
    fn is_true(&self, there: &[String]) -> bool {
        match self {
            Self::Paid(id) => there == [id.clone()],
            Self::Failed(Outcome::NotSent | Outcome::Refused) => there.is_empty(),
            Self::Failed(Outcome::Done | Outcome::Duplicate) => there.len() == 1,
            Self::Failed(Outcome::Unknown) => there.len() <= 1,
        }
    }
}

/// A client of a server, which waits for as short as it can.
fn client(server: &Server, options: Options) -> Client {
    Client::builder().private(server.url()).basic_auth("account", "key").options(options).build().unwrap()
}

fn options() -> Options {
    Options::new()
        .retry(RetryPolicy::new().backoff(Duration::from_millis(1), Duration::from_millis(5)))
        .settling_time(Duration::from_millis(20))
        .deadline(Duration::from_secs(2))
}

fn payout(reference: &str) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(100.55),
        fields: [("card_number", "5123817234060000")].into(),
    })
}
