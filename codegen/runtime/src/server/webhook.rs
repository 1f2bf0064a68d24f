//! Webhooks: receiving what an API sends to its users, and sending it.
//!
//! A generated crate has a function per webhook that makes a [`Receiver`] of secrets and a handler. The receiver answers what its
//! sender understands: 200 when the handler has done its work, 500 when it failed, so that the webhook is delivered again.

mod signature;

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, WWW_AUTHENTICATE};
use http::{Method, Request, Response, Uri};
use http_body::Body;
use http_body_util::Full;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_service::Service;
use tracing::Instrument;

pub use signature::SignatureAlgorithm;

use super::rejection::{Rejection, RejectionKind};
use super::reply::Reply;
use super::service::{DEFAULT_BODY_LIMIT, Responding};
use super::{body, object};
use crate::secret::Secret;

/// Any error; what a handler fails with becomes one.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Decodes a body and starts the handler.
type Handle = dyn Fn(&[u8]) -> Result<Handling, Rejection> + Send + Sync;
type Handling = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;

/// The facts of the document about one webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookSpec {
    /// Its `operationId`, or its key.
    pub id: &'static str,
    /// The header that carries the signature, and how it is made; `None`: its sender is not proven.
    pub signature: Option<(&'static str, SignatureAlgorithm)>,
}

impl WebhookSpec {
    /// A webhook whose sender is not proven.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            signature: None,
        }
    }

    /// Sets the header that carries the signature, and how it is made.
    #[must_use]
    pub const fn signature(mut self, header: &'static str, algorithm: SignatureAlgorithm) -> Self {
        self.signature = Some((header, algorithm));
        self
    }

    /// The request that delivers a payload, signed where the document asks for it: for servers, and for tests of receivers.
    /// A secret that is missing is an error, one that is not needed is not used.
    ///
    /// ```
    /// use specie_runtime::Secret;
    /// use specie_runtime::server::webhook::{SignatureAlgorithm, WebhookSpec};
    ///
    /// const SPEC: WebhookSpec = WebhookSpec::new("payoutInvoice")
    ///     .signature("X-Signature", SignatureAlgorithm::Base64Sha1SecretBodySecret);
    ///
    /// let uri = "https://shop.example.com/payouts".parse()?;
    /// let request = SPEC.request(uri, Some(&Secret::from("sk_test")), &["processed"])?;
    /// assert_eq!(request.headers()["x-signature"], "5AVvIvyN/Kt3SYiOCiq3KdMWzAs=");
    /// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
    /// ```
    pub fn request<T: Serialize + ?Sized>(
        &self,
        uri: Uri,
        secret: Option<&Secret<String>>,
        payload: &T,
    ) -> Result<Request<Bytes>, BoxError> {
        let body = serde_json::to_vec(payload)?;
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some((header, algorithm)) = self.signature {
            let secret = secret.ok_or("the webhook is signed, and there is no secret")?;
            let signature = HeaderValue::try_from(algorithm.sign(secret, &body))?;
            headers.insert(HeaderName::try_from(header)?, signature);
        }
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

/// A `tower` service that receives one webhook; axum mounts it with `route_service`. Cloning is cheap.
///
/// | request | answer |
/// |---|---|
/// | another method than POST | 405 |
/// | a longer body than the limit (1 MiB) | 413 |
/// | a signature that is missing, or was made with none of the secrets | 401 |
/// | a body that is not what the document says | 400 |
/// | the handler failed | 500, and the error is logged |
/// | the handler succeeded | 200, without a body |
///
/// The signature is verified over the raw bytes, before anything is decoded. Reading is as tolerant as a client's: unknown keys and
/// values of open enums are no errors, and the media type is not looked at, so that no notice of a payment is lost over them.
///
/// A webhook may come twice, and in another order than its causes.
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
/// # drop(receiver);
/// ```
#[derive(Clone)]
pub struct Receiver {
    shared: Arc<Shared>,
    body_limit: usize,
}

struct Shared {
    spec: WebhookSpec,
    secrets: Vec<Secret<String>>,
    handle: Box<Handle>,
}

impl Receiver {
    /// A receiver of a webhook whose sender is not proven.
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
        Self {
            shared: Arc::new(Shared {
                spec,
                secrets,
                handle,
            }),
            body_limit: DEFAULT_BODY_LIMIT,
        }
    }

    /// Sets how many bytes of a body are read at most, by default 1 MiB; a longer one is answered with 413.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }
}

