//! One call in the journal: written before it is sent, marked when it is known what became of it.

use std::io;
use std::time::SystemTime;

use super::super::core::Shared;
use super::super::environment::random_key;
use super::super::request::Encoded;
use super::super::transport::TransportError;
use super::in_hand::Claim;
use super::{Entry, Journaling, fingerprint, reference};
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// A call's entry, if its client has a journal and its operation anything to lose.
pub(in super::super) struct Record<'c>(Option<(&'c Journaling, Entry, Claim)>);

impl<'c> Record<'c> {
    /// Writes the call down and waits until that is durable; a call that goes on from an entry keeps that one.
    pub(in super::super) async fn open(
        core: &'c Shared,
        spec: &OperationSpec,
        request: &Encoded,
        key: Option<&str>,
        resumed: Option<&Entry>,
    ) -> Result<Self, TransportError> {
        let Some(journaling) = core.options.journal.as_ref().filter(|_| !spec.is_harmless()) else {
            return Ok(Self(None));
        };
        if let Some(entry) = resumed {
            let claim = journaling.in_hand.take(&entry.id);
            let claim = claim.ok_or_else(|| TransportError::not_sent("a call with the entry is under way"))?;
            let taken = journaling.journal.resume(entry).await;
            taken
                .map_err(|error| TransportError::not_sent("the journal does not give the entry out").because(error))?;
            return Ok(Self(Some((journaling, entry.clone(), claim))));
        }
        let entry = new_entry(core, journaling, spec, request, key).map_err(unwritten)?;
        let claim = journaling.in_hand.take(&entry.id).ok_or_else(|| unwritten(io::ErrorKind::AlreadyExists.into()))?;
        journaling.journal.open(&entry).await.map_err(unwritten)?;
        Ok(Self(Some((journaling, entry, claim))))
    }

    /// Marks the entry, unless it is still open what became of the operation. Gives what may be said of it.
    ///
    /// Without its mark an entry is resumed. That finds what happened; but what did not is then sent after all, so that nobody may be told
    /// meanwhile that nothing happened.
    pub(in super::super) async fn settle(self, outcome: Outcome) -> Outcome {
        let Some((journaling, entry, _claim)) = self.0.filter(|_| outcome.is_known()) else { return outcome };
        let Err(error) = journaling.journal.settle(&entry, outcome).await else { return outcome };
        tracing::warn!(operation = entry.operation, kind = %error.kind(), "a journal entry could not be marked as settled");
        if outcome.is_nothing() { Outcome::Unknown } else { outcome }
    }
}

fn unwritten(error: io::Error) -> TransportError {
    TransportError::not_sent("the journal could not be written").because(error)
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
    Ok(Entry {
        id: random_key(environment)?,
        api: core.api.name.to_owned(),
        operation: spec.id.to_owned(),
        reference: reference(spec, &request.body),
        key: key.map(str::to_owned),
        time: u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
        hash: fingerprint(journaling.key.expose(), core.base_of(spec), spec, request),
    })
}
