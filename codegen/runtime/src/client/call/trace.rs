//! What `tracing` sees: a span per call, a debug event per attempt and one event at the end, by the semantic conventions of OpenTelemetry
//! for HTTP clients. The last event is a warning where nobody knows whether the operation happened; of a call that is looked up, the last
//! one of its reconciliation is.
//!
//! Never a URL, a header's value (but for the server's name of the request) or a body; so the conventions' `url.full` and `server.address`
//! are left out, and `url.template` says where a call went.

use std::time::Instant;

use http::HeaderMap;
use tracing::{Span, debug, field, info, info_span, warn};

use super::result::CallResult;
use super::retry::Ending;
use crate::client::api_client::ClientConfig;
use crate::client::response::meta;
use crate::client::response::meta::Meta;
use crate::client::transport::TransportErrorKind;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// The span of a call, and when the call began by the clock of its client.
#[derive(Clone, Debug)]
pub(in crate::client) struct CallSpan {
    pub(in crate::client) span: Span,
    spec: &'static OperationSpec,
    began: Instant,
    /// `None` of a call that sends nothing.
    #[cfg(feature = "metrics")]
    metrics: Option<(&'static str, crate::metrics::ClientMetrics)>,
}

impl CallSpan {
    /// That of a call which sends nothing.
    pub(in crate::client) fn none(spec: &'static OperationSpec, now: Instant) -> Self {
        Self {
            span: Span::none(),
            spec,
            began: now,
            #[cfg(feature = "metrics")]
            metrics: None,
        }
    }
}

/// The span of a call that begins now.
pub(in crate::client) fn call(client: &ClientConfig, spec: &'static OperationSpec) -> CallSpan {
    let span = info_span!(
        "call",
        otel.name = format_args!("{} {}", spec.method, spec.path),
        otel.kind = "client",
        api = client.api.name,
        operation = spec.id,
        http.request.method = spec.method.as_str(),
        url.template = spec.path,
        http.response.status_code = field::Empty,
        http.request.resend_count = field::Empty,
        error.r#type = field::Empty,
        otel.status_code = field::Empty,
        outcome = field::Empty,
        duration = field::Empty,
    );
    CallSpan {
        span,
        spec,
        began: client.options.environment.now(),
        #[cfg(feature = "metrics")]
        metrics: Some((client.api.name, client.metrics.clone())),
    }
}

/// The event of an attempt, inside the call's span.
pub(in crate::client) fn attempt(
    spec: &'static OperationSpec,
    attempts: u32,
    ending: Ending,
    outcome: Outcome,
    headers: Option<&HeaderMap>,
) {
    debug!(
        operation = spec.id,
        http.request.method = spec.method.as_str(),
        url.template = spec.path,
        http.response.status_code = ending.status(),
        http.request.resend_count = attempts.saturating_sub(1),
        error.r#type = error_type(ending),
        outcome = outcome_name(outcome),
        request_id = headers.and_then(meta::request_id),
        "attempt",
    );
}

/// Completes the span of a call with its outcome and its duration in seconds, and tells both in an event.
pub(in crate::client) fn finished(call: &CallSpan, result: &CallResult, now: Instant) {
    let Some((meta, error, duration)) = completed(call, result, now) else { return };
    let (operation, outcome) = (call.spec.id, outcome_name(meta.outcome()));
    let (status, attempts) = (meta.status(), meta.attempts());
    #[cfg(feature = "metrics")]
    if let Some((api, metrics)) = &call.metrics {
        metrics.call(api, operation, outcome, error.clone());
    }
    if is_doubtful(call.spec, meta.outcome()) {
        warn!(
            parent: &call.span, operation, outcome, http.response.status_code = status, error.r#type = error, attempts, duration,
            "call finished; nobody knows whether the operation happened",
        );
    } else {
        info!(
            parent: &call.span, operation, outcome, http.response.status_code = status, error.r#type = error, attempts, duration,
            "call finished",
        );
    }
}

/// Completes the span of a call that is looked up next, so that its outcome is not the last word.
pub(in crate::client) fn to_be_looked_up(call: &CallSpan, result: &CallResult, now: Instant) {
    let Some((meta, error, duration)) = completed(call, result, now) else { return };
    let (operation, outcome) = (call.spec.id, outcome_name(meta.outcome()));
    let (status, attempts) = (meta.status(), meta.attempts());
    info!(
        parent: &call.span, operation, outcome, http.response.status_code = status, error.r#type = error, attempts, duration,
        "call finished; the operation is looked up",
    );
}

/// The event of a reconciliation that ended by its lookups, which counts as one call.
pub(in crate::client) fn reconciled(
    client: &ClientConfig,
    spec: &'static OperationSpec,
    outcome: Outcome,
    lookups: u32,
) {
    let (operation, is_doubtful, outcome) = (spec.id, is_doubtful(spec, outcome), outcome_name(outcome));
    let api = client.api.name;
    #[cfg(feature = "metrics")]
    client.metrics.call(api, operation, outcome, None);
    if is_doubtful {
        warn!(operation, outcome, lookups, api, "reconciliation finished; nobody knows whether the operation happened");
    } else {
        info!(operation, outcome, lookups, api, "reconciliation finished");
    }
}

/// Whether somebody has to find out whether an operation happened; a safe one changes nothing.
fn is_doubtful(spec: &OperationSpec, outcome: Outcome) -> bool {
    outcome == Outcome::Unknown && !spec.is_safe()
}

/// Records in the span of a call how it ended; `None` where no request could be built. The duration is in seconds.
fn completed<'r>(call: &CallSpan, result: &'r CallResult, now: Instant) -> Option<(&'r Meta, Option<String>, f64)> {
    let span = &call.span;
    let (meta, ending) = match result {
        CallResult::Answered(response, meta) => (meta, Ending::Response(response.status())),
        CallResult::Mismatch(mismatch, meta) => (meta, Ending::Doubtful(mismatch.status())),
        CallResult::Failed(error, meta) => (meta, Ending::Failure(error.kind(), meta.status())),
        CallResult::Unauthorized(error, meta) => (meta, Ending::Unauthorized(error.is_transient())),
        CallResult::Unbuilt(_) => return None,
    };
    let error = error_type(ending);
    if let Some(status) = meta.status() {
        span.record("http.response.status_code", status);
    }
    if let Some(error) = &error {
        span.record("error.type", error);
        span.record("otel.status_code", "ERROR");
    }
    if meta.attempts() > 1 {
        span.record("http.request.resend_count", meta.attempts() - 1);
    }
    let duration = now.saturating_duration_since(call.began).as_secs_f64();
    span.record("outcome", outcome_name(meta.outcome()));
    span.record("duration", duration);
    Some((meta, error, duration))
}

/// A word for what failed; the status itself for an error status, as the conventions ask for.
pub(in crate::client) fn error_type(ending: Ending) -> Option<String> {
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
