//! Making connections: names, TCP, proxies, TLS. Nothing of a request is sent here, so every failure proves that the request was not sent.

use std::future::{Ready, ready};
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use rustls::client::ClientConfig;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tower_service::Service;
use url::Url;

use super::proxy::Route;
use super::stream::Stream;
use super::tls;
use super::{base_url, chain};
use crate::client::transport::TransportError;

/// How often a connection on which nothing comes is asked whether its other end is still there.
const PROBE: Duration = Duration::from_secs(15);

pub(super) struct Connector {
    tcp: HttpConnector,
    tls: Arc<ClientConfig>,
    proxies: Matcher,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(timeout: Duration) -> Result<Self, &'static str> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(PROBE));
        // Shared among the addresses of a host, so that one which does not answer leaves time for the others.
        tcp.set_connect_timeout(Some(timeout));
        Ok(Self { tcp, tls: Arc::new(tls::configuration()?), proxies: Matcher::from_system(), timeout })
    }

    /// Uses the proxy that the environment names, except for loopback, which no proxy can reach or should see.
    pub(super) fn route(&self, url: &Url, uri: &Uri) -> Result<Route, TransportError> {
        let proxy = if base_url::is_loopback(url) { None } else { self.proxies.intercept(uri) };
        Route::new(uri, proxy).ok_or_else(|| TransportError::not_sent("the URL names no host"))
    }

    /// A connection on which requests of this route can be written.
    pub(super) async fn connect(&self, route: &Route) -> Result<Stream, TransportError> {
        let failed = |cause: String| TransportError::not_sent("no connection was established").because(cause);
        match tokio::time::timeout(self.timeout, self.reach(route)).await {
            Ok(reached) => reached.map_err(failed),
            Err(_) => Err(failed(format!("it took longer than {:?}", self.timeout))),
        }
    }

    async fn reach(&self, route: &Route) -> Result<Stream, String> {
        let origin = route.origin();
        let stream = match &route.proxy {
            None => self.dial(origin.clone()).await?,
            Some(proxy) => {
                let stream = self.reach_proxy(proxy.uri()).await?;
                if route.is_tls() { tunnel(stream, proxy, origin.clone()).await? } else { stream }
            }
        };
        if route.is_tls() { self.secure(stream, &origin).await } else { Ok(stream) }
    }

    async fn reach_proxy(&self, proxy: &Uri) -> Result<Stream, String> {
        match proxy.scheme() {
            Some(scheme) if *scheme == Scheme::HTTP => self.dial(proxy.clone()).await,
            Some(scheme) if *scheme == Scheme::HTTPS => {
                let stream = self.dial(proxy.clone()).await?;
                self.secure(stream, proxy).await
            }
            _ => Err("the proxy is neither an http nor an https URL; others are not supported".to_owned()),
        }
    }

    async fn dial(&self, uri: Uri) -> Result<Stream, String> {
        let connected = self.tcp.clone().call(uri).await.map_err(|error| chain(&error))?;
        Ok(Box::new(connected.into_inner()))
    }

    async fn secure(&self, stream: Stream, uri: &Uri) -> Result<Stream, String> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let name = ServerName::try_from(host.to_owned()).map_err(|error| chain(&error))?;
        let connector = TlsConnector::from(Arc::clone(&self.tls));
        let connected = connector.connect(name, stream).await;
        Ok(Box::new(connected.map_err(|error| tls::explain(&error))?))
    }
}

/// Asks the proxy for a connection to the origin (RFC 9110, section 9.3.6).
async fn tunnel(stream: Stream, proxy: &Intercept, origin: Uri) -> Result<Stream, String> {
    let mut tunnel = Tunnel::new(proxy.uri().clone(), Connected(Some(TokioIo::new(stream))));
    if let Some(credentials) = proxy.basic_auth() {
        tunnel = tunnel.with_auth(credentials.clone());
    }
    let stream = tunnel.call(origin).await.map_err(|error| chain(&error))?;
    Ok(stream.into_inner())
}

/// Hands the connection to the proxy to hyper-util's tunnel, once.
struct Connected(Option<TokioIo<Stream>>);

impl Service<Uri> for Connected {
    type Response = TokioIo<Stream>;
    type Error = io::Error;
    type Future = Ready<io::Result<TokioIo<Stream>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.0.take().ok_or_else(|| io::ErrorKind::NotConnected.into()))
    }
}
