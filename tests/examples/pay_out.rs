//! Pay out, and know whether it happened.
//!
//! The responses are scripted, so that the program runs anywhere; without `.transport(…)` the client goes to the host. With
//! `SPECIE_TARGET=sandbox` they come from the sandbox, over a connection.

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;

use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::client::{Scripted, TransportError};
use specie_runtime::{Outcome, dec};
use specie_sandbox::{AfterCommit, Before, Fault, FaultBody, Rule};

use target::{Api, Target};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let responses = Scripted::new()
        .respond(201, include_str!("../../specs/cublox/examples/create-payout-invoice.response.201.json"))
        .respond(422, include_str!("../../specs/cublox/examples/error.422.json"))
        .fail(|| TransportError::interrupted("the connection broke"));

    let target = Target::start(Api::Cublox, responses).await?;
    // The same three endings: the second request is refused, the third is carried out and its response is lost. Of the requests that
    // are carried out, that is the second.
    let _faults = target.sandbox.as_ref().map(|sandbox| {
        let refused = Fault::Status { code: 422, body: FaultBody::Json, retry_after: None };
        let create = || Rule::on("createPayoutInvoice").times(1);
        [create().at(Before).kind(refused).skip(1), create().at(AfterCommit).kind(Fault::Reset).skip(1)]
            .map(|rule| sandbox.faults().arm(rule))
    });

    let client = Client::builder()
        .private(&target.url) // bases as the document names them
        .basic_auth(target.account, target.key) // the key is a secret from here on
        .transport(target.transport)
        .build()?;

    // The first response is about the first reference, as the client checks.
    for reference in ["ada8c01f-f5d4-4037-88f1-d222ee6497ad", "inv-2024-0118", "inv-2024-0119"] {
        pay(&client, reference).await;
    }
    Ok(())
}

async fn pay(client: &Client, reference: &str) {
    let pan = "5123817234060000";
    let request = CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(10),
        fields: [("card_number", pan)].into(),
    })
    .callback_url("https://shop.example.com/payouts");

    match client.create_payout_invoice(request).await {
        Ok(invoice) => println!("{} is {}", invoice.data.id, invoice.data.attributes.status),
        Err(error) => match error.outcome() {
            Outcome::NotSent | Outcome::Refused => println!("no money moved: {error}"),
            Outcome::Duplicate => println!("was created earlier: {error}"),
            Outcome::Unknown | Outcome::Done => println!("ask before you pay again: {error}"),
        },
    }
}
