//! What `tracing` sees of a webhook or callback, at its receiver and at its sender: never an address, a header's value (but for the sender's
//! name of the request) or a body.

use http::Method;
use tracing::{Span, field};

use crate::server::trace::known;

/// The span of a request to the receiver of a webhook, which knows no route.
pub(super) fn receiving(id: &'static str, method: &Method, request_id: Option<&str>) -> Span {
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
pub(super) fn sending(id: &'static str, method: &'static str) -> Span {
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
pub(super) struct Sending {
    pub(super) span: Span,
    #[cfg(feature = "metrics")]
    pub(super) measured: (crate::metrics::ClientMetrics, crate::metrics::Sent, std::time::Instant),
}

#[cfg(feature = "client")]
impl Sending {
    /// Records the response, or that there was none. Where it was not acknowledged, that is an error: it has to be sent again.
    pub(super) fn ended(self, status: Option<u16>, is_acknowledged: bool) {
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
