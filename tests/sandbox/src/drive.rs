//! What moves by itself: timers and callbacks, in the order in which they are due.

use std::fmt;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use serde::Serialize;
use specie_runtime::client::BoxFuture;
use tokio::task::JoinSet;

use crate::engine::Engine;
use crate::error::SandboxError;
use crate::moment::Moment;
use crate::record::{self, Attempt, Delivery, Due, Event};
use crate::troubles::Trouble;

/// The most things that are looked at together.
const BATCH: usize = 256;

/// Something that happened while the clock was moved.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happened {
    /// An object changed.
    Changed(Event),
    /// A callback was tried.
    Called {
        /// The callback's number.
        number: u64,
        /// The API.
        api: String,
        /// The object.
        id: String,
        /// The state that it told of.
        state: String,
        /// What came of it.
        attempt: Attempt,
    },
    /// The sandbox itself failed at what was due, and gave it up.
    Failed(Trouble),
}

impl Happened {
    /// Whether an object entered this state.
    #[must_use]
    pub fn is_state(&self, state: &str) -> bool {
        matches!(self, Self::Changed(event) if event.to == state)
    }
}

/// A line: when, what, and by what.
impl fmt::Display for Happened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(Event { at, api, id, from, cause, to, .. }) => {
                let from = from.as_deref().unwrap_or("new");
                write!(f, "{at} {api} {id}: {from} -> {to} ({cause})")
            }
            Self::Called { number, api, id, state, attempt } => {
                write!(f, "{} {api} {id}: callback {number} of {state}: ", attempt.at)?;
                match (attempt.status, &attempt.note) {
                    (Some(status), None) => write!(f, "{status}"),
                    (Some(status), Some(note)) => write!(f, "{status}, {note}"),
                    (None, note) => f.write_str(note.as_deref().unwrap_or("no response")),
                }
            }
            Self::Failed(trouble) => write!(f, "{trouble}"),
        }
    }
}

/// A callback, and what came of a try.
pub(crate) type Tried = (Delivery, Attempt);

/// How long the driver waits after it failed, before it tries again.
const PAUSE: Duration = Duration::from_secs(1);

/// A callback that was taken out of what is due.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) delivery: Delivery,
    /// The resets before it. What comes of it after another one is forgotten.
    pub(crate) resets: u64,
}

/// Something due that was begun.
enum Begun<'a> {
    /// A timer: done after the commit.
    Timer(BoxFuture<'a, Result<Option<Event>, SandboxError>>),
    /// A callback, which is to be sent.
    Callback(Box<Claimed>),
    /// A callback that is no longer due then.
    Nothing,
}

impl Engine {
    /// Moves the clock forward, and does what becomes due on the way, in order.
    pub(crate) async fn advance_to(self: &Arc<Self>, until: Moment) -> Result<Vec<Happened>, SandboxError> {
        let mut happened = Vec::new();
        while self.step(until, &mut happened).await? {}
        self.clock.set(until);
        Ok(happened)
    }

    /// Does what is due at the first moment up to this one, and moves the clock there; `false` if nothing is.
    async fn step(self: &Arc<Self>, until: Moment, happened: &mut Vec<Happened>) -> Result<bool, SandboxError> {
        let driving = self.driving.lock().await;
        let due = self.read(|rows| record::first_due(rows, until, BATCH))?;
        let Some(first) = due.first().map(|(at, ..)| *at) else {
            drop(driving);
            self.idle().await;
            return Ok(!self.read(|rows| record::first_due(rows, until, 1))?.is_empty());
        };
        self.clock.set(first);
        let mut calls = JoinSet::new();
        // Fired in order and committed together.
        let mut fired = Vec::new();
        for (at, number, what) in due.into_iter().take_while(|(at, ..)| *at == first) {
            let (key, name) = ((at, number), what.to_string());
            match self.begin(key, what).await {
                Ok(Begun::Timer(firing)) => fired.push((key, name, firing)),
                Ok(Begun::Callback(claimed)) => _ = calls.spawn(Arc::clone(self).call(claimed)),
                Ok(Begun::Nothing) => {}
                Err(error) => happened.push(Happened::Failed(self.give_up(key, name, &error).await?)),
            }
        }
        for (key, name, firing) in fired {
            match firing.await {
                Ok(event) => happened.extend(event.map(Happened::Changed)),
                Err(error) => happened.push(Happened::Failed(self.give_up(key, name, &error).await?)),
            }
        }
        let mut tried = Vec::new();
        while let Some(call) = calls.join_next().await {
            match call.map_err(SandboxError::store)? {
                Ok(call) => tried.extend(call),
                Err(trouble) => happened.push(Happened::Failed(trouble)),
            }
        }
        drop(driving);
        tried.sort_by_key(|(delivery, _)| delivery.number);
        happened.extend(tried.into_iter().map(|(delivery, attempt)| Happened::Called {
            number: delivery.number,
            api: delivery.api,
            id: delivery.id,
            state: delivery.state,
            attempt,
        }));
        Ok(true)
    }

