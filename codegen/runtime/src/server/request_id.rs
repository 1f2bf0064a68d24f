//! The name of a request, by which its caller, the server's log and the response mean the same one.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use http::header::HeaderName;
use http::request::Parts;
use http::{Extensions, HeaderMap};

/// The header that names a request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A name that the server made. It is no header of the request: the document may declare that header, and then a caller sends it or not.
#[derive(Clone)]
struct Made(String);

/// The name that a caller gave, as far as it can stand in logs and responses.
pub(crate) fn given(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    (!id.is_empty() && id.len() <= 128).then_some(id)
}

/// The name of a request: the caller's, or the one that [`taken_or_made`] left.
pub(super) fn of<'r>(headers: &'r HeaderMap, extensions: &'r Extensions) -> Option<&'r str> {
    given(headers).or_else(|| extensions.get::<Made>().map(|made| made.0.as_str()))
}

/// The caller's name of a request, or one that is made and left in its extensions.
pub(super) fn taken_or_made(parts: &mut Parts) -> String {
    if let Some(given) = given(&parts.headers) {
        return given.to_owned();
    }
    let made = made();
    parts.extensions.insert(Made(made.clone()));
    made
}

/// A name that no other request has: what the process drew at random, and a count.
fn made() -> String {
    static PROCESS: OnceLock<u64> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let process = PROCESS.get_or_init(|| RandomState::new().build_hasher().finish());
    format!("{process:016x}-{:x}", COUNT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_names_differ_and_can_be_given() {
        let (one, other) = (made(), made());
        assert_ne!(one, other);
        let headers = HeaderMap::from_iter([(REQUEST_ID, one.parse().unwrap())]);
        assert_eq!(given(&headers), Some(one.as_str()));
    }

    /// A handler finds what the span and the response say.
    #[test]
    fn what_was_made_is_found_beside_the_headers() {
        let (mut parts, ()) = http::Request::new(()).into_parts();
        let id = taken_or_made(&mut parts);
        assert_eq!(of(&parts.headers, &parts.extensions), Some(id.as_str()));
        assert!(parts.headers.is_empty());
        parts.headers.insert(REQUEST_ID, "r-1".parse().unwrap());
        assert_eq!(taken_or_made(&mut parts), "r-1");
        assert_eq!(of(&parts.headers, &parts.extensions), Some("r-1"));
    }
}
