//! A journal in a file.

mod storage;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use self::storage::{Pen, Storage};
use super::lines::Line;
use super::{Entry, Journal};
use crate::client::transport::BoxFuture;
use crate::outcome::Outcome;

/// A [`Journal`] in a file to which lines are only ever added, each with a checksum.
///
/// An entry is on the disk (`fsync`) before its request leaves, and so is the mark that nothing happened before its call says so;
/// lines that are written at the same moment share one `fsync`. A process that is killed may leave half a line at the end, which the
/// next [`open`](Self::open) cuts off: its request was never sent. Damage anywhere else is an error, because an entry could be missing.
///
/// The file belongs to one process at a time, and [`open`](Self::open) fails in any other: two would resume the same entries. Settled
/// entries stay in it as a record; a new file can be started whenever [`unsettled`](Self::unsettled) is empty. Clones share the file.
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
pub struct FileJournal(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// Held while lines are written, so never across an await.
    pen: Mutex<Pen>,
    queue: Mutex<Queue>,
    open: Mutex<OpenEntries>,
}

#[derive(Debug, Default)]
struct Queue {
    lines: Vec<Waiting>,
    /// Whether a task is at work on them.
    is_served: bool,
    /// After an error it is not sure how the file ends, and no line may be added to half of another.
    failed: bool,
}

#[derive(Debug)]
struct Waiting {
    text: String,
    durable: bool,
    written: oneshot::Sender<io::Result<()>>,
}

/// Entries without a mark, by id, with their order.
#[derive(Debug, Default)]
struct OpenEntries {
    entries: HashMap<String, (u64, Entry)>,
    next: u64,
}

impl FileJournal {
    /// Opens the file, or creates it: readable by its owner alone, where the system knows owners.
    ///
    /// Fails with [`io::ErrorKind::WouldBlock`] while it is open elsewhere, in this process or another one.
    pub async fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        tokio::task::spawn_blocking(move || Self::open_blocking(&path)).await.map_err(io::Error::other)?
    }

    fn open_blocking(path: &Path) -> io::Result<Self> {
        let file = storage::open(path)?;
        let (open, whole) = read(&file)?;
        if file.metadata()?.len() > whole {
            file.set_len(whole)?;
        }
        file.sync_all()?;
        sync_folder(path)?;
        Ok(Self::over(file, whole, open))
    }

    /// A journal that goes on after so many bytes of a file.
    fn over(file: impl Storage, end: u64, open: OpenEntries) -> Self {
        let pen = Mutex::new(Pen::new(file, end));
        Self(Arc::new(Shared { pen, queue: Mutex::default(), open: Mutex::new(open) }))
    }

    /// The entries of which it is not known what became of their requests, oldest first.
    ///
    /// Right after opening, these are what an earlier process left behind. Later, calls that are on their way are among them.
    #[must_use]
    pub fn unsettled(&self) -> Vec<Entry> {
        let mut entries: Vec<_> = lock(&self.0.open).entries.values().cloned().collect();
        entries.sort_by_key(|(order, _)| *order);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Adds a line, on a thread where that may take its time.
    async fn append(&self, line: Line, durable: bool) -> io::Result<()> {
        let text = line.to_text()?;
        let (written, done) = oneshot::channel();
        let is_served = {
            let mut queue = lock(&self.0.queue);
            if queue.failed {
                return Err(failed_before());
            }
            queue.lines.push(Waiting { text, durable, written });
            mem::replace(&mut queue.is_served, true)
        };
        if !is_served {
            let service = Service(Some(Arc::clone(&self.0)));
            tokio::task::spawn_blocking(move || service.run());
        }
        done.await.map_err(|_| io::Error::other("the journal's task was stopped"))?
    }
}

impl Journal for FileJournal {
    fn open<'j>(&'j self, entry: &'j Entry) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(async {
            self.append(Line::Open(entry.clone()), true).await?;
            lock(&self.0.open).add(entry.clone());
            Ok(())
        })
    }

    fn resume<'j>(&'j self, entry: &'j Entry) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(async {
            if lock(&self.0.open).entries.contains_key(&entry.id) {
                return Ok(());
            }
            Err(io::Error::new(io::ErrorKind::NotFound, "the entry was settled meanwhile, or is of another journal"))
        })
    }

    fn settle<'j>(&'j self, entry: &'j Entry, outcome: Outcome) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(async move {
            // What happened is found when the entry is asked about once more, so that its mark may be lost. What did not would be sent.
            self.append(Line::settled(entry, outcome), outcome.is_nothing()).await?;
            lock(&self.0.open).entries.remove(&entry.id);
            Ok(())
        })
    }
}

impl OpenEntries {
    fn add(&mut self, entry: Entry) {
        self.entries.insert(entry.id.clone(), (self.next, entry));
        self.next += 1;
    }
}

/// Writes what waits, until nothing does; has nothing left when it is over.
struct Service(Option<Arc<Shared>>);

impl Service {
    fn run(mut self) {
        let mut lines = self.next();
        while !lines.is_empty() {
            let result = self.write(&lines);
            // Looked for before anybody hears of these: whoever then closes the journal and opens it again must not meet this task.
            let next = self.next();
            for line in lines {
                let result = match &result {
                    Ok(()) => Ok(()),
                    Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
                };
                // Whoever dropped the call has its entry all the same.
                let _ = line.written.send(result);
            }
            lines = next;
        }
    }

    /// What waits by now; lets go of the journal if nothing does.
    fn next(&mut self) -> Vec<Waiting> {
        let Some(shared) = &self.0 else { return Vec::new() };
        let lines = {
            let mut queue = lock(&shared.queue);
            let lines = mem::take(&mut queue.lines);
            queue.is_served = !lines.is_empty();
            lines
        };
        if lines.is_empty() {
            self.0 = None;
        }
        lines
    }

    fn write(&self, lines: &[Waiting]) -> io::Result<()> {
        let Some(shared) = &self.0 else { return Ok(()) };
        if lock(&shared.queue).failed {
            return Err(failed_before());
        }
        let text: String = lines.iter().map(|line| line.text.as_str()).collect();
        let result = lock(&shared.pen).add(&text, lines.iter().any(|line| line.durable));
        if result.is_err() {
            lock(&shared.queue).failed = true;
        }
        result
    }
}

impl Drop for Service {
    /// A runtime that shuts down drops the task unrun: the next call must not wait for it.
    fn drop(&mut self) {
        if let Some(shared) = &self.0 {
            let mut queue = lock(&shared.queue);
            queue.is_served = false;
            queue.lines.clear();
        }
    }
}

/// What is open in a file, and the length of its whole lines.
fn read(file: &File) -> io::Result<(OpenEntries, u64)> {
    let mut reader = BufReader::new(file);
    let (mut open, mut whole, mut torn) = (OpenEntries::default(), 0, false);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)?;
        if length == 0 {
            return Ok((open, whole));
        }
        match Line::from_text(&line) {
            // What follows damage was written by somebody who did not see it: the damage is no torn end.
            Some(_) if torn => return Err(io::Error::new(io::ErrorKind::InvalidData, damage(whole))),
            Some(Line::Open(entry)) => open.add(entry),
            Some(Line::Settled(mark)) => {
                open.entries.remove(&mark.id);
            }
            None => torn = true,
        }
        if !torn {
            whole += u64::try_from(length).unwrap_or_default();
        }
    }
}

fn failed_before() -> io::Error {
    io::Error::other("the journal failed before; open it again")
}

fn damage(place: u64) -> String {
    format!("the journal is damaged at byte {place}")
}

/// A file that was just created is not there after a power failure unless its folder is written, too.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it holds one.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
