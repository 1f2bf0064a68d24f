//! Errors are the documented ones, typed by status. With `SPECIE_TARGET=sandbox` they come from the sandbox.

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error as StdError;

use cublox::CreatePayoutInvoiceError::{Conflict, UnprocessableEntity};
use cublox::types::ValidationErrors;
use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::client::{Error, Scripted};
use specie_runtime::{Decimal, dec};
use specie_sandbox::{Before, Fault, FaultBody, Rule};

use target::{Api, Target};

/// The responses that the script gives: what the API documents, and what a load balancer may say.
const RESPONSES: [(u16, &str); 3] = [
    (422, include_str!("../../specs/cublox/examples/error.422.json")),
    (409, CONFLICT),
    (418, "<html>not a payment API</html>"),
];

/// The reference was used before; the invoice of the first time is beside the errors.
const CONFLICT: &str = r#"{
    "errors": [{"status": "Conflict", "code": "409"}],
    "data": {
        "type": "payout-invoices",
        "id": "cpoi_VdHYVxq4RsLEebAQ",
        "attributes": {
            "status": "processed",
            "amount": 10,
            "currency": "USD",
            "reference_id": "ada8c01f-f5d4-4037-88f1-d222ee6497ad",
            "created": 1597835735,
            "updated": 1597835933
        }
    }
}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn StdError>> {
    for (status, body) in RESPONSES {
        let responses = Scripted::new().respond_with(status, &[("x-request-id", "req-17")], body);
        let target = Target::start(Api::Cublox, responses).await?;
        let client = Client::builder().private(&target.url).basic_auth(target.account, target.key);
        let client = client.transport(target.transport).build()?;
        if target.sandbox.is_some() && status == 409 {
            // The sandbox has it then, and refuses the second.
            client.create_payout_invoice(request(dec!(10))).await?;
        }
        let _page = target.sandbox.as_ref().filter(|_| status == 418).map(|sandbox| {
            let page = Fault::Status { code: 418, body: FaultBody::Html, retry_after: None };
            sandbox.faults().arm(Rule::on("createPayoutInvoice").at(Before).kind(page).times(1))
        });
        // The sandbox refuses an amount of nothing; the script refuses whatever comes.
        let amount = if status == 422 && target.sandbox.is_some() { dec!(0) } else { dec!(10) };
        match client.create_payout_invoice(request(amount)).await {
            Ok(invoice) => println!("created {}", invoice.data.id),
            Err(Error::Api(UnprocessableEntity(invalid), _)) => match invalid.errors {
                ValidationErrors::ByField(fields) => {
                    for (field, why) in &fields {
                        println!("{field}: {}", why.as_str());
                    }
                }
                ValidationErrors::List(errors) => println!("{} errors", errors.len()),
            },
            Err(Error::Api(Conflict(earlier), meta)) => {
                let earlier = earlier.data.as_ref().and_then(|data| data.payout_invoice()).map(|invoice| &invoice.id);
                println!("already created as {earlier:?}, says request {:?}", meta.request_id());
            }
            Err(error) => println!("{error}; it said {:?}", error.body()),
        }
    }
    Ok(())
}

fn request(amount: Decimal) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        // As in the responses: one about another payout would be an `Error::Mismatch`.
        reference_id: "ada8c01f-f5d4-4037-88f1-d222ee6497ad".into(),
        service: "card".into(),
        currency: "USD".into(),
        amount,
        fields: [("card_number", "5123817234060000")].into(),
    })
}
