//! How fast the sandbox is: `cargo run --release -p specie-sandbox --example figures`, with `-- INVOICES` also with so many at once.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cublox::types::{PayoutInvoiceMatches, PayoutOptions};
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

/// How many invoices are created between two moves of the clock.
const BATCH: usize = 1000;

/// Creates invoices, some at each of many moments, so that their timers spread over 30 days.
async fn fill(sandbox: &Sandbox, invoices: usize) -> Result<(), Box<dyn Error>> {
    let client = sandbox.cublox("shop")?;
    let batches = invoices.div_ceil(BATCH);
    let step = Duration::from_secs(30 * 24 * 3600) / u32::try_from(batches)?;
    for batch in 0..batches {
        let mut calls = tokio::task::JoinSet::new();
        for worker in 0..CLIENTS {
            let client = client.clone();
            calls.spawn(async move {
                for number in (worker..BATCH).step_by(CLIENTS) {
                    let made = client.create_payout_invoice(order(format!("large-{batch}-{number}"))).await;
                    made.map_err(|error| error.to_string())?;
                }
                Ok::<_, String>(())
            });
        }
        for result in calls.join_all().await {
            result?;
        }
        sandbox.clock().advance(step).await?;
    }
    Ok(())
}

/// Walks the list of invoices while others are created; returns how many were there, and how long 99 of 100 pages took at most.
async fn walk(sandbox: &Sandbox) -> Result<(usize, Duration), Box<dyn Error>> {
    let client = sandbox.cublox("shop")?;
    let inserting = client.clone();
    let inserts = tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_millis(10));
        for number in 0_u64.. {
            ticks.tick().await;
            if inserting.create_payout_invoice(order(format!("late-{number}"))).await.is_err() {
                return;
            }
        }
    });
    let mut pages = client.list_payout_invoices().pages();
    let (mut ids, mut seen, mut times) = (std::collections::HashSet::new(), 0, Vec::new());
    loop {
        let begin = Instant::now();
        let Some(page) = pages.try_next().await? else { break };
        times.push(begin.elapsed());
        let PayoutInvoiceMatches::List(invoices) = page.data else { continue };
        for invoice in invoices {
            seen += 1;
            ids.insert(invoice.id);
        }
    }
    inserts.abort();
    if ids.len() != seen {
        return Err("an invoice was seen twice".into());
    }
    times.sort();
    Ok((seen, times.get(times.len() * 99 / 100).copied().unwrap_or_default()))
}

/// The memory of this process, clients included, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    resident.map_or_else(|| "unknown".to_owned(), |resident| resident.trim().to_owned())
}

/// The figures of many invoices in a file.
async fn large(invoices: usize) -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("sandbox-large-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut profile = specie_sandbox::Profile::default();
    profile.set("invoice_expiry", "31d")?;
    let builder = Sandbox::builder().cublox().profile(profile).file(folder.join("sandbox.redb"));
    let sandbox = builder.clone().start().await?;
    let begin = Instant::now();
    fill(&sandbox, invoices).await?;
    say("many invoices", format!("{invoices} in {:?}, memory {}", begin.elapsed(), memory()));
    let (seen, slow) = walk(&sandbox).await?;
    say(
        "walking their list while 100 a second are created",
        format!("{seen}, p99 of a page {slow:?}, memory {}", memory()),
    );
    drop(sandbox);
    let begin = Instant::now();
    let sandbox = builder.start().await?;
    say("opening their file again", format!("{:?}", begin.elapsed()));
    let begin = Instant::now();
    let happened = sandbox.clock().advance(Duration::from_secs(40 * 24 * 3600)).await?;
    say("their timers over 30 days", format!("{} in {:?}", happened.len(), begin.elapsed()));
    drop(sandbox);
    Ok(std::fs::remove_dir_all(folder)?)
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
    match std::env::args().nth(1) {
        Some(invoices) => large(invoices.parse()?).await,
        None => Ok(()),
    }
}
