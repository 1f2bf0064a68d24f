//! Which webhooks were handled before: [`Deliveries`].

use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::seen_deliveries::{Key, Known, Memory};
use crate::formats::UnixTime;

/// Remembers which webhooks were handled, and tells a handler whether the one at hand is new, repeated or outdated.
///
/// A resource is known by its id, its versions by the time of their last change (`updated`), and what a version says by its state
/// (the status and whatever else the handler acts on). Times may be of any type that orders them; texts order times only if all have
/// the same form and zone.
///
/// ```
/// use specie_runtime::UnixTime;
/// use specie_runtime::webhook::{Deliveries, Delivery};
///
/// # struct Callback { id: String, updated: Option<UnixTime>, status: &'static str }
/// # async fn apply(_: Callback) -> Result<(), &'static str> { Ok(()) }
/// async fn handle(seen: Deliveries, callback: Callback) -> Result<(), &'static str> {
///     match seen.claim(&callback.id, callback.updated, &callback.status) {
///         Delivery::New(claim) => {
///             apply(callback).await?; // an error gives the claim back, so that the next delivery is new again
///             claim.settle();
///             Ok(())
///         }
///         Delivery::Repeated | Delivery::Outdated => Ok(()),
///         Delivery::Busy => Err("another delivery about it is being handled"), // delivered again
///     }
/// }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let seen = Deliveries::new();
/// # let callback = || Callback { id: "cpoi_1".into(), updated: Some(UnixTime(7)), status: "processed" };
/// handle(seen.clone(), callback()).await?; // handled
/// handle(seen.clone(), callback()).await?; // repeated, and not handled again
/// # Ok::<(), &'static str>(())
/// # }).unwrap();
/// ```
///
/// # What it is not
///
/// It lives in memory, of one process, and remembers the 10,000 resources that changed last (another number with
/// [`with_capacity`](Self::with_capacity)): it spares work and keeps order in the usual case. That nothing is done twice after a
/// restart, or by two processes, is up to the receiver's own database: write id, time and state in the transaction that does the
/// work, and let a unique key refuse the second one; the `Inbox` of `specie-postgres` does that.
pub struct Deliveries<V = UnixTime>(Arc<Mutex<Memory<V>>>);

/// What a webhook is, compared with those that were handled before.
#[derive(Debug)]
#[must_use]
pub enum Delivery<V = UnixTime> {
    /// Not handled yet, as far as is known: handle it, then [`settle`](Claim::settle) the claim. Also where its order is in doubt:
    /// another state with the same time, or none.
    New(Claim<V>),
    /// Handled before.
    Repeated,
    /// A later version was handled before.
    Outdated,
    /// Another delivery about the same resource is being handled, and may yet fail. Fail as well, so that this one comes again.
    Busy,
}

/// The right to handle a webhook that is new. Dropping it without [`settle`](Self::settle) gives the right back.
#[must_use = "what is not settled was not handled"]
pub struct Claim<V = UnixTime> {
    memory: Arc<Mutex<Memory<V>>>,
    key: Key,
    version: Option<V>,
    state: u64,
    is_settled: bool,
}

impl<V: Ord> Deliveries<V> {
    /// Remembers 10,000 resources.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(10_000)
    }

    /// Remembers so many resources, in some 200 bytes each; beyond that, those that changed longest ago are forgotten.
    #[must_use]
    pub fn with_capacity(resources: usize) -> Self {
        Self(Arc::new(Mutex::new(Memory::new(resources))))
    }

    /// Asks for the right to handle a webhook.
    ///
    /// Without a time there is no order to go by: it is repeated if the state is the one that was handled last, and new otherwise.
    pub fn claim<S: Hash + ?Sized>(&self, id: &str, updated: Option<V>, state: &S) -> Delivery<V> {
        let mut memory = lock(&self.0);
        let (key, state) = (memory.key(id), memory.fingerprint(state));
        if let Some(known) = memory.judge(key, updated.as_ref(), state) {
            return known.into();
        }
        if !memory.take(key) {
            return Delivery::Busy;
        }
        Delivery::New(Claim { memory: Arc::clone(&self.0), key, version: updated, state, is_settled: false })
    }
}

impl<V: Ord> Default for Deliveries<V> {
    fn default() -> Self {
        Self::new()
    }
}

/// Shares what is remembered.
impl<V> Clone for Deliveries<V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<V: Ord> Claim<V> {
    /// Says that the webhook was handled: from now on it is repeated, and earlier versions are outdated.
    pub fn settle(mut self) {
        let version = self.version.take();
        lock(&self.memory).settle(self.key, version, self.state);
        self.is_settled = true;
    }
}

impl<V> Drop for Claim<V> {
    fn drop(&mut self) {
        if !self.is_settled {
            lock(&self.memory).give_back(self.key);
        }
    }
}

impl<V> From<Known> for Delivery<V> {
    fn from(known: Known) -> Self {
        match known {
            Known::Repeated => Self::Repeated,
            Known::Outdated => Self::Outdated,
        }
    }
}

/// A panic elsewhere leaves nothing half done: each change is complete before the lock is given back.
fn lock<V>(memory: &Mutex<Memory<V>>) -> MutexGuard<'_, Memory<V>> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<V> fmt::Debug for Deliveries<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deliveries").finish_non_exhaustive()
    }
}

impl<V> fmt::Debug for Claim<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim").finish_non_exhaustive()
    }
}
