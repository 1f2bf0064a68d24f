//! OAuth 2.0 client credentials (RFC 6749 section 4.4): fetched once for many callers, renewed in time.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::auth_error::AuthError;
use super::token_endpoint::{Grant, TokenEndpoint};
use super::tokens::{Token, TokenContext, TokenSource};
use super::transport::BoxFuture;
use crate::secret::Secret;

/// Tokens by the client credentials grant (RFC 6749 section 4.4).
///
/// The first call fetches a token through the client's own transport, all others wait for it. It is renewed shortly before it
/// expires, by one call at a time while the others go on with the old one, and after a 401. A failure is shared by the calls that
/// waited for it. Clones share the token, so one source can serve several clients.
///
/// ```
/// use specie_runtime::client::{Bearer, ClientCredentials};
///
/// let credentials = ClientCredentials::new("https://sso.example.com/token", "client", "secret").scope("payments");
/// let bearer = Bearer::new(credentials);
/// # let _ = bearer;
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    endpoint: TokenEndpoint,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    current: Mutex<Option<Held>>,
    /// Held by the one call that fetches.
    fetching: tokio::sync::Mutex<Option<AuthError>>,
    /// How many fetches have ended, so that a call that waited can tell a new failure from an old one.
    fetches: AtomicU64,
}

/// A token, and when it has to be replaced.
#[derive(Clone)]
struct Held {
    token: Token,
    renew: Option<Instant>,
    expires: Option<Instant>,
}

/// What there is without asking the server.
enum Stock {
    Fresh(Token),
    /// Still valid, but to be replaced.
    Ageing(Token),
    Nothing,
}

impl ClientCredentials {
    /// The token endpoint and what the client identifies itself with, sent in the body (`client_id`, `client_secret`).
    #[must_use]
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret<String>>,
    ) -> Self {
        Self {
            endpoint: TokenEndpoint::new(token_url.into(), client_id.into(), client_secret.into()),
            shared: Arc::default(),
        }
    }

    /// Asks for these scopes, separated by spaces.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.endpoint.parameter("scope", scope.into());
        self.afresh()
    }

    /// Sends a further parameter, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.endpoint.parameter(name, value.into());
        self.afresh()
    }

    /// Sends id and secret as `Authorization: Basic` (RFC 6749 section 2.3.1) instead of in the body.
    #[must_use]
    pub fn basic_auth(mut self) -> Self {
        self.endpoint.by_header();
        self.afresh()
    }

    /// A changed source shares no token with the one it was made from.
    fn afresh(mut self) -> Self {
        self.shared = Arc::default();
        self
    }

    async fn current(&self, context: &TokenContext<'_>) -> Result<Token, AuthError> {
        let seen = self.shared.fetches.load(Ordering::Acquire);
        let mut last_failure = match self.shared.stock(context.environment.now()) {
            Stock::Fresh(token) => return Ok(token),
            Stock::Ageing(token) => match self.shared.fetching.try_lock() {
                Ok(guard) => guard,
                // Somebody renews it; until then the old one is good.
                Err(_) => return Ok(token),
            },
            Stock::Nothing => self.shared.fetching.lock().await,
        };
        let stock = self.shared.stock(context.environment.now());
        if let Stock::Fresh(token) = stock {
            return Ok(token);
        }
        if let (Some(failure), true) = (&*last_failure, self.shared.fetches.load(Ordering::Acquire) != seen) {
            return Err(failure.clone());
        }
        let fetched = self.endpoint.fetch(context).await;
        self.shared.fetches.fetch_add(1, Ordering::AcqRel);
        match (fetched, stock) {
            (Ok(grant), _) => {
                *last_failure = None;
                Ok(self.shared.keep(grant, context.environment.now()))
            }
            (Err(_), Stock::Ageing(token)) => Ok(token),
            (Err(error), _) => {
                *last_failure = Some(error.clone());
                Err(error)
            }
        }
    }
}

impl TokenSource for ClientCredentials {
    fn token<'a>(&'a self, context: &'a TokenContext<'a>) -> BoxFuture<'a, Result<Token, AuthError>> {
        Box::pin(self.current(context))
    }

    fn reject(&self, token: &Token) -> bool {
        self.shared.with(|current| {
            // Of many calls that were turned away with one token, only the first discards it; the others find its successor.
            if current.as_ref().is_some_and(|held| held.token == *token) {
                *current = None;
            }
        });
        true
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").finish_non_exhaustive()
    }
}

impl Shared {
    fn stock(&self, now: Instant) -> Stock {
        self.with(|current| match current {
            Some(held) if held.expires.is_some_and(|expires| expires <= now) => Stock::Nothing,
            Some(held) if held.renew.is_some_and(|renew| renew <= now) => Stock::Ageing(held.token.clone()),
            Some(held) => Stock::Fresh(held.token.clone()),
            None => Stock::Nothing,
        })
    }

    fn keep(&self, grant: Grant, now: Instant) -> Token {
        let lifetime = grant.expires_in;
        let held = Held {
            token: grant.token.clone(),
            renew: lifetime.and_then(|lifetime| now.checked_add(lifetime.saturating_sub(margin(lifetime)))),
            expires: lifetime.and_then(|lifetime| now.checked_add(lifetime)),
        };
        self.with(|current| *current = Some(held));
        grant.token
    }

    fn with<R>(&self, action: impl FnOnce(&mut Option<Held>) -> R) -> R {
        action(&mut self.current.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How long before its end a token is replaced: long enough for a call to arrive with it, short beside its life.
fn margin(lifetime: Duration) -> Duration {
    Duration::from_secs(30).min(lifetime / 5)
}
