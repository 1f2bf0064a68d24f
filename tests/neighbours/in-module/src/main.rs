//! Orders something of the fake of a shop, whose API is a module:
//! `cargo xtask generate shop.yaml --out in-module/src/api --module crate::api --side fake`.

#[rustfmt::skip]
mod api;

use std::error::Error;

use api::fake::Shop;
use api::types::{Order, OrderRequired, State};
use api::{Client, CreateOrder, CreateOrderRequired};
use specie_runtime::dec;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let fake = Shop::new().create_order(|request| async move {
        Ok(Order::new(OrderRequired { id: "7".into(), state: State::New, amount: request.amount }))
    });
    let request = CreateOrder::new(CreateOrderRequired { amount: dec!(10.00).into(), currency: "EUR".into() });
    let order = Client::over(fake.in_process()).create_order(request).await?;
    println!("ordered {} for {}", order.id, order.amount);
    Ok(())
}
