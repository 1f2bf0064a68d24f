//! One operation that is being settled: what is known of it, and what to do next.
//!
//! It sees bytes and the facts of the document, and is compiled once for all operations.

use std::time::{Duration, Instant};

use super::agreement::{differing, is_comparable};
use super::candidates::{Candidates, as_success, candidates, earlier};
use super::lookup::{self, Lookup, LookupFailure};
use crate::client::answer::Answer;
use crate::client::build_error::{BuildError, Place};
use crate::client::call_options::{CallOptions, Key};
use crate::client::core::Core;
use crate::client::environment::{Environment, jitter};
use crate::client::finished::Finished;
use crate::client::journal::{Record, reference};
use crate::client::meta::Meta;
use crate::client::request::Encoded;
use crate::client::retry::is_passing_status;
use crate::client::send::send_unrecorded;
use crate::operation::{Idempotency, OperationSpec, ReconcileSpec};
use crate::outcome::Outcome;

/// How the settling of an operation ended.
pub(super) enum Settled {
    /// With the end of its own call, beside which nothing is open.
    Finished(Finished),
    /// It is there as it was asked for.
    Found(Answer, Meta),
    /// What is there differs in these fields.
    Differs(Answer, Meta, Vec<&'static str>),
    /// This many are there.
    Several(usize),
    /// It is still open; with the end of the last request, the last lookup, and what is known.
    Unsettled(Option<Finished>, Lookup, Outcome),
}

/// One operation that is being settled.
pub(super) struct Case {
    core: Core,
    spec: &'static OperationSpec,
    how: &'static ReconcileSpec,
    request: Encoded,
    lookup: Encoded,
    reference: String,
    options: CallOptions,
    read: Reading,
    /// Whether the server would know a second request for the first one.
    is_unique: bool,
    /// `None` where it is too far away for the clock.
    deadline: Option<Instant>,
    known: Known,
}

/// How answers are read, by what the document says of the operation itself.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) is_success: fn(&Answer) -> bool,
    pub(super) is_error: fn(&Answer) -> bool,
}

/// What is known by now.
#[derive(Default)]
struct Known {
    /// By all requests together; `None` before the first.
    outcome: Option<Outcome>,
    attempts: u32,
    /// When the last request without a known end had ended: the server may act on it for some time yet.
    in_doubt_since: Option<Instant>,
    /// The server refuses the request for a reason that does not pass, in the words of its document: a gateway's 403 refuses one request
    /// and says nothing of those before.
    is_refused: bool,
    last: Option<Finished>,
    lookup: Option<Lookup>,
    /// The last lookup brought the word of the API itself that there is nothing.
    is_absent: bool,
    lookups: u32,
    /// What the last answer asked to wait.
    asked: Option<Duration>,
}

/// The shortest wait between two lookups, where chance would have none at all.
const SHORTEST: Duration = Duration::from_millis(10);

impl Case {
    pub(super) fn new(
        core: Core,
        spec: &'static OperationSpec,
        how: &'static ReconcileSpec,
        request: Encoded,
        options: CallOptions,
        read: Reading,
    ) -> Result<Self, BuildError> {
        let fault = |reason| BuildError::new(Place::Body, how.reference, reason);
        let reference = reference(spec, &request.body).ok_or_else(|| fault("is no text or number to look it up by"))?;
        if reference.is_empty() {
            return Err(fault("is empty, and so nothing to look it up by"));
        }
        let lookup = lookup::request(how, &reference)?;
        let shared = &core.shared.options;
        let now = shared.environment.now();
        let deadline = now.checked_add(options.deadline.unwrap_or(shared.deadline));
        let mut known = Known::default();
        let mut is_unique = spec.is_repeatable() || matches!(spec.idempotency, Idempotency::Field { .. });
        if let Some(entry) = &options.resumed {
            known.outcome = Some(Outcome::Unknown);
            known.in_doubt_since = Some(now);
            is_unique &= !core.shared.has_forgotten(spec, entry);
        }
        Ok(Self { core, spec, how, request, lookup, reference, options, read, is_unique, deadline, known })
    }

