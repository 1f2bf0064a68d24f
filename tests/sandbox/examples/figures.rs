//! How fast the sandbox is: `cargo run --release -p specie-sandbox --example figures`.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cublox::types::PayoutOptions;
use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::dec;
use specie_sandbox::Sandbox;

/// Clients that call at once.
const CLIENTS: usize = 64;

fn order(reference: String) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference,
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(10.50),
        fields: [("card_number", "5123817234060000")].into(),
    })
}

fn say(what: &str, figure: impl std::fmt::Display) {
    println!("{what:<60} {figure}");
}

/// Creates and reads, each client one after the other; returns pairs per second, and how long 99 of 100 pairs took at most.
async fn pairs(sandbox: &Sandbox, each: usize) -> Result<(u128, Duration), Box<dyn Error>> {
    let clients: Vec<Client> = (0..CLIENTS).map(|_| sandbox.cublox("shop")).collect::<Result<_, _>>()?;
    let begin = Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    for (number, client) in clients.into_iter().enumerate() {
        calls.spawn(async move {
            let mut times = Vec::with_capacity(each);
            for count in 0..each {
                let pair = Instant::now();
                let made = client.create_payout_invoice(order(format!("ref-{number}-{count}"))).await;
                let id = made.map_err(|error| error.to_string())?.data.id;
                client.get_payout_invoice(id).await.map_err(|error| error.to_string())?;
                times.push(pair.elapsed());
            }
            Ok::<_, String>(times)
        });
    }
    let mut times = Vec::new();
    for result in calls.join_all().await {
        times.extend(result?);
    }
    times.sort();
    let slow = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
    let count = u128::try_from(times.len())?;
    Ok((count * 1000 / begin.elapsed().as_millis().max(1), slow))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    let sandbox = Sandbox::builder().all().start().await?;
    say("start of four APIs in memory", format!("{:?}", begin.elapsed()));
    let (rate, slow) = pairs(&sandbox, 50).await?;
    say("create and read by 64 clients, in memory", format!("{rate} pairs/s, p99 {slow:?}"));

    let folder = std::env::temp_dir().join(format!("sandbox-figures-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let durable = Sandbox::builder().cublox().file(folder.join("sandbox.redb")).start().await?;
    let (rate, slow) = pairs(&durable, 50).await?;
    say("create and read by 64 clients, in a file", format!("{rate} pairs/s, p99 {slow:?}"));
    drop(durable);
    let begin = Instant::now();
    let again = Sandbox::builder().cublox().file(folder.join("sandbox.redb")).start().await?;
    say("opening the file again", format!("{:?} with {} payouts", begin.elapsed(), again.payouts()?.len()));
    drop(again);
    std::fs::remove_dir_all(folder)?;

    let client = Arc::new(sandbox.cublox("shop")?);
    for number in 0..500 {
        let auto = PayoutOptions::new().auto_process(true);
        client.create_payout_invoice(order(format!("timed-{number}")).options(auto)).await?;
    }
    let begin = Instant::now();
    let happened = sandbox.clock().advance(Duration::from_secs(30 * 24 * 3600)).await?;
    say("30 days", format!("{} changes in {:?}", happened.len(), begin.elapsed()));
    let begin = Instant::now();
    let mut items = client.list_payout_invoices().items();
    let mut count = 0;
    while items.try_next().await?.is_some() {
        count += 1;
    }
    say("walking the list of payouts", format!("{count} in {:?}", begin.elapsed()));
    Ok(())
}
