//! One call in the journal: written before it is sent, held while it is under way, settled when its outcome is known.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use super::options::{CallOptions, Key};
use super::request_fingerprint::{Subject, VERSION, fingerprint, group, reference};
use crate::client::api_client::ClientConfig;
use crate::client::journal::{Claim, Claimed, Entry, Journaling, Settled, Settlement};
use crate::client::request::Encoded;
use crate::client::transport::environment::Environment;
use crate::client::transport::environment::random_key;
use crate::client::transport::timer::within_io;
use crate::client::transport::{BoxFuture, TransportError};
use crate::operation::{Idempotency, OperationSpec};
use crate::outcome::Outcome;

/// A call's entry, if its client has a journal and its operation is not a safe one.
pub(in crate::client) struct Record<'c>(Option<Held<'c>>);

struct Held<'c> {
    environment: &'c dyn Environment,
    entry: Entry,
    claim: Claim,
    /// The open entries of the group whose requests may have been carried out; with its own, where the call goes on from that.
    earlier: Vec<Entry>,
    /// `None` where it is too far away for the clock.
    deadline: Option<Instant>,
}

/// Why a call has no entry, so that nothing is sent, and what is known of its operation.
pub(in crate::client) struct Unopened {
    pub(in crate::client) error: TransportError,
    pub(in crate::client) outcome: Outcome,
}

/// What the caller may be told of a call, and whether the journal could not be marked.
pub(in crate::client) struct Told {
    pub(in crate::client) outcome: Outcome,
    pub(in crate::client) journal_write_failed: bool,
}

/// The most that is kept of a deadline for telling the journal.
const LONGEST_MARGIN: Duration = Duration::from_secs(1);

impl<'c> Record<'c> {
    /// Writes the call down and waits until that is durable, as long as there is time; a call that goes on from an entry keeps that one.
    pub(in crate::client) async fn open(
        client: &'c ClientConfig,
        spec: &OperationSpec,
        request: &Encoded,
        key: Option<&str>,
        resumed: Option<&Entry>,
        deadline: Option<Instant>,
    ) -> Result<Self, Unopened> {
        let Some(journaling) = client.options.journal.as_ref().filter(|_| !spec.is_safe()) else {
            return Ok(Self(None));
        };
        let environment = &*client.options.environment;
        let unwritten = |error| Unopened::new("the journal could not be written", error, Outcome::NotSent);
        let claim = Claim::new(&journaling.journal, environment).map_err(unwritten)?;
        let entry = match resumed {
            Some(entry) => entry.clone(),
            None => new_entry(client, journaling, spec, request, key).map_err(unwritten)?,
        };
        let mut held = Held { environment, entry, claim, earlier: Vec::new(), deadline };
        held.earlier = match resumed {
            Some(_) => held.resume().await?,
            None => held.begin().await?,
        };
        Ok(Self(Some(held)))
    }

    /// What is known of an operation whose request cannot be sent, because something of it is missing: nothing happened, unless an
    /// earlier request of the same group is open.
    pub(in crate::client) async fn outcome_unbuilt(
        client: &ClientConfig,
        spec: &OperationSpec,
        request: &Encoded,
        options: &CallOptions,
    ) -> Outcome {
        if options.resumed.is_some() {
            return Outcome::Unknown;
        }
        let Some(journaling) = client.options.journal.as_ref().filter(|_| !spec.is_safe()) else {
            return Outcome::NotSent;
        };
        let (secret, reference) = (journaling.key.expose(), reference(spec, request.bytes()));
        let hash = fingerprint(secret, client.base_of(spec), spec, request);
        let key = options.key.as_ref().filter(|_| matches!(spec.idempotency, Idempotency::Header(_))).map(Key::as_str);
        let group = group(secret, client, spec, &request.own, &Subject::of(spec, reference.as_deref(), key, &hash, ""));
        let time = options.deadline.unwrap_or(client.options.deadline);
        match within_io(&*client.options.environment, time, journaling.journal.find(&group)).await {
            Some(Ok(open)) if open.is_empty() => Outcome::NotSent,
            _ => Outcome::Unknown,
        }
    }

    /// Whether earlier requests for the same operation may have been carried out.
    pub(in crate::client) fn has_older(&self) -> bool {
        !self.earlier().is_empty()
    }

    /// The open entries of those requests; also the one that the call goes on from.
    pub(in crate::client) fn earlier(&self) -> &[Entry] {
        self.0.as_ref().map_or(&[], |held| &held.earlier)
    }

    /// Whether an entry is about a request that is the same as this call's.
    pub(in crate::client) fn is_of_same_request(&self, entry: &Entry) -> bool {
        self.0.as_ref().is_some_and(|held| held.entry.v == entry.v && held.entry.hash == entry.hash)
    }

    /// What is left of a deadline when the time for telling the journal is taken off.
    pub(in crate::client) fn deadline_to_send(&self, deadline: Option<Instant>) -> Option<Instant> {
        let Some(held) = &self.0 else { return deadline };
        deadline.and_then(|deadline| deadline.checked_sub((held.left() / 10).min(LONGEST_MARGIN)))
    }