    /// Settles it, as far as that is possible in time.
    pub(super) async fn settle(mut self) -> Settled {
        let core = self.core.clone();
        let key = self.options.key.as_ref().map(Key::as_str);
        let resumed = self.options.resumed.as_ref();
        let record = match Record::open(&core.shared, self.spec, &self.request, key, resumed, self.deadline).await {
            Ok(record) => record,
            Err(unopened) => {
                let outcome = self.spec.join(self.known.outcome, unopened.outcome);
                return Settled::Finished(Finished::Failed(unopened.error, Meta::new(self.spec, outcome)));
            }
        };
        if record.has_older() {
            // Asked for first, as what is resumed.
            self.known.outcome = Some(Outcome::Unknown);
            self.known.in_doubt_since = Some(self.environment().now());
        }
        self.deadline = record.deadline_to_send(self.deadline);
        let settled = record.hold(self.run(&record)).await;
        let told = record.settle(settled.outcome()).await;
        match settled {
            Settled::Finished(finished) => Settled::Finished(finished.told(self.spec, &told)),
            other => other,
        }
    }

    async fn run(&mut self, record: &Record<'_>) -> Settled {
        if self.known.outcome.is_none()
            && let Some(end) = self.create(record).await
        {
            return end;
        }
        while self.pause().await {
            if let Some(end) = self.ask().await {
                return end;
            }
            if self.may_create()
                && let Some(end) = self.create(record).await
            {
                return end;
            }
        }
        self.unsettled()
    }

    /// Sends the request.
    async fn create(&mut self, record: &Record<'_>) -> Option<Settled> {
        let (left, shared) = (self.left(), &self.core.shared);
        let options = CallOptions {
            attempt_timeout: Some(self.options.attempt_timeout.unwrap_or(shared.options.attempt_timeout).min(left / 2)),
            deadline: Some(left),
            key: self.options.key.clone(),
            resumed: None,
        };
        let finished = send_unrecorded(shared, self.spec, self.request.clone(), &options, Some(record)).await;
        let own = finished.outcome();
        let outcome = self.spec.join(self.known.outcome, own);
        self.known.outcome = Some(outcome);
        self.known.attempts = self.known.attempts.saturating_add(finished.meta().map_or(0, Meta::attempts));
        self.known.asked = lookup::asked(&finished);
        if let Finished::Answered(answer, _) = &finished {
            if own == Outcome::Done && (self.read.is_success)(answer) {
                return Some(Settled::Finished(self.with_all_known(finished)));
            }
            if own == Outcome::Duplicate
                && let Some(end) = self.earlier(answer)
            {
                return Some(end);
            }
            let is_final = own == Outcome::Refused && !is_passing_status(answer.status());
            self.known.is_refused |= is_final && (self.read.is_error)(answer);
        }
        if outcome.is_nothing() {
            return Some(Settled::Finished(self.with_all_known(finished)));
        }
        if own == Outcome::Unknown {
            self.known.in_doubt_since = Some(self.environment().now());
        }
        self.known.last = Some(self.with_all_known(finished));
        None
    }

    /// Whether the request may be sent once more: what it asks for was looked for and is not there, and cannot come to be there twice.
    fn may_create(&self) -> bool {
        let is_missing =
            matches!(self.known.lookup, Some(Lookup::NotThere)) && self.known.outcome == Some(Outcome::Unknown);
        is_missing && self.is_unique && !self.known.is_refused
    }

    /// Takes the resource from the answer to a duplicate, if that brings all of it.
    fn earlier(&self, answer: &Answer) -> Option<Settled> {
        let resource = earlier(self.how, &self.reference, answer.body())?;
        let success = as_success(self.how, resource, answer.headers().clone());
        (is_comparable(self.how, resource) && (self.read.is_success)(&success))
            .then(|| self.compared(resource, success))
    }

    /// Looks it up.
    async fn ask(&mut self) -> Option<Settled> {
        let (left, began) = (self.left(), self.environment().now());
        let options = CallOptions {
            attempt_timeout: self.options.attempt_timeout,
            deadline: Some(left),
            key: None,
            resumed: None,
        };
        let lookup = self.lookup.clone();
        let finished = send_unrecorded(&self.core.shared, self.how.lookup, lookup, &options, None).await;
        self.known.lookups = self.known.lookups.saturating_add(1);
        self.known.asked = lookup::asked(&finished);
        self.known.is_absent = false;
        let lookup = match &finished {
            Finished::Answered(answer, _) if answer.status() == 404 => {
                // A gateway that knows no way to the API says it with a page, or with nothing.
                self.known.is_absent = answer.body().trim_ascii_start().starts_with(b"{");
                Lookup::NotThere
            }
            Finished::Answered(answer, _) if (200..300).contains(&answer.status()) => {
                match candidates(self.how, &self.reference, answer.body()) {
                    Some(Candidates::One(resource)) => {
                        let success = as_success(self.how, resource, answer.headers().clone());
                        return Some(self.compared(resource, success));
                    }
                    Some(Candidates::Several(count)) => return Some(Settled::Several(count)),
                    Some(Candidates::Nothing) => {
                        self.known.is_absent = true;
                        Lookup::NotThere
                    }
                    Some(Candidates::Others) => Lookup::OthersOnly,
                    None => Lookup::Failed(LookupFailure::of(finished)),
                }
            }
            _ => Lookup::Failed(LookupFailure::of(finished)),
        };
        lookup.note(self.spec, self.how.lookup);
        let end = self.without_a_find(&lookup, began);
        self.known.lookup = Some(lookup);
        end.then(|| self.unsettled_or_refused())
    }

