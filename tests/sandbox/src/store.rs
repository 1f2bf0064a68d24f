//! The store: sorted tables of bytes in memory or in one file, written by one thread that commits several requests at once.

use std::ops::Bound;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

use redb::backends::InMemoryBackend;
use redb::{Database, ReadableTable, TableDefinition};
use tokio::sync::oneshot;

use crate::error::SandboxError;

/// The most requests that one commit takes.
const GROUP: usize = 64;

/// A table of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Objects, by API, kind and id.
    Objects,
    /// Ids of objects, by API, merchant, kind and number, in the order of creation.
    Order,
    /// Ids of objects, by API, merchant, kind and a value that is there once.
    Unique,
    /// What is due, by time and number.
    Due,
    /// What happened, by number.
    Events,
    /// Callbacks, by number.
    Deliveries,
    /// Numbers of callbacks, by API, kind, id and number.
    DeliveriesOf,
    /// Numbers of events, by API, kind, id and number.
    EventsOf,
    /// Callbacks that are on their way, by number.
    UnderWay,
    /// The counter, the clock, how many objects there are.
    Meta,
    /// The seed and the merchants, which stay when all else is forgotten.
    Settings,
}

type Definition = TableDefinition<'static, &'static [u8], &'static [u8]>;

const TABLES: [(Table, Definition); 11] = [
    (Table::Objects, TableDefinition::new("objects")),
    (Table::Order, TableDefinition::new("order")),
    (Table::Unique, TableDefinition::new("unique")),
    (Table::Due, TableDefinition::new("due")),
    (Table::Events, TableDefinition::new("events")),
    (Table::Deliveries, TableDefinition::new("deliveries")),
    (Table::DeliveriesOf, TableDefinition::new("deliveries of objects")),
    (Table::EventsOf, TableDefinition::new("events of objects")),
    (Table::UnderWay, TableDefinition::new("callbacks under way")),
    (Table::Meta, TableDefinition::new("meta")),
    (Table::Settings, TableDefinition::new("settings")),
];

/// A row: key and value.
pub type Row = (Vec<u8>, Vec<u8>);

/// All rows of a table.
pub(crate) const EVERYTHING: (Bound<&[u8]>, Bound<&[u8]>) = (Bound::Unbounded, Bound::Unbounded);

/// Which end of a range is read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The least key first.
    Up,
    /// The greatest key first.
    Down,
}

/// The tables as they were at one moment.
pub trait Rows {
    /// The value of a key.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, SandboxError>;

    /// The rows between two keys, at most so many.
    fn range(
        &self,
        table: Table,
        bounds: (Bound<&[u8]>, Bound<&[u8]>),
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Row>, SandboxError>;

    /// How many rows a table has.
    fn len(&self, table: Table) -> Result<u64, SandboxError>;
}

/// A change of one row; without a value, the row goes.
#[derive(Debug)]
pub struct Write {
    /// The table.
    pub table: Table,
    /// The key.
    pub key: Vec<u8>,
    /// The value.
    pub value: Option<Vec<u8>>,
}

struct Opened<T>(Vec<(Table, T)>);

impl<T> Opened<T> {
    fn table(&self, wanted: Table) -> Result<&T, SandboxError> {
        let found = self.0.iter().find(|(table, _)| *table == wanted).map(|(_, opened)| opened);
        found.ok_or_else(|| SandboxError::store("a table is missing"))
    }
}

impl<T: ReadableTable<&'static [u8], &'static [u8]>> Rows for Opened<T> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, SandboxError> {
        let value = self.table(table)?.get(key).map_err(SandboxError::store)?;
        Ok(value.map(|value| value.value().to_vec()))
    }

