//! One call in the journal: written before it is sent, held while it is under way, settled when it is known what became of it.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use super::super::core::Shared;
use super::super::environment::Environment;
use super::super::environment::random_key;
use super::super::request::Encoded;
use super::super::timer::within_io;
use super::super::transport::{BoxFuture, TransportError};
use super::claim::{Claim, Claimed};
use super::settlement::{Settled, Settlement};
use super::{Entry, Journaling, Subject, VERSION, fingerprint, group, reference};
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// A call's entry, if its client has a journal and its operation anything to lose.
pub(in super::super) struct Record<'c>(Option<Held<'c>>);

struct Held<'c> {
    environment: &'c dyn Environment,
    entry: Entry,
    claim: Claim,
    /// Whether entries of the same group were open before this one.
    has_older: bool,
    /// Whether one of them has another idempotency key, so that the server does not know this request for a repetition of its own.
    has_other_key: bool,
    /// `None` where it is too far away for the clock.
    deadline: Option<Instant>,
}

/// Why a call has no entry, so that nothing is sent, and what is known of its operation.
pub(in super::super) struct Unopened {
    pub(in super::super) error: TransportError,
    pub(in super::super) outcome: Outcome,
}

/// What may be told of a call, and whether the journal could not be told.
pub(in super::super) struct Told {
    pub(in super::super) outcome: Outcome,
    pub(in super::super) is_unmarked: bool,
}

/// The most that is kept of a deadline for telling the journal.
const LONGEST_MARGIN: Duration = Duration::from_secs(1);

impl<'c> Record<'c> {
    /// Writes the call down and waits until that is durable, as long as there is time; a call that goes on from an entry keeps that one.
    pub(in super::super) async fn open(
        core: &'c Shared,
        spec: &OperationSpec,
        request: &Encoded,
        key: Option<&str>,
        resumed: Option<&Entry>,
        deadline: Option<Instant>,
    ) -> Result<Self, Unopened> {
        let Some(journaling) = core.options.journal.as_ref().filter(|_| !spec.is_harmless()) else {
            return Ok(Self(None));
        };
        let environment = &*core.options.environment;
        let unwritten = |error| Unopened::new("the journal could not be written", error, Outcome::NotSent);
        let claim = Claim::new(&journaling.journal, environment).map_err(unwritten)?;
        let entry = match resumed {
            Some(entry) => entry.clone(),
            None => new_entry(core, journaling, spec, request, key).map_err(unwritten)?,
        };
        let mut held = Held { environment, entry, claim, has_older: true, has_other_key: false, deadline };
        if resumed.is_some() {
            held.resume().await?;
            held.has_other_key = held.entry.key.is_some() && held.is_beside_another_key().await;
        } else {
            let others = held.begin().await?;
            held.has_older = !others.is_empty();
            held.has_other_key = others.iter().any(|other| other.key != held.entry.key);
        }
        Ok(Self(Some(held)))
    }

    /// Whether earlier requests for the same operation may have been carried out.
    pub(in super::super) fn has_older(&self) -> bool {
        self.0.as_ref().is_some_and(|held| held.has_older)
    }

    /// Whether one of them had another idempotency key than this call.
    pub(in super::super) fn has_other_key(&self) -> bool {
        self.0.as_ref().is_some_and(|held| held.has_other_key)
    }

    /// What is left of a deadline when the time for telling the journal is taken off.
    pub(in super::super) fn deadline_to_send(&self, deadline: Option<Instant>) -> Option<Instant> {
        let Some(held) = &self.0 else { return deadline };
        deadline.and_then(|deadline| deadline.checked_sub((held.left() / 10).min(LONGEST_MARGIN)))
    }

    /// Lets the call go on, and renews its claim meanwhile.
    pub(in super::super) async fn hold<F: Future>(&self, call: F) -> F::Output {
        let lease = self.0.as_ref().and_then(|held| Some((held, held.claim.journal.lease()?)));
        let Some((held, lease)) = lease else { return call.await };
        let mut call = pin!(call);
        let mut renewal = held.renewal(lease);
        poll_fn(|context| {
            if let Poll::Ready(output) = call.as_mut().poll(context) {
                return Poll::Ready(output);
            }
            if renewal.as_mut().poll(context).is_ready() {
                renewal = held.renewal(lease);
                context.waker().wake_by_ref();
            }
            Poll::Pending
        })
        .await
    }

    /// Whether the call still has its entry, asked before each attempt and for so long at most.
    pub(in super::super) async fn check(&self, time: Duration) -> Result<(), TransportError> {
        let Some(held) = &self.0 else { return Ok(()) };
        let asked = held.environment.now();
        match within_io(held.environment, time, held.claim.journal.renew(&held.claim.holder)).await {
            // The claim was renewed at some moment since it was asked for, and may have ended by now.
            Some(Ok(true)) if held.claim.journal.lease().is_some_and(|lease| held.since(asked) >= lease) => Err(
                TransportError::not_sent("the journal took longer to renew the claim of the entry than a claim lasts"),
            ),
            Some(Ok(true)) => Ok(()),
            Some(Ok(false)) => Err(TransportError::not_sent("the journal's entry was settled or claimed meanwhile")),
            Some(Err(error)) => {
                Err(TransportError::not_sent("the journal does not answer for the entry").because(error))
            }
            None => Err(TransportError::not_sent("the journal did not answer for the entry in time")),
        }
    }

