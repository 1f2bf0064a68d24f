//! The context of a trace in a request that arrives.

use http::{HeaderMap, HeaderValue};
use opentelemetry::global;
use opentelemetry::propagation::Extractor;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{TRACEPARENT, TRACESTATE};

/// Makes a span that was not entered yet the child of the one that a request names.
pub(crate) fn receive(span: &Span, headers: &HeaderMap) {
    let Some(incoming) = Incoming::read(headers) else { return };
    let context = global::get_text_map_propagator(|propagator| propagator.extract(&incoming));
    // It fails where nobody exports spans, or not this one.
    let _ = span.set_parent(context);
}

struct Incoming {
    parent: String,
    state: Option<String>,
}

impl Incoming {
    /// `None` without exactly one `traceparent`. Several `tracestate` are one list (sections 3.2 and 3.3).
    fn read(headers: &HeaderMap) -> Option<Self> {
        let mut parents = headers.get_all(&TRACEPARENT).iter();
        let (Some(parent), None) = (parents.next(), parents.next()) else { return None };
        let states: Result<Vec<_>, _> = headers.get_all(&TRACESTATE).iter().map(HeaderValue::to_str).collect();
        let state = states.ok().filter(|states| !states.is_empty()).map(|states| states.join(","));
        Some(Self { parent: parent.to_str().ok()?.to_owned(), state })
    }
}

impl Extractor for Incoming {
    fn get(&self, key: &str) -> Option<&str> {
        match key {
            "traceparent" => Some(&self.parent),
            "tracestate" => self.state.as_deref(),
            _ => None,
        }
    }

    fn keys(&self) -> Vec<&str> {
        let mut keys = vec![TRACEPARENT.as_str()];
        keys.extend(self.state.as_ref().map(|_| TRACESTATE.as_str()));
        keys
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn read(pairs: &[(&HeaderName, &'static str)]) -> Option<Incoming> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        Incoming::read(&headers)
    }

    #[test]
    fn states_are_joined_and_two_parents_are_none() {
        let context = read(&[(&TRACEPARENT, "p"), (&TRACESTATE, "a=1"), (&TRACESTATE, "b=2")]).expect("a context");
        assert_eq!((context.get("traceparent"), context.get("tracestate")), (Some("p"), Some("a=1,b=2")));
        assert!(read(&[(&TRACEPARENT, "p"), (&TRACEPARENT, "q")]).is_none());
        assert!(read(&[(&TRACESTATE, "a=1")]).is_none());
    }
}
