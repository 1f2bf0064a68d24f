//! The transport: takes the bytes of a request and returns the bytes of its response.

pub(crate) mod environment;
pub(super) mod scripted;
pub(crate) mod timer;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};

use crate::body::{Body, BodyError, BodyErrorKind};
use crate::operation::Status;

/// Marks a request that creates or moves something, as an extension of the [`Request`]: it goes out on a connection of its own.
///
/// On a connection that was used before, a response can be there that belongs to another request, and a server that closes idle
/// connections may do so at the moment at which the request is written, so that nobody knows what became of it. A transport that
/// ignores the mark still works; its responses are held against the request, and its idle connections leave outcomes open.
///
/// ```
/// use http::Request;
/// use specie_runtime::client::FreshConnection;
///
/// fn may_reuse_a_connection<B>(request: &Request<B>) -> bool {
///     request.extensions().get::<FreshConnection>().is_none()
/// }
/// # assert!(may_reuse_a_connection(&Request::new(())));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreshConnection;

/// A boxed future, as object-safe traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Takes one request to a server and brings its response back.
///
/// Credentials, retries, timeouts and tracing stand above it, so an implementation sends what it is given, once, and follows no
/// redirect. [`Http`](super::Http) is the one for networks, [`Scripted`](super::Scripted) the one for tests, and `InProcess` puts
/// a server directly behind a client.
///
/// # A layer
///
/// A transport that holds another one is a layer: it sees every attempt of a call, those of retries and lookups too, with the headers and
/// the bytes that are sent, and may count, wait, sign or add headers. Before it hands the request on, nothing was sent, which
/// [`TransportError::not_sent`] says; afterwards it returns what the other one returned. Attempts wait here within their timeout. To sign a
/// body that is a stream, a layer reads it first, with a limit: [`Body::into_bytes`].
///
/// ```
/// use http::{Request, Response};
/// use specie_runtime::Body;
/// use specie_runtime::client::{BoxFuture, Transport, TransportError};
///
/// /// Says with each attempt which program sends it.
/// struct Named<T>(T);
///
/// impl<T: Transport> Transport for Named<T> {
///     fn send(&self, mut request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
///         request.headers_mut().insert("x-program", http::HeaderValue::from_static("shop"));
///         self.0.send(request)
///     }
/// }
/// ```
///
/// # A transport of one's own
///
/// ```
/// use http::{Request, Response};
/// use specie_runtime::Body;
/// use specie_runtime::client::{BoxFuture, Transport, TransportError};
///
/// /// Responses every request with an empty 204.
/// struct Silent;
///
/// impl Transport for Silent {
///     fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
///         Box::pin(async {
///             let mut response = Response::new(Body::empty());
///             *response.status_mut() = http::StatusCode::NO_CONTENT;
///             Ok(response)
///         })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request, whose URI is absolute, and returns the response once its head has arrived; its body is read by the caller, up to
    /// a limit of the caller's. A request with the extension [`FreshConnection`] goes out on a connection that no other request used.
    ///
    /// The future and the body may be dropped at any moment (timeouts do that); the request may then have reached the server.
    ///
    /// A body that is a stream is read no earlier than its connection is there: one that was not read is sent again.
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

/// Reads a whole response, whose body may have up to `limit` bytes.
pub(crate) async fn read_whole(response: Response<Body>, limit: usize) -> Result<Response<Bytes>, TransportError> {
    let (head, body) = response.into_parts();
    match body.into_bytes(limit).await {
        Ok(body) => Ok(Response::from_parts(head, body)),
        Err(error) => Err(TransportError::from(error).after(head.status, head.headers)),
    }
}

/// Why no complete response came.
///
/// Its text and its `Debug` form name neither URL nor header values nor body.
///
/// A transport of one's own says how far the request had come, which decides whether it may be sent again:
///
/// ```
/// use specie_runtime::client::{TransportError, TransportErrorKind};
///
/// let refused = TransportError::not_sent("no connection").because(std::io::Error::from(std::io::ErrorKind::ConnectionRefused));
/// assert_eq!(refused.kind(), TransportErrorKind::NotSent);
/// let broken = TransportError::interrupted("the connection broke");
/// assert_eq!((broken.kind(), broken.status()), (TransportErrorKind::Interrupted, None));
/// ```
pub struct TransportError(Box<Parts>);

struct Parts {
    kind: TransportErrorKind,
    reason: &'static str,
    head: Option<(Status, HeaderMap)>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// How far a request had come when its transport failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Proven not to have reached the server: the request could not be built, or no connection was established.
    NotSent,
    /// The exchange broke off; the request may have reached the server.
    Interrupted,
    /// No complete response within the time allowed; the request may have reached the server.
    Timeout,
    /// The response's body is larger than allowed.
    TooLarge,
}

impl TransportError {
    /// The request did not reach the server. Only for what is proven: a doubt is [`interrupted`](Self::interrupted).
    #[must_use]
    pub fn not_sent(reason: &'static str) -> Self {
        Self::new(TransportErrorKind::NotSent, reason)
    }

    /// The exchange broke off after the request may have reached the server.
    #[must_use]
    pub fn interrupted(reason: &'static str) -> Self {
        Self::new(TransportErrorKind::Interrupted, reason)
    }

    /// There was no complete response in time.
    #[must_use]
    pub fn timeout(reason: &'static str) -> Self {
        Self::new(TransportErrorKind::Timeout, reason)
    }

    /// The response was larger than the limit.
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(TransportErrorKind::TooLarge, "the response is larger than the limit")
    }

    fn new(kind: TransportErrorKind, reason: &'static str) -> Self {
        Self(Box::new(Parts { kind, reason, head: None, source: None }))
    }

    /// Adds the cause. Its text becomes part of the error chain, so it must not name URL, headers or body.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds the response's head, where it had arrived: its status says more than the failure after it.
    #[must_use]
    pub fn after(mut self, status: Status, headers: HeaderMap) -> Self {
        self.0.head = Some((status, headers));
        self
    }

    /// How far the request had come.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// The status of the response, if its head had arrived.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.0.head.as_ref().map(|(status, _)| *status)
    }

    /// The headers of the response, if they had arrived.
    pub(crate) fn headers(&self) -> Option<&HeaderMap> {
        self.0.head.as_ref().map(|(_, headers)| headers)
    }

    /// Takes the headers of the response, if they had arrived.
    pub(crate) fn take_headers(&mut self) -> Option<HeaderMap> {
        self.0.head.as_mut().map(|(_, headers)| std::mem::take(headers))
    }
}

/// The body of a response that was not read to its end.
impl From<BodyError> for TransportError {
    fn from(error: BodyError) -> Self {
        let kind = match error.kind() {
            BodyErrorKind::TooLarge => return Self::too_large(),
            BodyErrorKind::Timeout => TransportErrorKind::Timeout,
            BodyErrorKind::Interrupted | BodyErrorKind::Taken => TransportErrorKind::Interrupted,
        };
        let (reason, source) = error.into_reason();
        Self(Box::new(Parts { kind, reason, head: None, source }))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.reason)?;
        match self.status() {
            Some(status) => write!(f, " (after status {})", status.as_u16()),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.0.kind)
            .field("reason", &self.0.reason)
            .field("status", &self.status())
            .field("source", &self.0.source.as_ref().map(ToString::to_string))
            .finish()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}
