//! The engine: decides and commits changes of objects, and keeps what all APIs share.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, broadcast};

use crate::callback_targets::Targets;
use crate::caps::Caps;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::draft::{Draft, MoveError};
use crate::error::SandboxError;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::kind::Kind;
use crate::machine::{Cause, OUTCOME};
use crate::merchants::{Account, Merchants};
use crate::profile::Profile;
use crate::record::{self, Event, Object};
use crate::scenario::Plan;
use crate::sending::Sending;
use crate::settings::{self, Kept};
use crate::store::{Rows, Store};
use crate::troubles::Troubles;

/// What all APIs of a sandbox share.
pub struct Engine {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) merchants: Merchants,
    pub(crate) targets: Targets,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    pub(crate) profile: Arc<Profile>,
    pub(crate) sending: Sending,
    pub(crate) caps: Caps,
    pub(crate) troubles: Troubles,
    /// How often everything was forgotten; changed and read where changes are decided. What began before is not about what is there now.
    pub(crate) resets: Arc<AtomicU64>,
    kinds: Vec<Arc<dyn Kind>>,
    /// Told of every event, for pages.
    pub(crate) happened: broadcast::Sender<Event>,
    /// One at a time moves what is due.
    pub(crate) driving: tokio::sync::Mutex<()>,
    /// Callbacks that are on their way, each with the number of the reset before it.
    pub(crate) under_way: Mutex<HashSet<(u64, u64)>>,
    /// Told when a callback has arrived or failed.
    pub(crate) settled: Notify,
    /// Callbacks that let the merchant's next one pass.
    pub(crate) swapped: Mutex<BTreeMap<(String, String), u64>>,
}

/// What an engine is made of.
pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) seed: u64,
    pub(crate) profile: Profile,
    pub(crate) sending: Sending,
    pub(crate) caps: Caps,
    pub(crate) kinds: Vec<Arc<dyn Kind>>,
}

impl Engine {
    pub(crate) fn new(parts: Parts) -> Self {
        let chance = Chance::new(parts.seed);
        Self {
            store: parts.store,
            clock: parts.clock,
            chance,
            merchants: Merchants::new(chance),
            targets: Targets::default(),
            faults: Faults::new(chance),
            journal: Journal::default(),
            profile: Arc::new(parts.profile),
            sending: parts.sending,
            caps: parts.caps,
            troubles: Troubles::default(),
            resets: Arc::default(),
            kinds: parts.kinds,
            happened: broadcast::channel(1024).0,
            driving: tokio::sync::Mutex::default(),
            under_way: Mutex::default(),
            settled: Notify::new(),
            swapped: Mutex::default(),
        }
    }

    /// Takes over the merchants that the store has kept.
    pub(crate) fn remember(&self) -> Result<(), SandboxError> {
        for (name, kept) in self.read(settings::merchants)? {
            self.merchants.get_or_add(&name);
            self.merchants.change(&name, |account| {
                account.blocked = kept.blocked;
                account.paused = kept.paused;
            });
            for (api, url) in kept.urls {
                self.targets.set_url(&api, &name, Some(url));
            }
        }
        Ok(())
    }

    /// The merchant of this name, which is made and kept if there is none.
    pub(crate) fn merchant(&self, name: &str) -> Account {
        if let Some(account) = self.merchants.get(name) {
            return account;
        }
        let account = self.merchants.get_or_add(name);
        self.keep(name);
        account
    }

    /// Sets whether a merchant's calls are answered with 403; `false` if there is no such merchant.
    pub(crate) fn block(&self, name: &str, blocked: bool) -> bool {
        let changed = self.merchants.change(name, |account| account.blocked = blocked);
        self.keep(name);
        changed
    }

    /// Sets the address of a merchant's callbacks of an API.
    pub(crate) fn set_callback_url(&self, api: &str, merchant: &str, url: Option<String>) {
        self.targets.set_url(api, merchant, url);
        self.keep(merchant);
    }

    /// Holds a merchant's callbacks, or sends those that were held; `false` if there is no such merchant.
    pub(crate) async fn pause(&self, name: &str, paused: bool) -> Result<bool, SandboxError> {
        if !self.merchants.change(name, |account| account.paused = paused) {
            return Ok(false);
        }
        self.keep(name);
        if !paused {
            self.release_held(name).await?;
        }
        Ok(true)
    }

    /// Holds a merchant's callbacks from now on; the merchant is made if there is none of this name.
    pub(crate) fn hold_callbacks(&self, name: &str) {
        self.merchant(name);
        self.merchants.change(name, |account| account.paused = true);
        self.keep(name);
    }

    /// Keeps what is set of a merchant.
    fn keep(&self, name: &str) {
        let Some(account) = self.merchants.get(name) else { return };
        let kept = Kept { blocked: account.blocked, paused: account.paused, urls: self.targets.urls(name) };
        // It can fail only where the sandbox has ended, and then nobody asks for it.
        let _ = settings::keep_merchant(name, &kept).and_then(|write| self.store.later(write));
    }

    /// The kind of this name.
    #[must_use]
    pub fn kind(&self, api: &str, kind: &str) -> Option<&Arc<dyn Kind>> {
        self.kinds.iter().find(|known| known.machine().api == api && known.machine().kind == kind)
    }

