//! Errors are the documented ones, typed by status.

use cublox::CreatePayoutInvoiceError::{Conflict, UnprocessableEntity};
use cublox::types::ValidationErrors;
use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::client::{Error, Scripted};
use specie_runtime::dec;

/// The responses that the script gives: what the API documents, and what a load balancer may say.
const RESPONSES: [(u16, &str); 3] = [
    (422, include_str!("../../specs/cublox/examples/error.422.json")),
    (409, include_str!("../../specs/cublox/examples/get-payout-invoice.private.response.200.json")),
    (418, "<html>not a payment API</html>"),
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for (status, body) in RESPONSES {
        let responses = Scripted::new().respond_with(status, &[("x-request-id", "req-17")], body);
        match Client::over(responses).create_payout_invoice(request()).await {
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
}

fn request() -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        // As in the responses: one about another payout would be an `Error::Mismatch`.
        reference_id: "ada8c01f-f5d4-4037-88f1-d222ee6497ad".into(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(10),
        fields: [("card_number", "5123817234060000")].into(),
    })
}