    fn range(
        &self,
        table: Table,
        bounds: (Bound<&[u8]>, Bound<&[u8]>),
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Row>, SandboxError> {
        if is_empty(bounds) {
            return Ok(Vec::new());
        }
        let mut range = self.table(table)?.range::<&[u8]>(bounds).map_err(SandboxError::store)?;
        let mut rows = Vec::new();
        while rows.len() < limit {
            let row = match direction {
                Direction::Up => range.next(),
                Direction::Down => range.next_back(),
            };
            let Some(row) = row else { break };
            let (key, value) = row.map_err(SandboxError::store)?;
            rows.push((key.value().to_vec(), value.value().to_vec()));
        }
        Ok(rows)
    }

    fn len(&self, table: Table) -> Result<u64, SandboxError> {
        self.table(table)?.len().map_err(SandboxError::store)
    }
}

/// Whether nothing can be between two bounds, which the tables do not accept.
fn is_empty(bounds: (Bound<&[u8]>, Bound<&[u8]>)) -> bool {
    match bounds {
        (Bound::Included(from), Bound::Included(to)) => from > to,
        (Bound::Included(from) | Bound::Excluded(from), Bound::Included(to) | Bound::Excluded(to)) => from >= to,
        _ => false,
    }
}

/// The writes that leave nothing but the settings.
pub(crate) fn clear(rows: &dyn Rows) -> Result<Vec<Write>, SandboxError> {
    let mut writes = Vec::new();
    for (table, _) in TABLES.into_iter().filter(|(table, _)| *table != Table::Settings) {
        let all = rows.range(table, (Bound::Unbounded, Bound::Unbounded), Direction::Up, usize::MAX)?;
        writes.extend(all.into_iter().map(|(key, _)| Write { table, key, value: None }));
    }
    Ok(writes)
}

/// What a job says once its rows are written; it is told after the commit.
type Told = Box<dyn FnOnce(Result<(), String>) + Send>;
/// Decides on the rows that are there; the writes are done only if it returns some.
type Job = Box<dyn FnOnce(&dyn Rows) -> (Vec<Write>, Told) + Send>;

/// What was submitted and will be decided.
pub(crate) struct Submitted<T, E>(oneshot::Receiver<Result<Result<T, E>, String>>);

impl<T, E> Submitted<T, E> {
    /// What was decided, after the commit.
    pub(crate) async fn committed(self) -> Result<Result<T, E>, SandboxError> {
        self.0.await.map_err(|_| SandboxError::store("the store's thread has ended"))?.map_err(SandboxError::Store)
    }
}

/// The store.
#[derive(Debug)]
pub struct Store {
    database: RwLock<Option<Arc<Database>>>,
    jobs: Mutex<Option<SyncSender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Store {
    /// A store in a file, or without one in memory.
    pub fn open(file: Option<&Path>) -> Result<Self, SandboxError> {
        let database = match file {
            Some(file) => Database::create(file).map_err(SandboxError::store)?,
            None => Database::builder().create_with_backend(InMemoryBackend::new()).map_err(SandboxError::store)?,
        };
        let transaction = database.begin_write().map_err(SandboxError::store)?;
        for (_, definition) in TABLES {
            transaction.open_table(definition).map_err(SandboxError::store)?;
        }
        transaction.commit().map_err(SandboxError::store)?;
        let database = Arc::new(database);
        let (jobs, queue) = sync_channel(4096);
        let writing = Arc::clone(&database);
        let writer =
            std::thread::Builder::new().name("sandbox-store".to_owned()).spawn(move || write(&writing, &queue))?;
        Ok(Self {
            database: RwLock::new(Some(database)),
            jobs: Mutex::new(Some(jobs)),
            writer: Mutex::new(Some(writer)),
        })
    }

    /// Reads what is committed.
    pub fn read<T>(&self, reading: impl FnOnce(&dyn Rows) -> Result<T, SandboxError>) -> Result<T, SandboxError> {
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner).clone();
        let database = database.ok_or_else(|| SandboxError::store("the sandbox has ended"))?;
        let transaction = database.begin_read().map_err(SandboxError::store)?;
        let mut tables = Vec::with_capacity(TABLES.len());
        for (table, definition) in TABLES {
            tables.push((table, transaction.open_table(definition).map_err(SandboxError::store)?));
        }
        reading(&Opened(tables))
    }

