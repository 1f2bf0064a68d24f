//! The name of a request, by which its caller, the server's log and the response mean the same one.

use std::fmt::Write as _;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};

/// The header that names a request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The name that a caller gave, as far as it can stand in logs and responses.
pub(crate) fn given(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    (!id.is_empty() && id.len() <= 128).then_some(id)
}

/// The name of a request: the caller's, or else one that is made.
pub(in crate::server) fn given_or_made(headers: &HeaderMap) -> HeaderValue {
    match headers.get(REQUEST_ID) {
        Some(value) if given(headers).is_some() => value.clone(),
        _ => made(),
    }
}

/// A name that no other request has: what the process drew at random, and a count.
fn made() -> HeaderValue {
    static PROCESS: OnceLock<String> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let process = PROCESS.get_or_init(|| format!("{:016x}-", RandomState::new().build_hasher().finish()));
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut name = String::with_capacity(process.len() + 16);
    name.push_str(process);
    // Neither of the two can fail: a text takes everything, and hexadecimal digits are the value of a header.
    let _ = write!(name, "{count:x}");
    HeaderValue::try_from(name).unwrap_or_else(|_| count.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_names_differ_and_can_be_given() {
        let (one, other) = (made(), made());
        assert_ne!(one, other);
        let headers = HeaderMap::from_iter([(REQUEST_ID, one.clone())]);
        assert_eq!(given(&headers), one.to_str().ok());
        assert_eq!(given_or_made(&headers), one);
    }

    #[test]
    fn a_name_that_cannot_stand_in_logs_is_none() {
        let long = "x".repeat(129);
        for unfit in ["", "\u{e9}", &long] {
            let unfit = HeaderValue::from_bytes(unfit.as_bytes()).unwrap();
            let headers = HeaderMap::from_iter([(REQUEST_ID, unfit.clone())]);
            assert_ne!(given_or_made(&headers), unfit);
        }
    }
}
