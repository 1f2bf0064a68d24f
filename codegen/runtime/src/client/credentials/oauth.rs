//! OAuth 2.0 client credentials (RFC 6749 section 4.4): fetched once for many callers, renewed in time.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::warn;

use super::auth_error::AuthError;
use super::token_endpoint::{Grant, TokenEndpoint};
use super::tokens::{Token, TokenContext, TokenSource};
use crate::client::transport::BoxFuture;
use crate::client::transport::timer::within;
use crate::secret::Secret;

/// Tokens by the client credentials grant (RFC 6749 section 4.4).
///
/// The first call fetches a token through the client's own transport, all others wait for it. It is renewed shortly before it
/// expires, by one call at a time while the others go on with the old one, and after a 401. A renewal that fails, or takes more than a
/// few seconds, is tried again later as long as the old token is valid. A failure is shared by the calls that waited for it, and by no
/// later one. Where the endpoint asks for time (`Retry-After`), no clone asks it again before that has passed: calls go on with a token
/// that is still valid, or wait as long as their deadline and their retries allow, or fail with what it answered. Clones share the token, so one source can serve several clients.
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
    config: Arc<ClientConfig>,
}

#[derive(Default)]
struct ClientConfig {
    current: Mutex<Option<Held>>,
    /// Held by the one call that fetches.
    fetching: tokio::sync::Mutex<Fetching>,
    /// How many fetches have ended, so that a call that waited can tell a new failure from an old one.
    fetches: AtomicU64,
}

/// The result of earlier fetches.
#[derive(Default)]
struct Fetching {
    last_failure: Option<AuthError>,
    /// Until when the endpoint asked to be left alone, and with which response.
    pause: Option<(Instant, AuthError)>,
}

/// A token, and when it has to be replaced.
#[derive(Clone)]
struct Held {
    token: Token,
    renew: Option<Instant>,
    expires: Option<Instant>,
}

/// The state of the cached token.
enum Stock {
    Fresh(Token),
    /// Still valid for this long, but due for replacement.
    Ageing(Token, Duration),
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
            config: Arc::default(),
        }
    }

    /// Asks for these scopes, separated by spaces.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.endpoint.parameter("scope", Secret::new(scope.into()));
        self.afresh()
    }

    /// Sends a further parameter, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: &'static str, value: impl Into<Secret<String>>) -> Self {
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
        self.config = Arc::default();
        self
    }

    async fn current(&self, context: &TokenContext<'_>) -> Result<Token, AuthError> {
        match self.config.stock(context.environment.now()) {
            Stock::Fresh(token) => Ok(token),
            Stock::Ageing(token, rest) => Ok(self.renewed(context, rest).await.unwrap_or(token)),
            Stock::Nothing => self.first(context).await,
        }
    }

    /// A successor of a token that is still valid; `None` where there is none in time, or another call is fetching it.
    async fn renewed(&self, context: &TokenContext<'_>, rest: Duration) -> Option<Token> {
        let mut fetching = self.config.fetching.try_lock().ok()?;
        // Whoever had the lock before may have got one.
        if let Stock::Fresh(token) = self.config.stock(context.environment.now()) {
            return Some(token);
        }
        if fetching.paused(context.environment.now()).is_some() {
            return None;
        }
        let patience = RENEWAL_PATIENCE.min(context.time / 2).min(rest / 2);
        let fetched = within(context.environment, patience, self.endpoint.fetch(context)).await;
        let now = context.environment.now();
        match fetched {
            Some(Ok(grant)) => {
                fetching.last_failure = None;
                Some(self.config.keep(grant, now))
            }
            failed => {
                let error = failed.and_then(Result::err);
                tell_not_renewed(error.as_ref());
                fetching.pause_after(error.as_ref(), now);
                self.config.postpone(now);
                None
            }
        }
    }

    /// A token where there is no valid one: what came of the fetch that this call waited for, or of one of its own.
    async fn first(&self, context: &TokenContext<'_>) -> Result<Token, AuthError> {
        let seen = self.config.fetches.load(Ordering::Acquire);
        let mut fetching = self.config.fetching.lock().await;
        if let Stock::Fresh(token) | Stock::Ageing(token, _) = self.config.stock(context.environment.now()) {
            return Ok(token);
        }
        if let Some(failure) = fetching.paused(context.environment.now()) {
            return Err(failure);
        }
        if self.config.fetches.load(Ordering::Acquire) != seen {
            if let Some(failure) = &fetching.last_failure {
                return Err(failure.clone());
            }
            // It was over before it came; another one would be, too.
            if let Some(token) = self.config.held() {
                return Ok(token);
            }
        }
        let fetched = self.endpoint.fetch(context).await;
        self.config.fetches.fetch_add(1, Ordering::AcqRel);
        let now = context.environment.now();
        fetching.last_failure = fetched.as_ref().err().cloned();
        fetching.pause_after(fetched.as_ref().err(), now);
        fetched.map(|grant| self.config.keep(grant, now))
    }
}

