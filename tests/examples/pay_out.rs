//! Pay out, and know whether it happened.
//!
//! The responses are scripted, so that the program runs anywhere; without `.transport(…)` the client goes to the host.

use std::error::Error;

use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::client::{Scripted, TransportError};
use specie_runtime::{Outcome, dec};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let responses = Scripted::new()
        .respond(201, include_str!("../../specs/cublox/examples/create-payout-invoice.response.201.json"))
        .respond(422, include_str!("../../specs/cublox/examples/error.422.json"))
        .fail(|| TransportError::interrupted("the connection broke"));

    let client = Client::builder()
        .private("https://api.example.com") // bases as the document names them
        .basic_auth("account-id", "api-key") // the key is a secret from here on
        .transport(responses)
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
