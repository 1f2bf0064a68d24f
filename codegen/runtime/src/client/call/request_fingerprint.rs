//! How a request and its operation are recognized again: HMACs under the owner's key.
//!
//! The canonical form of a request is its method, base URL and path, its query's pairs sorted, the headers that the caller set for the
//! call, and its body: JSON by its values (keys sorted, `10.5` for `10.50`, no white space; a field that is null differs from one that
//! is absent), a form with its pairs sorted, anything else byte for byte, and a stream as something that is never the same. It does not depend on the order in which a crate writes its fields.

use std::borrow::Cow;
use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::IgnoredAny;
use sha2::Sha256;

use crate::body_kinds::media_range::essence_of;
use crate::body_kinds::{form, json};
use crate::client::api_client::ClientConfig;
use crate::client::request::Encoded;
use crate::decode::pointer;
use crate::json_syntax::canonical;
use crate::operation::{Idempotency, OperationSpec};

/// The version of the canonical form; it stands in every entry and changes with the form.
pub(in crate::client) const VERSION: u32 = 1;

/// The HMAC-SHA-256 of a request in its canonical form, in hexadecimal digits.
///
/// Base URL, path and query are part of it: the same body sent elsewhere is another request, and a payout that is not in the sandbox may
/// be in production.
pub(in crate::client) fn fingerprint(key: &[u8], base: &str, spec: &OperationSpec, request: &Encoded) -> String {
    let query = sorted_pairs(&request.query);
    let body = canonical_body(request);
    let method = spec.method.as_str().as_bytes();
    let mut parts = vec![method, base.as_bytes(), request.path.as_bytes(), query.as_bytes(), &*body];
    let own = own_headers(&request.own);
    parts.extend(own.iter().map(Vec::as_slice));
    hmac(key, &parts)
}

/// The group of a request ([`Entry::group`](crate::client::Entry::group)).
pub(in crate::client) fn group(
    key: &[u8],
    client: &ClientConfig,
    spec: &OperationSpec,
    own: &HeaderMap,
    subject: &Subject<'_>,
) -> String {
    let (kind, subject) = match subject {
        Subject::Reference(reference) => ("reference", reference),
        Subject::Key(key) => ("key", key),
        Subject::Request(hash) => ("request", hash),
        Subject::Itself(id) => ("entry", id),
    };
    let parts = ["group", client.api.name, client.base_of(spec), &client.account, spec.id, kind, subject];
    let own = own_headers(own);
    let parts: Vec<_> = parts.into_iter().map(str::as_bytes).chain(own.iter().map(Vec::as_slice)).collect();
    hmac(key, &parts)
}

/// Headers that trace, sign or authorize a call: they change from time to time, and the account of a credential is stated by
/// [`Options::account`](crate::client::Options::account).
const CHANGING: [&str; 12] = [
    "authorization",
    "baggage",
    "content-digest",
    "cookie",
    "date",
    "digest",
    "proxy-authorization",
    "signature",
    "signature-input",
    "traceparent",
    "tracestate",
    "x-request-id",
];

/// The headers that the caller set for the call, in order; nothing where there are none, as before they counted.
fn own_headers(own: &HeaderMap) -> Vec<Vec<u8>> {
    let own = own.iter().filter(|(name, _)| !CHANGING.contains(&name.as_str()));
    let mut lines: Vec<_> =
        own.map(|(name, value)| [name.as_str().as_bytes(), b"\0", value.as_bytes()].concat()).collect();
    lines.sort_unstable();
    lines
}