    /// Decides on the present rows and writes, all or nothing; returns after the commit. A job that fails writes nothing.
    pub async fn write<T, E>(
        &self,
        deciding: impl FnOnce(&dyn Rows) -> Result<(T, Vec<Write>), E> + Send + 'static,
    ) -> Result<Result<T, E>, SandboxError>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.submit(deciding).await?.committed().await
    }

    /// The same in two steps: what is submitted is decided in the order of submission, and many can be committed together.
    pub(crate) async fn submit<T, E>(
        &self,
        deciding: impl FnOnce(&dyn Rows) -> Result<(T, Vec<Write>), E> + Send + 'static,
    ) -> Result<Submitted<T, E>, SandboxError>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |rows| {
            let (decided, writes) = match deciding(rows) {
                Ok((value, writes)) => (Ok(value), writes),
                Err(refusal) => (Err(refusal), Vec::new()),
            };
            let told: Told = Box::new(move |committed| {
                // Nobody may be waiting any more.
                let _ = tell.send(committed.map(|()| decided));
            });
            (writes, told)
        });
        self.enqueue(job).await?;
        Ok(Submitted(told))
    }
}

impl Store {
    /// Writes a row without waiting until it is committed; what is written afterwards is committed with it or later.
    pub(crate) fn later(&self, write: Write) -> Result<(), SandboxError> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let jobs = jobs.ok_or_else(|| SandboxError::store("the sandbox has ended"))?;
        let job: Job = Box::new(move |_| (vec![write], Box::new(|_| {})));
        // The writer waits for nobody, so that a full queue moves on.
        jobs.send(job).map_err(|_| SandboxError::store("the store's thread has ended"))
    }

    /// Puts a job into the queue. Nobody holds the queue while a job is waited for: the writer ends once it is closed and empty.
    async fn enqueue(&self, job: Job) -> Result<(), SandboxError> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let jobs = jobs.ok_or_else(|| SandboxError::store("the sandbox has ended"))?;
        let ended = || SandboxError::store("the store's thread has ended");
        match jobs.try_send(job) {
            Ok(()) => Ok(()),
            Err(TrySendError::Disconnected(_)) => Err(ended()),
            Err(TrySendError::Full(job)) => {
                let sent = tokio::task::spawn_blocking(move || jobs.send(job).is_ok()).await;
                if matches!(sent, Ok(true)) { Ok(()) } else { Err(ended()) }
            }
        }
    }
}

impl Store {
    /// Whether it was closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// Waits until what was begun is committed, and gives the file free for the next. Whoever still has the store gets errors.
    pub fn close(&self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(writer) = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // A writer that panicked has ended as well.
            let _ = writer.join();
        }
        drop(self.database.write().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close();
    }
}

/// The writer's thread: commits what is in the queue together.
fn write(database: &Database, queue: &Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        let jobs = std::iter::once(first).chain(queue.try_iter().take(GROUP - 1));
        let mut told = Vec::new();
        let committed = commit(database, jobs, &mut told).map_err(|error| error.to_string());
        for tell in told {
            tell(committed.clone());
        }
    }
}

fn commit(database: &Database, jobs: impl Iterator<Item = Job>, told: &mut Vec<Told>) -> Result<(), SandboxError> {
    let transaction = database.begin_write().map_err(SandboxError::store)?;
    {
        let mut tables = Vec::with_capacity(TABLES.len());
        for (table, definition) in TABLES {
            tables.push((table, transaction.open_table(definition).map_err(SandboxError::store)?));
        }
        let mut tables = Opened(tables);
        for job in jobs {
            let (writes, tell) = job(&tables);
            told.push(tell);
            for Write { table, key, value } in writes {
                let opened = tables.0.iter_mut().find(|(name, _)| *name == table);
                let (_, opened) = opened.ok_or_else(|| SandboxError::store("a table is missing"))?;
                match value {
                    Some(value) => opened.insert(key.as_slice(), value.as_slice()).map_err(SandboxError::store)?,
                    None => opened.remove(key.as_slice()).map_err(SandboxError::store)?,
                };
            }
        }
    }
    transaction.commit().map_err(SandboxError::store)
}
