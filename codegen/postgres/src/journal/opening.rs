//! Writing entries down, taking them back, and claiming what is there.

use std::io;

use specie_runtime::Outcome;
use specie_runtime::client::{Claimed, Entry, Holder};
use tokio_postgres::Row;

use super::statements::{FIND, INSERT, STATE, TAKE, WITHDRAW};
use super::{BEGIN, COMMIT, Error, Failure, LOCK, PostgresJournal, TRIES, Tries, outcome_text, prepared, read_entry};

/// What became of an entry that was to be written.
enum Opened {
    /// It is there and the holder's, beside these.
    Open(Vec<Row>),
    /// Its id is taken: by another holder, or because it was taken back.
    Taken,
}

/// The columns of an entry.
struct Columns<'e> {
    entry: &'e Entry,
    json: String,
}

impl<'e> Columns<'e> {
    fn of(entry: &'e Entry) -> Result<Self, Error> {
        let json = serde_json::to_string(entry).map_err(|_| Error::Data("an entry cannot be written as JSON"))?;
        Ok(Self { entry, json })
    }
}

impl PostgresJournal {
    pub(super) async fn opened(&self, entry: &Entry, holder: &Holder) -> io::Result<Vec<Entry>> {
        let columns = Columns::of(entry)?;
        // Known from here on, so that a call that is dropped meanwhile lets go of it.
        self.holdings.add(holder, [entry.id().to_owned()]);
        let mut tries = Tries::until_known(TRIES);
        loop {
            let failure = match self.try_open(&columns, holder).await {
                Ok(Opened::Open(others)) => return Ok(self.read_or_withdraw(&others, entry, holder).await?),
                Ok(Opened::Taken) => {
                    self.holdings.remove(holder);
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                Err(failure) => failure,
            };
            if let Err(error) = tries.after(failure).await {
                self.holdings.remove(holder);
                return Err(error.into());
            }
        }
    }

    /// The entries of the group. If one cannot be read, the new one is taken back, because its call is not told that it is open.
    async fn read_or_withdraw(&self, others: &[Row], entry: &Entry, holder: &Holder) -> Result<Vec<Entry>, Error> {
        let read = others.iter().map(read_entry).collect::<Result<_, _>>();
        if read.is_err() {
            self.withdrawn(entry, holder).await?;
        }
        read
    }

    /// One transaction. If it was carried out before, it finds the entry there as the holder's and changes nothing but the end of its claim.
    async fn try_open(&self, columns: &Columns<'_>, holder: &Holder) -> Result<Opened, Failure> {
        let texts = [LOCK, FIND, INSERT, TAKE, STATE];
        let (client, [lock, find, insert, take, state]) = prepared(&self.pool, texts).await?;
        let (entry, lease) = (columns.entry, self.lease_seconds());
        let (id, group, holder_id) = (entry.id(), entry.group(), holder.id());
        let (begun, locked, found, inserted, taken, state, committed) = tokio::join!(
            biased;
            client.batch_execute(BEGIN),
            async { client.execute(&lock, &[&group, &true]).await },
            async { client.query(&find, &[&group]).await },
            async { client.execute(&insert, &[
                &id, &group, &entry.api(), &entry.operation(), &entry.reference(), &columns.json, &holder_id, &lease,
            ]).await },
            async { client.query(&take, &[&id, &group, &holder_id, &lease]).await },
            async { client.query_opt(&state, &[&id]).await },
            client.batch_execute(COMMIT),
        );
        let failed = |error| Failure::of(&error, &client);
        begun.and(locked.map(drop)).and(inserted.map(drop)).map_err(failed)?;
        let (found, taken, state) = (found.map_err(failed)?, taken.map_err(failed)?, state.map_err(failed)?);
        committed.map_err(failed)?;
        let is_own = state.is_some_and(|row| is_open_of(&row, holder));
        if !is_own {
            return Ok(Opened::Taken);
        }
        self.holdings.add(holder, taken.iter().filter_map(|row| row.try_get(0).ok()));
        let others = found.into_iter().filter(|row| row.try_get::<_, &str>(1).is_ok_and(|other| other != id));
        Ok(Opened::Open(others.collect()))
    }

    pub(super) async fn withdrawn(&self, entry: &Entry, holder: &Holder) -> Result<(), Error> {
        let columns = Columns::of(entry)?;
        let mut tries = Tries::at_most(TRIES);
        let state = loop {
            match self.try_withdraw(&columns, holder).await {
                Ok(state) => break state,
                Err(failure) => tries.after(failure).await?,
            }
        };
        let outcome = match &state {
            Some(row) => row.try_get::<_, Option<&str>>(1)?.map(outcome_text::read).transpose()?,
            None => None,
        };
        // Whoever took it after its claim ended may have sent its request.
        if outcome.is_some_and(Outcome::is_not_executed) {
            return Ok(());
        }
        Err(Error::Data("the entry became another call's before it was taken back"))
    }

    async fn try_withdraw(&self, columns: &Columns<'_>, holder: &Holder) -> Result<Option<Row>, Failure> {
        let (client, [lock, withdraw, state]) = prepared(&self.pool, [LOCK, WITHDRAW, STATE]).await?;
        let entry = columns.entry;
        let (id, group) = (entry.id(), entry.group());
        let (begun, locked, withdrawn, state, committed) = tokio::join!(
            biased;
            client.batch_execute(BEGIN),
            async { client.execute(&lock, &[&group, &true]).await },
            async { client.execute(&withdraw, &[
                &id, &group, &entry.api(), &entry.operation(), &entry.reference(), &columns.json, &holder.id(),
            ]).await },
            async { client.query_opt(&state, &[&id]).await },
            client.batch_execute(COMMIT),
        );
        let failed = |error| Failure::of(&error, &client);
        begun.and(locked.map(drop)).and(withdrawn.map(drop)).map_err(failed)?;
        let state = state.map_err(failed)?;
        committed.map_err(failed)?;
        Ok(state)
    }

    pub(super) async fn claimed(&self, entry: &Entry, holder: &Holder) -> Result<Claimed, Error> {
        let mut tries = Tries::at_most(TRIES);
        loop {
            match self.try_claim(entry, holder).await {
                Ok(claimed) => return Ok(claimed),
                Err(failure) => tries.after(failure).await?,
            }
        }
    }

    /// One transaction; the same holder may repeat it.
    async fn try_claim(&self, entry: &Entry, holder: &Holder) -> Result<Claimed, Failure> {
        let (client, [lock, take, state]) = prepared(&self.pool, [LOCK, TAKE, STATE]).await?;
        let (id, group) = (entry.id(), entry.group());
        let (begun, locked, taken, state, committed) = tokio::join!(
            biased;
            client.batch_execute(BEGIN),
            async { client.execute(&lock, &[&group, &true]).await },
            async { client.query(&take, &[&id, &group, &holder.id(), &self.lease_seconds()]).await },
            async { client.query_opt(&state, &[&id]).await },
            client.batch_execute(COMMIT),
        );
        let failed = |error| Failure::of(&error, &client);
        begun.and(locked.map(drop)).map_err(failed)?;
        let (taken, state) = (taken.map_err(failed)?, state.map_err(failed)?);
        committed.map_err(failed)?;
        let Some(state) = state else { return Ok(Claimed::NotOpen) };
        self.holdings.add(holder, taken.iter().filter_map(|row| row.try_get(0).ok()));
        if is_open_of(&state, holder) {
            return Ok(Claimed::Taken);
        }
        let is_settled = !matches!(state.try_get::<_, Option<&str>>(1), Ok(None));
        Ok(if is_settled { Claimed::NotOpen } else { Claimed::Held })
    }
}

/// Whether a row of [`STATE`] is open and the holder's.
fn is_open_of(row: &Row, holder: &Holder) -> bool {
    let is_own = matches!(row.try_get::<_, Option<&str>>(0), Ok(Some(id)) if id == holder.id());
    is_own && matches!(row.try_get::<_, Option<&str>>(1), Ok(None))
}
