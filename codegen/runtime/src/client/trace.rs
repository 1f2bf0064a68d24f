//! What `tracing` sees: a span per call, an event per attempt, by the semantic conventions of OpenTelemetry for HTTP clients. Never a
//! URL, a header's value (but for the server's name of the request) or a body; so the conventions' `url.full` and `server.address` are
//! left out, and `url.template` says where a call went.

use http::HeaderMap;
use tracing::{Span, debug, field, info_span, warn};

use super::auth_error::AuthError;
use super::call::call_result::CallResult;
use super::call::retry::Ending;
use super::meta;
use super::transport::TransportErrorKind;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// The span of a call.
pub(super) fn call(api: &'static str, spec: &'static OperationSpec) -> Span {
    info_span!(
        "call",
        otel.name = format_args!("{} {}", spec.method, spec.path),
        otel.kind = "client",
        api,
        operation = spec.id,
        http.request.method = spec.method.as_str(),
        url.template = spec.path,
        http.response.status_code = field::Empty,
        http.request.resend_count = field::Empty,
        error.r#type = field::Empty,
        otel.status_code = field::Empty,
        outcome = field::Empty,
    )
}

/// The event of an attempt, inside the call's span.
pub(super) fn attempt(
    spec: &'static OperationSpec,
    attempts: u32,
    ending: Ending,
    outcome: Outcome,
    headers: Option<&HeaderMap>,
) {
    let status = match ending {
        Ending::Response(status) | Ending::Doubtful(status) | Ending::Failure(_, Some(status)) => Some(status),
        Ending::Failure(_, None) | Ending::Unauthorized(_) => None,
    };
    debug!(
        operation = spec.id,
        http.request.method = spec.method.as_str(),
        url.template = spec.path,
        http.response.status_code = status,
        http.request.resend_count = attempts.saturating_sub(1),
        error.r#type = error_type(ending),
        outcome = outcome_name(outcome),
        request_id = headers.and_then(meta::request_id),
        "attempt",
    );
}

/// The event of a token that could not be replaced in time; the calls go on with it.
pub(super) fn not_renewed(error: Option<&AuthError>) {
    let error = error.map_or_else(|| "it took too long".to_owned(), ToString::to_string);
    warn!(error, "a token could not be renewed, and is used as long as it is valid");
}

/// Completes the span of a call.
pub(super) fn finished(span: &Span, result: &CallResult) {
    let (meta, ending) = match result {
        CallResult::Answered(response, meta) => (meta, Ending::Response(response.status())),
        CallResult::Mismatch(mismatch, meta) => (meta, Ending::Doubtful(mismatch.status())),
        CallResult::Failed(error, meta) => (meta, Ending::Failure(error.kind(), meta.status())),
        CallResult::Unauthorized(error, meta) => (meta, Ending::Unauthorized(error.is_transient())),
        CallResult::Unbuilt(_) => return,
    };
    if let Some(status) = meta.status() {
        span.record("http.response.status_code", status);
    }
    if let Some(error) = error_type(ending) {
        span.record("error.type", error);
        span.record("otel.status_code", "ERROR");
    }
    if meta.attempts() > 1 {
        span.record("http.request.resend_count", meta.attempts() - 1);
    }
    span.record("outcome", outcome_name(meta.outcome()));
}

/// A word for what failed; the status itself for an error status, as the conventions ask for.
fn error_type(ending: Ending) -> Option<String> {
    match ending {
        Ending::Response(status) | Ending::Doubtful(status) if status >= 400 => Some(status.to_string()),
        Ending::Response(_) => None,
        Ending::Doubtful(_) => Some("doubtful".to_owned()),
        Ending::Failure(kind, _) => Some(kind_name(kind).to_owned()),
        Ending::Unauthorized(_) => Some("auth".to_owned()),
    }
}

const fn kind_name(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::NotSent => "not_sent",
        TransportErrorKind::Interrupted => "interrupted",
        TransportErrorKind::Timeout => "timeout",
        TransportErrorKind::TooLarge => "too_large",
    }
}

const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotSent => "not_sent",
        Outcome::Refused => "refused",
        Outcome::Duplicate => "duplicate",
        Outcome::Unknown => "unknown",
        Outcome::Done => "done",
    }
}
