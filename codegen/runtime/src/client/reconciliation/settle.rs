//! The reconciliation of one operation: what is known of it, and what to do next.
//!
//! It sees bytes and the facts of the document, and is compiled once for all operations.

use std::time::{Duration, Instant};

use super::candidates::{as_success, earlier};
use super::conclusion::Conclusion;
use super::lookup::{self, Asking, Lookup};
use super::progress::Progress;
use super::search::{LookupResult, Search};
use crate::client::api_client::ApiClient;
use crate::client::call::journaling::Record;
use crate::client::call::options::{CallOptions, Key};
use crate::client::call::request_fingerprint::reference;
use crate::client::call::response_class::{ClassifyResponse, ResponseClass};
use crate::client::call::result::CallResult;
use crate::client::call::send::send_untold;
use crate::client::call::trace;
use crate::client::call::trace::CallSpan;
use crate::client::journal::Entry;
use crate::client::request::Encoded;
use crate::client::request::build_error::{BuildError, BuildSubject};
use crate::client::response::ClientResponse;
use crate::client::response::meta::Meta;
use crate::client::response::resource_comparison::{differing, is_comparable};
use crate::client::response::retry_after::is_transient_status;
use crate::client::transport::environment::{Environment, jitter};
use crate::operation::{Idempotency, OperationSpec, ReconcileSpec};
use crate::outcome::Outcome;

/// The reconciliation of one operation.
pub(super) struct Reconciliation {
    client: ApiClient,
    spec: &'static OperationSpec,
    how: &'static ReconcileSpec,
    asking: Asking,
    request: Encoded,
    lookup: Encoded,
    reference: String,
    options: CallOptions,
    classify: ClassifyResponse,
    first: First,
    /// Whether the server would know a request of this call for a repetition of one that may be there.
    is_unique: bool,
    /// `None` where the clock cannot represent it.
    deadline: Option<Instant>,
    progress: Progress,
    /// The span of the request that ended it, to be completed.
    span: Option<CallSpan>,
}

/// What is done first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::client) enum First {
    Send,
    /// It may have been sent before.
    Ask,
}

/// How long a server may take to act on a request without a response, where neither the document nor the client says it.
const SETTLING: Duration = Duration::from_secs(30);

/// The shortest wait between two lookups, since the random backoff may be zero.
const SHORTEST: Duration = Duration::from_millis(10);

impl Reconciliation {
    pub(super) fn new(
        client: ApiClient,
        spec: &'static OperationSpec,
        classify: ClassifyResponse,
        asking: Asking,
        request: Encoded,
        options: CallOptions,
        first: First,
    ) -> Result<Self, BuildError> {
        let how = asking.how;
        let fault = |reason| BuildError::new(BuildSubject::Body, how.reference, reason);
        let reference =
            reference(spec, request.bytes()).ok_or_else(|| fault("is no text or number to look it up by"))?;
        if reference.is_empty() {
            return Err(fault("is empty, and so nothing to look it up by"));
        }
        let lookup = lookup::request(client.config.api, how, &reference, &request.own)?;
        let config = &client.config.options;
        let now = config.environment.now();
        let deadline = now.checked_add(options.deadline.unwrap_or(config.deadline));
        let mut progress = Progress::default();
        if first == First::Ask {
            progress.outcome = Some(Outcome::Unknown);
            progress.in_doubt_since = Some(now);
        }
        Ok(Self {
            client,
            spec,
            how,
            asking,
            request,
            lookup,
            reference,
            options,
            classify,
            first,
            is_unique: false,
            deadline,
            progress,
            span: None,
        })
    }

