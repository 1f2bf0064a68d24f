//! What moves by itself: timers and callbacks, in the order in which they are due.

use std::fmt;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::task::JoinSet;

use crate::engine::Engine;
use crate::error::SandboxError;
use crate::moment::Moment;
use crate::record::{self, Attempt, Delivery, Due, Event};

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
        }
    }
}

/// A callback, and what came of a try.
pub(crate) type Tried = (Delivery, Attempt);

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
            match what {
                Due::Timer { .. } => fired.push(self.fire((at, number), what).await?),
                Due::Delivery(delivery) => {
                    if let Some(delivery) = self.claim((at, number), delivery).await? {
                        calls.spawn(Arc::clone(self).call(delivery));
                    }
                }
            }
        }
        for fired in fired {
            happened.extend(fired.await?.map(Happened::Changed));
        }
        let mut tried = Vec::new();
        while let Some(call) = calls.join_next().await {
            tried.extend(call.map_err(SandboxError::store)??);
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

    /// Fires a timer, if it is still armed; the inner future is done after the commit.
    async fn fire(
        &self,
        key: (Moment, u64),
        due: Due,
    ) -> Result<impl Future<Output = Result<Option<Event>, SandboxError>>, SandboxError> {
        let Due::Timer { api, kind, id, timer } = due else {
            return Err(SandboxError::store("what is due is no timer"));
        };
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
    async fn claim(&self, key: (Moment, u64), number: u64) -> Result<Option<Delivery>, SandboxError> {
        let claimed = self.decide(move |draft| {
            draft.take_due(key.0, key.1);
            let delivery = record::delivery(draft.rows(), number)?;
            // One that was scheduled anew in the meantime has another row.
            let claimed = delivery.filter(|delivery| delivery.due == Some(key.0));
            if claimed.is_some() {
                draft.set_under_way(number, true);
            }
            Ok::<_, SandboxError>(claimed)
        });
        let claimed = claimed.await?;
        if claimed.is_some() {
            self.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(number);
        }
        Ok(claimed)
    }

    /// Sends a callback, and keeps what came of it.
    async fn call(self: Arc<Self>, delivery: Delivery) -> Result<Option<Tried>, SandboxError> {
        let number = delivery.number;
        let tried = self.deliver(delivery).await;
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
        self.settled.notify_waiters();
        self.clock.moved.notify_waiters();
        tried
    }

    /// Does what is due as the time passes; ends with the engine.
    pub(crate) async fn run(engine: std::sync::Weak<Self>) {
        while let Some(engine) = engine.upgrade() {
            let moved = engine.clock.moved.notified();
            // Without the store, the sandbox has ended.
            let Ok(next) = engine.tick().await else { return };
            let wait = next.and_then(|next| engine.clock.until(next)).unwrap_or(Duration::from_secs(3600));
            let _ = tokio::time::timeout(wait, moved).await;
        }
    }

    /// Does what is due now without waiting for callbacks, and says when something is due next.
    async fn tick(self: &Arc<Self>) -> Result<Option<Moment>, SandboxError> {
        let _driving = self.driving.lock().await;
        let now = self.clock.now();
        for (at, number, what) in self.read(|rows| record::first_due(rows, now, BATCH))? {
            match what {
                Due::Timer { .. } => drop(self.fire((at, number), what).await?.await?),
                Due::Delivery(delivery) => {
                    if let Some(delivery) = self.claim((at, number), delivery).await? {
                        tokio::spawn(Arc::clone(self).call(delivery));
                    }
                }
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
    use crate::clock::{Clock, ClockMode, FROZEN_START};
    use crate::engine::Parts;
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
            kinds: Vec::new(),
        }))
    }

    #[tokio::test]
    async fn a_callback_that_was_on_its_way_when_the_process_ended_is_due_again() {
        let engine = engine();
        let name = || "other".to_owned();
        let delivery = Delivery {
            number: 7,
            api: name(),
            merchant: name(),
            kind: name(),
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
        };
        engine.decide(move |draft| draft.schedule(&delivery)).await.unwrap();
        let due = || engine.read(|rows| record::first_due(rows, FROZEN_START, 9)).unwrap().len();
        assert!(engine.claim((FROZEN_START, 7), 7).await.unwrap().is_some());
        assert_eq!(due(), 0);
        engine.recover().await.unwrap();
        assert_eq!(due(), 1);
    }

    #[tokio::test]
    async fn a_timer_of_an_unknown_kind_is_an_error() {
        let engine = engine();
        let name = || "other".to_owned();
        let timer = Due::Timer { api: name(), kind: name(), id: name(), timer: name() };
        let row = serde_json::to_vec(&timer).unwrap();
        let put = engine.decide(move |draft| {
            draft.put(Table::Due, record::due_key(FROZEN_START, 1), row);
            Ok::<_, SandboxError>(())
        });
        put.await.unwrap();
        let error = engine.advance_to(FROZEN_START).await.unwrap_err();
        assert!(error.to_string().contains("a kind that the sandbox does not have"), "{error}");
    }
}