/// What identifies an operation across its entries.
pub(in crate::client) enum Subject<'r> {
    Reference(&'r str),
    Key(&'r str),
    /// By the request's own hash.
    Request(&'r str),
    /// Nothing identifies it: two such requests may be two operations.
    Itself(&'r str),
}

impl<'r> Subject<'r> {
    pub(in crate::client) fn of(
        spec: &OperationSpec,
        reference: Option<&'r str>,
        key: Option<&'r str>,
        hash: &'r str,
        id: &'r str,
    ) -> Self {
        match (reference, key) {
            (Some(reference), _) => Self::Reference(reference),
            (None, Some(key)) => Self::Key(key),
            (None, None) if spec.is_repeatable() || spec.path.contains('{') => Self::Request(hash),
            (None, None) => Self::Itself(id),
        }
    }
}

/// The caller's own reference in a request, by the pointer of its idempotency or its lookup; `None` where it is no scalar.
pub(in crate::client) fn reference(spec: &OperationSpec, body: &[u8]) -> Option<String> {
    let place = match (spec.idempotency, spec.reconcile) {
        (_, Some(how)) => how.reference,
        (Idempotency::Field { pointer, .. }, None) => pointer,
        _ => return None,
    };
    pointer::text(pointer::find(std::str::from_utf8(body).ok()?, place)?)
}

fn canonical_body(request: &Encoded) -> Cow<'_, [u8]> {
    if request.body.as_whole().is_none() {
        return Cow::Owned(unique());
    }
    let media_type = request.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = essence_of(media_type);
    let Ok(text) = std::str::from_utf8(request.bytes()) else { return Cow::Borrowed(request.bytes()) };
    if essence.eq_ignore_ascii_case(form::MEDIA_TYPE) {
        return Cow::Owned(sorted_pairs(text).into_bytes());
    }
    if json::is_named_by(essence) && serde_json::from_str::<IgnoredAny>(text).is_ok() {
        return Cow::Owned(canonical(text).into_bytes());
    }
    Cow::Borrowed(request.bytes())
}

/// What stands for a stream: nobody knows what it will hold, so no two requests with one are taken for the same.
fn unique() -> Vec<u8> {
    let mut bytes = vec![0; 16];
    // Without randomness no key of a call could be drawn either.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

/// The pairs of a query or form by their names; those of one name keep their order, which may matter.
fn sorted_pairs(text: &str) -> String {
    let mut pairs: Vec<_> = text.split('&').collect();
    pairs.sort_by_key(|pair| pair.split('=').next().unwrap_or_default());
    pairs.join("&")
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        // An HMAC takes keys of any length.
        return String::new();
    };
    for part in parts {
        // The length in front separates a part from the next one.
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        mac.update(part);
    }
    let digest = mac.finalize().into_bytes();
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::request::RequestWriter;
    use crate::operation::Method;

    const SPEC: &OperationSpec = &OperationSpec::new("pay", Method::POST, "/payouts");

    fn hash(media_type: &'static str, body: &str, query: &str) -> String {
        let mut writer = RequestWriter::new(SPEC, &[]);
        writer.text(media_type, &body.to_owned()).unwrap();
        let mut request = writer.finish().unwrap();
        query.clone_into(&mut request.query);
        fingerprint(b"0123456789abcdef", "https://api.example.com", SPEC, &request)
    }

    #[test]
    fn the_same_request_has_one_hash_however_it_is_written() {
        let json = |body| hash("application/vnd.api+json; charset=utf-8", body, "");
        let one = json(r#"{"amount":10.50,"to":{"a":"\u00e9","b":[1,2]}}"#);
        for same in [
            r#"{"to":{"b":[1,2],"a":"é"},"amount":10.5}"#,
            "{ \"amount\": 1.05e1,\n \"to\": {\"a\": \"é\", \"b\": [1, 2.0]} }",
        ] {
            assert_eq!(json(same), one, "{same}");
        }
        for other in [
            r#"{"amount":10.51,"to":{"a":"é","b":[1,2]}}"#,
            r#"{"amount":"10.50","to":{"a":"é","b":[1,2]}}"#,
            r#"{"amount":10.50,"to":{"a":"é","b":[2,1]}}"#,
            r#"{"amount":10.50,"to":{"a":"é","b":[1,2]},"note":null}"#,
            r#"{"amount":10.50,"to":{"a":"é","b":[1,2]}"#,
        ] {
            assert_ne!(json(other), one, "{other}");
        }
        let form = |body| hash("application/x-www-form-urlencoded", body, "");
        assert_eq!(form("b=2&a=1&a=0"), form("a=1&a=0&b=2"));
        assert_ne!(form("a=0&a=1&b=2"), form("a=1&a=0&b=2"), "a list in another order");
        assert_eq!(hash("text/plain", "x", "b=2&a=1"), hash("text/plain", "x", "a=1&b=2"));
        assert_ne!(hash("text/plain", "10.5", ""), hash("text/plain", "10.50", ""), "text is no number");
    }

    #[test]
    fn the_headers_of_a_caller_tell_requests_apart() {
        let hash = |own: &[(&'static str, &'static str)]| {
            let mut request = RequestWriter::new(SPEC, &[]).finish().unwrap();
            for (name, value) in own {
                request.own.insert(*name, http::HeaderValue::from_static(value));
            }
            fingerprint(b"0123456789abcdef", "https://api.example.com", SPEC, &request)
        };
        assert_eq!(hash(&[("a", "1"), ("b", "2")]), hash(&[("b", "2"), ("a", "1")]));
        assert_ne!(hash(&[("account", "a")]), hash(&[("account", "b")]));
        assert_ne!(hash(&[("account", "a")]), hash(&[]));
        assert_eq!(hash(&[("traceparent", "1")]), hash(&[]));
        assert_eq!(hash(&[("authorization", "Bearer 2")]), hash(&[]), "a renewed token makes no other request");
    }

    #[test]
    fn a_stream_is_the_same_as_no_other() {
        let streamed = || {
            let mut writer = RequestWriter::new(SPEC, &[]);
            writer.stream("application/octet-stream", &crate::Body::again(|| "a".into())).unwrap();
            fingerprint(b"0123456789abcdef", "https://api.example.com", SPEC, &writer.finish().unwrap())
        };
        assert_ne!(streamed(), streamed());
    }
}
