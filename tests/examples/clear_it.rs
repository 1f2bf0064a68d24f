//! Say "clear it", not "perhaps absent".

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;

use gormic::{Client, UpdatePayment, UpdatePaymentRequired};
use specie_runtime::client::Scripted;
use specie_runtime::{Patch, dec};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    target::own_server_only("it shows the bytes of a request, and the sandbox has no payment to update")?;
    let responses =
        Scripted::new().respond(200, include_str!("../../specs/gormic/examples/update-payment.response.200.json"));
    let client = Client::over(responses.clone());

    let update = UpdatePayment::new(UpdatePaymentRequired { uid: "pay_1".into(), organization_id: "org_1".into() })
        .amount(dec!(12.00)) // set
        .note(Patch::Clear); // cleared; whatever is not named stays as it is
    let response = client.update_payment(update).await?;

    for sent in responses.sent() {
        println!("{} {} {}", sent.method, sent.target(), sent.text());
    }
    println!("changed: {}", response.data.success);
    Ok(())
}