    /// Settles the operation, as far as that is possible before the deadline.
    pub(super) async fn settle(mut self) -> Conclusion {
        let client = self.client.clone();
        let key = self.options.key.as_ref().map(Key::as_str);
        let resumed = self.options.resumed.as_ref();
        let record = match Record::open(&client.config, self.spec, &self.request, key, resumed, self.deadline).await {
            Ok(record) => record,
            Err(unopened) => {
                let outcome = self.spec.join(self.progress.outcome, unopened.outcome);
                let result = CallResult::Failed(unopened.error, Meta::new(self.spec, outcome));
                trace::finished(&trace::call(&client.config, self.spec), &result, self.environment().now());
                return Conclusion::Finished(result);
            }
        };
        if record.has_older() {
            // An earlier request of the same group may have been carried out: look it up first, as for a resumed call.
            self.progress.outcome = Some(Outcome::Unknown);
            self.progress.in_doubt_since = Some(self.environment().now());
        }
        self.is_unique = self.is_unique(&record);
        self.deadline = record.deadline_to_send(self.deadline);
        let conclusion = record.hold(self.run(&record)).await;
        let told = record.settle(conclusion.outcome()).await;
        let conclusion = conclusion.told(self.spec, &told);
        match (&conclusion, &self.span) {
            (Conclusion::Finished(result), Some(span)) => trace::finished(span, result, self.environment().now()),
            _ => trace::reconciled(&client.config, self.spec, conclusion.outcome(), self.progress.lookups),
        }
        conclusion
    }

    /// Whether the server would know a request of this call for a repetition of each one that may have been sent before.
    fn is_unique(&self, record: &Record<'_>) -> bool {
        let key = self.options.key.as_ref();
        // Whoever asks first and sets a key says that it is the one of the earlier call; the journal may know better.
        let is_first = self.first == First::Send;
        let is_for_all = |is_repeated: &dyn Fn(&Entry) -> bool| record.earlier().iter().all(is_repeated);
        match self.spec.idempotency {
            Idempotency::Natural => true,
            Idempotency::Field { pointer, .. } if pointer == self.how.reference => true,
            // Another field is the same in the same request, and nobody knows of a request without an entry.
            Idempotency::Field { .. } => {
                (is_first || self.options.resumed.is_some()) && is_for_all(&|entry| record.is_of_same_request(entry))
            }
            Idempotency::Header(_) => {
                let has_key = |entry: &Entry| entry.key() == key.map(Key::as_str);
                let is_remembered = |entry: &Entry| !self.client.config.has_forgotten(self.spec, entry);
                (is_first || !matches!(key, Some(Key::Drawn(_)) | None))
                    && is_for_all(&|entry| has_key(entry) && is_remembered(entry))
            }
            Idempotency::None => self.spec.is_safe(),
        }
    }

    async fn run(&mut self, record: &Record<'_>) -> Conclusion {
        if self.progress.outcome.is_none()
            && let Some(end) = self.create(record).await
        {
            return end;
        }
        while self.pause().await {
            if let Some(end) = self.ask().await {
                return end;
            }
            if self.may_create()
                && self.is_alone(record).await
                && let Some(end) = self.create(record).await
            {
                return end;
            }
        }
        self.unsettled()
    }

    /// Sends the request.
    async fn create(&mut self, record: &Record<'_>) -> Option<Conclusion> {
        let (left, config) = (self.left(), &self.client.config);
        let options = CallOptions {
            attempt_timeout: Some(self.attempt_timeout().min(left / 2)),
            deadline: Some(left),
            key: self.options.key.clone(),
            is_evidence: true,
            resumed: None,
        };
        let (result, span) =
            send_untold(config, self.spec, self.classify, self.request.clone(), &options, Some(record)).await;
        let own = result.outcome();
        let outcome = self.progress.add(self.spec, &result);
        // From now on what may be on its way has this call's own key.
        self.is_unique |= self.progress.is_sent && self.spec.is_repeatable();
        let now = self.environment().now();
        // A time that the clock cannot represent is after the deadline.
        self.progress.not_before = lookup::asked(&result).and_then(|asked| now.checked_add(asked).or(self.deadline));
        if own == Outcome::Done || outcome.is_not_executed() {
            // Completed with what the journal lets be told.
            self.span = Some(span);
            return Some(Conclusion::Finished(self.progress.complete(self.spec, result)));
        }
        trace::to_be_looked_up(&span, &result, now);
        if let Some(end) = self.earlier(&result) {
            return Some(end);
        }
        if let CallResult::Answered(response, _) = &result {
            self.progress.is_refused |= own == Outcome::Refused && !is_transient_status(response.status());
        }
        if matches!(own, Outcome::Unknown | Outcome::Duplicate) {
            self.progress.in_doubt_since = Some(now);
        }
        self.progress.last = Some(self.progress.complete(self.spec, result));
        None
    }

