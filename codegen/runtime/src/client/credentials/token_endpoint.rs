//! One request to a token endpoint, and its response (RFC 6749 sections 4.4.2, 5.1 and 5.2).

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Method, Request, Response};
use serde::Deserialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::auth_error::AuthError;
use super::tokens::{Token, TokenContext};
use crate::body::Body;
use crate::body_kinds::{form as form_kind, json};
use crate::client::request::base_url;
use crate::client::request::headers::sensitive;
use crate::client::response::retry_after::retry_after;
use crate::client::transport::read_whole;
use crate::secret::Secret;
use crate::wire::percent;

/// The responses of token endpoints are small.
const RESPONSE_LIMIT: usize = 1 << 20;

/// What is sent to the token endpoint.
#[derive(Clone)]
pub(in crate::client) struct TokenEndpoint {
    url: String,
    id: String,
    secret: Secret<String>,
    in_header: bool,
    parameters: Vec<(&'static str, Secret<String>)>,
}

/// The token response (RFC 6749 section 5.1).
pub(in crate::client) struct Grant {
    pub(in crate::client) token: Token,
    pub(in crate::client) expires_in: Option<Duration>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: Secret<String>,
    token_type: Option<String>,
    expires_in: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Denied {
    error: String,
}

/// The errors of RFC 6749 section 5.2. Only these are repeated; any other text could hold what was sent.
const ERRORS: [&str; 6] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

impl TokenEndpoint {
    pub(in crate::client) fn new(url: String, id: String, secret: Secret<String>) -> Self {
        Self { url, id, secret, in_header: false, parameters: Vec::new() }
    }

    pub(in crate::client) fn parameter(&mut self, name: &'static str, value: Secret<String>) {
        self.parameters.push((name, value));
    }

    pub(in crate::client) fn by_header(&mut self) {
        self.in_header = true;
    }

    /// Asks for a token once.
    pub(in crate::client) async fn fetch(&self, context: &TokenContext<'_>) -> Result<Grant, AuthError> {
        let request = self.request(context.plain_http)?;
        let now = context.environment.wall_clock();
        let response = match context.transport.send(request).await {
            Ok(response) => read_whole(response, RESPONSE_LIMIT).await,
            Err(error) => Err(error),
        };
        match response {
            Ok(response) => read(&response).map_err(|error| delayed(error, response.headers(), now)),
            Err(mut error) => {
                let headers = error.take_headers().unwrap_or_default();
                Err(delayed(AuthError::transient("the token endpoint did not answer").because(error), &headers, now))
            }
        }
    }

    fn request(&self, plain_http: bool) -> Result<Request<Body>, AuthError> {
        let url = base_url::check("token_url", &self.url, plain_http)
            .map_err(|error| AuthError::permanent("the token endpoint cannot be used").because(error))?;
        let mut form = Zeroizing::new(String::new());
        form_kind::push_pair(&mut form, "grant_type", "client_credentials");
        if !self.in_header {
            form_kind::push_pair(&mut form, "client_id", &self.id);
            form_kind::push_pair(&mut form, "client_secret", self.secret.expose());
        }
        for (name, value) in &self.parameters {
            form_kind::push_pair(&mut form, name, value.expose());
        }
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(CONTENT_TYPE, HeaderValue::from_static(form_kind::MEDIA_TYPE))
            .header(ACCEPT, HeaderValue::from_static(json::MEDIA_TYPE));
        if self.in_header {
            request = request.header(AUTHORIZATION, self.authorization()?);
        }
        request
            .body(Bytes::copy_from_slice(form.as_bytes()).into())
            .map_err(|error| AuthError::permanent("the token request cannot be built").because(error))
    }

    /// Id and secret are form-encoded before they are joined (RFC 6749 section 2.3.1).
    fn authorization(&self) -> Result<HeaderValue, AuthError> {
        let mut pair = Zeroizing::new(String::new());
        percent::push_form(&mut pair, &self.id);
        pair.push(':');
        percent::push_form(&mut pair, self.secret.expose());
        let value = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        sensitive(&value).map_err(AuthError::permanent)
    }
}

/// The error with the wait that the endpoint asked for, if it did.
fn delayed(error: AuthError, headers: &HeaderMap, now: SystemTime) -> AuthError {
    match retry_after(headers, now) {
        Some(time) => error.with_retry_after(time),
        None => error,
    }
}

fn read(response: &Response<Bytes>) -> Result<Grant, AuthError> {
    let status = response.status();
    if !status.is_success() {
        let denied = json::decode::<Denied>(response.body()).ok();
        let code = denied.and_then(|denied| ERRORS.into_iter().find(|known| *known == denied.error));
        let text = match code {
            Some(code) => format!("the token endpoint answered {}: {code}", status.as_u16()),
            None => format!("the token endpoint answered {}", status.as_u16()),
        };
        let is_transient = status.is_server_error() || matches!(status.as_u16(), 408 | 429);
        return Err(if is_transient { AuthError::transient(text) } else { AuthError::permanent(text) });
    }
    let unreadable = || AuthError::permanent("the token endpoint's response holds no bearer token");
    let granted: Granted = json::decode(response.body()).map_err(|_| unreadable())?;
    // The type is required, but some endpoints leave it out.
    if granted.token_type.is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(unreadable());
    }
    let expires_in = granted.expires_in.as_deref().and_then(lifetime);
    let token = Token::new(granted.access_token);
    token.header().map_err(|_| unreadable())?;
    Ok(Grant { token, expires_in })
}

/// Seconds as a number, or, from some endpoints, as a string. What is neither counts as not said.
fn lifetime(json: &RawValue) -> Option<Duration> {
    let seconds: f64 = json.get().trim_matches('"').parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
