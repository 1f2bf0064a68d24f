//! A journal in a file.

mod queue;
mod reading;
mod storage;

use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::queue::{Closing, Effect, Service, State, Ticket};
use self::reading::Contents;
use self::storage::{Pen, Placed, Storage};
use super::claim::{Claimed, Holder};
use super::file_format::{Checksum, Line, Mark, Word, header};
use super::open_entries::{Lease, Plan};
use super::settlement::{Settled, Settlement};
use super::{Entry, Journal};
use crate::client::transport::BoxFuture;
use crate::outcome::Outcome;

/// A [`Journal`] in a file to which lines are only ever added, each with a checksum of the file so far.
///
/// An entry is on the disk (`fsync`) before its request leaves, and so is the mark that nothing happened before its call says so;
/// lines that are written at the same moment share one `fsync`. [`unsettled`](Self::unsettled) holds an entry from before its first byte is
/// in the file until its mark is, also if its call is dropped on the way.
///
/// # What is read
///
/// The first line names the format and its version. [`open`](Self::open) reads that and the lines of this version, or it fails, says which
/// line is at fault, and leaves the file as it is, byte for byte: a file of another kind, a newer version, a changed, missing or
/// additional line, other line ends. A process that is killed may leave half a line at the end; that alone, a tail without its newline,
/// is cut off: its request was never sent.
///
/// Files of the format before this one, which have no header, are not read either: settle their entries with the version that wrote
/// them, then start a new file.
///
/// # Whose it is
///
/// The file belongs to one process at a time, and [`open`](Self::open) fails in any other. Clones share the file, and clients that have
/// clones share the claims: these last until their calls end, by no clock.
///
/// # Where it works
///
/// On a local file system of Linux, Android, macOS, iOS and the BSDs (`flock` keeps others out) and of Windows (no other program may write to the
/// file). Not on a network file system, where locks and `fsync` may promise more than they hold, and not on Solaris, where nothing keeps a
/// second process out. In a container, on a volume that outlives it: a file of the container's own is gone with it.
///
/// The file must stay where it is. Before and after each line, and before each attempt of a call, it is looked whether somebody moved,
/// replaced or cut it (as rotation of logs does); if so, nothing is sent, and what was open still is: in the file that was moved, or in its
/// copy. Settled entries stay in it as a record; to start a new file, close a journal whose [`unsettled`](Self::unsettled) is empty and
/// move its file away.
///
/// ```
/// use specie_runtime::client::FileJournal;
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("payouts.journal");
/// let journal = FileJournal::open(&path).await?;
/// assert!(journal.unsettled().is_empty());
/// // `Options::new().journal(journal, key)` … then, in the next life of the process:
/// # drop(journal);
/// let journal = FileJournal::open(&path).await?;
/// for entry in journal.unsettled() {
///     println!("{:?} may have been paid", entry.reference());
/// }
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct FileJournal(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    storage: Box<dyn Storage>,
    /// Held while lines are written, so never across an await.
    pen: Mutex<Pen>,
    state: Mutex<State>,
}