    /// Whether the request may be sent once more: a lookup found nothing, and a repetition cannot act twice.
    fn may_create(&self) -> bool {
        let is_missing =
            matches!(self.progress.lookup, Some(Lookup::NotFound)) && self.progress.outcome == Some(Outcome::Unknown);
        let is_due = self.progress.not_before.is_none_or(|time| self.environment().now() >= time);
        is_missing && is_due && !self.progress.is_refused && (self.is_unique || (self.is_first() && self.is_late()))
    }

    /// Whether nobody else is about to send what the server would carry out beside it. If somebody is, this call waits and asks on.
    async fn is_alone(&mut self, record: &Record<'_>) -> bool {
        if self.is_unique || record.is_alone(self.left()).await {
            return true;
        }
        tracing::warn!(operation = self.spec.id, "not sent: another call with the reference is under way");
        self.progress.in_doubt_since = Some(self.environment().now());
        false
    }

    /// Whether the request would be the first one of a call that asks first. The request of a resumed entry counts as sent.
    fn is_first(&self) -> bool {
        self.first == First::Ask && self.options.resumed.is_none() && !self.progress.is_sent
    }

    /// Whether the last lookup began after the settling time of all requests with an unknown outcome.
    fn is_late(&self) -> bool {
        let settling = self.client.config.options.settling_time.or(self.how.settling).unwrap_or(SETTLING);
        let (looked_at, since) = (self.progress.looked_at, self.progress.in_doubt_since);
        looked_at.is_some_and(|at| since.is_none_or(|since| at.saturating_duration_since(since) >= settling))
    }

    /// Takes the resource from the documented response to a duplicate, if that response holds the whole resource.
    fn earlier(&self, result: &CallResult) -> Option<Conclusion> {
        let response = match result {
            CallResult::Answered(response, meta) if meta.outcome() == Outcome::Duplicate => response,
            // A response with the same reference shows the earlier resource, which differs from the request.
            CallResult::Mismatch(mismatch, _) if self.spec.outcome_of(mismatch.status()) == Outcome::Duplicate => {
                mismatch.response()
            }
            _ => return None,
        };
        let resource = earlier(self.how, &self.reference, response.body())?;
        let success = as_success(self.spec, self.how, resource, response.headers().clone());
        (is_comparable(self.how, resource) && (self.classify)(&success) == ResponseClass::Success)
            .then(|| self.compared(resource, success))
    }

    /// Looks the operation up by its reference.
    async fn ask(&mut self) -> Option<Conclusion> {
        self.progress.looked_at = Some(self.environment().now());
        self.progress.lookups = self.progress.lookups.saturating_add(1);
        let options = CallOptions {
            attempt_timeout: self.options.attempt_timeout,
            deadline: Some(self.left()),
            key: None,
            is_evidence: true,
            resumed: None,
        };
        let mut search = Search::new(&self.client, self.asking, &self.reference, &self.lookup, options);
        let found = search.run(|| self.left()).await;
        self.progress.asked = search.asked;
        let lookup = match found {
            LookupResult::One(resource, headers) => {
                let success = as_success(self.spec, self.how, &resource, headers);
                return Some(self.compared(&resource, success));
            }
            LookupResult::Several(count) => return Some(Conclusion::Several(count)),
            LookupResult::Nothing => Lookup::NotFound,
            LookupResult::Others => Lookup::OnlyOtherReferences,
            LookupResult::Failed(failure) => Lookup::Failed(failure),
        };
        lookup.note(self.spec, self.how.lookup);
        let is_refuted = matches!(lookup, Lookup::NotFound) && self.is_late();
        if is_refuted && self.progress.outcome == Some(Outcome::Duplicate) {
            // The response "duplicate" was wrong, or about something else.
            self.progress.outcome = Some(Outcome::Unknown);
        }
        let end = self.without_a_find(&lookup);
        self.progress.lookup = Some(lookup);
        end.then(|| self.unsettled_or_refused())
    }

