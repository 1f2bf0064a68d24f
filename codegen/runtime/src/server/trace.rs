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

/// Records the response to a webhook or callback, or that there was none. Where it was not acknowledged, that is an error: it has to be
/// sent again.
#[cfg(feature = "client")]
pub(crate) fn sent(span: &Span, status: Option<u16>, is_acknowledged: bool) {
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    if !is_acknowledged {
        span.record("error.type", status.map_or_else(|| "no_response".to_owned(), |status| status.to_string()));
        span.record("otel.status_code", "ERROR");
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
fn known(method: &Method) -> &str {
    let defined =
        [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    if defined.contains(method) { method.as_str() } else { "_OTHER" }
}