impl Shared {
    async fn receive<B>(&self, request: Request<B>, limit: usize) -> Result<(), Rejection>
    where
        B: Body,
        B::Error: fmt::Display,
    {
        if request.method() != Method::POST {
            return Err(Rejection::method_not_allowed(vec![Method::POST]));
        }
        let (parts, body) = request.into_parts();
        let body = body::read(body, limit).await?;
        self.verify(&parts.headers, &body)?;
        let handling = (self.handle)(&body)?;
        handling.await.map_err(Rejection::internal)
    }

    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), Rejection> {
        let Some((header, algorithm)) = self.spec.signature else {
            return Ok(());
        };
        let mut values = headers.get_all(header).iter();
        let signature = match (values.next(), values.next()) {
            (Some(only), None) => only.to_str().ok(),
            _ => None,
        };
        if signature.is_some_and(|signature| algorithm.verify(&self.secrets, body, signature)) {
            return Ok(());
        }
        Err(Rejection::unauthorized(
            "the signature was not made with a known secret",
        ))
    }

    fn answer(&self, received: Result<(), Rejection>) -> Reply {
        let Err(rejection) = received else {
            return Reply::empty(200);
        };
        rejection.log(Some(self.spec.id));
        let mut reply = rejection.to_problem();
        match rejection.kind() {
            RejectionKind::MethodNotAllowed => reply.default_header(ALLOW, "POST"),
            // A 401 must name a challenge; there is no registered one for signatures of this kind.
            RejectionKind::Unauthorized => reply.default_header(WWW_AUTHENTICATE, "Signature"),
            _ => {}
        }
        reply
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
        let Self { shared, body_limit } = self.clone();
        let span = tracing::info_span!("webhook", "otel.kind" = "server", id = shared.spec.id);
        let receiving = async move {
            let received = shared.receive(request, body_limit).await;
            Ok(shared.answer(received).into())
        };
        Box::pin(receiving.instrument(span))
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("webhook", &self.shared.spec.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::SignatureAlgorithm::Base64Sha1SecretBodySecret;
    use super::*;

    const SPEC: WebhookSpec =
        WebhookSpec::new("payoutInvoice").signature("X-Signature", Base64Sha1SecretBodySecret);

    #[derive(serde::Deserialize)]
    struct Callback {
        id: u32,
    }

    fn secret() -> Secret<String> {
        Secret::from("sk_test")
    }

    fn receiver(handled: &Arc<AtomicUsize>) -> Receiver {
        let handled = Arc::clone(handled);
        Receiver::new(
            SPEC,
            ["sk_live".into(), secret()],
            move |callback: Callback| {
                handled.fetch_add(1, Ordering::Relaxed);
                async move {
                    if callback.id == 0 {
                        Err("the ledger is closed")
                    } else {
                        Ok(())
                    }
                }
            },
        )
        .body_limit(100)
    }

    fn delivery(secret: &Secret<String>, payload: &serde_json::Value) -> Request<Full<Bytes>> {
        let uri = Uri::from_static("https://shop.example.com/payouts");
        SPEC.request(uri, Some(secret), payload)
            .unwrap()
            .map(Full::new)
    }

    #[tokio::test]
    async fn a_webhook_is_answered_as_its_sender_understands() {
        let handled = Arc::new(AtomicUsize::new(0));
        let good = serde_json::json!({"id": 1, "new": "key"});
        let mut tampered = delivery(&secret(), &good);
        *tampered.body_mut() = Full::from(r#"{"id":2,"new":"key"}"#);
        let mut doubled = delivery(&secret(), &good);
        let signature = doubled.headers()["x-signature"].clone();
        doubled.headers_mut().append("x-signature", signature);
        let mut unsigned = delivery(&secret(), &good);
        unsigned.headers_mut().clear();
        let mut read = delivery(&secret(), &good);
        *read.method_mut() = Method::GET;
        let long = serde_json::json!({"id": 1, "new": "x".repeat(100)});
        let rows = [
            (delivery(&secret(), &good), 200, 1),
            (delivery(&Secret::from("sk_live"), &good), 200, 1),
            (delivery(&secret(), &serde_json::json!({"id": 0})), 500, 1),
            (
                delivery(&secret(), &serde_json::json!({"id": "4111"})),
                400,
                0,
            ),
            (delivery(&Secret::from("sk_other"), &good), 401, 0),
            (tampered, 401, 0),
            (doubled, 401, 0),
            (unsigned, 401, 0),
            (read, 405, 0),
            (delivery(&secret(), &long), 413, 0),
        ];
        for (request, status, count) in rows {
            handled.store(0, Ordering::Relaxed);
            let response = receiver(&handled).call(request).await.unwrap();
            assert_eq!(response.status(), status);
            assert_eq!(handled.load(Ordering::Relaxed), count, "{status}");
        }
    }

    #[tokio::test]
    async fn a_webhook_without_signature_needs_no_secret() {
        let handler = |_: Callback| async { Ok::<(), Infallible>(()) };
        let mut receiver = Receiver::unsigned(WebhookSpec::new("transaction"), handler);
        let request = delivery(&secret(), &serde_json::json!({"id": 1}));
        assert_eq!(receiver.call(request).await.unwrap().status(), 200);
    }
}
