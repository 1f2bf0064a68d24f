//! A server of one operation as a careful engineer writes it with axum and serde.
//!
//! It does what no server of payments goes without, and the generated one does as well:
//!
//! - Name and password are decoded (RFC 7617), and the password is compared in constant time, by the type that the generated code has for
//!   secrets. A comparison of bytes that ends at the first difference tells the password to who measures it.
//! - A 401 names the scheme, as RFC 9110 section 15.5.2 asks.
//! - A request has a name, the caller's or one that is made, in its span and in its response. Without it, no complaint of a caller is found in
//!   a log.
//!
//! Its state is shared, not copied for each request. What is sent is an invoice of its own, as a database would give it.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use specie_runtime::Secret;
use tracing::{field, info_span};

use super::by_hand::PayoutInvoiceDocument;

const ROUTE: &str = "/payout-invoices/{id}";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What it knows: one account and one invoice.
struct Known {
    account: &'static str,
    key: Secret<String>,
    invoice: PayoutInvoiceDocument,
}

pub(super) fn router(account: &'static str, key: &str, invoice: PayoutInvoiceDocument) -> Router {
    Router::new().route(ROUTE, get(respond)).with_state(Arc::new(Known { account, key: key.into(), invoice }))
}

async fn respond(State(known): State<Arc<Known>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let request_id = request_id(&headers);
    let span = info_span!(
        "request",
        http.request.method = "GET",
        http.route = ROUTE,
        http.response.status_code = field::Empty,
        request_id = request_id.to_str().ok(),
    );
    let mut response = span.in_scope(|| known.respond(&id, &headers));
    span.record("http.response.status_code", response.status().as_u16());
    response.headers_mut().insert(REQUEST_ID, request_id);
    response
}

impl Known {
    fn respond(&self, id: &str, headers: &HeaderMap) -> Response {
        if !self.is_authorized(headers) {
            return (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Basic realm=\"cublox\", charset=\"UTF-8\"")])
                .into_response();
        }
        let invoice = self.invoice.clone();
        if id != invoice.id() {
            return StatusCode::NOT_FOUND.into_response();
        }
        match serde_json::to_vec(&invoice) {
            Ok(body) => ([(CONTENT_TYPE, "application/json")], body).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    fn is_authorized(&self, headers: &HeaderMap) -> bool {
        basic(headers)
            .is_some_and(|(username, password)| username == self.account && self.key.matches(password.expose()))
    }
}

/// Name and password of `Authorization: Basic`.
fn basic(headers: &HeaderMap) -> Option<(String, Secret<String>)> {
    let (scheme, encoded) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let text = Secret::new(String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?);
    let (username, password) = text.expose().split_once(':')?;
    Some((username.to_owned(), password.into()))
}

fn request_id(headers: &HeaderMap) -> HeaderValue {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().build_hasher().finish());
    static COUNT: AtomicU64 = AtomicU64::new(0);
    if let Some(given) = headers.get(REQUEST_ID) {
        return given.clone();
    }
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    HeaderValue::try_from(format!("{:016x}-{count:x}", *PROCESS)).unwrap_or_else(|_| count.into())
}
