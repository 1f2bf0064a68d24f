//! Sending a callback once: where to, signed with what, and what comes of it.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use specie_runtime::client::{Http, Options};
use specie_runtime::webhook::{SendError, Sender};

use crate::callback_targets;
use crate::draft::Draft;
use crate::drive::{Claimed, Tried};
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::faults::CallbackFault;
use crate::kind::Kind;
use crate::moment::Moment;
use crate::record::{self, Attempt, Delivery};
use crate::store::Table;

/// How long a receiver may take: what Corefy gives one in test mode, for lack of other documents also for the others.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How long a receiver may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a callback that lets another pass waits for it at most.
const SWAP_LIMIT: Duration = Duration::from_secs(24 * 3600);

/// The sandbox's own client for callbacks.
pub struct Sending {
    http: Sender,
    /// Whether callbacks may leave this machine.
    anywhere: bool,
}

impl Sending {
    pub(crate) fn new(anywhere: bool) -> Result<Self, SandboxError> {
        let options = Options::new().connect_timeout(CONNECT_TIMEOUT).attempt_timeout(TIMEOUT).allow_plain_http();
        let http = Http::new(&options).map_err(|error| SandboxError::usage(error.to_string()))?;
        Ok(Self { http: Sender::over(http).timeout(TIMEOUT), anywhere })
    }
}

impl std::fmt::Debug for Sending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sending").field("anywhere", &self.anywhere).finish_non_exhaustive()
    }
}

impl Engine {
    /// Tries a callback once, with the fault that is armed for it, and commits what came of it; `None` where its merchant takes none for now, or
    /// where everything was forgotten meanwhile.
    pub(crate) async fn deliver(&self, claimed: Claimed) -> Result<Option<Tried>, SandboxError> {
        let Claimed { delivery, resets } = claimed;
        let unknown = || SandboxError::store("a callback is of a kind that the sandbox does not have");
        let kind = self.kind(&delivery.api, &delivery.kind).cloned().ok_or_else(unknown)?;
        let is_paused = || self.merchants.get(&delivery.merchant).is_some_and(|account| account.paused);
        if is_paused() {
            self.hold(delivery.number, resets).await?;
            // Whoever took callbacks again in the meantime may not have seen this one.
            if !is_paused() {
                let now = self.clock.now();
                let again = move |delivery: &mut Delivery| (delivery.due, delivery.held) = (Some(now), false);
                self.change_unless_reset(delivery.number, resets, again).await?;
            }
            return Ok(None);
        }
        let armed = self.faults.of_callback(&delivery.api, &delivery.merchant, &delivery.state);
        let fault = armed.or(delivery.fault.filter(|_| delivery.attempts.is_empty()));
        let at = self.clock.now();
        let attempt = match fault {
            Some(CallbackFault::Late { by }) => {
                return self.postpone((delivery.number, resets), at.after(by), "late").await;
            }
            Some(CallbackFault::Swap) if self.lets_pass(&delivery) => {
                let waiting =
                    self.postpone((delivery.number, resets), at.after(SWAP_LIMIT), "lets the next one pass").await?;
                if waiting.is_none() {
                    self.swapped.lock().unwrap_or_else(PoisonError::into_inner).remove(&place_of(&delivery));
                }
                return Ok(waiting);
            }
            Some(CallbackFault::Lose) => Attempt { at, status: Some(200), note: Some("fault: lost".to_owned()) },
            Some(CallbackFault::Twice) => {
                let first = self.send(&*kind, &delivery, false).await;
                let second = self.send(&*kind, &delivery, false).await;
                Attempt { note: Some("fault: sent twice".to_owned()), ..attempted(at, first.and(second)) }
            }
            Some(CallbackFault::BadSignature) => {
                let sent = self.send(&*kind, &delivery, true).await;
                Attempt { note: Some("fault: wrong signature".to_owned()), ..attempted(at, sent) }
            }
            // Where one waits already, this is the one that passes it.
            Some(CallbackFault::Swap) | None => attempted(at, self.send(&*kind, &delivery, false).await),
        };
        let tried = self.conclude(&*kind, (delivery.number, resets), attempt).await?;
        if let Some((delivery, _)) = &tried {
            self.release_swapped(delivery).await?;
        }
        Ok(tried)
    }

    /// Lets the merchant's next callback of the API pass this one, unless one waits for that already.
    fn lets_pass(&self, delivery: &Delivery) -> bool {
        let mut swapped = self.swapped.lock().unwrap_or_else(PoisonError::into_inner);
        let place = place_of(delivery);
        let is_free = !swapped.contains_key(&place);
        if is_free {
            swapped.insert(place, delivery.number);
        }
        is_free
    }

    async fn send(&self, kind: &dyn Kind, delivery: &Delivery, wrong: bool) -> Result<(), SendError> {
        let credentials = self.merchants.get_or_add(&delivery.merchant).credentials;
        let secret = if wrong { "not-the-private-key".into() } else { credentials.private_key };
        let collected = self.targets.collected(&delivery.api, &delivery.merchant);
        let url = if delivery.url.is_empty() { "http://127.0.0.1/collected" } else { delivery.url.as_str() };
        let sender = match collected {
            Some(collected) => Sender::over(collected),
            None if delivery.url.is_empty() => {
                return Err(SendError::Unsendable("it has no address, and nobody collects callbacks any more".into()));
            }
            None if self.sending.anywhere || callback_targets::is_loopback(url) => self.sending.http.clone(),
            None => {
                return Err(SendError::Unsendable(
                    "the address is not on this machine; allow others at the start".into(),
                ));
            }
        };
        let sender = match self.targets.authorization(&delivery.api, &delivery.merchant) {
            Some(value) => sender.authorization(value),
            None => sender,
        };
        let sender = sender.secret(secret).message_id(format!("sandbox-{}", delivery.number));
        kind.send(&sender, url, delivery.body.get()).await
    }