    /// Moves the clock to the next thing that is due, and does it.
    pub(crate) async fn advance_to_next(self: &Arc<Self>) -> Result<Vec<Happened>, SandboxError> {
        match self.read(|rows| record::first_due(rows, Moment(u64::MAX), 1))?.first() {
            Some((at, ..)) => self.advance_to((*at).max(self.clock.now())).await,
            None => Ok(Vec::new()),
        }
    }

    /// Moves the clock from one thing that is due to the next, until nothing is, or until it has moved this far.
    pub(crate) async fn run_until_idle(self: &Arc<Self>, limit: Duration) -> Result<Vec<Happened>, SandboxError> {
        let until = self.clock.now().after(limit);
        let mut happened = Vec::new();
        while self.step(until, &mut happened).await? {}
        Ok(happened)
    }

    /// Waits until no callback is on its way.
    async fn idle(&self) {
        loop {
            let settled = self.settled.notified();
            if self.count_under_way() == 0 {
                return;
            }
            settled.await;
        }
    }

    /// Begins what is due: fires a timer, or takes a callback out of what is due.
    async fn begin(&self, key: (Moment, u64), due: Due) -> Result<Begun<'_>, SandboxError> {
        match due {
            Due::Timer { api, kind, id, timer } => {
                Ok(Begun::Timer(Box::pin(self.fire(key, (api, kind, id), timer).await?)))
            }
            Due::Delivery(number) => {
                Ok(self.claim(key, number).await?.map_or(Begun::Nothing, |claimed| Begun::Callback(Box::new(claimed))))
            }
            Due::Unreadable => Err(SandboxError::store("what is due cannot be read")),
        }
    }

    /// Takes out what is due and cannot be done, and keeps why: what is due after it goes on.
    async fn give_up(&self, key: (Moment, u64), what: String, error: &SandboxError) -> Result<Trouble, SandboxError> {
        self.decide(move |draft| {
            draft.take_due(key.0, key.1);
            Ok::<_, SandboxError>(())
        })
        .await?;
        Ok(self.troubles.add(self.clock.now(), what, error))
    }

    /// Fires a timer, if it is still armed; the inner future is done after the commit.
    async fn fire(
        &self,
        key: (Moment, u64),
        (api, kind, id): (String, String, String),
        timer: String,
    ) -> Result<impl Future<Output = Result<Option<Event>, SandboxError>> + Send, SandboxError> {
        let unknown = || SandboxError::store("a timer is of a kind that the sandbox does not have");
        let known = self.kind(&api, &kind).cloned().ok_or_else(unknown)?;
        let moved = self.submit(move |draft| {
            draft.take_due(key.0, key.1);
            let Some(mut object) = record::object(draft.rows(), &api, &kind, &id)? else { return Ok(()) };
            let Some(armed) = object.timers.iter().position(|armed| armed.number == key.1) else { return Ok(()) };
            object.timers.remove(armed);
            draft.elapse(&*known, &mut object, &timer)
        });
        let moved = moved.await?;
        Ok(async move { Ok(moved.await?.1.pop()) })
    }

    /// Takes a callback out of what is due, so that nobody else sends it.
    async fn claim(&self, key: (Moment, u64), number: u64) -> Result<Option<Claimed>, SandboxError> {
        let resets = Arc::clone(&self.resets);
        let claimed = self.decide(move |draft| {
            draft.take_due(key.0, key.1);
            let delivery = record::delivery(draft.rows(), number)?;
            // One that was scheduled anew in the meantime has another row.
            let claimed = delivery.filter(|delivery| delivery.due == Some(key.0));
            if claimed.is_some() {
                draft.set_under_way(number, true);
            }
            let resets = resets.load(Ordering::Relaxed);
            Ok::<_, SandboxError>(claimed.map(|delivery| Claimed { delivery, resets }))
        });
        let claimed = claimed.await?;
        if let Some(Claimed { resets, .. }) = claimed {
            self.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert((resets, number));
        }
        Ok(claimed)
    }

    /// Sends a callback, and keeps what came of it; `None` where it waits for its merchant, or was forgotten meanwhile.
    async fn call(self: Arc<Self>, claimed: Box<Claimed>) -> Result<Option<Tried>, Trouble> {
        let (number, resets) = (claimed.delivery.number, claimed.resets);
        let tried = self.deliver(*claimed).await;
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&(resets, number));
        self.settled.notify_waiters();
        self.clock.moved.notify_waiters();
        tried.map_err(|error| self.troubles.add(self.clock.now(), Due::Delivery(number).to_string(), &error))
    }

    /// Does what is due as the time passes; ends with the engine.
    pub(crate) async fn run(engine: std::sync::Weak<Self>) {
        while let Some(engine) = engine.upgrade() {
            let moved = engine.clock.moved.notified();
            let wait = match engine.tick().await {
                Ok(next) => next.and_then(|next| engine.clock.until(next)).unwrap_or(Duration::from_secs(3600)),
                // Without the store, the sandbox has ended.
                Err(_) if engine.store.is_closed() => return,
                Err(error) => {
                    engine.troubles.add(engine.clock.now(), "what is due".to_owned(), &error);
                    PAUSE
                }
            };
            let _ = tokio::time::timeout(wait, moved).await;
        }
    }

    /// Does what is due now without waiting for callbacks, and says when something is due next.
    async fn tick(self: &Arc<Self>) -> Result<Option<Moment>, SandboxError> {
        let _driving = self.driving.lock().await;
        let now = self.clock.now();
        for (at, number, what) in self.read(|rows| record::first_due(rows, now, BATCH))? {
            let (key, name) = ((at, number), what.to_string());
            let done = match self.begin(key, what).await {
                Ok(Begun::Timer(firing)) => firing.await.map(drop),
                Ok(Begun::Callback(claimed)) => {
                    tokio::spawn(Arc::clone(self).call(claimed));
                    Ok(())
                }
                Ok(Begun::Nothing) => Ok(()),
                Err(error) => Err(error),
            };
            if let Err(error) = done {
                self.give_up(key, name, &error).await?;
            }
        }
        Ok(self.read(|rows| record::first_due(rows, Moment(u64::MAX), 1))?.first().map(|(at, ..)| *at))
    }

    /// Makes due again what was on its way when the last process ended.
    pub(crate) async fn recover(&self) -> Result<(), SandboxError> {
        let lost = self.read(record::under_way)?;
        if lost.is_empty() {
            return Ok(());
        }
        let again = self.decide(move |draft| {
            lost.iter().try_for_each(|delivery| {
                draft.set_under_way(delivery.number, false);
                draft.schedule(delivery)
            })
        });
        again.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caps::Caps;
    use crate::clock::{Clock, ClockMode, FROZEN_START};
    use crate::engine::Parts;
    use crate::kind::Kind;
    use crate::profile::Profile;
    use crate::sending::Sending;
    use crate::store::{Store, Table};

    fn engine() -> Arc<Engine> {
        Arc::new(Engine::new(Parts {
            store: Store::open(None).unwrap(),
            clock: Clock::new(ClockMode::Frozen, None),
            seed: 1,
            profile: Profile::default(),
            sending: Sending::new(false).unwrap(),
            caps: Caps::default(),
            kinds: vec![crate::apis::cublox::kind(&Profile::default()) as Arc<dyn Kind>],
        }))
    }

    /// A callback under this number, of a kind that there is or not.
    fn callback(number: u64, kind: &str) -> Delivery {
        let name = || "other".to_owned();
        Delivery {
            number,
            api: "cublox".to_owned(),
            merchant: name(),
            kind: kind.to_owned(),
            id: name(),
            state: name(),
            url: name(),
            body: serde_json::value::to_raw_value(&1).unwrap(),
            created: FROZEN_START,
            due: Some(FROZEN_START),
            attempts: Vec::new(),
            delivered: false,
            held: false,
            fault: None,
        }
    }

    async fn make_due(engine: &Engine, at: Moment, number: u64, row: Vec<u8>) {
        let put = engine.decide(move |draft| {
            draft.put(Table::Due, record::due_key(at, number), row);
            Ok::<_, SandboxError>(())
        });
        put.await.unwrap();
    }

    #[tokio::test]
    async fn a_callback_that_was_on_its_way_when_the_process_ended_is_due_again() {
        let engine = engine();
        let delivery = callback(7, "other");
        engine.decide(move |draft| draft.schedule(&delivery)).await.unwrap();
        let due = || engine.read(|rows| record::first_due(rows, FROZEN_START, 9)).unwrap().len();
        assert!(engine.claim((FROZEN_START, 7), 7).await.unwrap().is_some());
        assert_eq!(due(), 0);
        engine.recover().await.unwrap();
        assert_eq!(due(), 1);
    }

    /// Three things that nobody can do, and a callback after them that is tried.
    async fn troubled(engine: &Engine) {
        let name = || "other".to_owned();
        let timer = Due::Timer { api: name(), kind: name(), id: name(), timer: name() };
        make_due(engine, FROZEN_START, 1, serde_json::to_vec(&timer).unwrap()).await;
        make_due(engine, FROZEN_START, 2, b"{".to_vec()).await;
        for (number, kind) in [(3, "other"), (4, "payout_invoice")] {
            engine.decide(move |draft| draft.schedule(&callback(number, kind))).await.unwrap();
        }
    }

    #[tokio::test]
    async fn what_cannot_be_done_is_told_and_the_next_goes_on() {
        let engine = engine();
        troubled(&engine).await;
        let happened = engine.advance_to(FROZEN_START).await.unwrap();
        let failed = |happened: &Happened| matches!(happened, Happened::Failed(_));
        assert_eq!(happened.iter().filter(|happened| failed(happened)).count(), 3, "{happened:?}");
        assert!(matches!(happened.last(), Some(Happened::Called { number: 4, .. })), "{happened:?}");
        assert!(happened[0].to_string().contains("timer other of other other other"), "{}", happened[0]);
        let told: Vec<String> = engine.troubles.all().into_iter().map(|trouble| trouble.what).collect();
        assert_eq!(told, ["timer other of other other other", "something that cannot be read", "callback 3"]);
        assert!(engine.advance_to(FROZEN_START).await.unwrap().is_empty());
    }

    /// The same by the driver of a clock that runs.
    #[tokio::test]
    async fn the_driver_goes_on_after_a_trouble() {
        let engine = engine();
        troubled(&engine).await;
        let driver = tokio::spawn(Engine::run(Arc::downgrade(&engine)));
        // The last one that is tried has come to its end.
        while engine.read(|rows| record::delivery(rows, 4)).unwrap().unwrap().attempts.is_empty() {
            engine.settled.notified().await;
        }
        while engine.troubles.all().len() < 3 {
            engine.troubles.after(u64::try_from(engine.troubles.all().len()).unwrap()).await;
        }
        assert!(!driver.is_finished());
        driver.abort();
    }

    #[tokio::test]
    async fn what_comes_of_a_callback_after_a_reset_is_forgotten() {
        let engine = engine();
        engine.decide(move |draft| draft.schedule(&callback(7, "payout_invoice"))).await.unwrap();
        let claimed = engine.claim((FROZEN_START, 7), 7).await.unwrap().unwrap();
        engine.reset().await.unwrap();
        assert_eq!(engine.count_under_way(), 0);
        // Another one under the same number.
        engine.decide(move |draft| draft.schedule(&callback(7, "payout_invoice"))).await.unwrap();
        assert!(engine.deliver(claimed).await.unwrap().is_none());
        let later = engine.read(|rows| record::delivery(rows, 7)).unwrap().unwrap();
        assert_eq!((later.attempts.len(), later.due), (0, Some(FROZEN_START)));
    }
}
