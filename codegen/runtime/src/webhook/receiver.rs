//! The receiving side: a `tower` service around a handler.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, HeaderMap};
use http::request::Parts;
use http::{Method, Request, Response};
use serde::de::DeserializeOwned;
use tower_service::Service;

use super::signature::{Presented, SECRET_FORM, only};
use super::{BoxError, SignatureAlgorithm, WebhookSpec, trace};
use crate::body::Body;
use crate::secret::Secret;
use crate::server::HandlerFuture;
use crate::server::handler::task;
use crate::server::incoming::credentials::{self, Presented as Credential};
use crate::server::incoming::{body, object_reader, request_id};
use crate::server::limits::Limits;
use crate::server::rejection::Rejection;
use crate::server::rejection::location::Source;
use crate::server::response::ServerResponse;
use crate::server::running_handlers::{Drained, Handlers, within};
use crate::server::service::Responding;
#[cfg(feature = "metrics")]
use crate::server::trace::known;
use crate::wire::query;

/// Decodes a request, runs the handler and makes the response.
type Handle = dyn Fn(Delivered) -> HandlerFuture<'static> + Send + Sync;
/// Verifies the credentials of one alternative.
type Verify = dyn Fn(&[Credential]) -> bool + Send + Sync;
/// Tells the time.
type Clock = dyn Fn() -> SystemTime + Send + Sync;

/// A request whose sender is proven, as far as the document says how. Where it is signed, its body has arrived.
pub(super) struct Delivered {
    pub(super) parts: Parts,
    pub(super) body: Body,
    pub(super) limits: Limits,
}

/// A `tower` service that receives one webhook or callback; axum mounts it with `route_service`. Cloning is cheap.
///
/// | request | response |
/// |---|---|
/// | another method than that of the webhook or of the callback | 405 |
/// | without the header that [`authorization`](Self::authorization) asks for | 401 |
/// | without a header of the signature, with two of them, or with a time too far from now | 401 |
/// | a query that is not percent-encoded UTF-8 | 400, with the name |
/// | a longer body than the limit (1 MiB) | 413 |
/// | a body that takes longer to arrive than 30 seconds ([`body_timeout`](Self::body_timeout)) | 408 |
/// | a signature that was made with none of the secrets | 401 |
/// | the same where a secret is empty or not of its algorithm's form | 500, and the log says so |
/// | without the credentials that the document asks for, or with some that [`authenticated_by`](Self::authenticated_by) does not know | 401 |
/// | a body, or a parameter of a whole operation, that is not what the document says | 400 |
/// | the handler failed, or panicked | 500, and the error is logged, but not the message of a panic |
/// | the handler took longer than 5 minutes ([`handler_timeout`](Self::handler_timeout)) | 500; it is stopped where it stands |
/// | the handler succeeded | 200, or another success that the document has, without a body; of a callback what the handler answers |
///
/// Each response is given before what stands below it is looked at: no byte of a body is read of a sender without the headers.
///
/// A handler runs to its end, also if its sender hangs up before the response: a delivery is a task of the tokio runtime in which the
/// receiver is called, and [`drained`](Self::drained) waits for those that run.
///
/// The signature is verified over the raw bytes, before anything is decoded. Reading is as tolerant as a client's: unknown keys and
/// values of open enums are no errors, and the media type is not looked at, so that no notice of a payment is lost over them.
///
/// A webhook may come twice, and in another order than its causes; see [`Deliveries`](super::Deliveries).
///
/// ```
/// use specie_runtime::Json;
/// use specie_runtime::webhook::{Receiver, SignatureAlgorithm, WebhookSpec};
///
/// const SPEC: WebhookSpec = WebhookSpec::new("payoutInvoice")
///     .signature("X-Signature", SignatureAlgorithm::Base64Sha1SecretBodySecret);
///
/// let receiver = Receiver::new(SPEC, ["sk_live", "sk_test"], |callback: Json| async move {
///     callback.at("/data/id").map(drop).ok_or("there is no id") // an error: delivered again
/// });
/// let app: axum::Router = axum::Router::new().route_service("/payouts", receiver);
/// # drop(app);
/// ```
#[derive(Clone)]
pub struct Receiver {
    inner: Arc<Inner>,
    /// What the `Authorization` header may be; `None`: it is not looked at.
    authorization: Option<Arc<[Secret<String>]>>,
    /// What verifies credentials; `None`: none of those that the document asks for are right.
    verify: Option<Arc<Verify>>,
    limits: Limits,
    clock: Arc<Clock>,
}

