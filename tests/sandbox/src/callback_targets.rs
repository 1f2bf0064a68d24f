//! Where callbacks go: to an address, or into a list that a test reads.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use http::{HeaderMap, Request, Response};
use specie_runtime::client::{BoxFuture, Transport, TransportError};
use specie_runtime::{Body, Secret};
use url::{Host, Url};

/// The most callbacks that a list keeps.
const MOST_COLLECTED: usize = 10_000;

/// The addresses of callbacks, as settings.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    inner: Arc<RwLock<BTreeMap<(String, String), Target>>>,
}

#[derive(Clone, Debug, Default)]
struct Target {
    url: Option<String>,
    authorization: Option<Secret<String>>,
    collected: Option<Collected>,
}

impl Targets {
    /// Sets the address of a merchant's callbacks, for objects that have none of their own.
    pub fn set_url(&self, api: &str, merchant: &str, url: Option<String>) {
        self.change(api, merchant, |target| target.url = url);
    }

    /// The addresses of a merchant's callbacks, by API.
    pub(crate) fn urls(&self, merchant: &str) -> BTreeMap<String, String> {
        let targets = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        let of_merchant = targets.iter().filter(|((_, of), _)| of == merchant);
        of_merchant.filter_map(|((api, _), target)| Some((api.clone(), target.url.clone()?))).collect()
    }

    /// Sets the `Authorization` header of a merchant's callbacks, scheme included.
    pub fn set_authorization(&self, api: &str, merchant: &str, value: Secret<String>) {
        self.change(api, merchant, |target| target.authorization = Some(value));
    }

    /// Puts the merchant's callbacks into this list from now on, instead of sending them.
    pub fn collect(&self, api: &str, merchant: &str, list: Collected) {
        self.change(api, merchant, |target| target.collected = Some(list));
    }

    fn change(&self, api: &str, merchant: &str, change: impl FnOnce(&mut Target)) {
        let mut targets = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        change(targets.entry((api.to_owned(), merchant.to_owned())).or_default());
    }

    fn target(&self, api: &str, merchant: &str) -> Target {
        let targets = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        targets.get(&(api.to_owned(), merchant.to_owned())).cloned().unwrap_or_default()
    }

    /// The address for a callback; empty where it is collected without one; `None` where nobody wants it.
    pub(crate) fn address(&self, api: &str, merchant: &str, own: Option<String>) -> Option<String> {
        let target = self.target(api, merchant);
        own.or(target.url).or_else(|| target.collected.map(|_| String::new()))
    }

    /// The `Authorization` header of the merchant's callbacks.
    pub(crate) fn authorization(&self, api: &str, merchant: &str) -> Option<Secret<String>> {
        self.target(api, merchant).authorization
    }

    /// The list for the merchant's callbacks, if they are collected.
    pub(crate) fn collected(&self, api: &str, merchant: &str) -> Option<Collected> {
        self.target(api, merchant).collected
    }
}

/// A callback as it would have been received.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its headers, the signature for one.
    pub headers: HeaderMap,
    /// Its body, as the signature covers it.
    pub body: String,
}

impl Received {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The callbacks of a merchant, collected without a web server. Each is answered with 200, unless told otherwise.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    inner: Arc<Mutex<List>>,
}

#[derive(Debug, Default)]
struct List {
    received: VecDeque<Received>,
    statuses: VecDeque<u16>,
}

impl Collected {
    /// All that came, the oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Received> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).received.iter().cloned().collect()
    }

    /// The latest.
    #[must_use]
    pub fn last(&self) -> Option<Received> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).received.back().cloned()
    }

    /// How many came.
    #[must_use]
    pub fn count(&self) -> usize {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).received.len()
    }

    /// Answers the next ones with this status, so many of them.
    pub fn answer_with(&self, status: u16, times: usize) {
        let mut list = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        list.statuses.extend(std::iter::repeat_n(status, times));
    }
}

impl Transport for Collected {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let bytes = body.as_whole().cloned().unwrap_or_default();
            let received = Received { headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() };
            let mut list = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            if list.received.len() == MOST_COLLECTED {
                list.received.pop_front();
            }
            list.received.push_back(received);
            let mut response = Response::new(Body::empty());
            let status = list.statuses.pop_front().unwrap_or(200);
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::OK);
            Ok(response)
        })
    }
}

/// Whether an address is on this machine.
pub(crate) fn is_loopback(url: &str) -> bool {
    match Url::parse(url).ok().as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for url in ["http://127.0.0.1:1/x", "http://localhost/x", "http://[::1]:8080/", "http://127.1/"] {
            assert!(is_loopback(url), "{url}");
        }
        for url in ["https://example.com/", "http://10.0.0.1/", "http://127.0.0.1.example.com/", "nonsense", ""] {
            assert!(!is_loopback(url), "{url}");
        }
    }
}
