//! Settling entries.

use specie_runtime::client::{Entry, Holder, Settled, Settlement};
use tokio_postgres::Row;

use super::statements::{SETTLE, STATE};
use super::{BEGIN, COMMIT, Error, Failure, LOCK, PostgresJournal, TRIES, Tries, outcome_text, prepared};

impl PostgresJournal {
    pub(super) async fn settled(
        &self,
        entry: &Entry,
        holder: &Holder,
        settlement: &Settlement,
    ) -> Result<Settled, Error> {
        let outcome = outcome_text::of(settlement.outcome)
            .ok_or(Error::Argument("an entry is settled with what is known, and `Unknown` is not"))?;
        let mut tries = Tries::at_most(TRIES);
        let state = loop {
            match self.try_settle(entry, holder, settlement, outcome).await {
                Ok(state) => break state,
                Err(failure) => tries.after(failure).await?,
            }
        };
        let settled = read(state.as_ref(), holder)?;
        if settled == Settled::Closed {
            self.holdings.remove(holder);
        }
        Ok(settled)
    }

    /// One transaction. If it was carried out before, it finds the entry settled by this holder and changes nothing.
    async fn try_settle(
        &self,
        entry: &Entry,
        holder: &Holder,
        settlement: &Settlement,
        outcome: &str,
    ) -> Result<Option<Row>, Failure> {
        let (client, [lock, settle, state]) = prepared(&self.pool, [LOCK, SETTLE, STATE]).await?;
        // That nothing happened, and what was settled by hand, is for all open entries of the group, and lasts.
        let is_for_all = settlement.outcome.is_not_executed() || settlement.reason.is_some();
        let (id, group, holder) = (entry.id(), entry.group(), holder.id());
        let (begun, locked, settled, state, committed) = tokio::join!(
            biased;
            client.batch_execute(BEGIN),
            async { client.execute(&lock, &[&group, &is_for_all]).await },
            async { client.execute(&settle, &[&id, &group, &holder, &outcome, &settlement.reason, &is_for_all]).await },
            async { client.query_opt(&state, &[&id]).await },
            client.batch_execute(COMMIT),
        );
        let failed = |error| Failure::of(&error, &client);
        begun.and(locked.map(drop)).and(settled.map(drop)).map_err(failed)?;
        let state = state.map_err(failed)?;
        committed.map_err(failed)?;
        Ok(state)
    }
}

/// What a row of [`STATE`] says after the transaction.
fn read(state: Option<&Row>, holder: &Holder) -> Result<Settled, Error> {
    let Some(row) = state else { return Ok(Settled::NotOpen) };
    let (outcome, settled_by) = (row.try_get::<_, Option<&str>>(1)?, row.try_get::<_, Option<&str>>(2)?);
    let Some(outcome) = outcome else { return Ok(Settled::OthersOpen) };
    if settled_by == Some(holder.id()) {
        return Ok(Settled::Closed);
    }
    Ok(Settled::Earlier(outcome_text::read(outcome)?))
}