impl TokenSource for ClientCredentials {
    fn token<'a>(&'a self, context: &'a TokenContext<'a>) -> BoxFuture<'a, Result<Token, AuthError>> {
        Box::pin(self.current(context))
    }

    fn reject(&self, token: &Token) -> bool {
        self.config.with(|current| {
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

impl Fetching {
    /// The failure after which the endpoint asked to be left alone, if that has not passed, with what is left of it.
    fn paused(&self, now: Instant) -> Option<AuthError> {
        let (until, failure) = self.pause.as_ref()?;
        let left = until.saturating_duration_since(now);
        (!left.is_zero()).then(|| failure.clone().with_retry_after(left))
    }

    /// Notes for how long the endpoint asked to be left alone, if it did.
    fn pause_after(&mut self, failure: Option<&AuthError>, now: Instant) {
        let Some((failure, time)) = failure.and_then(|failure| Some((failure, failure.retry_after()?))) else {
            return;
        };
        let until = now.checked_add(time.min(LONGEST_PAUSE)).unwrap_or(now);
        self.pause = Some((until, failure.clone()));
    }
}

impl ClientConfig {
    fn stock(&self, now: Instant) -> Stock {
        self.with(|current| match current {
            Some(held) if held.expires.is_some_and(|expires| expires <= now) => Stock::Nothing,
            Some(held) if held.renew.is_some_and(|renew| renew <= now) => {
                let rest = held.expires.map_or(Duration::MAX, |expires| expires.saturating_duration_since(now));
                Stock::Ageing(held.token.clone(), rest)
            }
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

    /// The token, whether or not it is over; `None` where the server turned it away.
    fn held(&self) -> Option<Token> {
        self.with(|current| current.as_ref().map(|held| held.token.clone()))
    }

    /// Leaves an ageing token alone for half of what is left of its life, so that calls are not slowed down one after the other.
    fn postpone(&self, now: Instant) {
        self.with(|current| {
            if let Some(held) = current {
                held.renew = held.expires.and_then(|expires| {
                    let left = expires.saturating_duration_since(now);
                    now.checked_add(left / 2)
                });
            }
        });
    }

    fn with<R>(&self, action: impl FnOnce(&mut Option<Held>) -> R) -> R {
        action(&mut self.current.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How long a call that has a valid token waits for its successor at most.
const RENEWAL_PATIENCE: Duration = Duration::from_secs(5);

/// The longest wait that an endpoint can ask for, a year: longer ones are shortened to it, so that every clock can represent them.
const LONGEST_PAUSE: Duration = Duration::from_secs(365 * 24 * 3600);

/// How long before its end a token is replaced: long enough for a call to arrive with it, short beside its life.
fn margin(lifetime: Duration) -> Duration {
    Duration::from_secs(30).min(lifetime / 5)
}

/// The event of a token that could not be replaced in time; the calls go on with it.
fn tell_not_renewed(error: Option<&AuthError>) {
    let error = error.map_or_else(|| "it took too long".to_owned(), ToString::to_string);
    warn!(error, "a token could not be renewed, and is used as long as it is valid");
}
