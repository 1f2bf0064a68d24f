//! The first test that a merchant writes: the answer is lost after the payout was made, and nobody is paid twice.

use std::time::Duration;

use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::dec;
use specie_sandbox::{AfterCommit, Fault, Rule, Sandbox};

fn order(reference: &str) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(100.55),
        fields: [("card_number", "5123817234060000")].into(),
    })
}

#[tokio::test]
async fn nobody_is_paid_twice() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::builder().cublox().seed(7).start().await?; // in memory, a clock that stands still, free ports
    let shop = sandbox.merchant("shop");
    let callbacks = shop.collect_callbacks(); // no web server
    let client = sandbox.cublox("shop")?;

    // The payout is made, and the connection breaks before the client knows.
    let lost = sandbox.faults().arm(Rule::on("createPayoutInvoice").at(AfterCommit).kind(Fault::Reset).times(1));
    let error = client.create_payout_invoice(order("order-17")).await.unwrap_err();
    println!("first try: {error}; outcome: {:?}", error.outcome());
    // The second try meets the earlier payout.
    let error = client.create_payout_invoice(order("order-17")).await.unwrap_err();
    println!("second try: {error}; outcome: {:?}", error.outcome());
    assert_eq!((lost.hits(), sandbox.payouts()?.len()), (1, 1));

    // What the document directs, in one call: it looks, and finds the payout.
    let payout = client.create_payout_invoice(order("order-17")).reconciled().lookup_first().await?.data;
    client.process_payout_invoice(&payout.id).await?;
    for happened in sandbox.clock().advance(Duration::from_secs(3600)).await? {
        println!("{happened}");
    }
    assert_eq!(callbacks.count(), 2);
    println!("{} requests, {} payout", sandbox.journal().entries().len(), sandbox.payouts()?.len());
    Ok(())
}
