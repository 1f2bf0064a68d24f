//! A journal in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fmt, io};

use super::claim::{Claimed, Holder};
use super::open_entries::{Lease, Plan, Table};
use super::settlement::{Settled, Settlement};
use super::{Entry, Journal};
use crate::client::transport::BoxFuture;
use crate::client::transport::environment::{Environment, System};
use crate::outcome::Outcome;

/// A [`Journal`] that lasts as long as the process: for tests, not for money. What it holds is lost with the process, and nobody knows then
/// what may have been paid.
///
/// Clones share what is written, so several clients can have one, as they would have one table of a database.
///
/// ```
/// use std::time::Duration;
///
/// use specie_runtime::client::{MemoryJournal, Options, Simulated};
///
/// let time = Simulated::new(1);
/// // Whoever works on an entry and is not heard of for a minute has lost it.
/// let journal = MemoryJournal::new().lease(Duration::from_secs(60), time.clone());
/// let one = Options::new().journal(journal.clone(), b"sixteen bytes or more".to_vec());
/// let other = Options::new().journal(journal.clone(), b"sixteen bytes or more".to_vec());
/// assert!(journal.unsettled().is_empty());
/// # drop((one, other));
/// ```
#[derive(Clone)]
pub struct MemoryJournal {
    inner: Arc<Mutex<Inner>>,
    lease: Option<Duration>,
    environment: Arc<dyn Environment>,
}

#[derive(Debug, Default)]
struct Inner {
    table: Table,
    settled: Vec<(Entry, Settlement)>,
}

impl MemoryJournal {
    /// An empty journal, whose claims do not end by themselves.
    #[must_use]
    pub fn new() -> Self {
        Self { inner: Arc::default(), lease: None, environment: Arc::new(System) }
    }

    /// Lets a claim end when it was not renewed for this long by the environment's clock.
    #[must_use]
    pub fn lease(mut self, lease: Duration, environment: impl Environment) -> Self {
        self.lease = Some(lease);
        self.environment = Arc::new(environment);
        self
    }

    /// The entries of which it is not known what became of their requests, oldest first.
    #[must_use]
    pub fn unsettled(&self) -> Vec<Entry> {
        self.lock().table.list()
    }

    /// What was settled, in that order, and how.
    #[must_use]
    pub fn settled(&self) -> Vec<(Entry, Settlement)> {
        self.lock().settled.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing panics while it holds one.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Lease {
        Lease { now: self.environment.now(), length: self.lease }
    }
}

impl Default for MemoryJournal {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryJournal")
            .field("unsettled", &self.unsettled())
            .field("lease", &self.lease)
            .finish_non_exhaustive()
    }
}

impl Inner {
    fn close(&mut self, ids: &[String], by: &Holder, settlement: &Settlement) {
        let entries = self.table.list().into_iter().filter(|entry| ids.contains(&entry.id));
        self.settled.extend(entries.map(|entry| (entry, settlement.clone())));
        self.table.close(ids, by, settlement.outcome);
    }
}

impl Journal for MemoryJournal {
    fn lease(&self) -> Option<Duration> {
        self.lease
    }

    fn open<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(async {
            let others = self.lock().table.open(entry, holder, self.now());
            others.ok_or_else(|| io::ErrorKind::AlreadyExists.into())
        })
    }

    fn withdraw<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(async {
            self.lock().close(std::slice::from_ref(&entry.id), holder, &Settlement::of(Outcome::NotSent));
            Ok(())
        })
    }

    fn claim<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Claimed>> {
        Box::pin(async { Ok(self.lock().table.claim(entry, holder, self.now())) })
    }

    fn renew<'j>(&'j self, holder: &'j Holder) -> BoxFuture<'j, io::Result<bool>> {
        Box::pin(async { Ok(self.lock().table.renew(holder, self.now())) })
    }

    fn release(&self, holder: &Holder) {
        self.lock().table.release(holder);
    }

    fn settle<'j>(
        &'j self,
        entry: &'j Entry,
        holder: &'j Holder,
        settlement: &'j Settlement,
    ) -> BoxFuture<'j, io::Result<Settled>> {
        Box::pin(async {
            let mut inner = self.lock();
            Ok(match inner.table.plan(entry, holder, settlement) {
                Plan::Nothing(settled) => settled,
                Plan::Close(ids) => {
                    inner.close(&ids, holder, settlement);
                    Settled::Closed
                }
            })
        })
    }

    fn find<'j>(&'j self, group: &'j str) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(async { Ok(self.lock().table.find(group)) })
    }

    fn list(&self) -> BoxFuture<'_, io::Result<Vec<Entry>>> {
        Box::pin(async { Ok(self.unsettled()) })
    }
}
