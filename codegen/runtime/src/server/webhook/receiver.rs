//! The receiving side: a `tower` service around a handler.

use std::convert::Infallible;
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{ALLOW, AUTHORIZATION, HeaderMap, WWW_AUTHENTICATE};
use http::{Method, Request, Response};
use http_body::Body;
use http_body_util::Full;
use serde::de::DeserializeOwned;
use tower_service::Service;
use tracing::Instrument;

use super::{BoxError, WebhookSpec};
use crate::secret::Secret;
use crate::server::rejection::{Rejection, RejectionKind};
use crate::server::reply::Reply;
use crate::server::service::{DEFAULT_BODY_LIMIT, Responding};
use crate::server::{body, context, object, trace};

/// Decodes a body and starts the handler.
type Handle = dyn Fn(&[u8]) -> Result<Handling, Rejection> + Send + Sync;
type Handling = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;

/// A `tower` service that receives one webhook; axum mounts it with `route_service`. Cloning is cheap.
///
/// | request | answer |
/// |---|---|
/// | another method than POST | 405 |
/// | a longer body than the limit (1 MiB) | 413 |
/// | a signature that is missing, or was made with none of the secrets | 401 |
/// | without the header that [`authorization`](Self::authorization) asks for | 401 |
/// | a body that is not what the document says | 400 |
/// | the handler failed, or panicked | 500, and the error is logged, but not the message of a panic |
/// | the handler succeeded | 200, without a body |
///
/// The signature is verified over the raw bytes, before anything is decoded. Reading is as tolerant as a client's: unknown keys and
/// values of open enums are no errors, and the media type is not looked at, so that no notice of a payment is lost over them.
///
/// A webhook may come twice, and in another order than its causes; see [`Deliveries`](super::Deliveries).
///
/// ```
/// use specie_runtime::Json;
/// use specie_runtime::server::webhook::{Receiver, SignatureAlgorithm, WebhookSpec};
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
    shared: Arc<Shared>,
    /// What the `Authorization` header may be; `None`: it is not looked at.
    authorization: Option<Arc<[Secret<String>]>>,
    body_limit: usize,
}

struct Shared {
    spec: WebhookSpec,
    secrets: Vec<Secret<String>>,
    handle: Box<Handle>,
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
        let handle = move |body: &[u8]| -> Result<Handling, Rejection> {
            let handling = handler(object::whole(body)?);
            Ok(Box::pin(async move { handling.await.map_err(Into::into) }))
        };
        let secrets = secrets.into_iter().map(Into::into).collect();
        let handle = Box::new(handle);
        Self { shared: Arc::new(Shared { spec, secrets, handle }), authorization: None, body_limit: DEFAULT_BODY_LIMIT }
    }

    /// Takes only requests whose `Authorization` header is one of these texts, scheme included (`Bearer 3f9c…`), compared in
    /// constant time. For an API that lets its user choose such a header, and no substitute for a signature: it proves who sent a
    /// request to someone who can trust the way it came, and says nothing of the body. An empty text is never right.
    #[must_use]
    pub fn authorization(mut self, values: impl IntoIterator<Item = impl Into<Secret<String>>>) -> Self {
        self.authorization = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Sets how many bytes of a body are read at most, by default 1 MiB; a longer one is answered with 413.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    async fn receive<B>(&self, request: Request<B>) -> Result<(), Rejection>
    where
        B: Body,
        B::Error: fmt::Display,
    {
        if request.method() != Method::POST {
            return Err(Rejection::method_not_allowed(vec![Method::POST]));
        }
        let (parts, body) = request.into_parts();
        self.admit(&parts.headers)?;
        let body = body::read(body, self.body_limit).await?;
        self.shared.verify(&parts.headers, &body)?;
        let mut handling = caught(|| (self.shared.handle)(&body))??;
        poll_fn(|context| match caught(|| handling.as_mut().poll(context)) {
            Ok(polled) => polled.map_err(Rejection::internal),
            Err(panicked) => Poll::Ready(Err(panicked)),
        })
        .await
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

    fn answer(&self, outcome: Result<(), Rejection>) -> Reply {
        let Err(rejection) = outcome else {
            return Reply::empty(200);
        };
        rejection.log(Some(self.shared.spec.id));
        let mut reply = rejection.to_problem();
        match rejection.kind() {
            RejectionKind::MethodNotAllowed => reply.default_header(ALLOW, "POST"),
            // A 401 must name a challenge; there is no registered one for signatures of this kind.
            RejectionKind::Unauthorized if self.shared.spec.signature.is_some() => {
                reply.default_header(WWW_AUTHENTICATE, "Signature");
            }
            RejectionKind::Unauthorized => reply.default_header(WWW_AUTHENTICATE, "Bearer"),
            _ => {}
        }
        reply
    }
}

impl Shared {
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), Rejection> {
        let Some((header, algorithm)) = self.spec.signature else {
            return Ok(());
        };
        let signature = only(headers, header);
        if signature.is_some_and(|signature| algorithm.verify(&self.secrets, body, signature)) {
            return Ok(());
        }
        Err(Rejection::unauthorized("the signature was not made with a known secret"))
    }
}

/// Runs a part of the handler. One that panics has not done its work: without an answer, whether the webhook comes again would be left
/// to what its sender makes of a closed connection. The message of the panic is not looked at, because it may hold the payload.
fn caught<R>(run: impl FnOnce() -> R) -> Result<R, Rejection> {
    // What is left of it is dropped, and not used again.
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| Rejection::internal("the handler panicked"))
}

/// A header that stands once; of two, nobody can say which one was meant.
fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(only), None) => only.to_str().ok(),
        _ => None,
    }
}

impl<B> Service<Request<B>> for Receiver
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: fmt::Display,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Responding;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Responding {
        let receiver = self.clone();
        let request_id = context::request_id(request.headers());
        let span = trace::webhook(receiver.shared.spec.id, request.method(), request_id);
        Box::pin(async move {
            let outcome = receiver.receive(request).instrument(span.clone()).await;
            let reply = span.in_scope(|| receiver.answer(outcome));
            trace::answered(&span, reply.status());
            Ok(reply.into())
        })
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("webhook", &self.shared.spec.id).finish_non_exhaustive()
    }
}
