//! Exactly once over machines: several processes, killed and paused at random, a database that crashes, and connections that break at any
//! byte.
//!
//! ```sh
//! cargo test -p specie-postgres --test proof -- prove all 1000  # or payouts, callbacks, owed, poison, cost; how many of each; a seed
//! ```
//!
//! Plain `cargo test` runs none of it and says so.

// What the linter asks for in a library reads worse in a test.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::missing_panics_doc,
    clippy::similar_names
)]

mod callbacks;
mod chance;
mod cost;
mod owed;
mod payer;
mod payouts;
mod poison;
mod receiver;
mod replicas;
mod sender;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the other tests, which use other parts of it")]
mod support;

use std::time::{SystemTime, UNIX_EPOCH};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    // A filter of `cargo test` is no command: none of that begins with `prove`.
    let what = match arguments.next() {
        Some(first) if first == "prove" => arguments.next().unwrap_or_default(),
        Some(first) if first.starts_with("replica-") => first,
        _ => String::new(),
    };
    let count: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let drawn = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| time.as_secs() % 1_000_000 + 1);
    let seed: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or_else(drawn);
    match what.as_str() {
        "replica-payer" => payer::run().await,
        "replica-receiver" => receiver::run().await,
        "replica-sender" => sender::run().await,
        "payouts" => payouts::prove(count, seed).await,
        "callbacks" => callbacks::prove(count, seed).await,
        "owed" => owed::prove(count, seed).await,
        "poison" => poison::prove(count, seed).await,
        "cost" => cost::measure(count).await,
        "all" => {
            payouts::prove(count, seed).await;
            callbacks::prove(count, seed).await;
            owed::prove(count, seed).await;
            poison::prove(count, seed).await;
            cost::measure(count).await;
        }
        _ => eprintln!(
            "!! NOT RUN: exactly once over several processes\n!! because it takes minutes; \
             `cargo test -p specie-postgres --test proof -- prove all 1000` runs it"
        ),
    }
}
