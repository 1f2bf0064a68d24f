//! Timeouts, limits and the policy of retries.

use std::sync::Arc;
use std::time::Duration;

use super::journal::{Journal, Journaling};
use super::transport::environment::{Environment, System};
use crate::body::DEFAULT_ITEM_LIMIT;
use crate::secret::Secret;

/// How a client sends: timeouts, limits, retries, and where its clock comes from.
///
/// ```
/// use std::time::Duration;
/// use specie_runtime::client::{Options, RetryPolicy};
///
/// let options = Options::new()
///     .attempt_timeout(Duration::from_secs(10))
///     .deadline(Duration::from_secs(25))
///     .retry(RetryPolicy::new().attempts(3));
/// # let _ = options;
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Options {
    pub(crate) connect_timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) response_limit: usize,
    pub(crate) stream_limit: u64,
    pub(crate) item_limit: usize,
    pub(crate) idle_timeout: Duration,
    pub(crate) user_agent: Option<String>,
    pub(crate) headers: Vec<(String, Secret<String>)>,
    pub(crate) retry: RetryPolicy,
    pub(crate) plain_http: bool,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) settling_time: Option<Duration>,
    pub(crate) key_lifetime: Duration,
    pub(crate) journal: Option<Journaling>,
    pub(crate) account: Option<String>,
}

impl Options {
    /// The defaults: 10 s to connect, 30 s per attempt, 90 s in all, responses up to 16 MiB, `https` only (except to loopback).
    pub fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(30),
            deadline: Duration::from_secs(90),
            response_limit: 16 << 20,
            stream_limit: u64::MAX,
            item_limit: DEFAULT_ITEM_LIMIT,
            idle_timeout: Duration::from_secs(30),
            user_agent: None,
            headers: Vec::new(),
            retry: RetryPolicy::new(),
            plain_http: false,
            environment: Arc::new(System),
            settling_time: None,
            key_lifetime: Duration::from_secs(24 * 60 * 60),
            journal: None,
            account: None,
        }
    }

    /// How long the built-in transport may take to connect, name lookup and TLS included; at most half of the
    /// [`attempt_timeout`](Self::attempt_timeout), because a connection that was never made proves that nothing was sent, and an attempt
    /// that ran out of time does not.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    pub(crate) fn time_to_connect(&self) -> Duration {
        self.connect_timeout.min(self.attempt_timeout / 2)
    }

    /// How long one attempt may take, from connecting to the last byte of the response.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long a call may take with all of its attempts and the waiting between them.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The largest body that a response may have, in bytes, where it is read whole.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// The largest body that a response may have, in bytes, where it is read as a stream; by default there is no limit, because no more
    /// of a stream is held than a piece.
    pub fn stream_limit(mut self, bytes: u64) -> Self {
        self.stream_limit = bytes;
        self
    }

    /// The largest item that a stream of events or JSON values may have, in bytes; 1 MiB by default.
    pub fn item_limit(mut self, bytes: usize) -> Self {
        self.item_limit = bytes;
        self
    }

    /// How long each piece of a response that is a stream may take, by default 30 s. The other limits of time end with the head of such
    /// a response.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// The `User-Agent` of every request, instead of the name and version of this library and of the API.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends a header with every call, such as one that the document does not describe.
    ///
    /// A header that the request has already, or that [`Call::header`](crate::client::Call::header) sets, comes before it. A value for
    /// `Authorization` stands for the credentials that travel there.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Secret<String>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// When requests are sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Allows `http://` to other hosts than loopback. Credentials and payloads then cross the network as plain text.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// How long after an attempt without a response the server may still come to act on it, for all operations of the client. Without it,
    /// that is what the document says (`settling` in `x-specie-reconcile`), or else 30 s.
    ///
    /// Only [`Call::reconciled`](crate::client::Call::reconciled) and resumed calls ask for it: until this time has passed, they do not take a
    /// lookup that finds nothing for the proof that nothing happened. A request that is carried out even later is the one case in which
    /// a `Refused` of such a call can be wrong.
    pub fn settling_time(mut self, time: Duration) -> Self {
        self.settling_time = Some(time);
        self
    }

    /// For how long the server knows an idempotency key again, by default 24 h; servers forget keys, and then take a repetition for
    /// something new.
    ///
    /// A call that [resumes](crate::client::Call::resuming) an entry older than this does not send it again on the strength of its key.
    pub fn key_lifetime(mut self, time: Duration) -> Self {
        self.key_lifetime = time;
        self
    }

    /// Writes every call that creates or moves something into a [`journal`](Journal) before it is sent, with a hash of the request
    /// under this key: at least 16 bytes of randomness, the same ones after a restart.
    pub fn journal(mut self, journal: impl Journal, key: impl Into<Secret<Vec<u8>>>) -> Self {
        self.journal = Some(Journaling::new(journal, key.into()));
        self
    }

    /// The name of the account that the client acts for, where several accounts share a journal: the same reference in two accounts is two
    /// operations. By default the user name of its [`Basic`](crate::client::Basic) credential, if it has one. It must be the same after a restart,
    /// or what is open is not found; a hash of it is written, never the name.
    ///
    /// A [`Bearer`](crate::client::Bearer) token or an [`ApiKey`](crate::client::ApiKey) names nobody. Two accounts with such credentials over one journal
    /// are one account to it unless this is set: the same reference in both is then one operation. What is known of the payment of one
    /// settles the other's entry, and the other is told that it happened, or starts from unknown, although the server knows nothing of it.
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.account = Some(name.into());
        self
    }

    /// Another clock, sleep and randomness, for tests.
    pub fn environment(mut self, environment: impl Environment) -> Self {
        self.environment = Arc::new(environment);
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

/// How often and after how long a request is sent again.
///
/// Whether it may be sent again at all is not a matter of policy: that follows from the operation's declared idempotency and from
/// what the failed attempt says.
///
/// ```
/// use std::time::Duration;
/// use specie_runtime::client::RetryPolicy;
///
/// // Three attempts; a wait of up to 0.1 s before the second and 0.2 s before the third; at most one retry per ten calls beyond the first 20.
/// let policy = RetryPolicy::new()
///     .attempts(3)
///     .backoff(Duration::from_millis(100), Duration::from_secs(2))
///     .budget(20, 10);
/// assert_ne!(policy, RetryPolicy::never());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(crate) attempts: u32,
    pub(crate) first: Duration,
    pub(crate) longest: Duration,
    pub(crate) reserve: u32,
    pub(crate) percent: u32,
}

