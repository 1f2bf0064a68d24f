//! Credentials: what a client proves its identity with, one per security scheme.

pub(super) mod auth_error;
pub(super) mod oauth;
pub(super) mod token_endpoint;
pub(super) mod tokens;

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, HeaderName};
use zeroize::Zeroizing;

use super::request::build_error::{BuildError, BuildSubject};
use super::request::headers::sensitive;
use crate::client::credentials::tokens::{FixedToken, IntoTokenSource, TokenSource};
use crate::operation::{SchemeKind, SchemeSpec};
use crate::secret::Secret;
use crate::wire::{cookie, percent};

/// A credential for one security scheme. Its `Debug` form shows the kind only.
///
/// ```
/// use specie_runtime::client::{ApiKey, Basic, Bearer, Credential};
///
/// let credentials: [Credential; 3] =
///     [Basic::new("shop", "password").into(), Bearer::new("token").into(), ApiKey::new("key").into()];
/// assert!(!format!("{credentials:?}").contains("password"));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Credential {
    /// Name and password.
    Basic(Basic),
    /// A token, fixed or renewed.
    Bearer(Bearer),
    /// An API key.
    ApiKey(ApiKey),
}

/// Name and password for `Authorization: Basic` (RFC 7617).
#[derive(Clone)]
pub struct Basic {
    username: String,
    password: Secret<String>,
}

impl Basic {
    /// Name and password; the name holds no colon.
    #[must_use]
    pub fn new(username: impl Into<String>, password: impl Into<Secret<String>>) -> Self {
        Self { username: username.into(), password: password.into() }
    }

    /// The name.
    pub(super) fn username(&self) -> &str {
        &self.username
    }

    /// The text of the `Authorization` header.
    fn header(&self) -> Result<Secret<String>, &'static str> {
        // The first colon ends the name (RFC 7617 section 2), so one inside it would move to the password.
        if self.username.contains(':') {
            return Err("a user name cannot hold a colon");
        }
        let password = self.password.expose();
        if self.username.chars().chain(password.chars()).any(char::is_control) {
            return Err("holds control characters");
        }
        let pair = Zeroizing::new(format!("{}:{password}", self.username));
        Ok(Secret::new(format!("Basic {}", STANDARD.encode(pair.as_bytes()))))
    }
}

/// A bearer token (RFC 6750), or a source of them.
#[derive(Clone)]
pub struct Bearer {
    pub(super) source: Arc<dyn TokenSource>,
}

impl Bearer {
    /// A fixed token (`&str`, `String`, `Secret<String>`), or a [`TokenSource`] such as
    /// [`ClientCredentials`](super::ClientCredentials).
    #[must_use]
    pub fn new(token: impl IntoTokenSource) -> Self {
        Self { source: token.into_token_source() }
    }
}

/// An API key; its scheme says whether it travels in a header, the query or a cookie. Also what stands behind the name of an HTTP
/// authentication scheme other than `Basic` and `Bearer`.
#[derive(Clone)]
pub struct ApiKey {
    key: Secret<String>,
}

impl ApiKey {
    /// The key.
    #[must_use]
    pub fn new(key: impl Into<Secret<String>>) -> Self {
        Self { key: key.into() }
    }
}

impl From<Basic> for Credential {
    fn from(credential: Basic) -> Self {
        Self::Basic(credential)
    }
}

impl From<Bearer> for Credential {
    fn from(credential: Bearer) -> Self {
        Self::Bearer(credential)
    }
}

impl From<ApiKey> for Credential {
    fn from(credential: ApiKey) -> Self {
        Self::ApiKey(credential)
    }
}

