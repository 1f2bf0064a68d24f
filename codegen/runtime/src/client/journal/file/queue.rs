//! What waits to be written to a journal's file, and the task that writes it.

use std::io;
use std::mem;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::storage::Unwritten;
use super::{Inner, lock};
use crate::client::journal::Entry;
use crate::client::journal::claim::Holder;
use crate::client::journal::open_entries::{Plan, Table};
use crate::client::journal::settlement::{Settled, Settlement};

/// What changes from moment to moment.
pub(super) struct State {
    /// All entries that may be in the file without a mark.
    pub(super) table: Table,
    /// Whether a task is at work on the queue.
    pub(super) is_served: bool,
    /// Where the whole lines of the file end, in bytes.
    pub(super) end: u64,
    queue: Vec<Waiting>,
    next: u64,
    /// After an error it is not sure how the file ends, and no line may be added to half of another.
    failed: bool,
}

/// What a line does once it is in the file.
#[derive(Debug)]
pub(super) enum Effect {
    /// Nothing more: its entry has been open since it waits.
    Opened(String),
    Closed(Box<Closing>),
}

/// What the mark of a settlement closes.
#[derive(Debug)]
pub(super) struct Closing {
    pub(super) entry: Entry,
    pub(super) ids: Vec<String>,
    pub(super) by: Holder,
    pub(super) settlement: Settlement,
}

/// How a line ended up in the file; for a mark, what came of its settlement.
type Written = io::Result<Option<Settled>>;

struct Waiting {
    number: u64,
    text: String,
    is_durable: bool,
    effect: Effect,
    written: oneshot::Sender<Written>,
}

impl State {
    pub(super) fn new(table: Table, end: u64) -> Self {
        Self { table, is_served: false, end, queue: Vec::new(), next: 0, failed: false }
    }

    /// Takes back what a line that was not written has done by waiting.
    fn undo(&mut self, effect: &Effect) {
        if let Effect::Opened(id) = effect {
            self.table.withdraw(id);
        }
    }
}

impl Table {
    /// Closes what a mark in the file closes. What came of it is as the table has it now: somebody may have opened another entry of the
    /// group while the mark was written, or have settled this one.
    fn closed(&mut self, effect: &Effect) -> Option<Settled> {
        let Effect::Closed(closing) = effect else { return None };
        let Closing { entry, ids, by, settlement } = &**closing;
        let settled = match self.plan(entry, by, settlement) {
            Plan::Nothing(settled) => settled,
            Plan::Close(_) => Settled::Closed,
        };
        self.close(ids, by, settlement.outcome);
        Some(settled)
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("table", &self.table)
            .field("end", &self.end)
            .field("waiting", &self.queue.len())
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

/// The place of one line in the queue. A new entry whose ticket is dropped while it waits is not written.
pub(super) struct Ticket {
    inner: Arc<Inner>,
    number: u64,
    done: oneshot::Receiver<Written>,
}

impl Ticket {
    pub(super) fn take(inner: &Arc<Inner>, text: String, is_durable: bool, effect: Effect) -> io::Result<Self> {
        let (written, done) = oneshot::channel();
        let mut state = inner.lock();
        if state.failed {
            state.undo(&effect);
            return Err(failed_before());
        }
        let number = state.next;
        state.next += 1;
        state.queue.push(Waiting { number, text, is_durable, effect, written });
        drop(state);
        Ok(Self { inner: Arc::clone(inner), number, done })
    }

    pub(super) async fn written(mut self) -> Written {
        (&mut self.done).await.map_err(|_| io::Error::other("the journal's task was stopped"))?
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.inner.lock();
        let place = state.queue.iter().position(|waiting| waiting.number == self.number);
        if let Some(place) = place
            && let Effect::Opened(_) = state.queue[place].effect
        {
            let waiting = state.queue.remove(place);
            state.undo(&waiting.effect);
        }
    }
}

/// Writes what waits, until nothing does; has nothing left when it is over.
pub(super) struct Service(Option<Arc<Inner>>);

impl Service {
    pub(super) fn new(inner: Arc<Inner>) -> Self {
        Self(Some(inner))
    }

    pub(super) fn run(mut self) {
        let mut lines = self.next();
        while !lines.is_empty() {
            let result = self.write(&lines);
            // Checked before the waiting calls are told: a program that then closes the journal and opens it again must not meet this task.
            let next = self.next();
            for (index, line) in lines.into_iter().enumerate() {
                let result = match &result {
                    Ok(settled) => Ok(settled.get(index).copied().flatten()),
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
        let Some(inner) = &self.0 else { return Vec::new() };
        let lines = {
            let mut state = inner.lock();
            let lines = mem::take(&mut state.queue);
            state.is_served = !lines.is_empty();
            lines
        };
        if lines.is_empty() {
            self.0 = None;
        }
        lines
    }

    /// Writes lines; gives what came of those that settle something.
    fn write(&self, lines: &[Waiting]) -> io::Result<Vec<Option<Settled>>> {
        let Some(inner) = &self.0 else { return Ok(Vec::new()) };
        let result = if inner.lock().failed {
            Err(Unwritten { error: failed_before(), is_torn: false })
        } else {
            let mut pen = lock(&inner.pen);
            let texts = lines.iter().map(|line| line.text.as_str());
            let added = pen.add(&*inner.storage, texts, lines.iter().any(|line| line.is_durable));
            added.map(|()| pen.end)
        };
        let mut state = inner.lock();
        match result {
            Ok(end) => {
                state.end = end;
                Ok(lines.iter().map(|line| state.table.closed(&line.effect)).collect())
            }
            Err(Unwritten { error, is_torn }) => {
                // Refused before it was begun is no reason to stop: the file may be put back.
                state.failed |= is_torn || error.kind() != io::ErrorKind::NotFound;
                if !is_torn {
                    for line in lines {
                        state.undo(&line.effect);
                    }
                }
                Err(error)
            }
        }
    }
}

impl Drop for Service {
    /// A runtime that shuts down drops the task unrun: the next call must not wait for it.
    fn drop(&mut self) {
        if let Some(inner) = &self.0 {
            let mut state = inner.lock();
            state.is_served = false;
            for waiting in mem::take(&mut state.queue) {
                state.undo(&waiting.effect);
            }
        }
    }
}

fn failed_before() -> io::Error {
    io::Error::other("the journal failed before; open it again")
}
