//! Bearer tokens and where they come from.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::HeaderValue;
use zeroize::Zeroizing;

use super::auth_error::AuthError;
use crate::client::request::headers::sensitive;
use crate::client::transport::environment::Environment;
use crate::client::transport::{BoxFuture, Transport};
use crate::secret::Secret;

/// A bearer token (RFC 6750). Cloning is cheap.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Arc<Secret<String>>);

impl Token {
    /// The token as the server issued it.
    #[must_use]
    pub fn new(token: impl Into<Secret<String>>) -> Self {
        Self(Arc::new(token.into()))
    }

    /// The value of the `Authorization` header.
    pub(in crate::client) fn header(&self) -> Result<HeaderValue, &'static str> {
        let token = self.0.expose();
        if token.is_empty() || token.contains(' ') {
            return Err("is empty or holds a space");
        }
        sensitive(&Zeroizing::new(format!("Bearer {token}")))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([redacted])")
    }
}

/// Hands out bearer tokens, before each attempt of each call.
///
/// ```
/// use specie_runtime::client::{AuthError, BoxFuture, Token, TokenContext, TokenSource};
///
/// /// Reads the token from a file that something else keeps current.
/// struct TokenFile(std::path::PathBuf);
///
/// impl TokenSource for TokenFile {
///     fn token<'a>(&'a self, _: &'a TokenContext<'a>) -> BoxFuture<'a, Result<Token, AuthError>> {
///         Box::pin(async {
///             let text = std::fs::read_to_string(&self.0).map_err(|error| AuthError::permanent("no token file").because(error))?;
///             Ok(Token::new(text.trim_end()))
///         })
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// A token that is valid now.
    ///
    /// It is asked for by many calls at once and should answer all of them from one token. The future may be dropped.
    fn token<'a>(&'a self, context: &'a TokenContext<'a>) -> BoxFuture<'a, Result<Token, AuthError>>;

    /// The server answered 401 to this token. Returns whether asking again gives another one; the call is then sent once more.
    fn reject(&self, token: &Token) -> bool {
        let _ = token;
        false
    }

    /// The token, where it is always the same one.
    #[doc(hidden)]
    fn fixed(&self) -> Option<Token> {
        None
    }
}

/// What a [`TokenSource`] may use: the transport and the clock of the client it serves.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct TokenContext<'a> {
    /// Where requests go.
    pub transport: &'a dyn Transport,
    /// Clock and randomness.
    pub environment: &'a dyn Environment,
    /// Whether plain `http` is allowed to other hosts than loopback.
    pub plain_http: bool,
    /// How long the call waits. A source that has a token which is still good answers with that one in good time.
    pub time: Duration,
}

impl fmt::Debug for TokenContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenContext").finish_non_exhaustive()
    }
}

/// What [`Bearer::new`](crate::client::Bearer::new) takes: the text of a fixed token, or a [`TokenSource`].
pub trait IntoTokenSource {
    /// The source.
    fn into_token_source(self) -> Arc<dyn TokenSource>;
}

impl<T: TokenSource> IntoTokenSource for T {
    fn into_token_source(self) -> Arc<dyn TokenSource> {
        Arc::new(self)
    }
}

impl IntoTokenSource for Arc<dyn TokenSource> {
    fn into_token_source(self) -> Arc<dyn TokenSource> {
        self
    }
}

/// The source of a token that never changes.
pub(in crate::client) struct FixedToken(Token);

impl FixedToken {
    pub(in crate::client) fn new(token: Secret<String>) -> Self {
        Self(Token(Arc::new(token)))
    }
}

impl TokenSource for FixedToken {
    fn token<'a>(&'a self, _: &'a TokenContext<'a>) -> BoxFuture<'a, Result<Token, AuthError>> {
        let token = self.0.clone();
        Box::pin(async move { Ok(token) })
    }

    fn fixed(&self) -> Option<Token> {
        Some(self.0.clone())
    }
}