    /// Whether no lookup follows this one, which did not find the operation.
    fn without_a_find(&self, lookup: &Lookup) -> bool {
        match lookup {
            Lookup::Failed(failure) => failure.is_lasting(),
            // It is known to have happened, so a later lookup finds it.
            _ if self.progress.outcome != Some(Outcome::Unknown) => false,
            Lookup::NotFound if self.progress.is_refused => self.is_late(),
            Lookup::NotFound if self.is_first() => false,
            Lookup::NotFound | Lookup::OnlyOtherReferences => !self.is_unique && self.is_late(),
            Lookup::NotAttempted => false,
        }
    }

    /// Compares the resource that was found with the request.
    fn compared(&self, resource: &str, success: ClientResponse) -> Conclusion {
        let request = std::str::from_utf8(self.request.bytes()).unwrap_or_default();
        let fields = differing(self.how, request, resource);
        let meta = Meta::new(self.spec, Outcome::Done)
            .with_status(Some(success.status_code()))
            .with_attempts(self.progress.attempts);
        if fields.is_empty() {
            return Conclusion::Found(success, meta);
        }
        // Where references are unique, there is no second resource with this one. An idempotency key makes no reference unique.
        let is_alone =
            matches!(self.spec.idempotency, Idempotency::Field { pointer, .. } if pointer == self.how.reference);
        let outcome = if is_alone { Outcome::Duplicate } else { Outcome::Unknown };
        Conclusion::Differs(success, meta.with_outcome(outcome), fields)
    }

    /// The end when no further lookup follows.
    fn unsettled_or_refused(&mut self) -> Conclusion {
        let is_refused = self.progress.is_refused && matches!(self.progress.lookup, Some(Lookup::NotFound));
        match self.progress.last.take() {
            Some(last) if is_refused => Conclusion::Finished(last.with_outcome(self.spec, Outcome::Refused)),
            last => {
                self.progress.last = last;
                self.unsettled()
            }
        }
    }

    fn unsettled(&mut self) -> Conclusion {
        let lookup = self.progress.lookup.take().unwrap_or(Lookup::NotAttempted);
        // If the API's own list does not have it, it is not known to exist, even if a response said so.
        let outcome = match lookup {
            Lookup::NotFound => Outcome::Unknown,
            _ => self.progress.outcome.unwrap_or(Outcome::Unknown),
        };
        let last = self.progress.last.take().map(|last| last.with_outcome(self.spec, outcome));
        Conclusion::Unsettled(last, lookup, Meta::new(self.spec, outcome))
    }

    /// Waits before the next lookup; `false` if there is no time for one.
    async fn pause(&mut self) -> bool {
        let (left, policy) = (self.left(), &self.client.config.options.retry);
        // A duplicate can be looked up at once, and so can the request of an earlier process.
        let is_ready = self.progress.lookups == 0
            && (self.progress.last.is_none() || self.progress.outcome != Some(Outcome::Unknown));
        let backoff = if is_ready {
            Duration::ZERO
        } else {
            // The wait is at most half of the time left, so that a last lookup fits before the deadline.
            jitter(self.environment(), policy.backoff_limit(self.progress.lookups + 1)).min(left / 2).max(SHORTEST)
        };
        let asked = self.progress.asked.take();
        let mut pause = asked.map_or(backoff, |asked| asked.saturating_add(backoff));
        if pause >= left {
            // Somebody asks for more time than there is; that may be a gateway, which knows nothing of the operation. It is asked once
            // more, as late as there is time for the response.
            if asked.is_none() || self.progress.is_hurried {
                return false;
            }
            self.progress.is_hurried = true;
            pause = left.saturating_sub(self.attempt_timeout().min(left / 2));
        }
        self.environment().sleep(pause).await;
        true
    }

    fn attempt_timeout(&self) -> Duration {
        self.options.attempt_timeout.unwrap_or(self.client.config.options.attempt_timeout)
    }

    fn left(&self) -> Duration {
        let now = self.environment().now();
        self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(now))
    }

    fn environment(&self) -> &dyn Environment {
        &*self.client.config.options.environment
    }
}