impl RetryPolicy {
    /// The defaults: up to 4 attempts, waiting up to 250 ms, 500 ms, 1 s …, at most 10 s, as long as retries make up no more than
    /// 20 % of the client's calls beyond a reserve of 100.
    pub const fn new() -> Self {
        Self {
            attempts: 4,
            first: Duration::from_millis(250),
            longest: Duration::from_secs(10),
            reserve: 100,
            percent: 20,
        }
    }

    /// One attempt, no retries.
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// How many attempts a call makes at most.
    ///
    /// The first one counts: `1` means no retry, and `0` is the same.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The backoff: a random wait up to `first` before the second attempt, up to twice as long before each further one, never
    /// longer than `longest`. A server's `Retry-After` is waited for in full.
    pub const fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// The budget that all calls of a client share, so that a struggling server is not buried under retries: `reserve` retries at
    /// once, refilled by `percent` retries per hundred calls.
    pub const fn budget(mut self, reserve: u32, percent: u32) -> Self {
        self.reserve = reserve;
        self.percent = percent;
        self
    }

    /// The longest wait after this many attempts, before jitter.
    pub(crate) fn backoff_limit(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        self.first.saturating_mul(1 << doublings).min(self.longest)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_limit_unless_it_is_asked_for() {
        let options = Options::new();
        assert!(options.time_to_connect() < options.attempt_timeout && options.attempt_timeout < options.deadline);
        assert!(options.deadline <= Duration::from_secs(120) && options.response_limit <= 64 << 20);
        assert!(!options.plain_http && options.retry.attempts < 10);
    }

    #[test]
    fn connecting_takes_no_more_than_half_of_an_attempt() {
        let options = Options::new().connect_timeout(Duration::from_secs(3));
        assert_eq!(options.time_to_connect(), Duration::from_secs(3));
        let options = options.attempt_timeout(Duration::from_secs(4));
        assert_eq!(options.time_to_connect(), Duration::from_secs(2));
    }
}
