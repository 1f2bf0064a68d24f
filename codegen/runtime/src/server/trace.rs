//! What `tracing` sees of a request that a server answers, by the semantic conventions of OpenTelemetry for HTTP servers. Never a path, a
//! query, a header's value (but for the caller's name of the request) or a body.

use http::Method;
use tracing::{Span, field};

use crate::operation::OperationSpec;

/// The span of a request to a server.
pub(super) fn request(method: &Method, request_id: Option<&str>) -> Span {
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
    let defined = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
        Method::QUERY,
    ];
    if defined.contains(method) { method.as_str() } else { "_OTHER" }
}