    /// Decides on a change and commits it, all or nothing. What is refused changes nothing.
    pub async fn decide<T, E>(
        &self,
        deciding: impl FnOnce(&mut Draft<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<SandboxError> + Send + 'static,
    {
        self.decide_and_tell(deciding).await.map(|(value, _)| value)
    }

    /// The same, with what happened.
    async fn decide_and_tell<T, E>(
        &self,
        deciding: impl FnOnce(&mut Draft<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<(T, Vec<Event>), E>
    where
        T: Send + 'static,
        E: From<SandboxError> + Send + 'static,
    {
        self.submit(deciding).await?.await
    }

    /// The same in two steps: what is submitted is decided in the order of submission, at the time of submission. The inner future is done after
    /// the commit.
    pub(crate) async fn submit<T, E>(
        &self,
        deciding: impl FnOnce(&mut Draft<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<impl Future<Output = Result<(T, Vec<Event>), E>>, E>
    where
        T: Send + 'static,
        E: From<SandboxError> + Send + 'static,
    {
        let (now, chance) = (self.clock.now(), self.chance);
        let settings = (self.targets.clone(), Arc::clone(&self.profile), self.caps);
        let decided = self.store.submit(move |rows| {
            let mut draft = Draft::new(rows, now, chance, settings);
            let value = deciding(&mut draft)?;
            let (writes, events) = draft.finish();
            Ok::<_, E>(((value, events), writes))
        });
        let decided = decided.await?;
        Ok(async move {
            let (value, events) = decided.committed().await??;
            for event in &events {
                // Nobody may be looking.
                let _ = self.happened.send(event.clone());
            }
            self.clock.moved.notify_waiters();
            Ok((value, events))
        })
    }

    /// Reads what is committed.
    pub fn read<T>(&self, reading: impl FnOnce(&dyn Rows) -> Result<T, SandboxError>) -> Result<T, SandboxError> {
        self.store.read(reading)
    }

    /// The merchant's object of this id; of any merchant, if none is named.
    pub fn object(&self, kind: &dyn Kind, merchant: Option<&str>, id: &str) -> Result<Option<Object>, SandboxError> {
        let machine = kind.machine();
        let found = self.read(|rows| record::object(rows, machine.api, machine.kind, id))?;
        Ok(found.filter(|object| merchant.is_none_or(|merchant| object.merchant == merchant)))
    }

    /// The same as an operation reads it: with the read that its plan waits for, processing has an outcome.
    pub(crate) async fn object_read(
        &self,
        kind: &dyn Kind,
        merchant: Option<&str>,
        id: &str,
    ) -> Result<Option<Object>, SandboxError> {
        let Some(object) = self.object(kind, merchant, id)? else { return Ok(None) };
        let machine = kind.machine();
        let waits = object.plan.after_reads.is_some() && machine.timer(&object.state, OUTCOME).is_some();
        let Some(kind) = self.kind(machine.api, machine.kind).cloned().filter(|_| waits) else {
            return Ok(Some(object));
        };
        let read = self.decide(move |draft| {
            let found = record::object(draft.rows(), &object.api, &object.kind, &object.id)?;
            let Some(mut object) = found else { return Ok(None) };
            let left = object.plan.after_reads.map(|reads| reads.saturating_sub(1));
            match left {
                Some(0) => {
                    object.plan.after_reads = None;
                    draft.elapse(&*kind, &mut object, OUTCOME)?;
                }
                left => {
                    object.plan.after_reads = left;
                    draft.save(&object)?;
                }
            }
            Ok(Some(object))
        });
        read.await
    }

    /// Moves an object as the vendor's staff would, or a customer on a page.
    pub async fn push(
        &self,
        (api, kind, id): (&str, &str, &str),
        cause: Cause,
        to: &str,
        amount: Option<specie_runtime::Decimal>,
    ) -> Result<Object, SandboxError> {
        let known = self.kind(api, kind).ok_or_else(|| SandboxError::usage("there is no such kind of object"))?;
        let to = known.machine().state(to).ok_or_else(|| SandboxError::usage("there is no such state"))?;
        let (known, id) = (Arc::clone(known), id.to_owned());
        self.decide(move |draft| {
            let machine = known.machine();
            let found = record::object(draft.rows(), machine.api, machine.kind, &id)?;
            let mut object = found.ok_or_else(|| SandboxError::usage("there is no such object"))?;
            draft.transition_by(&*known, &mut object, (cause, to), amount).map_err(|error| match error {
                MoveError::Forbidden => SandboxError::usage(format!(
                    "no way leads from {} to {to} by {cause}; see the allowed next states of the object",
                    object.state
                )),
                MoveError::Store(error) => error,
            })?;
            Ok(object)
        })
        .await
    }

    /// Sets what is to become of an object, from now on.
    pub async fn plan(&self, (api, kind, id): (&str, &str, &str), plan: Plan) -> Result<(), SandboxError> {
        let (api, kind, id) = (api.to_owned(), kind.to_owned(), id.to_owned());
        self.decide(move |draft| {
            let found = record::object(draft.rows(), &api, &kind, &id)?;
            let mut object = found.ok_or_else(|| SandboxError::usage("there is no such object"))?;
            object.plan = plan;
            draft.save(&object)
        })
        .await
    }

    /// Forgets all objects, events, callbacks, requests, faults and troubles. The time and the merchants stay. What comes of a callback that is on
    /// its way is forgotten too.
    pub async fn reset(&self) -> Result<(), SandboxError> {
        let _driving = self.driving.lock().await;
        let (now, resets) = (self.clock.now(), Arc::clone(&self.resets));
        let cleared = self.store.write(move |rows| {
            let mut writes = crate::store::clear(rows)?;
            // Numbers begin anew: a callback from before must not be taken for a later one.
            resets.fetch_add(1, Ordering::Relaxed);
            writes.push(crate::clock::keep(now));
            Ok::<_, SandboxError>(((), writes))
        });
        cleared.await??;
        self.journal.clear();
        self.faults.clear_all();
        self.troubles.clear();
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.settled.notify_waiters();
        self.swapped.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }

    /// How many callbacks are on their way.
    pub(crate) fn count_under_way(&self) -> usize {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("clock", &self.clock).finish_non_exhaustive()
    }
}
