//! What the reconciliation of an operation has found out so far: [`Progress`].

use std::time::{Duration, Instant};

use super::lookup::Lookup;
use crate::client::call::result::CallResult;
use crate::client::response::meta::Meta;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// What is known by now.
#[derive(Default)]
pub(super) struct Progress {
    /// By all requests together; `None` before the first.
    pub(super) outcome: Option<Outcome>,
    pub(super) attempts: u32,
    /// Whether a request of this call may have reached the server.
    pub(super) is_sent: bool,
    /// When the last request with an unknown outcome ended: the server may still act on it until the settling time is over.
    pub(super) in_doubt_since: Option<Instant>,
    /// The server refuses the request for a reason that does not pass.
    pub(super) is_refused: bool,
    pub(super) last: Option<CallResult>,
    /// The server wants no further request before this (`Retry-After`).
    pub(super) not_before: Option<Instant>,
    pub(super) lookup: Option<Lookup>,
    pub(super) lookups: u32,
    /// When the last lookup began.
    pub(super) looked_at: Option<Instant>,
    /// How long the response to the last lookup asked to wait before the next one.
    pub(super) asked: Option<Duration>,
    /// Whether a lookup did not wait for as long as it was asked to.
    pub(super) is_hurried: bool,
}

impl Progress {
    /// Adds the end of a request, and gives the outcome of all together.
    pub(super) fn add(&mut self, spec: &OperationSpec, result: &CallResult) -> Outcome {
        let own = result.outcome();
        let outcome = spec.join(self.outcome, own);
        self.outcome = Some(outcome);
        self.attempts = self.attempts.saturating_add(result.meta().map_or(0, Meta::attempts));
        self.is_sent |= own != Outcome::NotSent;
        outcome
    }

    /// The end of a request, with outcome and attempts of all requests together.
    pub(super) fn complete(&self, spec: &'static OperationSpec, result: CallResult) -> CallResult {
        let outcome = self.outcome.unwrap_or(result.outcome());
        result.with_outcome(spec, outcome).with_attempts(self.attempts)
    }
}
