//! Uses all that the crate has: the client, the server trait behind the fake, errors, unions, a webhook.

use shop::fake::Shop;
use shop::types::{Card, Fault, Order, OrderRequired, Payment, State};
use shop::{Client, CreateOrder, CreateOrderError, CreateOrderRequired, ListOrders};
use specie_runtime::{Patch, dec};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let fake = Shop::new()
        .create_order(|request| async move {
            if request.amount.0 <= dec!(0) {
                return Err(CreateOrderError::UnprocessableEntity(Box::new(Fault::new("costs nothing"))).into());
            }
            Ok(Order::new(OrderRequired { id: "1".into(), state: State::New, amount: request.amount }))
        })
        .list_orders(|request| async move {
            let state = request.state.unwrap_or(State::Sent);
            Ok(vec![Order::new(OrderRequired { id: "2".into(), state, amount: dec!(1.50).into() })])
        });
    let client = Client::over(fake.in_process());
    let made = client.create_order(order("10.10".parse()?)).await?;
    println!("ordered {} for {}", made.id, made.amount);
    let refused = client.create_order(order(dec!(0.00))).await.err().ok_or("an error")?;
    println!("refused: {refused}, {:?}", refused.outcome());
    for order in client.list_orders_with(ListOrders::new().state(State::Paid)).await? {
        println!("listed {} as {} for {}", order.id, order.state, order.amount);
    }
    println!("{:?}", client.get_order("3").await.err().ok_or("an error")?.status());
    Ok(())
}

fn order(amount: specie_runtime::Decimal) -> CreateOrder {
    let required = CreateOrderRequired { amount: amount.into(), currency: "EUR".into() };
    CreateOrder::new(required).payment(Payment::Card(Card::new("4111111111111111").into())).note(Patch::Clear)
}
