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
/// It is called within a tokio runtime with its timer enabled (`enable_time`), because a handler that has to wait becomes a task of it.
///
/// # A handler begins on the task of its caller
///
/// Until it waits for the first time, a handler runs within the poll of the client's call: on the same task, thread and stack. Then it
/// becomes a task of its own. Over a socket it has one from the beginning, so four things differ:
///
/// - Calls of one task (`join!`) begin one after the other. A handler that blocks until another one has begun, by
///   [`std::sync::Barrier`] or a channel of `std`, blocks for ever. It awaits that (`tokio::sync::Barrier`), or the program spawns each
///   call on a runtime of several threads.
/// - No timeout ends a handler that blocks or computes before it waits for the first time, neither
///   [`Options::attempt_timeout`](crate::client::Options::attempt_timeout) nor the server's `handler_timeout`: the clock is looked at
///   only after it has returned. `tokio::task::spawn_blocking` is awaited, and ends that.
/// - `tokio::task::block_in_place` holds up all else that the caller's task does, such as the other futures of a `join!`; on a runtime of
///   one thread it panics, as it does anywhere.
/// - A handler that calls another service of the process lies on the stack above its caller, and so does each further one. In long chains
///   and in recursion, a handler begins with `tokio::task::yield_now().await`, and the next one with an empty stack.
///
/// Two handlers that wait for each other:
///
/// ```
/// use std::sync::Arc;
///
/// use specie_runtime::client::Transport;
/// use specie_runtime::webhook::{Receiver, WebhookSpec};
/// use specie_runtime::{InProcess, Json};
/// use tokio::sync::Barrier;
///
/// const SPEC: WebhookSpec = WebhookSpec::new("transaction");
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let both = Arc::new(Barrier::new(2));
/// let transport = InProcess::new(Receiver::unsigned(SPEC, move |_: Json| {
///     let both = Arc::clone(&both);
///     async move {
///         both.wait().await; // `std::sync::Barrier` would keep the second call from being made.
///         Ok::<(), String>(())
///     }
/// }));
/// let request = || SPEC.request("/transactions".parse().unwrap(), None, &["paid"]).map(|request| request.map(Into::into));
/// let (first, second) = tokio::join!(transport.send(request()?), transport.send(request()?));
/// assert_eq!((first?.status(), second?.status()), (200.try_into()?, 200.try_into()?));
/// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
/// # }).unwrap();
/// ```
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