    /// Settles the entry, unless it is still open what became of the operation. Gives what may be said of it.
    ///
    /// Without its mark an entry is resumed. That finds what happened; but what did not is then sent after all, so that nobody may be told
    /// meanwhile that nothing happened.
    pub(in super::super) async fn settle(self, outcome: Outcome) -> Told {
        let marked = Told { outcome, is_unmarked: false };
        let Some(held) = self.0.filter(|_| outcome.is_known()) else { return marked };
        let cautious = if outcome.is_nothing() { Outcome::Unknown } else { outcome };
        let settlement = Settlement::of(outcome);
        let settling = held.claim.journal.settle(&held.entry, &held.claim.holder, &settlement);
        let operation = &held.entry.operation;
        match within_io(held.environment, held.left(), settling).await {
            Some(Ok(Settled::Closed)) => marked,
            Some(Ok(Settled::Earlier(earlier))) => {
                // Another call of the same reference has it, or somebody settled it by hand.
                if outcome.is_nothing() != earlier.is_nothing() {
                    tracing::warn!(operation, "a journal entry was settled meanwhile in another way");
                }
                let is_other = outcome.is_nothing() && !earlier.is_nothing();
                Told { outcome: if is_other { Outcome::Duplicate } else { outcome }, ..marked }
            }
            Some(Ok(Settled::OthersOpen | Settled::NotOpen)) => Told { outcome: cautious, ..marked },
            Some(Err(error)) => {
                tracing::warn!(operation, kind = %error.kind(), "a journal entry could not be marked as settled");
                Told { outcome: cautious, is_unmarked: true }
            }
            None => {
                tracing::warn!(operation, "a journal entry could not be marked as settled in time");
                Told { outcome: cautious, is_unmarked: true }
            }
        }
    }
}

impl Held<'_> {
    /// Writes a new entry; gives the others of its group that are open.
    async fn begin(&self) -> Result<Vec<Entry>, Unopened> {
        let (journal, holder) = (&self.claim.journal, &self.claim.holder);
        // Half of the time: if it is not enough, the entry is taken back in the other half.
        match within_io(self.environment, self.left() / 2, journal.open(&self.entry, holder)).await {
            Some(Ok(others)) => Ok(others),
            Some(Err(error)) => {
                let outcome = self.outcome_unsent().await;
                Err(Unopened::new("the journal could not be written", error, outcome))
            }
            None => {
                let withdrawn =
                    within_io(self.environment, self.left() / 2, journal.withdraw(&self.entry, holder)).await;
                // What may be in the journal may be resumed.
                let outcome = if let Some(Ok(())) = withdrawn { self.outcome_unsent().await } else { Outcome::Unknown };
                let error = TransportError::not_sent("the journal was not written in time");
                Err(Unopened { error, outcome })
            }
        }
    }

    /// Claims an entry that is there.
    async fn resume(&self) -> Result<(), Unopened> {
        let (journal, holder) = (&self.claim.journal, &self.claim.holder);
        let error = match within_io(self.environment, self.left(), journal.claim(&self.entry, holder)).await {
            Some(Ok(Claimed::Taken)) => return Ok(()),
            Some(Ok(Claimed::Held)) => TransportError::not_sent("a call with the entry is under way"),
            Some(Ok(Claimed::NotOpen)) => {
                TransportError::not_sent("the entry was settled meanwhile, or is of another journal")
            }
            Some(Err(error)) => TransportError::not_sent("the journal does not give the entry out").because(error),
            None => TransportError::not_sent("the journal did not give the entry out in time"),
        };
        Err(Unopened { error, outcome: Outcome::Unknown })
    }

    /// Whether an open entry of the group has another key, or nobody can tell.
    async fn is_beside_another_key(&self) -> bool {
        match within_io(self.environment, self.left(), self.claim.journal.find(&self.entry.group)).await {
            Some(Ok(entries)) => entries.iter().any(|other| other.key != self.entry.key),
            _ => true,
        }
    }

    /// What is known of an operation whose request was not sent this time.
    async fn outcome_unsent(&self) -> Outcome {
        match within_io(self.environment, self.left(), self.claim.journal.find(&self.entry.group)).await {
            Some(Ok(others)) if others.is_empty() => Outcome::NotSent,
            // An earlier request may have been carried out, or nobody can tell.
            _ => Outcome::Unknown,
        }
    }

    /// Renews the claim after a third of its lease; whether that went well is asked before the next attempt.
    fn renewal(&self, lease: Duration) -> BoxFuture<'static, ()> {
        let sleep = self.environment.sleep(lease / 3);
        let (journal, holder) = (Arc::clone(&self.claim.journal), self.claim.holder.clone());
        let operation = self.entry.operation.clone();
        Box::pin(async move {
            sleep.await;
            if !matches!(journal.renew(&holder).await, Ok(true)) {
                tracing::warn!(operation, "the claim of a journal entry could not be renewed");
            }
        })
    }

    fn since(&self, earlier: Instant) -> Duration {
        self.environment.now().saturating_duration_since(earlier)
    }

    fn left(&self) -> Duration {
        let now = self.environment.now();
        self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(now))
    }
}

impl Unopened {
    fn new(reason: &'static str, error: io::Error, outcome: Outcome) -> Self {
        Self { error: TransportError::not_sent(reason).because(error), outcome }
    }
}

fn new_entry(
    core: &Shared,
    journaling: &Journaling,
    spec: &OperationSpec,
    request: &Encoded,
    key: Option<&str>,
) -> io::Result<Entry> {
    let environment = &*core.options.environment;
    let time = environment.wall_clock().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let secret = journaling.key.expose();
    let (id, reference) = (random_key(environment)?, reference(spec, &request.body));
    let hash = fingerprint(secret, core.base_of(spec), spec, request);
    let group = group(secret, core, spec, &Subject::of(spec, reference.as_deref(), key, &hash, &id));
    Ok(Entry {
        v: VERSION,
        id,
        api: core.api.name.to_owned(),
        operation: spec.id.to_owned(),
        group,
        reference,
        key: key.map(str::to_owned),
        time: u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
        hash,
    })
}