    /// Whether a lookup that did not find it is the last one; it began at this time.
    fn without_a_find(&self, lookup: &Lookup, began: Instant) -> bool {
        let is_late = || {
            let since = self.known.in_doubt_since;
            since.is_none_or(|since| began.saturating_duration_since(since) >= self.core.shared.options.settling_time)
        };
        match lookup {
            Lookup::Failed(failure) => failure.is_lasting(),
            // What happened will be found yet.
            _ if self.known.outcome != Some(Outcome::Unknown) => false,
            Lookup::NotThere if self.known.is_refused && self.known.is_absent => is_late(),
            Lookup::NotThere | Lookup::OthersOnly => !self.is_unique && is_late(),
            Lookup::NotAsked => false,
        }
    }

    /// What is there, as far as it is what was asked for.
    fn compared(&self, resource: &str, success: Answer) -> Settled {
        let request = std::str::from_utf8(&self.request.body).unwrap_or_default();
        let fields = differing(self.how, request, resource);
        let meta = Meta::new(self.spec, Outcome::Done)
            .with_status(Some(success.status_code()))
            .with_attempts(self.known.attempts);
        if fields.is_empty() {
            return Settled::Found(success, meta);
        }
        // Where references are unique, what was asked for cannot be there as well. A key makes no reference unique.
        let is_alone =
            matches!(self.spec.idempotency, Idempotency::Field { pointer, .. } if pointer == self.how.reference);
        let outcome = if is_alone { Outcome::Duplicate } else { Outcome::Unknown };
        Settled::Differs(success, meta.with_outcome(outcome), fields)
    }

    /// The end, when lookups have nothing more to say.
    fn unsettled_or_refused(&mut self) -> Settled {
        let is_refused = self.known.is_refused && self.known.is_absent;
        match self.known.last.take() {
            Some(last) if is_refused => Settled::Finished(last.with_outcome(self.spec, Outcome::Refused)),
            last => {
                self.known.last = last;
                self.unsettled()
            }
        }
    }

    fn unsettled(&mut self) -> Settled {
        let lookup = self.known.lookup.take().unwrap_or(Lookup::NotAsked);
        Settled::Unsettled(self.known.last.take(), lookup, self.known.outcome.unwrap_or(Outcome::Unknown))
    }

    /// Waits before the next lookup; `false` if there is no time for one.
    async fn pause(&mut self) -> bool {
        let (left, policy) = (self.left(), &self.core.shared.options.retry);
        // What is known to be there can be looked up at once; what an earlier process left behind has had its time.
        let is_ready =
            self.known.lookups == 0 && (self.known.last.is_none() || self.known.outcome != Some(Outcome::Unknown));
        let backoff = if is_ready {
            Duration::ZERO
        } else {
            // The last lookup before the deadline may come early rather than not at all.
            jitter(self.environment(), policy.backoff_limit(self.known.lookups + 1)).min(left / 2).max(SHORTEST)
        };
        let pause = self.known.asked.take().map_or(backoff, |asked| asked.saturating_add(backoff));
        if pause >= left {
            return false;
        }
        self.environment().sleep(pause).await;
        true
    }

    fn left(&self) -> Duration {
        let now = self.environment().now();
        self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(now))
    }

    fn environment(&self) -> &dyn Environment {
        &*self.core.shared.options.environment
    }

    /// The end of a request, with what all of them say.
    fn with_all_known(&self, finished: Finished) -> Finished {
        let outcome = self.known.outcome.unwrap_or(finished.outcome());
        finished.with_outcome(self.spec, outcome).with_attempts(self.known.attempts)
    }
}

impl Settled {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Finished(finished) => finished.outcome(),
            Self::Found(_, meta) | Self::Differs(_, meta, _) => meta.outcome(),
            Self::Several(_) => Outcome::Unknown,
            Self::Unsettled(_, _, outcome) => *outcome,
        }
    }
}
