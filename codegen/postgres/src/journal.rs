//! The journal of several machines: [`PostgresJournal`].

mod held_entries;
mod opening;
mod outcome_text;
mod resuming;
mod settling;
mod statements;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Pool;
use specie_runtime::client::{BoxFuture, Claimed, Entry, Holder, Journal, Settled, Settlement};
use tokio_postgres::Row;

use crate::database::{BEGIN, COMMIT, Failure, Tries, prepared, seconds};
use crate::error::Error;
use held_entries::Holdings;
use statements::{FIND, LIST, LOCK, PRUNE, RELEASE, RENEW};

pub use resuming::{Resumption, Resumptions, Unsettled};

/// A [`Journal`] in the table `specie.journal`, for clients on any number of machines.
///
/// ```no_run
/// use std::time::Duration;
///
/// use specie_postgres::{PostgresJournal, check_schema, pool};
/// use specie_runtime::Secret;
/// use specie_runtime::client::Options;
///
/// # async fn example(key: Secret<Vec<u8>>) -> Result<(), Box<dyn std::error::Error>> {
/// let pool = pool("host=/run/postgresql dbname=shop user=payments".parse()?, 16)?;
/// check_schema(&**pool.get().await?).await?;
/// let journal = PostgresJournal::new(pool).lease(Duration::from_secs(30));
/// let options = Options::new().journal(journal.clone(), key);
/// # drop(options);
/// # Ok(())
/// # }
/// ```
///
/// # What each commit proves
///
/// - [`open`](Journal::open) completes when the row is committed and on the disk, also where `synchronous_commit` is off by default. If the
///   response to the commit is lost, the entry is written once more under the same id: the table has it or takes it, and until one of the
///   two is known nothing is sent. It never ends in an error while the row may be there.
/// - [`withdraw`](Journal::withdraw) leaves a closed row under the entry's id, so that a transaction of `open` that is still on its way
///   finds the id taken. It closes nothing that another holder has taken meanwhile, and says so.
/// - [`settle`](Journal::settle) is as durable as `open` for what did not happen and for a settlement by hand. The mark of something that
///   happened, the renewal of a claim and its release do not wait for the disk: what a crash of the server takes of them costs a
///   question, or time.
///
/// # Claims
///
/// A row is held by the call in its column `holder` until `held_until` by the database's clock. A claim is renewed three times as often
/// as it lasts. A call that was paused for longer finds before its next attempt whether another took its row; what it had begun to send
/// by then is the server's to know for a repetition.
///
/// # What it needs
///
/// `fsync` on, as by default. With a standby that may take over, `synchronous_standby_names` set: what a primary committed and its
/// successor does not have was never written. Clones share the pool and what their calls hold.
#[derive(Clone, Debug)]
pub struct PostgresJournal {
    pool: Pool,
    lease: Duration,
    holdings: Arc<Holdings>,
}

/// How long a claim lasts unless [`PostgresJournal::lease`] says otherwise.
const LEASE: Duration = Duration::from_secs(30);

/// How often a statement is tried whose connections break.
const TRIES: u32 = 8;

