//! Callbacks that are owed, from the commit that causes them until they are acknowledged: [`Outbox`].

mod claiming;
mod message;
mod schedule;
mod statements;
mod worker;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Pool;
use tokio::sync::{Notify, Semaphore};
use tokio_postgres::Transaction;

use crate::database::{check_texts, seconds};
use crate::error::Error;
use statements::{DEAD, PRUNE, RESEND};

pub use message::{DeadLetter, Message, Outgoing, Undelivered};
pub use schedule::Schedule;
pub use statements::ENQUEUE;

/// What an API owes its users: messages are enqueued in the transaction of what they tell of, and delivered by workers on any replica, at
/// least once, with the same id on each try.
///
/// ```no_run
/// use std::time::Duration;
///
/// use specie_postgres::deadpool_postgres::Pool;
/// use specie_postgres::{BoxError, Message, Outbox, Schedule};
///
/// async fn process(pool: Pool, outbox: Outbox) -> Result<(), BoxError> {
///     let mut client = pool.get().await?;
///     let mut transaction = client.transaction().await?;
///     transaction.execute("UPDATE payouts SET status = 'processed' WHERE id = 'cpoi_1'", &[]).await?;
///     let message = Message::new("payoutInvoice", "https://shop.example.com/hooks", &["cpoi_1", "processed"])?;
///     outbox.enqueue(&mut transaction, &message.endpoint("merchant 7")).await?;
///     transaction.commit().await?;
///     outbox.wake(); // spares this process's worker the wait for its next look
///     Ok(())
/// }
/// # fn make(pool: Pool) -> Outbox {
/// Outbox::new(pool, Schedule::growing(Duration::from_secs(60), 100))
/// # }
/// ```
///
/// # Order and isolation
///
/// Of an endpoint's messages one is sent at a time, in the order of enqueuing; the next one when that was acknowledged or is dead. Two
/// transactions that enqueue at the same moment have no order; those that change one row of the API's own before they enqueue have, by the
/// lock of that row. Who gives out a message has the lock of its endpoint for that moment (`pg_advisory_xact_lock`), so that a message
/// which comes before the others later, because it is sent again or its transaction took longer, waits for the one that is under way.
/// Endpoints do not wait for each other as long as fewer of them hang than the worker has [`slots`](Self::slots), except those whose messages
/// were interrupted again and again: see [`interruptions`](Self::interruptions).
#[derive(Clone)]
pub struct Outbox {
    pool: Pool,
    schedule: Schedule,
    slots: usize,
    poll: Duration,
    limit: Duration,
    interruptions: u32,
    wake: Arc<Notify>,
    /// For the one suspect that this process may be sending.
    suspect: Arc<Semaphore>,
}

/// How often a worker looks, and how long a try may take, unless they are set.
const POLL: Duration = Duration::from_millis(200);
const LIMIT: Duration = Duration::from_secs(40);

/// After how many interruptions in a row a message is given up, unless it is set.
const INTERRUPTIONS: u32 = 8;

/// How often the end of a try is recorded whose connections break.
const TRIES: u32 = 8;

impl Outbox {
    /// An outbox whose messages come again on this schedule: 64 at a time by each worker, which looks for new ones every 200 milliseconds,
    /// and gives a try 40 seconds.
    #[must_use]
    pub fn new(pool: Pool, schedule: Schedule) -> Self {
        let (wake, suspect) = (Arc::default(), Arc::new(Semaphore::new(1)));
        Self { pool, schedule, slots: 64, poll: POLL, limit: LIMIT, interruptions: INTERRUPTIONS, wake, suspect }
    }

    /// Sets how many messages a worker sends at a time, each to another endpoint; more than there may be endpoints that hang.
    #[must_use]
    pub fn slots(mut self, slots: usize) -> Self {
        self.slots = slots.clamp(1, Self::MOST_SLOTS);
        self
    }

    const MOST_SLOTS: usize = 10_000;

    /// Sets how often a worker looks for what other processes enqueued, and for what is due again.
    #[must_use]
    pub fn poll(mut self, every: Duration) -> Self {
        self.poll = every;
        self
    }

    /// Sets how long a try may take; more than the sender's own timeout. A message whose worker died is sent again after one and a half times
    /// that, by default a minute.
    #[must_use]
    pub fn try_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Sets after how many tries in a row that were interrupted, because their workers ended, or lost the database, before they did, a
    /// message is given up; at least two, by default eight. A callback that kills whoever sends it ends as a dead letter by that, whatever
    /// the schedule says, because its tries never fail. After half as many interruptions, and four at most, a process sends one such message
    /// at a time, so that those that were sent beside it are not given up with it.
    #[must_use]
    pub fn interruptions(mut self, most: u32) -> Self {
        self.interruptions = most.max(2);
        self
    }

    /// Enqueues a message in the transaction of what it tells of: it is owed if that is committed. `false` if its id was enqueued before.
    /// A text of it with a zero byte is an error before the database is asked, so that the transaction can go on.
    pub async fn enqueue(&self, transaction: &mut Transaction<'_>, message: &Message) -> Result<bool, Error> {
        let Message { id, endpoint, url, webhook, payload } = message;
        // In the payload, which is JSON, it is written as an escape.
        check_texts(&[id, endpoint, url, webhook])?;
        Ok(transaction.execute(ENQUEUE, &[id, endpoint, url, webhook, payload]).await? > 0)
    }

    /// Lets the workers of this process, among the clones of this outbox, look now.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Messages that are sent no more, those that were given up last at first.
    pub async fn dead_letters(&self, most: u32) -> Result<Vec<DeadLetter>, Error> {
        let client = self.pool.get().await?;
        let rows = client.query(DEAD, &[&i64::from(most)]).await?;
        rows.iter().map(DeadLetter::read).collect()
    }

    /// Lets a dead message be owed again, at once and with a schedule that begins anew, under the id that it has; `false` if none is dead
    /// of that id. It goes before all that its endpoint is owed since.
    pub async fn resend(&self, id: &str) -> Result<bool, Error> {
        let client = self.pool.get().await?;
        let is_owed = client.execute(RESEND, &[&id]).await? > 0;
        self.wake();
        Ok(is_owed)
    }

    /// Removes messages that were delivered longer ago than this; gives how many. What is owed or dead stays.
    pub async fn prune(&self, age: Duration) -> Result<u64, Error> {
        /// So many in one transaction, so that none is long.
        const BATCH: u64 = 1_000;
        let client = self.pool.get().await?;
        let mut removed = 0;
        loop {
            let batch = client.execute(PRUNE, &[&seconds(age), &BATCH.cast_signed()]).await?;
            removed += batch;
            if batch < BATCH {
                return Ok(removed);
            }
        }
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Outbox");
        shown.field("schedule", &self.schedule).field("slots", &self.slots).field("poll", &self.poll);
        shown.finish_non_exhaustive()
    }
}
