//! Orders something of a shop, whose API is a module: `cargo xtask generate shop.yaml --out in-module/src/api --module crate::api --side client`.

#[rustfmt::skip]
mod api;

use std::error::Error;

use api::{Client, CreateOrder, CreateOrderRequired};
use specie_runtime::client::Scripted;
use specie_runtime::dec;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let shop = Scripted::new().respond(201, r#"{"id": "7", "state": "new", "amount": "10.00"}"#);
    let request = CreateOrder::new(CreateOrderRequired { amount: dec!(10.00).into(), currency: "EUR".into() });
    let order = Client::over(shop).create_order(request).await?;
    println!("ordered {} for {}", order.id, order.amount);
    Ok(())
}
