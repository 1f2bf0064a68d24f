//! The token endpoint, which stands beside the API (OAuth 2.0, RFC 6749 section 4.4), and the tokens that it issues.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::json;
use specie_runtime::Body;

use crate::credentials;
use crate::engine::Engine;
use crate::merchants::Account;
use crate::moment::Moment;

/// Where tokens are issued.
pub(crate) const PATH: &str = "/realms/omno/protocol/openid-connect/token";
/// How long a token is valid, by the clock of the sandbox.
const LIFETIME: Duration = Duration::from_secs(300);

/// A token: whose it is, until when, and a proof that this sandbox has issued it.
pub(crate) fn issue(engine: &Engine, merchant: &str) -> String {
    let until = engine.clock.now().after(LIFETIME).0.to_string();
    let proof = engine.chance.token(&["access token", merchant, &until], 43);
    format!("sandbox.{}.{until}.{proof}", utf8_percent_encode(merchant, NON_ALPHANUMERIC))
}

/// The merchant that a token names, as its bearer says.
pub(crate) fn named(token: &str) -> Option<String> {
    let name = token.strip_prefix("sandbox.")?.split('.').next()?;
    Some(percent_decode_str(name).decode_utf8_lossy().into_owned())
}

/// The account of a token that is valid now.
pub(crate) fn account(engine: &Engine, token: &specie_runtime::Secret<String>) -> Option<Account> {
    let merchant = named(token.expose())?;
    let until: u64 = token.expose().split('.').nth(2)?.parse().ok()?;
    let proof = engine.chance.token(&["access token", &merchant, &until.to_string()], 43);
    let expected = format!("sandbox.{}.{until}.{proof}", utf8_percent_encode(&merchant, NON_ALPHANUMERIC));
    let is_valid = token.matches(&expected) && engine.clock.now() < Moment(until);
    engine.merchants.find(|account| is_valid && account.name == merchant)
}

/// Answers a request for a token.
pub(crate) fn answer(engine: &Engine, request: &Request<http_body_util::Full<Bytes>>, form: &str) -> Response<Body> {
    if request.method() != http::Method::POST {
        let mut response = error(StatusCode::METHOD_NOT_ALLOWED, "invalid_request");
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
        return response;
    }
    if credentials::query(form, "grant_type").as_deref() != Some("client_credentials") {
        return error(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    let Some((id, secret)) = client(request.headers(), form) else {
        return error(StatusCode::UNAUTHORIZED, "invalid_client");
    };
    let known =
        |account: &Account| account.credentials.client_id == id && account.credentials.client_secret.matches(&secret);
    match engine.merchants.find(known) {
        None => error(StatusCode::UNAUTHORIZED, "invalid_client"),
        Some(account) => {
            let token = issue(engine, &account.name);
            let body = json!({"access_token": token, "expires_in": LIFETIME.as_secs(), "token_type": "Bearer", "scope": "merchant"});
            json_response(StatusCode::OK, &body)
        }
    }
}

/// The client, in the form or as HTTP Basic.
fn client(headers: &HeaderMap, form: &str) -> Option<(String, String)> {
    let of_form = || Some((credentials::query(form, "client_id")?, credentials::query(form, "client_secret")?));
    let decoded = |text: String| percent_decode_str(&text).decode_utf8_lossy().into_owned();
    credentials::basic(headers).map(|(id, secret)| (decoded(id), decoded(secret))).or_else(of_form)
}

fn error(status: StatusCode, code: &str) -> Response<Body> {
    json_response(status, &json!({"error": code}))
}

fn json_response(status: StatusCode, body: &serde_json::Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}
