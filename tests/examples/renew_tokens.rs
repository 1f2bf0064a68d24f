//! Tokens that renew themselves. With `SPECIE_TARGET=sandbox` they come from the sandbox, and the clock is moved until one has expired.

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;
use std::time::Duration;

use omno::types::{
    Customer, CustomerBilling, CustomerBillingRequired, CustomerRequired, ReturnUrls, ReturnUrlsRequired,
};
use omno::{Client, CreatePayin, CreatePayinRequired};
use specie_runtime::client::{ClientCredentials, Scripted};
use specie_runtime::dec;

use target::{Api, Target};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // The first token is withdrawn before it expires: the second call is answered with 401, gets a new one, and goes out again.
    let responses = Scripted::new()
        .respond(200, r#"{"access_token": "token-1", "token_type": "Bearer", "expires_in": 300}"#)
        .respond(200, r#"{"paymentId": "p-1", "status": "CREATED"}"#)
        .respond(401, r#"{"errorKey": "TOKEN_EXPIRED"}"#)
        .respond(200, r#"{"access_token": "token-2", "token_type": "Bearer", "expires_in": 300}"#)
        .respond(200, r#"{"paymentId": "p-2", "status": "CREATED"}"#);

    let target = Target::start(Api::Omno, responses).await?;
    let token_url = format!("{}/realms/omno/protocol/openid-connect/token", target.url);
    let client = Client::builder()
        .base_url(&target.url) // or `.server(…)`, one of those that the document names
        .bearer_auth(ClientCredentials::new(token_url, target.account, target.key))
        .transport(target.transport.clone())
        .build()?;

    for order in ["order-7", "order-8"] {
        let payin = client.create_payin(payin(order)).await?;
        // The older form of the response has the id under the other name.
        let id = payin.payment_id.or(payin.payout_id).unwrap_or_default();
        println!("{order} is pay-in {id}, {}", payin.status);
        if let Some(sandbox) = &target.sandbox {
            // The client's clock stands still meanwhile, so that it does not know.
            sandbox.clock().advance(Duration::from_secs(600)).await?;
        }
    }
    for request in target.transport.requests() {
        println!("{request}");
    }
    Ok(())
}

fn payin(order: &str) -> CreatePayin {
    CreatePayin::new(CreatePayinRequired {
        order_id: order.into(),
        amount: dec!(25),
        currency: "EUR".into(),
        kyc_verified: true,
        customer: customer(),
        return_urls: ReturnUrls::new(ReturnUrlsRequired {
            success: "https://shop.example.com/thanks".into(),
            failure: "https://shop.example.com/sorry".into(),
        }),
    })
}

fn customer() -> Customer {
    Customer::new(CustomerRequired {
        external_user_id: "user-1".into(),
        first_name: "John".into(),
        last_name: "Doe".into(),
        email: "john.doe@example.com".into(),
        phone_number: "1 1234567890".into(),
        date_of_birth: "1990-12-01".into(),
        billing: CustomerBilling::new(CustomerBillingRequired {
            address: "123 Main St".into(),
            city: "Atlanta".into(),
            state: "GA".into(),
            country_code: "US".into(),
            postal_code: "30308".into(),
        }),
    })
}