    /// Lets the call go on, and renews its claim meanwhile.
    pub(in crate::client) async fn hold<F: Future>(&self, call: F) -> F::Output {
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
    pub(in crate::client) async fn check(&self, time: Duration) -> Result<(), TransportError> {
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

    /// Whether no other call of the group is under way; takes what nobody holds. Asked for so long at most; `false` where the journal does not answer.
    pub(in crate::client) async fn is_alone(&self, time: Duration) -> bool {
        let Some(held) = &self.0 else { return true };
        matches!(within_io(held.environment, time, held.take_all()).await, Some(Ok(true)))
    }

    /// Settles the entry, unless the outcome is unknown. Returns what the caller may be told.
    ///
    /// Without its mark an entry is resumed. That finds what happened; but what did not is then sent after all, so that nobody may be told
    /// meanwhile that nothing happened.
    pub(in crate::client) async fn settle(self, outcome: Outcome) -> Told {
        let marked = Told { outcome, journal_write_failed: false };
        let Some(held) = self.0.filter(|_| outcome.is_known()) else { return marked };
        let cautious = if outcome.is_not_executed() { Outcome::Unknown } else { outcome };
        let settlement = Settlement::of(outcome);
        let settling = held.claim.journal.settle(&held.entry, &held.claim.holder, &settlement);
        let operation = &held.entry.operation;
        match within_io(held.environment, held.left(), settling).await {
            Some(Ok(Settled::Closed)) => marked,
            Some(Ok(Settled::Earlier(earlier))) => {
                // Another call of the same reference holds it, or it was settled by hand.
                if outcome.is_not_executed() != earlier.is_not_executed() {
                    tracing::warn!(operation, "a journal entry was settled meanwhile in another way");
                }
                let is_other = outcome.is_not_executed() && !earlier.is_not_executed();
                Told { outcome: if is_other { Outcome::Duplicate } else { outcome }, ..marked }
            }
            Some(Ok(Settled::OthersOpen | Settled::NotOpen)) => Told { outcome: cautious, ..marked },
            Some(Err(error)) => {
                tracing::warn!(operation, kind = %error.kind(), "a journal entry could not be marked as settled");
                Told { outcome: cautious, journal_write_failed: true }
            }
            None => {
                tracing::warn!(operation, "a journal entry could not be marked as settled in time");
                Told { outcome: cautious, journal_write_failed: true }
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
                // An entry of this id was there: what another call made of it is not known here.
                let was_there = error.kind() == io::ErrorKind::AlreadyExists;
                let outcome = if was_there { Outcome::Unknown } else { self.outcome_unsent().await };
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

    /// Claims an entry that is there; gives all of its group that are open.
    async fn resume(&self) -> Result<Vec<Entry>, Unopened> {
        let (journal, holder) = (&self.claim.journal, &self.claim.holder);
        let error = match within_io(self.environment, self.left(), journal.claim(&self.entry, holder)).await {
            Some(Ok(Claimed::Taken)) => return self.group().await,
            Some(Ok(Claimed::Held)) => TransportError::not_sent("a call with the entry is under way"),
            Some(Ok(Claimed::NotOpen)) => {
                TransportError::not_sent("the entry was settled meanwhile, or is of another journal")
            }
            Some(Err(error)) => TransportError::not_sent("the journal does not give the entry out").because(error),
            None => TransportError::not_sent("the journal did not give the entry out in time"),
        };
        Err(Unopened { error, outcome: Outcome::Unknown })
    }

    /// The open entries of the group of an entry that goes on.
    async fn group(&self) -> Result<Vec<Entry>, Unopened> {
        let error = match within_io(self.environment, self.left(), self.claim.journal.find(&self.entry.group)).await {
            Some(Ok(mut entries)) => {
                if !entries.iter().any(|entry| entry.id == self.entry.id) {
                    entries.push(self.entry.clone());
                }
                return Ok(entries);
            }
            Some(Err(error)) => TransportError::not_sent("the journal does not say what is open").because(error),
            None => TransportError::not_sent("the journal did not say in time what is open"),
        };
        Err(Unopened { error, outcome: Outcome::Unknown })
    }

    /// What is known of an operation whose request was not sent this time.
    async fn outcome_unsent(&self) -> Outcome {
        match within_io(self.environment, self.left(), self.claim.journal.find(&self.entry.group)).await {
            Some(Ok(others)) if others.is_empty() => Outcome::NotSent,
            // An earlier request may have been carried out, or it cannot be known.
            _ => Outcome::Unknown,
        }
    }

    /// Claims all open entries of the group; gives whether none is another call's.
    async fn take_all(&self) -> io::Result<bool> {
        let (journal, holder) = (&self.claim.journal, &self.claim.holder);
        for other in journal.find(&self.entry.group).await? {
            // What was settled meanwhile is nobody's; if this call's own entry was settled with it, its next attempt learns it.
            if other.id != self.entry.id && journal.claim(&other, holder).await? == Claimed::Held {
                return Ok(false);
            }
        }
        Ok(true)
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
    client: &ClientConfig,
    journaling: &Journaling,
    spec: &OperationSpec,
    request: &Encoded,
    key: Option<&str>,
) -> io::Result<Entry> {
    let environment = &*client.options.environment;
    let time = environment.wall_clock().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let secret = journaling.key.expose();
    let (id, reference) = (random_key(environment)?, reference(spec, request.bytes()));
    let hash = fingerprint(secret, client.base_of(spec), spec, request);
    let group = group(secret, client, spec, &request.own, &Subject::of(spec, reference.as_deref(), key, &hash, &id));
    Ok(Entry {
        v: VERSION,
        id,
        api: client.api.name.to_owned(),
        operation: spec.id.to_owned(),
        group,
        reference,
        key: key.map(str::to_owned),
        time: u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
        hash,
    })
}