impl PostgresJournal {
    /// A journal over a pool of connections, with claims of 30 seconds.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { pool, lease: LEASE, holdings: Arc::default() }
    }

    /// Sets how long a claim lasts that is not renewed: how long the entries of a process that died stay untouched, and how long one may be
    /// paused without losing them. At least a second.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease.max(Duration::from_secs(1));
        self
    }

    /// Removes entries that were settled longer ago than this, except those settled by hand; gives how many. Open entries stay.
    pub async fn prune(&self, age: Duration) -> Result<u64, Error> {
        /// So many in one transaction, so that none is long.
        const BATCH: u64 = 1_000;
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(PRUNE).await?;
        let mut removed = 0;
        loop {
            let batch = client.execute(&statement, &[&seconds(age), &BATCH.cast_signed()]).await?;
            removed += batch;
            if batch < BATCH {
                return Ok(removed);
            }
        }
    }

    fn lease_seconds(&self) -> f64 {
        seconds(self.lease)
    }

    /// Asks a question that changes nothing.
    async fn entries(&self, text: &str, group: Option<&str>) -> Result<Vec<Entry>, Error> {
        let mut tries = Tries::at_most(TRIES);
        loop {
            match self.try_entries(text, group).await {
                Ok(rows) => return rows.iter().map(read_entry).collect(),
                Err(failure) => tries.after(failure).await?,
            }
        }
    }

    async fn try_entries(&self, text: &str, group: Option<&str>) -> Result<Vec<Row>, Failure> {
        let (client, [statement]) = prepared(&self.pool, [text]).await?;
        let rows = match &group {
            Some(group) => client.query(&statement, &[group]).await,
            None => client.query(&statement, &[]).await,
        };
        rows.map_err(|error| Failure::of(&error, &client))
    }

    /// Whether the holder has all that it took, in which case its claims go on.
    async fn renewed(&self, holder: &Holder) -> Result<bool, Error> {
        let ids = self.holdings.of(holder);
        if ids.is_empty() {
            return Ok(false);
        }
        let mut tries = Tries::at_most(TRIES);
        loop {
            match self.try_renew(holder, &ids).await {
                Ok(renewed) => return Ok(renewed == ids.len()),
                Err(failure) => tries.after(failure).await?,
            }
        }
    }

    async fn try_renew(&self, holder: &Holder, ids: &[String]) -> Result<usize, Failure> {
        let (client, [statement]) = prepared(&self.pool, [RENEW]).await?;
        // Without waiting for the disk: if a crash of the server takes this renewal, the claim of the one before it still lasts for two
        // thirds of its time.
        let (begun, renewed, committed) = tokio::join!(
            biased;
            client.batch_execute(BEGIN_LAZY),
            async { client.execute(&statement, &[&holder.id(), &ids, &self.lease_seconds()]).await },
            client.batch_execute(COMMIT),
        );
        let doubt = |error| Failure::of(&error, &client);
        begun.map_err(doubt)?;
        let renewed = renewed.map_err(doubt)?;
        committed.map_err(doubt)?;
        Ok(usize::try_from(renewed).unwrap_or(usize::MAX))
    }
}

/// Begins a transaction whose commit does not wait for the disk.
const BEGIN_LAZY: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL synchronous_commit = off; \
    SET LOCAL idle_in_transaction_session_timeout = '10s'";

fn read_entry(row: &Row) -> Result<Entry, Error> {
    let text: &str = row.try_get(0)?;
    serde_json::from_str(text).map_err(|_| {
        Error::Data("specie.journal has an entry of a form that this program does not know; a newer one wrote it")
    })
}

/// Lets go of entries, later; if that does not come about, their claims end by themselves.
async fn release(pool: Pool, holder: Holder, ids: Vec<String>) {
    let Ok((client, [statement])) = prepared(&pool, [RELEASE]).await else { return };
    let (_, _, _) = tokio::join!(
        biased;
        client.batch_execute(BEGIN_LAZY),
        async { client.execute(&statement, &[&holder.id(), &ids]).await },
        client.batch_execute(COMMIT),
    );
}

impl Journal for PostgresJournal {
    fn lease(&self) -> Option<Duration> {
        Some(self.lease)
    }

    fn open<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(self.opened(entry, holder))
    }

    fn withdraw<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(async { Ok(self.withdrawn(entry, holder).await?) })
    }

    fn claim<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Claimed>> {
        Box::pin(async { Ok(self.claimed(entry, holder).await?) })
    }

    fn renew<'j>(&'j self, holder: &'j Holder) -> BoxFuture<'j, io::Result<bool>> {
        Box::pin(async { Ok(self.renewed(holder).await?) })
    }

    fn release(&self, holder: &Holder) {
        let ids = self.holdings.remove(holder);
        // Without a runtime nobody is there to do it, and the claims end with their time.
        if let (false, Ok(runtime)) = (ids.is_empty(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(release(self.pool.clone(), holder.clone(), ids));
        }
    }

    fn settle<'j>(
        &'j self,
        entry: &'j Entry,
        holder: &'j Holder,
        settlement: &'j Settlement,
    ) -> BoxFuture<'j, io::Result<Settled>> {
        Box::pin(async { Ok(self.settled(entry, holder, settlement).await?) })
    }

    fn find<'j>(&'j self, group: &'j str) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(async move { Ok(self.entries(FIND, Some(group)).await?) })
    }

    fn list(&self) -> BoxFuture<'_, io::Result<Vec<Entry>>> {
        Box::pin(async { Ok(self.entries(LIST, None).await?) })
    }
}
