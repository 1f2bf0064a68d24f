//! The sending side: signs a payload and sends it to its receiver.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::{Request, Response, Uri};
use serde::Serialize;
use tracing::Instrument;

use super::trace::{self, Sending};
use super::{BoxError, MessageStamp, WebhookSpec};
use crate::body::Body;
use crate::client::request::base_url;
use crate::client::transport::environment::random_key;
use crate::client::transport::read_whole;
use crate::client::transport::timer::within;
use crate::client::{BuildError, Environment, Http, Options, Transport, TransportError};
use crate::secret::Secret;

/// Signs webhooks and sends them, once each: what is to come again, and when, is the server's own decision, which a process that ends
/// must not forget.
///
/// ```
/// use specie_runtime::webhook::{Receiver, Sender, SignatureAlgorithm, WebhookSpec};
/// use specie_runtime::{InProcess, Json};
///
/// const SPEC: WebhookSpec = WebhookSpec::new("payoutInvoice")
///     .signature("X-Signature", SignatureAlgorithm::Base64Sha1SecretBodySecret);
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let receiver = Receiver::new(SPEC, ["sk_test"], |_: Json| async { Ok::<(), String>(()) });
/// let sender = Sender::over(InProcess::new(receiver)).secret("sk_test");
/// sender.send(&SPEC, "https://shop.example.com/payouts", &["processed"]).await?;
///
/// let error = sender.secret("sk_other").send(&SPEC, "https://shop.example.com/payouts", &["processed"]).await.unwrap_err();
/// assert_eq!(error.status(), Some(401));
/// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
/// # }).unwrap();
/// ```
///
/// # Where it sends to
///
/// Addresses come from outside. Plain `http` is refused except to loopback, redirects are not followed, and the response is read up to
/// 64 KiB and not looked at. An address can still lead into the sender's own network: where strangers choose addresses, send through
/// a transport or proxy that keeps to the outside.
#[derive(Clone)]
#[must_use]
pub struct Sender {
    transport: Arc<dyn Transport>,
    environment: Arc<dyn Environment>,
    timeout: Duration,
    plain_http: bool,
    user_agent: String,
    secret: Option<Secret<String>>,
    message_id: Option<String>,
    authorization: Option<Secret<String>>,
    /// Headers that carry other credentials.
    credentials: Vec<(String, Secret<String>)>,
    #[cfg(feature = "metrics")]
    metrics: crate::metrics::ClientMetrics,
}

/// The most bytes of a response that are read; receivers answer with next to none.
const RESPONSE_LIMIT: usize = 64 << 10;

impl Sender {
    /// A sender with the built-in transport; takes from the options how long to connect and to wait, the user agent, and whether
    /// plain `http` is allowed.
    pub fn new(options: &Options) -> Result<Self, BuildError> {
        let transport = Arc::new(Http::new(options)?);
        Ok(Self::with(transport, options))
    }

    /// A sender over any transport, an in-process receiver for one.
    pub fn over(transport: impl Transport) -> Self {
        Self::with(Arc::new(transport), &Options::new())
    }

    pub(super) fn with(transport: Arc<dyn Transport>, options: &Options) -> Self {
        let library = concat!("specie-runtime/", env!("CARGO_PKG_VERSION"));
        Self {
            transport,
            environment: Arc::clone(&options.environment),
            timeout: options.attempt_timeout,
            plain_http: options.plain_http,
            user_agent: options.user_agent.clone().unwrap_or_else(|| library.to_owned()),
            secret: None,
            message_id: None,
            authorization: None,
            credentials: Vec::new(),
            #[cfg(feature = "metrics")]
            metrics: crate::metrics::ClientMetrics::new(),
        }
    }

