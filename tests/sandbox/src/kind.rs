//! What an API says about a kind of its objects, beside the table of states.

use std::time::Duration;

use serde_json::value::RawValue;
use specie_runtime::Decimal;
use specie_runtime::client::BoxFuture;
use specie_runtime::webhook::{SendError, Sender};

use crate::chance::Chance;
use crate::error::SandboxError;
use crate::machine::{Cause, Machine};
use crate::moment::Moment;
use crate::profile::Profile;
use crate::record::Object;

/// A change of state that has just been made.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What made it.
    pub cause: Cause,
    /// Where the object stood; `None` for a new one.
    pub from: Option<&'static str>,
    /// When.
    pub now: Moment,
    /// The amount that it is about, where that is not the whole: part of a refund.
    pub amount: Option<Decimal>,
    /// How the sandbox behaves where the documents do not say.
    pub profile: &'a Profile,
}

/// What is sent to the merchant after a change.
#[derive(Clone, Debug)]
pub struct Callback {
    /// The address that the object has; `None` for the merchant's.
    pub url: Option<String>,
    /// The payload.
    pub body: Box<RawValue>,
}

/// When a callback that was not answered with 200 comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// After one step more each time, so many times at most.
    Growing {
        /// The first delay, and what each later one has more.
        step: Duration,
        /// The most attempts in all.
        attempts: usize,
    },
    /// After these delays, one after the other.
    Fixed(&'static [Duration]),
}

impl Schedule {
    /// How long to wait after so many attempts; `None`: it is given up.
    #[must_use]
    pub fn delay(self, attempts: usize) -> Option<Duration> {
        match self {
            Self::Growing { step, attempts: most } if attempts < most => {
                Some(step.saturating_mul(u32::try_from(attempts).unwrap_or(u32::MAX)))
            }
            Self::Growing { .. } => None,
            Self::Fixed(delays) => delays.get(attempts.checked_sub(1)?).copied(),
        }
    }
}

/// A kind of object.
pub trait Kind: Send + Sync + 'static {
    /// Its states.
    fn machine(&self) -> &'static Machine;

    /// Whether a merchant's reference leads to the one object, or the latest, that has it.
    fn is_found_by_reference(&self) -> bool {
        true
    }

    /// A name under which the object is listed beside those of its merchant.
    fn group(&self, object: &Object) -> Result<Option<[String; 4]>, SandboxError> {
        let _ = object;
        Ok(None)
    }

    /// Changes the fields of an object that has just entered its state, and says which timers begin, by name.
    fn entered(&self, object: &mut Object, change: &Change<'_>) -> Result<Vec<(&'static str, Duration)>, SandboxError>;

    /// Where a timer that is due leads; `None`: nowhere.
    fn due(&self, object: &mut Object, timer: &str, chance: Chance) -> Result<Option<&'static str>, SandboxError>;

    /// What the merchant is told of its present state; `None`: nothing.
    fn callback(&self, object: &Object) -> Result<Option<Callback>, SandboxError>;

    /// When a callback comes again.
    fn schedule(&self) -> Schedule;

    /// Sends a callback with the API's own sender.
    fn send<'a>(&'a self, sender: &'a Sender, url: &'a str, body: &'a str) -> BoxFuture<'a, Result<(), SendError>>;
}

/// The next planned outcome, if a timer can lead there; a plan may hold what the table does not.
pub(crate) fn planned(machine: &Machine, object: &mut Object, timer: &'static str) -> Option<&'static str> {
    let state = machine.state(&object.plan.take_outcome()?)?;
    machine.allows(&object.state, Cause::Timer(timer), state).then_some(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_growing_schedule_ends_with_its_last_attempt() {
        let minutes = Schedule::Growing { step: Duration::from_secs(60), attempts: 100 };
        assert_eq!(minutes.delay(1), Some(Duration::from_secs(60)));
        assert_eq!(minutes.delay(99), Some(Duration::from_secs(99 * 60)));
        assert_eq!(minutes.delay(100), None);
    }

    #[test]
    fn a_fixed_schedule_ends_with_its_last_delay() {
        const DELAYS: &[Duration] = &[Duration::from_secs(60), Duration::from_secs(300)];
        let fixed = Schedule::Fixed(DELAYS);
        assert_eq!((fixed.delay(1), fixed.delay(2), fixed.delay(3)), (Some(DELAYS[0]), Some(DELAYS[1]), None));
    }
}