impl Credential {
    fn name(&self) -> &'static str {
        match self {
            Self::Basic(_) => "Basic",
            Self::Bearer(_) => "Bearer",
            Self::ApiKey(_) => "ApiKey",
        }
    }

    /// For transports without a network: a credential of the right form.
    pub(crate) fn placeholder(kind: SchemeKind) -> Self {
        match kind {
            SchemeKind::Basic => Basic::new("placeholder", "placeholder").into(),
            SchemeKind::Bearer => Bearer::new("placeholder").into(),
            SchemeKind::Http(_)
            | SchemeKind::ApiKeyHeader(_)
            | SchemeKind::ApiKeyQuery(_)
            | SchemeKind::ApiKeyCookie(_) => ApiKey::new("placeholder").into(),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(self.name()).finish_non_exhaustive()
    }
}

macro_rules! redacted_debug {
    ($($credential:ident),+) => {$(
        impl fmt::Debug for $credential {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($credential)).finish_non_exhaustive()
            }
        }
    )+};
}

redacted_debug!(Basic, Bearer, ApiKey);

/// A credential in the form in which it travels. Texts, not header values, because those are not overwritten when they are dropped.
#[derive(Clone)]
pub(crate) enum Prepared {
    /// Asked for a token before each attempt.
    Token(Arc<dyn TokenSource>),
    /// A header and its value.
    Header(HeaderName, Secret<String>),
    /// A query parameter: its name, and its value as it stands in the query.
    Query(&'static str, Secret<String>),
    /// A cookie.
    Cookie(&'static str, Secret<String>),
}

impl Prepared {
    /// Checks that the credential fits its scheme and can travel where the scheme says.
    pub(crate) fn new(scheme: &SchemeSpec, credential: &Credential) -> Result<Self, BuildError> {
        let fault = |reason| BuildError::new(BuildSubject::Credential, scheme.key, reason);
        match (scheme.kind, credential) {
            (SchemeKind::Basic, Credential::Basic(basic)) => {
                basic.header().and_then(|value| Self::header(AUTHORIZATION, value))
            }
            (SchemeKind::Bearer, Credential::Bearer(bearer)) => {
                // A fixed token is checked now, not at the first call.
                let checked = bearer.source.fixed().map_or(Ok(()), |token| token.header().map(drop));
                checked.map(|()| Self::Token(Arc::clone(&bearer.source)))
            }
            (kind, Credential::ApiKey(key)) => Self::api_key(kind, key),
            _ => Err("is of another kind than its scheme"),
        }
        .map_err(fault)
    }

    fn header(name: HeaderName, value: Secret<String>) -> Result<Self, &'static str> {
        sensitive(value.expose())?;
        Ok(Self::Header(name, value))
    }

    fn api_key(kind: SchemeKind, key: &ApiKey) -> Result<Self, &'static str> {
        let text = key.key.expose();
        if text.is_empty() {
            return Err("is empty");
        }
        match kind {
            SchemeKind::ApiKeyHeader(name) => {
                let name = HeaderName::try_from(name).map_err(|_| "its scheme names no header")?;
                Self::header(name, key.key.clone())
            }
            SchemeKind::ApiKeyQuery(name) => {
                let mut encoded = String::new();
                percent::push_value(&mut encoded, text);
                Ok(Self::Query(name, Secret::new(encoded)))
            }
            SchemeKind::ApiKeyCookie(name) => {
                cookie::push(&mut String::new(), name, text)?;
                Ok(Self::Cookie(name, key.key.clone()))
            }
            SchemeKind::Http(scheme) => Self::header(AUTHORIZATION, Secret::new(format!("{scheme} {text}"))),
            SchemeKind::Basic | SchemeKind::Bearer => Err("is of another kind than its scheme"),
        }
    }
}

impl IntoTokenSource for &str {
    fn into_token_source(self) -> Arc<dyn TokenSource> {
        Arc::new(FixedToken::new(Secret::from(self)))
    }
}

impl IntoTokenSource for String {
    fn into_token_source(self) -> Arc<dyn TokenSource> {
        Arc::new(FixedToken::new(Secret::new(self)))
    }
}

impl IntoTokenSource for Secret<String> {
    fn into_token_source(self) -> Arc<dyn TokenSource> {
        Arc::new(FixedToken::new(self))
    }
}