    /// Sets the secret to sign with.
    pub fn secret(mut self, secret: impl Into<Secret<String>>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sets the id of every message that this sender sends from now on, where its signature covers one: a message that is sent again
    /// keeps the id by which its receiver knows that it came before. Use a clone of the sender for one message. Without an id, each
    /// [`send`](Self::send) draws a new one.
    pub fn message_id(mut self, id: impl Into<String>) -> Self {
        self.message_id = Some(id.into());
        self
    }

    /// Sets the `Authorization` header that the receiver asks for, scheme included.
    pub fn authorization(mut self, value: impl Into<Secret<String>>) -> Self {
        self.authorization = Some(value.into());
        self
    }

    /// Sets another header that the receiver asks for as a credential, such as an API key. A name or a value that no header can have makes
    /// every request unsendable.
    pub fn credential(mut self, header: impl Into<String>, value: impl Into<Secret<String>>) -> Self {
        self.credentials.push((header.into(), value.into()));
        self
    }

    /// How long a delivery may take, to the last byte of the response; 30 seconds unless the options say otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sends a payload; `Ok` means that it was acknowledged, by 200 or another success that the document has, and need not be sent again.
    pub async fn send<T: Serialize + ?Sized>(
        &self,
        spec: &WebhookSpec,
        url: &str,
        payload: &T,
    ) -> Result<(), SendError> {
        let request = self.request(spec, url, payload)?;
        let sending = self.sending(spec, spec.method);
        let delivered = self.deliver(spec, request).instrument(sending.span.clone()).await;
        let status = delivered.as_ref().map_or_else(SendError::status, |status| Some(*status));
        sending.ended(status, delivered.is_ok());
        delivered.map(drop)
    }

    /// What is told of a request that is sent now.
    #[cfg_attr(
        not(feature = "metrics"),
        expect(clippy::unused_self, reason = "only its metrics are read of the sender")
    )]
    pub(super) fn sending(&self, spec: &WebhookSpec, method: &'static str) -> Sending {
        Sending {
            span: trace::sending(spec.id, method),
            #[cfg(feature = "metrics")]
            measured: (
                self.metrics.clone(),
                crate::metrics::Sent::to_receiver(spec.id, method),
                std::time::Instant::now(),
            ),
        }
    }

    fn request<T: Serialize + ?Sized>(
        &self,
        spec: &WebhookSpec,
        url: &str,
        payload: &T,
    ) -> Result<Request<Bytes>, SendError> {
        let uri = self.uri(url).map_err(SendError::Unsendable)?;
        let stamp = self.stamp().map_err(SendError::Unsendable)?;
        let request = spec.stamped_request(uri, self.secret.as_ref(), payload, &stamp);
        let mut request = request.map_err(SendError::Unsendable)?;
        self.add_headers(request.headers_mut()).map_err(SendError::Unsendable)?;
        Ok(request)
    }

    /// An address that requests may go to.
    pub(super) fn uri(&self, url: &str) -> Result<Uri, BoxError> {
        let url = base_url::check("url", url, self.plain_http).map_err(|error| error.reason().to_owned())?;
        Ok(Uri::try_from(url.as_str())?)
    }

    /// The id and the time of a message that is sent now.
    pub(super) fn stamp(&self) -> Result<MessageStamp, BoxError> {
        let id = match &self.message_id {
            Some(id) => id.clone(),
            None => random_key(&*self.environment)?,
        };
        Ok(MessageStamp::new(id, self.environment.wall_clock()))
    }

    /// Adds the headers of the signature of a body, where the document asks for it.
    pub(super) fn sign(&self, spec: &WebhookSpec, headers: &mut HeaderMap, body: &[u8]) -> Result<(), BoxError> {
        let stamp = self.stamp()?;
        spec.sign(headers, self.secret.as_ref(), &stamp, body)
    }

    /// Adds the headers that every request of this sender has.
    pub(super) fn add_headers(&self, headers: &mut HeaderMap) -> Result<(), BoxError> {
        headers.insert(USER_AGENT, HeaderValue::try_from(&self.user_agent)?);
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, sensitive(authorization)?);
        }
        for (name, value) in &self.credentials {
            headers.insert(HeaderName::try_from(name)?, sensitive(value)?);
        }
        Ok(())
    }

    /// Gives the status that acknowledged it. Not generic: compiled once.
    async fn deliver(&self, spec: &WebhookSpec, request: Request<Bytes>) -> Result<u16, SendError> {
        let response = self.exchange(request.map(Into::into)).await.map(|response| response.status().as_u16());
        match response {
            Ok(status) if spec.is_acknowledged_by(status) => Ok(status),
            Ok(status) => Err(SendError::Refused(status)),
            Err(error) => Err(SendError::Transport(error)),
        }
    }

    /// Sends a request, and reads its response whole.
    pub(super) async fn exchange(&self, request: Request<Body>) -> Result<Response<Bytes>, TransportError> {
        #[cfg(feature = "traceparent")]
        let request = crate::trace_context::sent_with(request);
        let sending = async {
            let response = self.transport.send(request).await?;
            read_whole(response, RESPONSE_LIMIT).await
        };
        let response = within(&*self.environment, self.timeout, sending).await;
        response.unwrap_or_else(|| Err(TransportError::timeout("no complete response in time")))
    }
}

/// A header that nothing prints.
fn sensitive(secret: &Secret<String>) -> Result<HeaderValue, BoxError> {
    let mut value = HeaderValue::try_from(secret.expose())?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

/// Why a webhook was not acknowledged. Its text names no address, no secret and nothing of the payload, and its `Debug` form shows no more.
#[non_exhaustive]
pub enum SendError {
    /// It was answered with a status that does not acknowledge it: send it again later.
    Refused(u16),
    /// There was no complete response; whether it was handled is not known. Send it again later.
    Transport(TransportError),
    /// It could not be signed or addressed; sending it again changes nothing.
    Unsendable(BoxError),
}

impl SendError {
    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(status) => Some(*status),
            Self::Transport(error) => error.status().map(|status| status.as_u16()),
            Self::Unsendable(_) => None,
        }
    }
}

impl fmt::Debug for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(status) => f.debug_tuple("Refused").field(status).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Unsendable(error) => write!(f, "Unsendable({:?})", error.to_string()),
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(status) => write!(f, "the webhook was answered with {status}"),
            Self::Transport(error) => write!(f, "the webhook was not answered: {error}"),
            Self::Unsendable(error) => write!(f, "the webhook cannot be sent: {error}"),
        }
    }
}

impl StdError for SendError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Refused(_) | Self::Unsendable(_) => None,
        }
    }
}
