//! The built-in transport: HTTP/1.1 over TCP and TLS.

mod connect;
mod connection;
mod pool;
mod proxy;
#[cfg(feature = "reqwest")]
mod reqwest_client;
mod stream;
pub(super) mod tls;

#[cfg(test)]
mod tests;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::{Request, Response};
use url::Url;

use self::connect::Connector;
use self::pool::{Keep, Pool};
use super::options::Options;
use super::request::base_url;
use super::request::build_error::{BuildError, BuildSubject};
use super::transport::{BoxFuture, FreshConnection, Transport, TransportError};
use crate::body::Body;

/// Sends over HTTP/1.1 and TLS, with hyper and rustls.
///
/// The roots of trust are the system's, or a bundled copy of Mozilla's where the system has none. TLS is 1.3; servers that know 1.2 alone
/// need the feature `tls12`. A proxy is taken from the environment (`HTTPS_PROXY`, `NO_PROXY` …), with the feature `system-proxy` also from
/// the settings of macOS and Windows, but for loopback. No redirect is followed and nothing is sent twice: credentials go to no other host,
/// and when to send again is decided where the operation's idempotency is known. Responses are not asked for in compressed form, so the
/// limit of their size is the one of what crosses the network.
///
/// A connection is used again within 4 s of its last response, one request after the other, if nothing came over it meanwhile. There is no
/// task behind it: a connection is read and written by the call that has it, or by whoever reads the body of its response, and closed when
/// that is dropped. It needs tokio's
/// runtime, with its I/O and its timer.
///
/// What the rest of the program does with rustls and reqwest makes no difference, and the other way round: no provider of cryptography
/// for the whole process is set or used, and no feature of theirs turned on.
///
/// A request that creates or moves something ([`FreshConnection`]) goes out on a new connection that is closed after it: a response that
/// lies on a used one, or a server that closes it at that moment, would leave open what became of the request.
///
/// The libraries below write their own records with `log` and `tracing`. Up to the finest level they name hosts and addresses, but no
/// path, header or body. (reqwest's `connection_verbose`, which writes out all bytes, is off; leave it off in a client of your own.)
#[derive(Clone)]
pub struct Http(Kind);

#[derive(Clone)]
enum Kind {
    BuiltIn(Arc<BuiltIn>),
    #[cfg(feature = "reqwest")]
    Foreign(reqwest_client::Foreign),
}

struct BuiltIn {
    connector: Connector,
    idle: Arc<Pool>,
}

impl Http {
    /// The built-in client, with the connect timeout of `options`; the other timeouts stand above the transport.
    pub fn new(options: &Options) -> Result<Self, BuildError> {
        let connector = Connector::new(options.time_to_connect())
            .map_err(|reason| BuildError::new(BuildSubject::Option, "transport", reason))?;
        Ok(Self(Kind::BuiltIn(Arc::new(BuiltIn { connector, idle: Arc::default() }))))
    }

    /// A client of your own. Its redirects, timeouts, proxies and certificates are yours to set; one that follows redirects may send a
    /// payment twice and credentials elsewhere. For `https`, your own reqwest has to have a feature for TLS. It also uses its connections as
    /// it likes: for payments, switch its pool off (`pool_max_idle_per_host(0)`), as [`FreshConnection`] asks for.
    ///
    /// What it does inside cannot be seen from here: the connection that failed may be that of a second request, after a redirect or a
    /// retry. So its failures leave the outcome unknown until [`sends_once`](Self::sends_once) vouches for it, and a response that comes
    /// from another URL than the one that was written to says nothing about a request that acts.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn with_client(client: reqwest::Client) -> Self {
        Self(Kind::Foreign(reqwest_client::Foreign::new(client)))
    }

    /// Vouches that a client of your own follows no redirect and repeats nothing
    /// (`.redirect(Policy::none()).retry(reqwest::retry::never())`): a connection that it could not make then proves that nothing was sent.
    /// The built-in client always does so.
    ///
    /// ```
    /// use specie_runtime::client::Http;
    ///
    /// # fn example(builder: reqwest::ClientBuilder) -> reqwest::Result<Http> {
    /// let client = builder.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never()).build()?;
    /// Ok(Http::with_client(client).sends_once())
    /// # }
    /// ```
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn sends_once(self) -> Self {
        match self.0 {
            Kind::Foreign(client) => Self(Kind::Foreign(client.sends_once())),
            built_in @ Kind::BuiltIn(_) => Self(built_in),
        }
    }
}

impl BuiltIn {
    async fn exchange(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let route = self.connector.route(&written_to(&request)?, request.uri())?;
        let is_fresh = request.extensions().get::<FreshConnection>().is_some();
        let kept = if is_fresh { None } else { self.idle.take(&route) };
        let stream = match kept {
            Some(stream) => stream,
            None => self.connector.connect(&route).await?,
        };
        let request = route.address(request);
        let keep = (!is_fresh).then(|| Keep { pool: Arc::clone(&self.idle), route });
        connection::exchange(stream, request, keep).await
    }
}

/// The URL that the request is written to. It is parsed once more before it goes out, and compared: a request that would reach another path
/// than the one written is not sent.
fn written_to<B>(request: &Request<B>) -> Result<Url, TransportError> {
    let written = request.uri().to_string();
    let url = Url::parse(&written).map_err(|_| TransportError::not_sent("the URL is not valid"))?;
    if url.as_str() != written {
        return Err(TransportError::not_sent("the URL would not go out as it was written"));
    }
    Ok(url)
}

/// The texts of an error and of what caused it.
fn chain(error: &dyn StdError) -> String {
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
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        match &self.0 {
            Kind::BuiltIn(built_in) => Box::pin(built_in.exchange(request)),
            #[cfg(feature = "reqwest")]
            Kind::Foreign(client) => Box::pin(client.exchange(request)),
        }
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").finish_non_exhaustive()
    }
}
