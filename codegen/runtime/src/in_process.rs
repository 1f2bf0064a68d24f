//! A server behind a client, without a socket: [`InProcess`].

use std::error::Error;
use std::fmt;
use std::future::poll_fn;

use http::{Request, Response, Uri};
use tower_service::Service;

use crate::body::{Body, BodyError};
use crate::client::{BoxFuture, Transport, TransportError};

/// Sends a client's requests to a service in the same process.
///
/// The service is a generated server or anything else of `tower`, an `axum::Router` for one. Requests are encoded, routed, decoded
/// and answered as they are over a socket; only the socket is missing.
///
/// `Client::over(InProcess::new(CubloxServer::new(Fake)))` puts an implementation of a generated trait behind a generated client. A
/// receiver of webhooks is reached in the same way:
///
/// ```
/// use specie_runtime::client::Transport;
/// use specie_runtime::webhook::{Receiver, WebhookSpec};
/// use specie_runtime::{InProcess, Json};
///
/// const SPEC: WebhookSpec = WebhookSpec::new("transaction");
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let receiver = Receiver::unsigned(SPEC, |_: Json| async { Ok::<(), String>(()) });
/// let request = SPEC.request("/transactions".parse()?, None, &["paid"])?;
/// let response = InProcess::new(receiver).send(request.map(Into::into)).await?;
/// assert_eq!(response.status(), 200);
/// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
/// # }).unwrap();
/// ```
///
/// It is called within a tokio runtime, because a handler that has to wait becomes a task of it.
#[derive(Clone)]
pub struct InProcess<S> {
    service: S,
}

impl<S> InProcess<S> {
    /// A transport to this service, which is cloned for each request.
    #[must_use]
    pub const fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S, B> Transport for InProcess<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    B: http_body::Body + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let request = local(request)?;
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(|error| TransportError::not_sent("the service is not ready").because(error))?;
            let response = service
                .call(request)
                .await
                .map_err(|error| TransportError::interrupted("the service failed").because(error))?;
            let broken = |error: B::Error| BodyError::interrupted("the response broke off").because(error);
            Ok(response.map(|body| Body::from_http_with(body, broken)))
        })
    }
}

/// The request as a server sees it: its target is path and query alone (RFC 9112 section 3.2.1).
fn local(request: Request<Body>) -> Result<Request<Body>, TransportError> {
    let (mut parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    parts.uri = Uri::try_from(target).map_err(|_| TransportError::not_sent("the request's target is not a path"))?;
    Ok(Request::from_parts(parts, body))
}

impl<S> fmt::Debug for InProcess<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").finish_non_exhaustive()
    }
}
