//! The context of a trace in a request that is sent.

use http::{HeaderMap, HeaderValue};
use opentelemetry::global;
use opentelemetry::propagation::Injector;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{TRACEPARENT, TRACESTATE};

/// Writes the context of the current span, unless the request has one already.
pub(crate) fn send(headers: &mut HeaderMap) {
    if headers.contains_key(&TRACEPARENT) {
        return;
    }
    let context = Span::current().context();
    global::get_text_map_propagator(|propagator| propagator.inject_context(&context, &mut Outgoing(headers)));
}

/// The same request with the context of the current span.
#[cfg(feature = "server")]
pub(crate) fn sent_with<B>(mut request: http::Request<B>) -> http::Request<B> {
    send(request.headers_mut());
    request
}

struct Outgoing<'h>(&'h mut HeaderMap);

impl Injector for Outgoing<'_> {
    fn set(&mut self, key: &str, value: String) {
        let name = [&TRACEPARENT, &TRACESTATE].into_iter().find(|name| name.as_str().eq_ignore_ascii_case(key));
        if let (Some(name), false, Ok(value)) = (name, value.is_empty(), HeaderValue::try_from(value.as_str())) {
            self.0.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_headers_of_the_standard_are_written() {
        let mut written = HeaderMap::new();
        let mut outgoing = Outgoing(&mut written);
        outgoing.set("traceparent", "00-1-1-01".to_owned());
        outgoing.set("tracestate", String::new());
        outgoing.set("baggage", "customer=7".to_owned());
        assert_eq!(written, HeaderMap::from_iter([(TRACEPARENT.clone(), HeaderValue::from_static("00-1-1-01"))]));
    }
}