struct Inner {
    spec: WebhookSpec,
    /// `None`: no request can have it.
    method: Option<Method>,
    secrets: Vec<Secret<String>>,
    handle: Box<Handle>,
    handlers: Handlers,
    #[cfg(feature = "metrics")]
    metrics: crate::metrics::ServerMetrics,
}

impl Receiver {
    /// A receiver of a webhook whose sender is not proven: anyone who knows its address can post to it. Where the API can be told to
    /// send an `Authorization` header, add [`authorization`](Self::authorization), and ask the API before money moves on its word.
    pub fn unsigned<P, H, F, E>(spec: WebhookSpec, handler: H) -> Self
    where
        P: DeserializeOwned,
        H: Fn(P) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::new(spec, std::iter::empty::<Secret<String>>(), handler)
    }

    /// A receiver that takes what was signed with any of these secrets (live and test, or an old and a new one). Without a secret it
    /// takes nothing, unless the document has no signature for the webhook.
    pub fn new<P, H, F, E>(
        spec: WebhookSpec,
        secrets: impl IntoIterator<Item = impl Into<Secret<String>>>,
        handler: H,
    ) -> Self
    where
        P: DeserializeOwned,
        H: Fn(P) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let handler = Arc::new(handler);
        let acknowledgement = spec.acknowledged_by.first().copied().unwrap_or(200);
        let handle = move |delivered: Delivered| -> HandlerFuture<'static> {
            let handler = Arc::clone(&handler);
            Box::pin(async move {
                let limits = delivered.limits;
                let body = body::read(delivered.body, limits).await?;
                let handling = handler(object_reader::whole(&body)?);
                let limit = limits.handler_timeout;
                let outcome = within(limit, handling).await.ok_or_else(|| Rejection::overdue(limit))?;
                outcome.map(|()| ServerResponse::empty(acknowledgement)).map_err(Rejection::internal)
            })
        };
        let secrets = secrets.into_iter().map(Into::into).collect();
        Self::of(spec, Method::from_bytes(spec.method.as_bytes()).ok(), secrets, Box::new(handle))
    }

    pub(super) fn of(
        spec: WebhookSpec,
        method: Option<Method>,
        secrets: Vec<Secret<String>>,
        handle: Box<Handle>,
    ) -> Self {
        let inner = Inner {
            spec,
            method,
            secrets,
            handle,
            handlers: Handlers::default(),
            #[cfg(feature = "metrics")]
            metrics: crate::metrics::ServerMetrics::new(),
        };
        Self {
            inner: Arc::new(inner),
            authorization: None,
            verify: None,
            limits: Limits::default(),
            clock: Arc::new(SystemTime::now),
        }
    }

    /// Takes only requests whose `Authorization` header is one of these texts, scheme included (`Bearer 3f9c…`), compared in
    /// constant time. For an API that lets its user choose such a header, and no substitute for a signature: it proves who sent a
    /// request to someone who can trust the way it came, and says nothing of the body. An empty text is never right.
    #[must_use]
    pub fn authorization(mut self, values: impl IntoIterator<Item = impl Into<Secret<String>>>) -> Self {
        self.authorization = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Sets what verifies the credentials that the document asks for: those of the first alternative that the request has all of. A
    /// request with none of the alternatives, or for which it gives `false`, is answered with 401. It is not asked where the document
    /// allows a request without credentials and there are none. Without it, no credential is right.
    ///
    /// ```
    /// use specie_runtime::webhook::{Receiver, WebhookSpec};
    /// use specie_runtime::{Json, SchemeKind, SchemeSpec, Secret};
    ///
    /// const SPEC: WebhookSpec = WebhookSpec::new("payoutInvoice")
    ///     .security(&[SchemeSpec { key: "key", kind: SchemeKind::ApiKeyHeader("X-Key") }], &[&["key"]]);
    ///
    /// let key = Secret::from("3f9c");
    /// let receiver = Receiver::unsigned(SPEC, |_: Json| async { Ok::<(), String>(()) })
    ///     .authenticated_by(move |presented| presented.iter().all(|one| one.is_token(&key)));
    /// # drop(receiver);
    /// ```
    #[must_use]
    pub fn authenticated_by(mut self, verify: impl Fn(&[Credential]) -> bool + Send + Sync + 'static) -> Self {
        self.verify = Some(Arc::new(verify));
        self
    }

    /// Sets what tells the time, by which times of signatures are judged: for tests with recorded requests.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Sets how many bytes of a body are read at most, by default 1 MiB; a longer one is answered with 413.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Sets how long a body may take to arrive, by default 30 seconds; one that takes longer is answered with 408.
    #[must_use]
    pub fn body_timeout(mut self, time: Duration) -> Self {
        self.limits.body_timeout = time;
        self
    }

    /// Sets how long the handler may run, by default 5 minutes. One that takes longer is stopped and answered with 500, so that the
    /// webhook comes again.
    #[must_use]
    pub fn handler_timeout(mut self, time: Duration) -> Self {
        self.limits.handler_timeout = time;
        self
    }

    /// Completes when no delivery is being handled, by this receiver or a clone: what a shutdown waits for after the last connection
    /// was accepted, because handlers go on when their connections are closed.
    ///
    /// ```no_run
    /// # async fn serve(listener: tokio::net::TcpListener, receiver: specie_runtime::webhook::Receiver) -> std::io::Result<()> {
    /// # let asked_to_stop = std::future::pending();
    /// let app = axum::Router::new().route_service("/payouts", receiver.clone());
    /// axum::serve(listener, app).with_graceful_shutdown(asked_to_stop).await?;
    /// receiver.drained().await;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn drained(&self) -> Drained {
        self.inner.handlers.drained()
    }

    async fn receive(self, request: Request<Body>) -> Result<ServerResponse, Rejection> {
        if self.inner.method.as_ref() != Some(request.method()) {
            return Err(Rejection::method_not_allowed(self.inner.method.iter().cloned().collect()));
        }
        let (mut parts, mut body) = request.into_parts();
        credentials::mark_sensitive(self.inner.spec.schemes, &mut parts.headers);
        self.admit(&parts.headers)?;
        let signature = self.inner.signature(&parts.headers, (self.clock)())?;
        let query = parts.uri.query().unwrap_or_default();
        query::check(query).map_err(|pair| Rejection::malformed(Source::Query, &pair))?;
        if signature.is_some() {
            let whole = body::read(body, self.limits).await?;
            self.inner.verify(signature, &whole)?;
            body = whole.into();
        }
        self.authenticate(&parts.headers, query)?;
        (self.inner.handle)(Delivered { parts, body, limits: self.limits }).await
    }

    /// Looks at the `Authorization` header.
    fn admit(&self, headers: &HeaderMap) -> Result<(), Rejection> {
        let Some(allowed) = &self.authorization else {
            return Ok(());
        };
        let given = only(headers, AUTHORIZATION.as_str()).unwrap_or_default();
        // Every one is compared, so that the time does not tell which of them it was.
        let found = allowed.iter().fold(false, |found, allowed| found | (allowed.matches(given) & !given.is_empty()));
        if found {
            Ok(())
        } else {
            Err(Rejection::unauthorized("the Authorization header is not one that was agreed on"))
        }
    }

    /// Looks at the credentials that the document asks for.
    fn authenticate(&self, headers: &HeaderMap, query: &str) -> Result<(), Rejection> {
        let spec = &self.inner.spec;
        let (_, presented) = credentials::present(spec.schemes, spec.security, headers, query)?;
        if presented.is_empty() || self.verify.as_ref().is_some_and(|verify| verify(&presented)) {
            return Ok(());
        }
        Err(Rejection::unauthorized("the credentials are not known"))
    }

    fn respond(&self, outcome: Result<ServerResponse, Rejection>) -> ServerResponse {
        let rejection = match outcome {
            Ok(response) if response.status() == 401 => {
                return response.with_required_headers(None, &self.inner.challenges());
            }
            Ok(response) => return response,
            Err(rejection) => rejection,
        };
        rejection.log(Some(self.inner.spec.id));
        rejection.to_problem().with_required_headers(Some(&rejection), &self.inner.challenges())
    }
}

