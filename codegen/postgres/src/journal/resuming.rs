//! Going on from what died elsewhere.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use specie_runtime::client::Entry;

use super::statements::{FIND, PICK};
use super::{Error, Failure, PostgresJournal, TRIES, Tries, prepared, read_entry};
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

    /// Sets how many entries are picked at most.
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
    /// Those that were settled by another call before their turn came.
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
    /// An entry that one replica picked is passed over by the others (`FOR UPDATE SKIP LOCKED`) and rests for the pause. That spreads the
    /// work; what keeps an entry from going on twice at once is the claim of its call, as always. The entries of a group wait for the oldest
    /// of them.
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
        let mut pass = Resumptions::default();
        for picked in self.pick(how).await? {
            let Ok(entry) = picked else {
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

    /// The entries of the next pass, each as far as this program can read it.
    async fn pick(&self, how: Resumption) -> Result<Vec<Result<Entry, Error>>, Error> {
        let mut tries = Tries::at_most(TRIES);
        loop {
            match self.try_pick(how).await {
                Ok(picked) => return Ok(picked),
                // What was picked all the same comes again after its pause.
                Err(failure) => tries.after(failure).await?,
            }
        }
    }

    async fn try_pick(&self, how: Resumption) -> Result<Vec<Result<Entry, Error>>, Failure> {
        let (client, [pick]) = prepared(&self.pool, [PICK]).await?;
        let rows = client.query(&pick, &[&i64::from(how.limit), &how.pause.as_secs_f64()]).await;
        let mut rows = rows.map_err(|error| Failure::of(&error, &client))?;
        rows.sort_by_key(|row| row.try_get::<_, i64>(1).unwrap_or_default());
        Ok(rows.iter().map(read_entry).collect())
    }
}
