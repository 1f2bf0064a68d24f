//! What a program sets up once, in its `main`.

use std::error::Error;

use opentelemetry::global;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{MetricExporter, Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::layer::SubscriberExt;

/// The providers, which hold what was not sent yet.
pub struct Telemetry {
    traces: SdkTracerProvider,
    metrics: SdkMeterProvider,
}

/// Sends traces and metrics to a receiver of OTLP over HTTP, and writes the log to the standard output.
pub fn start(receiver: &str) -> Result<Telemetry, Box<dyn Error>> {
    let spans = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpJson)
        .with_endpoint(format!("{receiver}/v1/traces"))
        .build()?;
    let numbers = MetricExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpJson)
        .with_endpoint(format!("{receiver}/v1/metrics"))
        .build()?;
    let traces = SdkTracerProvider::builder().with_batch_exporter(spans).build();
    let metrics = SdkMeterProvider::builder().with_periodic_exporter(numbers).build();
    global::set_meter_provider(metrics.clone());
    global::set_text_map_propagator(TraceContextPropagator::new());
    let exported = tracing_opentelemetry::layer().with_tracer(traces.tracer("otlp"));
    // The spans and events of the runtime, and not those of the exporter, which would make more of them.
    let of_the_runtime = tracing_subscriber::filter::filter_fn(|metadata| {
        metadata.target().starts_with("specie_runtime") && *metadata.level() <= tracing::Level::INFO
    });
    let log = tracing_subscriber::fmt::layer().without_time().with_ansi(false).with_target(false);
    tracing::subscriber::set_global_default(
        tracing_subscriber::registry().with(of_the_runtime).with(exported).with(log),
    )?;
    Ok(Telemetry { traces, metrics })
}

impl Telemetry {
    /// Sends what was not sent yet.
    pub fn stop(self) -> Result<(), Box<dyn Error>> {
        self.traces.shutdown()?;
        self.metrics.shutdown()?;
        Ok(())
    }
}
