//! The loop that sends a request until its operation is settled or may not be tried again.
//!
//! It sees bytes and the facts of the document, never a typed body, and is compiled once for all operations. A journal is awaited in
//! [`send`] before the first attempt; [`reconcile`](super::reconcile) stands above it, with a record of its own.

use std::time::Duration;

use super::answer::Answer;
use super::auth_error::AuthError;
use super::authorize;
use super::build_error::BuildError;
use super::core::{Core, Shared};
use super::environment::jitter;
use super::exchange::{Attempt, Exchange};
use super::journal::{Entry, Record};
use super::meta::Meta;
use super::request::Encoded;
use super::retry::{Ending, retry_after};
use super::trace;
use super::transport::TransportError;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// What a caller set for one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) key: Option<Key>,
    /// The journal's entry of the call that this one goes on from.
    pub(crate) resumed: Option<Entry>,
}

/// The idempotency key of one call.
#[derive(Clone, Debug)]
pub(crate) enum Key {
    /// Drawn for the call.
    Drawn(String),
    /// Written by the request itself, as one of its parameters.
    Own(String),
    /// Set by the caller.
    Given(String),
}

impl Key {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Drawn(key) | Self::Own(key) | Self::Given(key) => key,
        }
    }
}

/// How a call ended: an answer or a failure, and what is known beside it.
pub(crate) enum Finished {
    Answered(Answer, Meta),
    Failed(TransportError, Meta),
    Unauthorized(AuthError, Meta),
    Unbuilt(BuildError),
}

impl Finished {
    /// What is known beside the answer; `None` where the call could not be built.
    pub(crate) fn meta(&self) -> Option<&Meta> {
        match self {
            Self::Answered(_, meta) | Self::Failed(_, meta) | Self::Unauthorized(_, meta) => Some(meta),
            Self::Unbuilt(_) => None,
        }
    }

    pub(crate) fn outcome(&self) -> Outcome {
        self.meta().map_or(Outcome::NotSent, Meta::outcome)
    }

    /// The same end after so many attempts.
    pub(crate) fn with_attempts(self, attempts: u32) -> Self {
        match self {
            Self::Answered(answer, meta) => Self::Answered(answer, meta.with_attempts(attempts)),
            Self::Failed(error, meta) => Self::Failed(error, meta.with_attempts(attempts)),
            Self::Unauthorized(error, meta) => Self::Unauthorized(error, meta.with_attempts(attempts)),
            Self::Unbuilt(error) => Self::Unbuilt(error),
        }
    }

    /// The same end with something else to say of the operation.
    pub(crate) fn with_outcome(self, spec: &'static OperationSpec, outcome: Outcome) -> Self {
        match self {
            Self::Answered(answer, meta) => Self::Answered(answer, meta.with_outcome(outcome)),
            Self::Failed(error, meta) => Self::Failed(error, meta.with_outcome(outcome)),
            Self::Unauthorized(error, meta) => Self::Unauthorized(error, meta.with_outcome(outcome)),
            Self::Unbuilt(error) if outcome == Outcome::NotSent => Self::Unbuilt(error),
            // What cannot be built now may have been sent before.
            Self::Unbuilt(error) => {
                let error = TransportError::not_sent("the request could not be built").because(error);
                Self::Failed(error, Meta::new(spec, outcome))
            }
        }
    }
}

/// Sends a request, again where that is safe, and says how it ended. What could be lost is in the journal before it is sent.
pub(crate) async fn send(core: Core, spec: &'static OperationSpec, request: Encoded, options: CallOptions) -> Finished {
    let core = &*core.shared;
    let exchange = match Exchange::new(core, spec, request, &options) {
        Ok(exchange) => exchange,
        Err(error) => return Finished::Unbuilt(error),
    };
    let key = exchange.key.as_deref();
    let record = match Record::open(core, spec, &exchange.request, key, options.resumed.as_ref()).await {
        Ok(record) => record,
        Err(error) => return Finished::Failed(error, Meta::new(spec, exchange.known.unwrap_or(Outcome::NotSent))),
    };
    let finished = exchange.traced().await;
    let outcome = record.settle(finished.outcome()).await;
    finished.with_outcome(spec, outcome)
}

/// Sends a request as [`send`] does, but for the journal.
pub(super) async fn send_unrecorded(
    core: &Shared,
    spec: &'static OperationSpec,
    request: Encoded,
    options: &CallOptions,
) -> Finished {
    match Exchange::new(core, spec, request, options) {
        Ok(exchange) => exchange.traced().await,
        Err(error) => Finished::Unbuilt(error),
    }
}

impl Exchange<'_> {
    async fn traced(&self) -> Finished {
        let span = trace::call(self.core.api.name, self.spec);
        let finished = tracing::Instrument::instrument(self.run(), span.clone()).await;
        trace::finished(&span, &finished);
        finished
    }

    async fn run(&self) -> Finished {
        let credentials = match authorize::choose(self.core, self.spec) {
            Ok(credentials) => credentials,
            Err(error) => {
                let outcome = self.spec.join(self.known, Outcome::NotSent);
                return Finished::Unauthorized(error, Meta::new(self.spec, outcome));
            }
        };
        self.core.budget.deposit();
        let mut known = self.known;
        let mut attempts = 0;
        let mut renewals = 0;
        loop {
            attempts += 1;
            let (attempt, renewed) = self.attempt(&credentials, renewals == 0).await;
            let ending = attempt.ending();
            let outcome = self.spec.join(known, ending.outcome(self.spec));
            known = Some(outcome);
            trace::attempt(self.spec, attempts, ending, outcome, attempt.headers());
            if renewed && !self.left().is_zero() {
                renewals += 1;
                continue;
            }
            let asked = self.retry_after(&attempt);
            let Some(pause) = self.pause(ending, attempts - renewals, asked) else {
                let meta = Meta::new(self.spec, outcome)
                    .with_attempts(attempts)
                    .with_key(self.key.clone())
                    .with_retry_after(asked);
                return attempt.finish(meta);
            };
            self.core.options.environment.sleep(pause).await;
        }
    }

    fn retry_after(&self, attempt: &Attempt) -> Option<Duration> {
        retry_after(attempt.headers()?, self.core.options.environment.wall_clock())
    }

    /// How long to wait before the next attempt; `None` if there is none.
    fn pause(&self, ending: Ending, attempts: u32, asked: Option<Duration>) -> Option<Duration> {
        let policy = &self.core.options.retry;
        if attempts >= policy.attempts || !ending.may_be_repeated(self.spec) {
            return None;
        }
        let backoff = jitter(&*self.core.options.environment, policy.backoff_limit(attempts));
        let pause = asked.map_or(backoff, |asked| asked.saturating_add(backoff));
        // A wait that eats all of the time left ends without another attempt, so the last answer is better now.
        (pause < self.left() && self.core.budget.withdraw()).then_some(pause)
    }
}

impl Attempt {
    fn finish(self, meta: Meta) -> Finished {
        match self {
            Self::Answered(answer) => {
                let meta = meta.with_status(Some(answer.status_code()));
                // The headers follow once the answer has been read, which may need them.
                Finished::Answered(answer, meta)
            }
            Self::Failed(mut error) => {
                let headers = error.take_headers().unwrap_or_default();
                let meta = meta.with_status(error.status()).with_headers(headers);
                Finished::Failed(error, meta)
            }
            Self::Unauthorized(error) => Finished::Unauthorized(error, meta),
        }
    }
}
