//! The loop that sends a request until its operation is settled or may not be tried again.
//!
//! It sees bytes and the facts of the document, never a typed body, and is compiled once for all operations; what it has to know of
//! a response's form it asks through a [`ClassifyResponse`]. [`send`] waits
//! for the journal before the first attempt; [reconciliation](crate::client::reconciliation) calls this loop and keeps the record itself.

use std::time::Duration;

use tokio::task::coop::consume_budget;

use super::attempt::{Attempt, Exchange};
use super::authorize;
use super::journaling::Record;
use super::options::CallOptions;
use super::response_class::{ClassifyResponse, ResponseValidity};
use super::result::CallResult;
use super::retry::Ending;
use super::trace;
use super::trace::CallSpan;
use crate::client::api_client::{ApiClient, ClientConfig};
use crate::client::request::Encoded;
use crate::client::response::meta::Meta;
use crate::client::response::mismatch::ResponseMismatch;
use crate::client::response::retry_after::retry_after;
use crate::client::transport::environment::jitter;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// Sends a request, again where that is safe, and says how it ended. What could be lost is in the journal before it is sent.
pub(crate) async fn send(
    client: ApiClient,
    spec: &'static OperationSpec,
    classify: ClassifyResponse,
    request: Encoded,
    options: CallOptions,
) -> CallResult {
    let client = &*client.config;
    let exchange = match Exchange::new(client, spec, classify, request.clone(), &options) {
        Ok(exchange) => exchange,
        Err(error) => {
            let outcome = Record::outcome_unbuilt(client, spec, &request, &options).await;
            return CallResult::Unbuilt(error).with_outcome(spec, outcome);
        }
    };
    let (key, resumed) = (exchange.key.as_deref(), options.resumed.as_ref());
    let record = match Record::open(client, spec, &exchange.request, key, resumed, exchange.deadline).await {
        Ok(record) => record,
        Err(unopened) => {
            let outcome = spec.join(exchange.known, unopened.outcome);
            let result = CallResult::Failed(unopened.error, Meta::new(spec, outcome));
            trace::finished(&trace::call(client, spec), &result, client.options.environment.now());
            return result;
        }
    };
    let (result, span) = record.hold(exchange.recorded(&record).traced()).await;
    let told = record.settle(result.outcome()).await;
    let result = result.told(spec, &told);
    trace::finished(&span, &result, client.options.environment.now());
    result
}

/// Sends a request as [`send`] does, under a record that the caller opens and settles, or without one.
pub(crate) async fn send_unrecorded(
    client: &ClientConfig,
    spec: &'static OperationSpec,
    classify: ClassifyResponse,
    request: Encoded,
    options: &CallOptions,
    record: Option<&Record<'_>>,
) -> CallResult {
    let (result, span) = send_untold(client, spec, classify, request, options, record).await;
    trace::finished(&span, &result, client.options.environment.now());
    result
}

/// Sends a request as [`send_unrecorded`] does, and leaves it to the caller to complete its span: what is told of it is decided later.
pub(crate) async fn send_untold(
    client: &ClientConfig,
    spec: &'static OperationSpec,
    classify: ClassifyResponse,
    request: Encoded,
    options: &CallOptions,
    record: Option<&Record<'_>>,
) -> (CallResult, CallSpan) {
    match Exchange::new(client, spec, classify, request, options) {
        Ok(mut exchange) => {
            exchange.record = record;
            exchange.traced().await
        }
        Err(error) => (CallResult::Unbuilt(error), CallSpan::none(spec, client.options.environment.now())),
    }
}

impl Exchange<'_> {
    /// Runs it in a span, which is left open to be completed with what is told.
    async fn traced(self) -> (CallResult, CallSpan) {
        let call = trace::call(self.client, self.spec);
        let result = tracing::Instrument::instrument(self.run(), call.span.clone()).await;
        (result, call)
    }

    async fn run(&self) -> CallResult {
        let credentials = match authorize::choose(self.client, self.spec, &self.request.headers) {
            Ok(credentials) => credentials,
            Err(error) => {
                let outcome = self.spec.join(self.known, Outcome::NotSent);
                return CallResult::Unauthorized(error, Meta::new(self.spec, outcome));
            }
        };
        self.client.budget.deposit();
        let mut known = self.known;
        let mut attempts = 0;
        let mut renewals = 0;
        loop {
            attempts += 1;
            // A server in the same process may answer without a wait: calls in a loop would leave other tasks of the thread no time. No limit
            // of time runs yet, which a simulated clock would end here.
            consume_budget().await;
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
            self.client.options.environment.sleep(pause).await;
        }
    }

    /// How long the server, or the issuer of its credentials, asked to wait.
    fn retry_after(&self, attempt: &Attempt) -> Option<Duration> {
        if let Attempt::Unauthorized(error) = attempt {
            return error.retry_after();
        }
        retry_after(attempt.headers()?, self.client.options.environment.wall_clock())
    }

    /// How long to wait before the next attempt; `None` if there is none.
    fn pause(&self, ending: Ending, attempts: u32, asked: Option<Duration>) -> Option<Duration> {
        let policy = &self.client.options.retry;
        // A stream that was read by an attempt is gone, unless it can be made anew.
        let can_be_sent = self.request.body.is_available();
        if attempts >= policy.attempts || !ending.may_be_repeated(self.spec) || !can_be_sent {
            return None;
        }
        let backoff = jitter(&*self.client.options.environment, policy.backoff_limit(attempts));
        let pause = asked.map_or(backoff, |asked| asked.saturating_add(backoff));
        // A wait that takes all of the time left leaves none for another attempt, so the last response is returned now.
        (pause < self.left() && self.client.budget.withdraw()).then_some(pause)
    }
}

impl Attempt {
    fn finish(self, meta: Meta) -> CallResult {
        match self {
            Self::Answered(response, validity) => {
                let meta = meta.with_status(Some(response.status_code()));
                // The headers follow once the response has been read, which may need them.
                match validity {
                    ResponseValidity::Counts | ResponseValidity::Undocumented => CallResult::Answered(response, meta),
                    ResponseValidity::Differs(fields) => {
                        CallResult::Mismatch(ResponseMismatch::new(response, fields), meta)
                    }
                }
            }
            Self::Failed(mut error) => {
                let headers = error.take_headers().unwrap_or_default();
                let meta = meta.with_status(error.status()).with_headers(headers);
                CallResult::Failed(error, meta)
            }
            Self::Unauthorized(error) => CallResult::Unauthorized(error, meta),
        }
    }
}