impl FileJournal {
    /// Opens the file, or creates it where there is none: readable by its owner alone, where the system knows owners.
    ///
    /// Fails with [`io::ErrorKind::WouldBlock`] while it is open elsewhere, in this process or another one, and with
    /// [`io::ErrorKind::InvalidData`] where it is not a whole journal of this version; an empty file is none.
    pub async fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        tokio::task::spawn_blocking(move || Self::open_blocking(&path)).await.map_err(io::Error::other)?
    }

    fn open_blocking(path: &Path) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        let file = match storage::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match storage::create(&path, &header(&mut Checksum::default())) {
                    // Another process was faster.
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => storage::open(&path)?,
                    created => created?,
                }
            }
            opened => opened?,
        };
        let contents = reading::read(&file)?;
        if file.metadata()?.len() > contents.pen.end {
            file.set_len(contents.pen.end)?;
        }
        file.sync_all()?;
        sync_folder(&path)?;
        Ok(Self::over(Placed { file, path }, contents))
    }

    /// A journal that goes on after what was read of a file.
    fn over(storage: impl Storage, contents: Contents) -> Self {
        let state = State::new(contents.table, contents.pen.end);
        let (pen, state) = (Mutex::new(contents.pen), Mutex::new(state));
        Self(Arc::new(Inner { storage: Box::new(storage), pen, state }))
    }

    /// The entries of which it is not known what became of their requests, oldest first.
    ///
    /// Right after opening, these are what an earlier process left behind. Later, calls that are on their way are among them. Several can be
    /// of one reference; what settles one settles them all.
    #[must_use]
    pub fn unsettled(&self) -> Vec<Entry> {
        self.0.lock().table.list()
    }

    /// Whether an entry is unsettled.
    #[must_use]
    pub fn is_open(&self, entry: &Entry) -> bool {
        self.0.lock().table.contains(&entry.id)
    }

    /// Sees to it that a thread writes what waits, and waits for one of it.
    async fn written(&self, ticket: Ticket) -> io::Result<Option<Settled>> {
        let is_served = mem::replace(&mut self.0.lock().is_served, true);
        if !is_served {
            let service = Service::new(Arc::clone(&self.0));
            tokio::task::spawn_blocking(move || service.run());
        }
        ticket.written().await
    }

    /// Marks entries as settled.
    fn mark(&self, entry: &Entry, ids: Vec<String>, holder: &Holder, settlement: &Settlement) -> io::Result<Ticket> {
        let (outcome, reason) = (settlement.outcome, settlement.reason.clone());
        // What happened is found when the entry is asked about once more, so that its mark may be lost. What did not would be sent; and
        // nobody gives a reason twice.
        let is_durable = outcome.is_not_executed() || reason.is_some();
        let line = Line::Settled(Mark { ids: ids.clone(), outcome: Word::of(outcome), reason }).to_text()?;
        let (entry, by, settlement) = (entry.clone(), holder.clone(), settlement.clone());
        let closing = Box::new(Closing { entry, ids, by, settlement });
        Ticket::take(&self.0, line, is_durable, Effect::Closed(closing))
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Journal for FileJournal {
    fn open<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(async {
            let text = Line::Open(entry.clone()).to_text()?;
            // From now on it is among the unsettled ones, as it may be in the file.
            let others = self.0.lock().table.open(entry, holder, Lease::endless());
            let others = others.ok_or(io::ErrorKind::AlreadyExists)?;
            let ticket = Ticket::take(&self.0, text, true, Effect::Opened(entry.id.clone()))?;
            self.written(ticket).await?;
            Ok(others)
        })
    }

    fn withdraw<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(async {
            if !self.is_open(entry) {
                return Ok(());
            }
            let ticket = self.mark(entry, vec![entry.id.clone()], holder, &Settlement::of(Outcome::NotSent))?;
            self.written(ticket).await?;
            Ok(())
        })
    }

    fn claim<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Claimed>> {
        Box::pin(async { Ok(self.0.lock().table.claim(entry, holder, Lease::endless())) })
    }

    fn renew<'j>(&'j self, holder: &'j Holder) -> BoxFuture<'j, io::Result<bool>> {
        Box::pin(async {
            let inner = Arc::clone(&self.0);
            let watching = tokio::task::spawn_blocking(move || {
                let end = inner.lock().end;
                storage::watch(&*inner.storage, |length| length >= end)
            });
            watching.await.map_err(io::Error::other)??;
            Ok(self.0.lock().table.renew(holder, Lease::endless()))
        })
    }

    fn release(&self, holder: &Holder) {
        self.0.lock().table.release(holder);
    }

    fn settle<'j>(
        &'j self,
        entry: &'j Entry,
        holder: &'j Holder,
        settlement: &'j Settlement,
    ) -> BoxFuture<'j, io::Result<Settled>> {
        Box::pin(async {
            let plan = self.0.lock().table.plan(entry, holder, settlement);
            match plan {
                Plan::Nothing(settled) => Ok(settled),
                Plan::Close(ids) => {
                    let ticket = self.mark(entry, ids, holder, settlement)?;
                    Ok(self.written(ticket).await?.unwrap_or(Settled::Closed))
                }
            }
        })
    }

    fn find<'j>(&'j self, group: &'j str) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        Box::pin(async { Ok(self.0.lock().table.find(group)) })
    }

    fn list(&self) -> BoxFuture<'_, io::Result<Vec<Entry>>> {
        Box::pin(async { Ok(self.unsettled()) })
    }
}

/// A file that was just created is not there after a power failure unless its folder is written, too.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it holds one.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
