//! Where a request goes, and through which proxy.

use http::header::{ACCEPT, HOST, PROXY_AUTHORIZATION};
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Request, Uri};
use hyper_util::client::proxy::matcher::Intercept;

/// The origin of a request, and the proxy before it. What the proxy is follows from the origin, so routes are the same if their origins are.
pub(super) struct Route {
    pub(super) scheme: Scheme,
    pub(super) authority: Authority,
    pub(super) proxy: Option<Intercept>,
}

impl Route {
    /// A URL without host has no route.
    pub(super) fn new(uri: &Uri, proxy: Option<Intercept>) -> Option<Self> {
        Some(Self { scheme: uri.scheme()?.clone(), authority: uri.authority()?.clone(), proxy })
    }

    pub(super) fn is_tls(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// The origin as a URL.
    pub(super) fn origin(&self) -> Uri {
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(http::uri::PathAndQuery::from_static("/"));
        Uri::from_parts(parts).unwrap_or_default()
    }

    /// The request as it is written on a connection of this route: with the whole URL for a proxy that reads it (RFC 9112, section 3.2.2),
    /// and with the path alone for the server, which may stand behind a tunnel.
    pub(super) fn address<B>(&self, mut request: Request<B>) -> Request<B> {
        let reader = self.proxy.as_ref().filter(|_| !self.is_tls());
        if reader.is_none() {
            let path = request.uri().path_and_query().cloned();
            *request.uri_mut() = path.map(Uri::from).unwrap_or_default();
        }
        let headers = request.headers_mut();
        if let Ok(host) = HeaderValue::from_str(self.authority.as_str()) {
            headers.insert(HOST, host);
        }
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
        if let Some(credentials) = reader.and_then(Intercept::basic_auth) {
            headers.insert(PROXY_AUTHORIZATION, credentials.clone());
        }
        request
    }
}

impl PartialEq for Route {
    fn eq(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.authority == other.authority
    }
}
