//! Delivering what is owed.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio_postgres::Row;

use super::claiming::Head;
use super::message::{Outgoing, Undelivered, random_id};
use super::statements::{CLAIM_NEXT, DELIVERED, FAILED, LOCK};
use super::{Outbox, TRIES};
use crate::database::{BEGIN, COMMIT, Failure, Tries, prepared, seconds};
use crate::error::Error;

/// How many messages of one endpoint are sent in a row before its turn ends.
const TURN: usize = 64;

/// How many messages are claimed in one transaction at most; each takes a place in the server's table of locks until it is committed.
const MOST_AT_ONCE: usize = 256;

/// How long the worker waits when the database cannot be asked.
const PAUSE: Duration = Duration::from_secs(1);

impl Outbox {
    /// Delivers what is owed until `stop` completes, then waits for the tries that have begun. Any number of replicas may run it; one or
    /// two are enough for a process.
    ///
    /// `send` gets a message and sends it, with the secret and the address that belong to it: `Ok` means that it was acknowledged with 200.
    /// A panic of it is a try that failed. A message may be sent more than once: after a try whose worker died, or whose response was lost.
    /// One at which the program itself ends, each time, is given up after [`interruptions`](Self::interruptions). While the database cannot
    /// be reached, nothing is sent, and the worker waits.
    ///
    /// ```no_run
    /// use specie_postgres::{BoxError, Outbox, Outgoing, Undelivered};
    /// use specie_runtime::webhook::{Sender, WebhookSpec};
    ///
    /// # const PAYOUT_INVOICE: WebhookSpec = WebhookSpec::new("payoutInvoice");
    /// # async fn example(outbox: Outbox, sender: Sender, asked_to_stop: impl Future<Output = ()>) -> Result<(), BoxError> {
    /// let send = move |message: Outgoing| {
    ///     let sender = sender.clone().message_id(&message.id);
    ///     async move {
    ///         // Or a function of the generated crate: `cublox::webhooks::send::payout_invoice(&sender, &message.url, &message.payload()?)`.
    ///         sender.send(&PAYOUT_INVOICE, &message.url, message.raw_payload()?).await?;
    ///         Ok::<_, Undelivered>(())
    ///     }
    /// };
    /// outbox.deliver(send, asked_to_stop).await;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn deliver<F, R>(&self, send: F, stop: impl Future<Output = ()>)
    where
        F: Fn(Outgoing) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), Undelivered>> + Send + 'static,
    {
        let send = Arc::new(send);
        let slots = Arc::new(Semaphore::new(self.slots));
        let stopping = Arc::new(AtomicBool::new(false));
        let mut stop = pin!(async {
            stop.await;
            stopping.store(true, Ordering::Relaxed);
        });
        loop {
            let most = slots.available_permits().min(MOST_AT_ONCE);
            let mut claiming = pin!(self.begin(most, &slots, &send, &stopping));
            let begun = tokio::select! {
                begun = &mut claiming => begun,
                () = &mut stop => {
                    // What it claims is sent. Where the database does not answer, that comes again when the claim has ended.
                    let _ = tokio::time::timeout(PAUSE, claiming).await;
                    break;
                }
            };
            let wait = match begun {
                // As many as asked for: there may be more, as soon as there is room.
                Ok(begun) if begun == most => None,
                Ok(_) => Some(self.poll),
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be read");
                    Some(PAUSE)
                }
            };
            let waiting = async {
                match wait {
                    None => drop(slots.acquire().await),
                    Some(wait) => {
                        let _ = tokio::time::timeout(wait, self.wake.notified()).await;
                    }
                }
            };
            tokio::select! {
                () = waiting => {}
                () = &mut stop => break,
            }
        }
        let _ = slots.acquire_many(u32::try_from(self.slots).unwrap_or(u32::MAX)).await;
    }

    /// Claims heads for so many free slots and begins to send them; gives how many.
    async fn begin<F, R>(
        &self,
        most: usize,
        slots: &Arc<Semaphore>,
        send: &Arc<F>,
        stopping: &Arc<AtomicBool>,
    ) -> Result<usize, Error>
    where
        F: Fn(Outgoing) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), Undelivered>> + Send + 'static,
    {
        if most == 0 {
            return Ok(0);
        }
        let worker = random_id()?;
        // Of what may end the program, it sends one at a time, so that the others are not taken along again.
        let mut alone = Arc::clone(&self.suspect).try_acquire_owned().ok();
        let heads = self.claim(&worker, most, alone.is_some()).await?;
        let begun = heads.len();
        for Head { message, is_suspect } in heads {
            // Only this loop takes slots, so those that were free still are.
            let Ok(slot) = Arc::clone(slots).try_acquire_owned() else { break };
            let alone = if is_suspect { alone.take() } else { None };
            let (outbox, worker) = (self.clone(), worker.clone());
            let (send, stopping) = (Arc::clone(send), Arc::clone(stopping));
            tokio::spawn(async move { outbox.deliver_in_turn(message, worker, send, (slot, alone), stopping).await });
        }
        Ok(begun)
    }

    /// Sends a message, and those behind it of the same endpoint as long as each is acknowledged and the worker is not to stop.
    async fn deliver_in_turn<F, R>(
        &self,
        head: Outgoing,
        worker: String,
        send: Arc<F>,
        (_slot, mut alone): (OwnedSemaphorePermit, Option<OwnedSemaphorePermit>),
        stopping: Arc<AtomicBool>,
    ) where
        F: Fn(Outgoing) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), Undelivered>> + Send + 'static,
    {
        let mut message = head;
        for left in (0..TURN).rev() {
            let end = self.tried(message.clone(), Arc::clone(&send)).await;
            let goes_on = left > 0 && !stopping.load(Ordering::Relaxed);
            let recorded = self.record(&message, &worker, end, goes_on).await;
            drop(alone.take());
            match recorded {
                Ok(Some(next)) => message = next,
                Ok(None) => return,
                Err(error) => {
                    // It comes again when the claim has ended.
                    tracing::warn!(id = message.id, %error, "the outbox could not be told of a try");
                    return;
                }
            }
        }
    }

    /// One try, in a task of its own, so that a `send` that panics is a try that failed.
    async fn tried<F, R>(&self, message: Outgoing, send: Arc<F>) -> Result<(), Undelivered>
    where
        F: Fn(Outgoing) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), Undelivered>> + Send + 'static,
    {
        let mut task = JoinSet::new();
        task.spawn(async move { send(message).await });
        match tokio::time::timeout(self.limit, task.join_next()).await {
            Ok(Some(Ok(end))) => end,
            Ok(_) => Err(Undelivered::Later("the program's function that sends it panicked".to_owned())),
            // The task ends with its set.
            Err(_) => Err(Undelivered::Later("no response in time".to_owned())),
        }
    }

    /// Records the end of a try; gives the next message of the endpoint, if this one was acknowledged and the turn goes on.
    async fn record(
        &self,
        message: &Outgoing,
        worker: &str,
        end: Result<(), Undelivered>,
        goes_on: bool,
    ) -> Result<Option<Outgoing>, Error> {
        let failed = match end {
            Ok(()) => None,
            Err(Undelivered::Never(reason)) => Some((reason, None)),
            Err(Undelivered::Later(reason)) => Some((reason, self.schedule.delay(message.attempt))),
        };
        // What the database does not keep would leave the try without an end.
        let failed = failed.map(|(reason, delay)| (reason.replace('\0', "\u{fffd}"), delay));
        let mut tries = Tries::at_most(TRIES);
        loop {
            let recorded = match &failed {
                Some((reason, delay)) => self.try_fail(message, worker, reason, *delay).await.map(|()| None),
                None => self.try_deliver(message, worker, goes_on).await,
            };
            match recorded {
                Ok(next) => return next.as_ref().map(Outgoing::read).transpose(),
                Err(failure) => tries.after(failure).await?,
            }
        }
    }

    async fn try_fail(
        &self,
        message: &Outgoing,
        worker: &str,
        reason: &str,
        delay: Option<Duration>,
    ) -> Result<(), Failure> {
        let (client, [failed]) = prepared(&self.pool, [FAILED]).await?;
        let delay = delay.map(seconds);
        let failed = client.execute(&failed, &[&message.id, &worker, &reason, &delay]).await;
        failed.map(drop).map_err(|error| Failure::of(&error, &client))
    }

    /// One transaction: the message is delivered, and the next one of its endpoint is this worker's, unless the claim ended and another
    /// worker is sending the message once more.
    async fn try_deliver(&self, message: &Outgoing, worker: &str, goes_on: bool) -> Result<Option<Row>, Failure> {
        let (client, [lock, delivered, next]) = prepared(&self.pool, [LOCK, DELIVERED, CLAIM_NEXT]).await?;
        let (begun, locked, delivered, next, committed) = tokio::join!(
            biased;
            client.batch_execute(BEGIN),
            // Before any row is locked, as in each transaction that wants both.
            async {
                if !goes_on {
                    return Ok(0);
                }
                client.execute(&lock, &[&message.endpoint]).await
            },
            async { client.execute(&delivered, &[&message.id, &worker]).await },
            async {
                if !goes_on {
                    return Ok(None);
                }
                client.query_opt(&next, &[&worker, &message.endpoint, &self.hold()]).await
            },
            client.batch_execute(COMMIT),
        );
        let failed = |error| Failure::of(&error, &client);
        begun.and(locked.map(drop)).and(delivered.map(drop)).map_err(failed)?;
        let next = next.map_err(failed)?;
        committed.map_err(failed)?;
        Ok(next)
    }

    /// How long a claim lasts, in seconds: longer by a half than a try may take, so that the end of the try is recorded within it.
    pub(super) fn hold(&self) -> f64 {
        seconds(self.limit) * 1.5
    }
}
