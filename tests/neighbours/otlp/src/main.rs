//! Traces and metrics of a client and a server, sent as OTLP to a receiver on loopback, and the log that a plain `fmt` layer makes.
//!
//! `cargo run --manifest-path tests/neighbours/Cargo.toml --package otlp`
//!
//! A program sends to its collector instead: `telemetry::start("http://collector:4318")`.

mod calls;
mod receiver;
mod telemetry;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let receiver = receiver::Receiver::start()?;
    // Before clients and servers are built, or they do not find the meter provider.
    let telemetry = telemetry::start(receiver.url())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(calls::make())?;
    // What was not sent yet is sent now.
    telemetry.stop()?;
    for line in receiver.received() {
        println!("{line}");
    }
    Ok(())
}
