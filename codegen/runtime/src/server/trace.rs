//! What `tracing` sees of a request that a server or a receiver answers, by the semantic conventions of OpenTelemetry for HTTP servers.
//! Never a path, a query, a header's value (but for the caller's name of the request) or a body.

use http::Method;
use tracing::{Span, field};

use crate::operation::OperationSpec;

/// The span of a request to a server.
pub(super) fn request(method: &Method, request_id: &str) -> Span {
    tracing::info_span!(
        "request",
        otel.name = field::Empty,
        otel.kind = "server",
        operation = field::Empty,
        http.request.method = known(method),
        http.route = field::Empty,
        http.response.status_code = field::Empty,
        error.r#type = field::Empty,
        otel.status_code = field::Empty,
        request_id,
    )
}

/// The span of a request to the receiver of a webhook, which knows no route.
pub(crate) fn webhook(id: &'static str, method: &Method, request_id: Option<&str>) -> Span {
    tracing::info_span!(
        "webhook",
        otel.name = format_args!("webhook {id}"),
        otel.kind = "server",
        id,
        http.request.method = known(method),
        http.response.status_code = field::Empty,
        error.r#type = field::Empty,
        otel.status_code = field::Empty,
        request_id,
    )
}

/// The span of a webhook or callback that is sent.
#[cfg(feature = "client")]
pub(crate) fn sending(id: &'static str, method: &'static str) -> Span {
    tracing::info_span!(
        "send_webhook",
        otel.name = format_args!("send webhook {id}"),
        otel.kind = "client",
        id,
        http.request.method = method,
        http.response.status_code = field::Empty,
        error.r#type = field::Empty,
        otel.status_code = field::Empty,
    )
}

/// A webhook or callback on its way.
#[cfg(feature = "client")]
pub(crate) struct Sending {
    pub(crate) span: Span,
    #[cfg(feature = "metrics")]
    pub(crate) measured: (crate::metrics::ClientMetrics, crate::metrics::Sent, std::time::Instant),
}

#[cfg(feature = "client")]
impl Sending {
    /// Records the response, or that there was none. Where it was not acknowledged, that is an error: it has to be sent again.
    pub(crate) fn ended(self, status: Option<u16>, is_acknowledged: bool) {
        let error = status.map_or_else(|| "no_response".to_owned(), |status| status.to_string());
        let error = (!is_acknowledged).then_some(error);
        if let Some(status) = status {
            self.span.record("http.response.status_code", status);
        }
        if let Some(error) = &error {
            self.span.record("error.type", error);
            self.span.record("otel.status_code", "ERROR");
        }
        #[cfg(feature = "metrics")]
        {
            let (metrics, sent, began) = self.measured;
            metrics.request(sent, status, error, began.elapsed());
        }
    }
}

/// Records the operation that was found.
pub(super) fn routed(span: &Span, spec: &'static OperationSpec) {
    span.record("otel.name", field::display(format_args!("{} {}", spec.method, spec.path)));
    span.record("operation", spec.id);
    span.record("http.route", spec.path);
}

/// Records the status. Only 5xx are errors of the server; 4xx are the caller's fault.
pub(crate) fn answered(span: &Span, status: u16) {
    span.record("http.response.status_code", status);
    if status >= 500 {
        span.record("error.type", status.to_string());
        span.record("otel.status_code", "ERROR");
    }
}

/// The name of a method for logs; one that HTTP does not define is the caller's own text.
pub(crate) fn known(method: &Method) -> &str {
    let defined =
        [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    if defined.contains(method) { method.as_str() } else { "_OTHER" }
}
