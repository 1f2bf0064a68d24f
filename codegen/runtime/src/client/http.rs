//! The transport for networks, on reqwest.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use reqwest::Url;
use reqwest::redirect::Policy;

use super::base;
use super::build_error::{BuildError, Place};
use super::options::Options;
use super::tls;
use super::transport::{BoxFuture, FreshConnection, Transport, TransportError};

/// Sends over HTTP/1.1 and TLS, with rustls.
///
/// The roots of trust are the system's, or a bundled copy of Mozilla's where the system has none. A proxy is taken from the
/// environment (`HTTPS_PROXY`, `NO_PROXY` …), but for loopback. No redirect is followed and nothing is sent twice: credentials go to no
/// other host, and when to send again is decided where the operation's idempotency is known. Answers are not asked for in compressed
/// form, so the limit of their size is the one of what crosses the network.
///
/// A request that creates or moves something ([`FreshConnection`]) goes out on a new connection that is closed after it: an answer that
/// lies on a used one, or a server that closes it at that moment, would leave open what became of the request. Other requests share
/// connections for up to 4 seconds, and one on which bytes arrive that nobody asked for is closed.
///
/// The libraries below write their own records with `log` and `tracing`. Up to the finest level they name hosts and addresses, but no
/// path, header or body. (reqwest's `connection_verbose`, which writes out all bytes, is off; leave it off in a client of your own.)
#[derive(Clone)]
pub struct Http {
    /// For requests that move nothing.
    kept: Connections,
    /// For requests that create or move something, each on a connection of its own.
    fresh: Connections,
    /// Whether a request goes out once and to nowhere else, so that a connection that was never made proves that it did not.
    sends_once: bool,
}

/// Connections to hosts, and to loopback, which no proxy can reach and no proxy should see.
#[derive(Clone)]
struct Connections {
    client: reqwest::Client,
    direct: reqwest::Client,
}

impl Http {
    /// The built-in client, with the connect timeout of `options`; the other timeouts stand above the transport.
    pub fn new(options: &Options) -> Result<Self, BuildError> {
        let fault = |reason| BuildError::new(Place::Option, "transport", reason);
        let tls = tls::configuration().map_err(fault)?;
        let builder = || {
            reqwest::Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .connect_timeout(options.time_to_connect())
                // Servers close connections that lie idle, many after 5 seconds. A request that goes out at that moment is cut off, and
                // nobody knows what became of it; a new connection would have been sure.
                .pool_idle_timeout(Duration::from_secs(4))
                .redirect(Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                // Features of reqwest are those that any crate of the program asks for, and each would change what goes out.
                .http1_only()
                .no_gzip()
                .no_brotli()
                .no_zstd()
                .no_deflate()
        };
        let unbuildable = |_| fault("the HTTP client cannot be built");
        let connections = |idle| {
            Ok(Connections {
                client: builder().pool_max_idle_per_host(idle).build().map_err(unbuildable)?,
                direct: builder().pool_max_idle_per_host(idle).no_proxy().build().map_err(unbuildable)?,
            })
        };
        Ok(Self { kept: connections(usize::MAX)?, fresh: connections(0)?, sends_once: true })
    }

    /// A client of your own. Its redirects, timeouts, proxies and certificates are yours to set; one that follows redirects may send a
    /// payment twice and credentials elsewhere. It also uses its connections as it likes: for payments, switch its pool off
    /// (`pool_max_idle_per_host(0)`), as [`FreshConnection`] asks for.
    ///
    /// What it does inside cannot be seen from here: the connection that failed may be that of a second request, after a redirect or a
    /// retry. So its failures leave the outcome unknown until [`sends_once`](Self::sends_once) vouches for it, and an answer that comes
    /// from another URL than the one that was written to says nothing about a request that acts.
    #[must_use]
    pub fn with_client(client: reqwest::Client) -> Self {
        let connections = Connections { direct: client.clone(), client };
        Self { kept: connections.clone(), fresh: connections, sends_once: false }
    }

    /// Vouches that a client of your own follows no redirect and repeats nothing
    /// (`.redirect(Policy::none()).retry(reqwest::retry::never())`): a connection that it could not make then proves that nothing was sent.
    ///
    /// ```
    /// use specie_runtime::client::Http;
    ///
    /// # fn example(builder: reqwest::ClientBuilder) -> reqwest::Result<Http> {
    /// let client = builder.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never()).build()?;
    /// Ok(Http::with_client(client).sends_once())
    /// # }
    /// ```
    #[must_use]
    pub fn sends_once(mut self) -> Self {
        self.sends_once = true;
        self
    }

    async fn exchange(&self, request: Request<Bytes>, limit: usize) -> Result<Response<Bytes>, TransportError> {
        let is_fresh = request.extensions().get::<FreshConnection>().is_some();
        let connections = if is_fresh { &self.fresh } else { &self.kept };
        let request = convert(request)?;
        let client = if base::is_loopback(request.url()) { &connections.direct } else { &connections.client };
        let (written, acts) = (request.url().clone(), !request.method().is_safe());
        let sent = client.execute(request).await;
        let mut response = sent.map_err(|error| classify(error, "no answer came", self.sends_once))?;
        if acts && *response.url() != written {
            // What another URL answers to another request is no answer to this one, whatever its status.
            return Err(TransportError::interrupted("the HTTP client followed a redirect"));
        }
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        match read(&mut response, limit).await {
            Ok(body) => {
                let mut answer = Response::new(body);
                *answer.status_mut() = status;
                *answer.headers_mut() = headers;
                Ok(answer)
            }
            Err(error) => Err(error.after(status, headers)),
        }
    }
}

/// Hands the request over as it is. The URL is parsed once more on the way, so it is compared afterwards: a request that would reach
/// another path than the one written is not sent.
fn convert(request: Request<Bytes>) -> Result<reqwest::Request, TransportError> {
    let written = request.uri().to_string();
    let url = Url::parse(&written).map_err(|_| TransportError::not_sent("the URL is not valid"))?;
    if url.as_str() != written {
        return Err(TransportError::not_sent("the URL would not go out as it was written"));
    }
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    if !body.is_empty() {
        *request.body_mut() = Some(body.into());
    }
    Ok(request)
}

/// Reads the body, no further than the limit.
async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |announced| announced > limit) {
        return Err(TransportError::too_large());
    }
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if chunk.len() > limit - body.len() => {
                return Err(TransportError::too_large());
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body.freeze()),
            Err(error) => return Err(classify(error, "the answer broke off", false)),
        }
    }
}

/// What a failure of reqwest proves. Everything up to an established connection, TLS included, is before the first byte of the request;
/// anything else may have come after it. Both only hold for a request that goes out once.
fn classify(error: reqwest::Error, interrupted: &'static str, sends_once: bool) -> TransportError {
    let error = error.without_url();
    let failed: fn(&'static str) -> TransportError =
        if sends_once { TransportError::not_sent } else { TransportError::interrupted };
    if error.is_builder() {
        failed("the request could not be built").because(chain(&error))
    } else if error.is_connect() {
        failed("no connection was established").because(chain(&error))
    } else if error.is_timeout() {
        TransportError::timeout("no complete answer in time").because(chain(&error))
    } else {
        TransportError::interrupted(interrupted).because(chain(&error))
    }
}

/// The texts of an error and of what caused it, which name no URL once reqwest's own is taken out.
fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

impl Transport for Http {
    fn send(
        &self,
        request: Request<Bytes>,
        response_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, response_limit))
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").finish_non_exhaustive()
    }
}