    async fn postpone(
        &self,
        (number, resets): (u64, u64),
        until: Moment,
        note: &str,
    ) -> Result<Option<Tried>, SandboxError> {
        let attempt = Attempt { at: self.clock.now(), status: None, note: Some(format!("fault: {note}")) };
        let note = attempt.clone();
        let delivery = self.change_unless_reset(number, resets, move |delivery| {
            delivery.due = Some(until);
            delivery.attempts.push(note);
        });
        Ok(delivery.await?.map(|delivery| (delivery, attempt)))
    }

    async fn conclude(
        &self,
        kind: &dyn Kind,
        (number, resets): (u64, u64),
        attempt: Attempt,
    ) -> Result<Option<Tried>, SandboxError> {
        let (schedule, kept) = (kind.schedule(), attempt.clone());
        let delivery = self.change_unless_reset(number, resets, move |delivery| {
            // A callback that was put off by a fault has not been tried by that.
            let tried = delivery.attempts.iter().filter(|attempt| !is_postponed(attempt)).count() + 1;
            delivery.delivered = kept.status == Some(200);
            let delay = schedule.delay(tried).filter(|_| !delivery.delivered);
            delivery.due = delay.map(|delay| kept.at.after(delay));
            delivery.attempts.push(kept);
        });
        Ok(delivery.await?.map(|delivery| (delivery, attempt)))
    }

    /// Sends the callback that has let this one pass.
    async fn release_swapped(&self, passed: &Delivery) -> Result<(), SandboxError> {
        let place = place_of(passed);
        let waiting = self.swapped.lock().unwrap_or_else(PoisonError::into_inner).remove(&place);
        // One that nothing has passed in time goes by itself.
        if let Some(number) = waiting.filter(|number| *number != passed.number) {
            let now = self.clock.now();
            self.change(number, move |delivery| delivery.due = Some(now)).await?;
        }
        Ok(())
    }

    /// Sends a callback once more, now.
    pub(crate) async fn resend(&self, number: u64) -> Result<Delivery, SandboxError> {
        let now = self.clock.now();
        let again = self.change(number, move |delivery| {
            delivery.due = Some(now);
            delivery.held = false;
        });
        again.await
    }

    /// Holds a callback until its merchant takes callbacks again.
    async fn hold(&self, number: u64, resets: u64) -> Result<(), SandboxError> {
        let held = self.change_unless_reset(number, resets, |delivery| {
            delivery.due = None;
            delivery.held = true;
        });
        held.await.map(drop)
    }

    /// Makes a merchant's callbacks due that were held.
    pub(crate) async fn release_held(&self, merchant: &str) -> Result<(), SandboxError> {
        let (now, merchant) = (self.clock.now(), merchant.to_owned());
        let released = self.decide(move |draft| {
            let all: Vec<Delivery> = record::all(draft.rows(), Table::Deliveries)?;
            for mut delivery in all.into_iter().filter(|delivery| delivery.held && delivery.merchant == merchant) {
                (delivery.due, delivery.held) = (Some(now), false);
                draft.schedule(&delivery)?;
            }
            Ok(())
        });
        released.await
    }

    async fn change(
        &self,
        number: u64,
        change: impl FnOnce(&mut Delivery) + Send + 'static,
    ) -> Result<Delivery, SandboxError> {
        self.decide(move |draft| {
            changed(draft, number, change)?.ok_or_else(|| SandboxError::usage("there is no such callback"))
        })
        .await
    }

    /// The same for a callback from after so many resets; `None` if there was another one since.
    async fn change_unless_reset(
        &self,
        number: u64,
        resets: u64,
        change: impl FnOnce(&mut Delivery) + Send + 'static,
    ) -> Result<Option<Delivery>, SandboxError> {
        let now = Arc::clone(&self.resets);
        self.decide(move |draft| {
            if now.load(Ordering::Relaxed) != resets {
                return Ok(None);
            }
            changed(draft, number, change)
        })
        .await
    }
}

/// Changes a callback, and when it is due; `None` if there is none of this number.
fn changed(
    draft: &mut Draft<'_>,
    number: u64,
    change: impl FnOnce(&mut Delivery),
) -> Result<Option<Delivery>, SandboxError> {
    let Some(mut delivery) = record::delivery(draft.rows(), number)? else { return Ok(None) };
    if let Some(due) = delivery.due {
        draft.take_due(due, number);
    }
    draft.set_under_way(number, false);
    change(&mut delivery);
    draft.schedule(&delivery)?;
    Ok(Some(delivery))
}

/// Whose callbacks may pass each other.
fn place_of(delivery: &Delivery) -> (String, String) {
    (delivery.api.clone(), delivery.merchant.clone())
}

fn attempted(at: Moment, sent: Result<(), SendError>) -> Attempt {
    match sent {
        Ok(()) => Attempt { at, status: Some(200), note: None },
        Err(error) => Attempt { at, status: error.status(), note: Some(error.to_string()) },
    }
}

fn is_postponed(attempt: &Attempt) -> bool {
    attempt.status.is_none() && attempt.note.as_deref().is_some_and(|note| note.starts_with("fault: "))
}

/// Whether `Arc<Engine>` can be sent between threads is part of what the tasks need.
const _: fn(&Arc<Engine>) = |engine| {
    fn sendable<T: Send + Sync>(_: &T) {}
    sendable(engine);
};
