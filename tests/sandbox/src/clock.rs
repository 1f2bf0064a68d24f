//! The clock of a sandbox: one for all of its objects, tokens, timers and retries.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::Notify;

use crate::error::SandboxError;
use crate::moment::Moment;
use crate::store::{Rows, Table, Write};

/// Where a frozen clock begins: 2026-01-01T00:00:00Z.
pub const FROZEN_START: Moment = Moment(1_767_225_600_000);

/// How the time of a sandbox passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockMode {
    /// As outside.
    Real,
    /// It stands still until it is advanced.
    Frozen,
    /// This many seconds in each second outside.
    Scaled(u32),
}

/// The clock; timeouts and delays of the network use real time instead.
#[derive(Debug)]
pub struct Clock {
    mode: ClockMode,
    state: Mutex<Anchor>,
    /// Told when the time was moved, or when something became due earlier than before.
    pub(crate) moved: Notify,
}

/// What the sandbox's time was at a moment outside.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    sandbox: Moment,
    outside: Instant,
}

impl Clock {
    /// A clock; `start` is where it goes on, by default the present time, or for a frozen clock [`FROZEN_START`].
    #[must_use]
    pub fn new(mode: ClockMode, start: Option<Moment>) -> Self {
        let default = match mode {
            ClockMode::Frozen => FROZEN_START,
            ClockMode::Real | ClockMode::Scaled(_) => present(),
        };
        let sandbox = start.map_or(default, |start| start.max(if mode == ClockMode::Frozen { start } else { default }));
        Self { mode, state: Mutex::new(Anchor { sandbox, outside: Instant::now() }), moved: Notify::new() }
    }

    /// How the time passes.
    #[must_use]
    pub const fn mode(&self) -> ClockMode {
        self.mode
    }

    /// The time in the sandbox.
    #[must_use]
    pub fn now(&self) -> Moment {
        let anchor = *self.state.lock().unwrap_or_else(PoisonError::into_inner);
        anchor.sandbox.after(self.passed(anchor.outside.elapsed()))
    }

    fn passed(&self, outside: Duration) -> Duration {
        match self.mode {
            ClockMode::Real => outside,
            ClockMode::Frozen => Duration::ZERO,
            ClockMode::Scaled(factor) => outside.saturating_mul(factor),
        }
    }

    /// How long to wait outside until a moment of the sandbox; `None` if it never comes by itself.
    pub(crate) fn until(&self, moment: Moment) -> Option<Duration> {
        let ahead = moment.since(self.now());
        match self.mode {
            ClockMode::Real => Some(ahead),
            ClockMode::Frozen => None,
            ClockMode::Scaled(factor) => Some(ahead.checked_div(factor).unwrap_or(Duration::MAX)),
        }
    }

    /// Moves the time forward to a moment; it never goes back.
    pub(crate) fn set(&self, moment: Moment) {
        let mut anchor = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = anchor.sandbox.after(self.passed(anchor.outside.elapsed()));
        *anchor = Anchor { sandbox: moment.max(now), outside: Instant::now() };
        drop(anchor);
        self.moved.notify_waiters();
    }
}

/// The key of the time at which the last change was made.
const KEPT: &[u8] = b"clock";

/// The time at which the last process stopped.
pub(crate) fn kept(rows: &dyn Rows) -> Result<Option<Moment>, SandboxError> {
    let kept = rows.get(Table::Meta, KEPT)?;
    Ok(kept.and_then(|bytes| bytes.first_chunk().copied()).map(|bytes| Moment(u64::from_be_bytes(bytes))))
}

/// The row that keeps the time.
pub(crate) fn keep(now: Moment) -> Write {
    Write { table: Table::Meta, key: KEPT.to_vec(), value: Some(now.0.to_be_bytes().to_vec()) }
}

fn present() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Moment(0).after(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_stands_and_never_goes_back() {
        let clock = Clock::new(ClockMode::Frozen, None);
        assert_eq!(clock.now(), FROZEN_START);
        clock.set(Moment(0));
        assert_eq!(clock.now(), FROZEN_START);
        clock.set(FROZEN_START.after(Duration::from_secs(5)));
        assert_eq!(clock.now().since(FROZEN_START), Duration::from_secs(5));
        assert_eq!(clock.until(Moment(u64::MAX)), None);
    }

    #[test]
    fn a_scaled_clock_shortens_what_is_waited_for() {
        let clock = Clock::new(ClockMode::Scaled(60), Some(FROZEN_START));
        let wait = clock.until(clock.now().after(Duration::from_secs(3600))).unwrap();
        assert!(wait <= Duration::from_secs(60), "{wait:?}");
    }
}