impl Inner {
    /// What a 401 asks for, which must name something; there is no registered challenge for signatures of this kind.
    fn challenges(&self) -> Vec<String> {
        let of_credentials = credentials::challenges(self.spec.id, self.spec.schemes, self.spec.security);
        match self.spec.signature {
            Some(_) => std::iter::once("Signature".to_owned()).chain(of_credentials).collect(),
            None if of_credentials.is_empty() => vec!["Bearer".to_owned()],
            None => of_credentials,
        }
    }

    /// What the headers say of the signature, and how it is verified; `None` where the document has none.
    fn signature(
        &self,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Result<Option<(SignatureAlgorithm, Presented)>, Rejection> {
        let Some((header, algorithm)) = self.spec.signature else {
            return Ok(None);
        };
        let presented = algorithm.present(header, headers, now);
        presented.map(|presented| Some((algorithm, presented))).map_err(Rejection::unauthorized)
    }

    fn verify(&self, signature: Option<(SignatureAlgorithm, Presented)>, body: &[u8]) -> Result<(), Rejection> {
        let Some((algorithm, presented)) = signature else { return Ok(()) };
        if algorithm.verify(&self.secrets, &presented, body) {
            return Ok(());
        }
        // Whether the sender is to blame cannot be said where one of the secrets verifies nothing.
        if self.secrets.iter().any(|secret| !algorithm.takes(secret)) {
            return Err(Rejection::internal(SECRET_FORM));
        }
        Err(Rejection::unauthorized("the signature was not made with a known secret"))
    }
}

impl<B> Service<Request<B>> for Receiver
where
    B: http_body::Body + Send + 'static,
    B::Error: fmt::Display,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Responding;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Responding {
        let receiver = self.clone();
        let request = request.map(body::arriving);
        let request_id = request_id::given(request.headers());
        let span = trace::receiving(receiver.inner.spec.id, request.method(), request_id);
        #[cfg(feature = "traceparent")]
        crate::trace_context::receive(&span, request.headers());
        #[cfg(feature = "metrics")]
        let answered = {
            let mut answered = crate::metrics::Answered::now(known(request.method()), request.uri().scheme_str());
            answered.received(receiver.inner.spec.id);
            answered
        };
        let is_head = request.method() == Method::HEAD;
        Box::pin(async move {
            let work = Box::pin(receiver.clone().receive(request));
            let mut response =
                task::run(&receiver.inner.handlers, &span, work, |outcome| receiver.respond(outcome)).await;
            #[cfg(feature = "metrics")]
            receiver.inner.metrics.request(answered, response.status());
            if is_head || response.is_bodiless() {
                response = response.without_body();
            }
            Ok(response.into())
        })
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("webhook", &self.inner.spec.id).finish_non_exhaustive()
    }
}
