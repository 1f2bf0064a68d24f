//! See what a client does: the spans and events of `tracing`, which name routes and statuses and never what is sent.
//!
//! `cargo run -p specie-tests --example observe`
//!
//! A program takes its subscriber from a crate (`tracing-subscriber`, `tracing-opentelemetry`); this one prints what there is to see.
//! `tests/neighbours/otlp` sends traces and metrics to a receiver of OTLP.

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use specie_runtime::client::{Options, Scripted, Simulated, TransportError};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Prints every span and event with its fields.
#[derive(Default)]
struct Printer(AtomicU64);

impl Subscriber for Printer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("specie_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        print!("span {}:", span.metadata().name());
        span.record(&mut Fields);
        println!();
        Id::from_u64(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        print!("span {} also:", span.into_u64());
        values.record(&mut Fields);
        println!();
    }

    fn event(&self, event: &Event<'_>) {
        print!("  event:");
        event.record(&mut Fields);
        println!();
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields;

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        print!(" {}={value:?}", field.name());
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    target::own_server_only("what it prints belongs to the responses that it scripts")?;
    tracing::subscriber::set_global_default(Printer::default())?;

    // The first response is lost, the second one says to come again later. Time is simulated, so nobody waits.
    let responses = Scripted::new()
        .fail(|| TransportError::interrupted("the connection broke"))
        .respond_with(503, &[("retry-after", "2"), ("x-request-id", "req-2")], "")
        .respond_with(404, &[("x-request-id", "req-3")], r#"{"errors": [{"status": "Not Found", "code": "404"}]}"#);
    let client = cublox::Client::builder()
        .private("https://api.example.com")
        .basic_auth("account-1", "key-1")
        .options(Options::new().environment(Simulated::new(1)).deadline(Duration::from_secs(30)))
        .transport(responses)
        .build()?;
    if let Err(error) = client.get_payout_invoice("cpoi_1").await {
        println!("{error}");
    }
    Ok(())
}
