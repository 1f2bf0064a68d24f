//! What OpenTelemetry counts and measures, by its semantic conventions for HTTP; the documentation of
//! the modules `client` and `server` has the tables.
//!
//! The instruments are made with a client, a server, a receiver or a sender, from the meter provider that is the program's at that time.

use std::time::Duration;

use opentelemetry::metrics::{Histogram, Meter};
use opentelemetry::{InstrumentationScope, KeyValue, global};

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "server")]
mod server;

#[cfg(feature = "client")]
pub(crate) use client::{ClientMetrics, Sent};
#[cfg(feature = "server")]
pub(crate) use server::{Answered, ServerMetrics};

/// The boundaries of the buckets in seconds, as the conventions for HTTP metrics advise them.
const BOUNDARIES: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

fn meter() -> Meter {
    let scope = InstrumentationScope::builder(env!("CARGO_PKG_NAME")).with_version(env!("CARGO_PKG_VERSION"));
    global::meter_with_scope(scope.build())
}

/// A histogram of durations in seconds.
#[derive(Clone, Debug)]
struct Durations(Histogram<f64>);

impl Durations {
    fn new(meter: &Meter, name: &'static str, description: &'static str) -> Self {
        let histogram = meter.f64_histogram(name).with_unit("s").with_description(description);
        Self(histogram.with_boundaries(BOUNDARIES.to_vec()).build())
    }

    fn record(&self, duration: Duration, attributes: &[KeyValue]) {
        self.0.record(duration.as_secs_f64(), attributes);
    }
}

/// The attributes of a response that are there only sometimes.
fn ended(attributes: &mut Vec<KeyValue>, status: Option<u16>, error: Option<String>) {
    attributes.extend(status.map(|status| KeyValue::new("http.response.status_code", i64::from(status))));
    attributes.extend(error.map(|error| KeyValue::new("error.type", error)));
}
