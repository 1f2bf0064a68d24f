//! The instruments of clients and of senders of webhooks.

use std::time::Duration;

use http::Uri;
use opentelemetry::KeyValue;
use opentelemetry::metrics::Counter;

use super::{Durations, ended, meter};

/// The instruments of one client or sender.
#[derive(Clone, Debug)]
pub(crate) struct ClientMetrics {
    requests: Durations,
    calls: Counter<u64>,
}

/// Where a request goes: what of it is the same for all requests of an operation.
#[derive(Debug)]
pub(crate) struct Sent(Vec<KeyValue>);

impl Sent {
    /// To an operation of an API, whose base URL is the program's own setting.
    pub(crate) fn to_operation(method: &'static str, template: &'static str, uri: &Uri) -> Self {
        let mut attributes =
            vec![KeyValue::new("http.request.method", method), KeyValue::new("url.template", template)];
        attributes.extend(uri.host().map(|host| KeyValue::new("server.address", host.to_owned())));
        let scheme = match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            _ => None,
        };
        let port = uri.port_u16().or(scheme);
        attributes.extend(port.map(|port| KeyValue::new("server.port", i64::from(port))));
        Self(attributes)
    }

    /// To the receiver of a webhook or callback. Its address comes from outside, and is left out: each receiver would be a series of its
    /// own.
    #[cfg(feature = "server")]
    pub(crate) fn to_receiver(id: &'static str, method: &'static str) -> Self {
        Self(vec![KeyValue::new("http.request.method", method), KeyValue::new("specie.webhook", id)])
    }
}

impl ClientMetrics {
    pub(crate) fn new() -> Self {
        let meter = meter();
        let calls = meter
            .u64_counter("specie.client.calls")
            .with_unit("{call}")
            .with_description("Finished calls, by what is known of the operation.");
        Self {
            requests: Durations::new(&meter, "http.client.request.duration", "Duration of HTTP client requests."),
            calls: calls.build(),
        }
    }

    /// A request that was handed to the transport has ended.
    pub(crate) fn request(&self, sent: Sent, status: Option<u16>, error: Option<String>, duration: Duration) {
        let Sent(mut attributes) = sent;
        ended(&mut attributes, status, error);
        self.requests.record(duration, &attributes);
    }

    /// A call has ended.
    pub(crate) fn call(
        &self,
        api: &'static str,
        operation: &'static str,
        outcome: &'static str,
        error: Option<String>,
    ) {
        let mut attributes = vec![
            KeyValue::new("specie.api", api),
            KeyValue::new("specie.operation", operation),
            KeyValue::new("specie.outcome", outcome),
        ];
        ended(&mut attributes, None, error);
        self.calls.add(1, &attributes);
    }
}
