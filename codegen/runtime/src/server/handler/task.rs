//! What servers and receivers of webhooks do around the work of a request.

use std::future::Future;

use http::header::{ALLOW, HeaderName, HeaderValue, WWW_AUTHENTICATE};
use tracing::{Instrument, Span};

use crate::server::rejection::{Rejection, RejectionKind};
use crate::server::response::ServerResponse;
use crate::server::running_handlers::Handlers;
use crate::server::trace;

/// Runs the work of a request to its end, makes its response, and completes its span with the status.
pub(crate) async fn run<T: Send + 'static>(
    handlers: &Handlers,
    span: &Span,
    work: impl Future<Output = Result<T, Rejection>> + Send + Unpin + 'static,
    response: impl FnOnce(Result<T, Rejection>) -> ServerResponse,
) -> ServerResponse {
    let outcome = handlers.run(work.instrument(span.clone())).await;
    let response = span.in_scope(|| response(outcome));
    trace::answered(span, response.status());
    response
}

impl ServerResponse {
    /// Adds what RFC 9110 asks of a 401 and of the response to another method, whoever wrote them: `WWW-Authenticate` (section 15.5.2) and
    /// `Allow` (section 15.5.6), unless they are there.
    pub(crate) fn with_required_headers(mut self, rejection: Option<&Rejection>, challenges: &[String]) -> Self {
        if let Some(rejection) = rejection.filter(|one| one.kind() == RejectionKind::MethodNotAllowed) {
            let allow: Vec<_> = rejection.allow().iter().map(http::Method::as_str).collect();
            self.require(ALLOW, allow.join(", "));
        }
        if self.status() == 401 && !challenges.is_empty() {
            self.require(WWW_AUTHENTICATE, challenges.join(", "));
        }
        self
    }

    fn require(&mut self, name: HeaderName, value: String) {
        if let Ok(value) = HeaderValue::try_from(value) {
            self.default_header(name, value);
        }
    }
}
