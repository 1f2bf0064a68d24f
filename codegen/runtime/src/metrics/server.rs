//! The instruments of servers and of receivers of webhooks.

use std::time::Instant;

use opentelemetry::KeyValue;

use super::{Durations, ended, meter};

/// The instruments of one server or receiver.
#[derive(Clone, Debug)]
pub(crate) struct ServerMetrics {
    requests: Durations,
}

/// A request that is being answered.
#[derive(Debug)]
pub(crate) struct Answered {
    began: Instant,
    attributes: Vec<KeyValue>,
}

impl Answered {
    /// One that has just arrived, with the name of its method for logs.
    pub(crate) fn now(method: &str, scheme: Option<&str>) -> Self {
        let mut attributes = vec![KeyValue::new("http.request.method", method.to_owned())];
        attributes.extend(scheme.map(|scheme| KeyValue::new("url.scheme", scheme.to_owned())));
        Self { began: Instant::now(), attributes }
    }

    /// To an operation.
    pub(crate) fn routed(&mut self, route: &'static str) {
        self.attributes.push(KeyValue::new("http.route", route));
    }

    /// To the receiver of a webhook or callback.
    pub(crate) fn received(&mut self, id: &'static str) {
        self.attributes.push(KeyValue::new("specie.webhook", id));
    }
}

impl ServerMetrics {
    pub(crate) fn new() -> Self {
        Self { requests: Durations::new(&meter(), "http.server.request.duration", "Duration of HTTP server requests.") }
    }

    /// A request has its response. Only 5xx are errors of the server.
    pub(crate) fn request(&self, request: Answered, status: u16) {
        let Answered { began, mut attributes } = request;
        ended(&mut attributes, Some(status), (status >= 500).then(|| status.to_string()));
        self.requests.record(began.elapsed(), &attributes);
    }
}
