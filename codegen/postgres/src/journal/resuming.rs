//! Going on from what died elsewhere.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use specie_runtime::client::Entry;
use tokio_postgres::Row;

use super::statements::{FIND, PICK};
use super::{Error, Failure, PostgresJournal, TRIES, Tries, prepared, read_entry, seconds};
use crate::BoxError;

/// How entries are picked that nobody works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Resumption {
    limit: u32,
    pause: Duration,
}

impl Default for Resumption {
    fn default() -> Self {
        Self { limit: 16, pause: Duration::from_secs(30) }
    }
}

impl Resumption {
    /// Up to 16 entries; one that could not be settled comes again after 30 seconds, and then after twice as long each time, up to 64 times
    /// that.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many entries a pass picks at most.
    pub const fn limit(mut self, entries: u32) -> Self {
        self.limit = entries;
        self
    }

    /// Sets after how long an entry comes again for the first time. Longer than a call takes: meanwhile no other replica picks it.
    pub const fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }
}

/// What became of the entries of one pass.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Resumptions {
    /// How many went on and ended well.
    pub settled: usize,
    /// Those that were settled by another call just when they were picked.
    pub settled_meanwhile: usize,
    /// Those whose request was not found or whose call failed, and why. One that was refused is settled; what is still open comes again.
    pub failed: Vec<Unsettled>,
    /// How many have a form that this program does not know, because a newer one wrote them; they come again, for that one.
    pub unreadable: usize,
}

/// An entry whose call failed.
#[non_exhaustive]
pub struct Unsettled {
    /// The entry.
    pub entry: Entry,
    /// What the caller's function failed with, or why the journal did not say whether the entry is still open.
    pub error: BoxError,
}

impl Resumptions {
    /// Whether nothing was there to go on from.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.settled == 0 && self.settled_meanwhile == 0 && self.failed.is_empty() && self.unreadable == 0
    }
}

impl fmt::Debug for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unsettled({:?}: {})", self.entry.id(), self.error)
    }
}

impl PostgresJournal {
    /// Goes on from open entries that no call holds, whichever replica wrote them: for each, `resume` finds the request again and makes the
    /// call with [`resuming`](specie_runtime::client::Call::resuming). One pass; run it in a loop on every replica, and more than once at a
    /// time where much is open.
    ///
    /// Entries are picked one at a time, each when its turn comes, and those first that were picked least. One that ends the program has
    /// counted and paused no other one, and comes after the others from then on.
    ///
    /// An entry that one replica picked is passed over by the others (`FOR UPDATE SKIP LOCKED`) and rests for the pause. That spreads the
    /// work; what keeps an entry from going on twice at once is the claim of its call, as always. The entries of a group wait for the oldest
    /// of them.
    ///
    /// It is an error if the first entry cannot be picked. If a later one cannot, the pass ends with what became of those before it.
    ///
    /// ```no_run
    /// # use cublox::{Client, CreatePayoutInvoice};
    /// # use specie_postgres::{BoxError, PostgresJournal, Resumption};
    /// # async fn request(_: Option<&str>) -> Result<CreatePayoutInvoice, BoxError> { Err("".into()) }
    /// # async fn example(journal: PostgresJournal, client: Client) -> Result<(), BoxError> {
    /// let resume = |entry: specie_runtime::client::Entry| {
    ///     let client = client.clone();
    ///     async move {
    ///         // From the books; which operation it is, `entry.operation()` says.
    ///         let request = request(entry.reference()).await?;
    ///         let payout = client.create_payout_invoice(request).resuming(&entry)?.await?;
    ///         println!("{:?} is {}", entry.reference(), payout.data.id);
    ///         Ok::<_, BoxError>(())
    ///     }
    /// };
    /// let pass = journal.resume_unsettled(Resumption::new(), resume).await?;
    /// for unsettled in &pass.failed {
    ///     eprintln!("{:?} did not end well: {}", unsettled.entry.reference(), unsettled.error);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn resume_unsettled<F, R, E>(&self, how: Resumption, resume: F) -> Result<Resumptions, Error>
    where
        F: Fn(Entry) -> R,
        R: Future<Output = Result<(), E>>,
        E: Into<BoxError>,
    {
        let (mut pass, mut had) = (Resumptions::default(), Vec::new());
        for _ in 0..how.limit {
            let Picked { ordinal, entry } = match self.pick(how, &had).await {
                Ok(Some(picked)) => picked,
                Ok(None) => break,
                Err(error) if had.is_empty() => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, "no further entry could be picked");
                    break;
                }
            };
            had.push(ordinal);
            let Ok(entry) = entry else {
                pass.unreadable += 1;
                continue;
            };
            match self.entries(FIND, Some(entry.group())).await {
                Ok(open) if open.contains(&entry) => {}
                Ok(_) => {
                    pass.settled_meanwhile += 1;
                    continue;
                }
                Err(error) => {
                    pass.failed.push(Unsettled { entry, error: error.into() });
                    continue;
                }
            }
            match resume(entry.clone()).await {
                Ok(()) => pass.settled += 1,
                Err(error) => pass.failed.push(Unsettled { entry, error: error.into() }),
            }
        }
        Ok(pass)
    }

    /// The next entry, which is none of those that this pass had.
    async fn pick(&self, how: Resumption, had: &[i64]) -> Result<Option<Picked>, Error> {
        let mut tries = Tries::at_most(TRIES);
        loop {
            match self.try_pick(how, had).await {
                Ok(row) => return row.as_ref().map(Picked::read).transpose(),
                // What was picked all the same comes again after its pause.
                Err(failure) => tries.after(failure).await?,
            }
        }
    }

    async fn try_pick(&self, how: Resumption, had: &[i64]) -> Result<Option<Row>, Failure> {
        let (client, [pick]) = prepared(&self.pool, [PICK]).await?;
        let row = client.query_opt(&pick, &[&seconds(how.pause), &had]).await;
        row.map_err(|error| Failure::of(&error, &client))
    }
}

/// An entry whose turn it is.
struct Picked {
    ordinal: i64,
    /// As far as this program can read it.
    entry: Result<Entry, Error>,
}

impl Picked {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self { entry: read_entry(row), ordinal: row.try_get(1)? })
    }
}
