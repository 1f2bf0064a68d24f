//! Clock, sleep and randomness, which tests replace.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use std::{fmt, io};

use super::BoxFuture;

/// Clock, sleep and randomness of a client.
pub trait Environment: fmt::Debug + Send + Sync + 'static {
    /// The time by a clock that never goes back.
    fn now(&self) -> Instant;

    /// The time of day, for dates in headers.
    fn wall_clock(&self) -> SystemTime;

    /// Completes after this long.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Completes after this long, beside something that no clock of tests drives: a [`Journal`](crate::client::Journal) on a disk or in a database.
    fn io_timeout(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleep(duration)
    }

    /// Fills the bytes at random, well enough for keys that must never repeat.
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()>;
}

/// The real one: the system's clock and randomness, tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Environment for System {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(io::Error::other)
    }
}

/// One for tests: sleeping takes no time and only moves the clock, and chance follows from a seed.
///
/// A sleep completes as soon as nothing else can go on, so a transport that never answers runs into its timeout at once. A journal may be at
/// work on another thread, and is given up to a second by tokio's clock.
/// Clones share clock and record.
///
/// ```
/// use std::time::Duration;
/// use specie_runtime::client::{Environment, Simulated};
///
/// let environment = Simulated::new(7);
/// let start = environment.now();
/// let sleep = environment.sleep(Duration::from_secs(3600));
/// # let mut sleep = sleep;
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(sleep.as_mut().poll(&mut context).is_ready());
/// // … awaited …
/// assert_eq!(environment.now() - start, Duration::from_secs(3600));
/// assert_eq!(environment.slept(), [Duration::from_secs(3600)]);
/// ```
#[derive(Clone, Debug)]
pub struct Simulated(Arc<Mutex<Simulation>>);

#[derive(Debug)]
struct Simulation {
    start: Instant,
    elapsed: Duration,
    slept: Vec<Duration>,
    chance: u64,
}

/// How long a simulated client waits for what is not simulated.
const LONGEST_IO: Duration = Duration::from_secs(1);

impl Simulated {
    /// A clock that starts now and chance that follows from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let simulation = Simulation { start: Instant::now(), elapsed: Duration::ZERO, slept: Vec::new(), chance: seed };
        Self(Arc::new(Mutex::new(simulation)))
    }

    /// Every sleep that completed, in order.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.with(|simulation| simulation.slept.clone())
    }

    /// Moves the clock forward.
    pub fn advance(&self, duration: Duration) {
        self.with(|simulation| simulation.elapsed = simulation.elapsed.saturating_add(duration));
    }

    fn with<R>(&self, action: impl FnOnce(&mut Simulation) -> R) -> R {
        // Every change is a single assignment, so a panic elsewhere leaves nothing half done.
        action(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Environment for Simulated {
    fn now(&self) -> Instant {
        self.with(|simulation| {
            let now = simulation.start.checked_add(simulation.elapsed);
            now.unwrap_or(simulation.start)
        })
    }

    fn wall_clock(&self) -> SystemTime {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let elapsed = self.with(|simulation| simulation.elapsed);
        start.checked_add(elapsed).unwrap_or(start)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let this = self.clone();
        Box::pin(async move {
            this.with(|simulation| {
                simulation.elapsed = simulation.elapsed.saturating_add(duration);
                simulation.slept.push(duration);
            });
        })
    }

    fn io_timeout(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let this = self.clone();
        Box::pin(async move {
            tokio::time::sleep(duration.min(LONGEST_IO)).await;
            this.advance(duration);
        })
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        self.with(|simulation| {
            for byte in bytes {
                *byte = next(&mut simulation.chance).to_le_bytes()[0];
            }
        });
        Ok(())
    }
}

/// The next number of `SplitMix64` (Steele, Lea and Flood, 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A random duration up to `limit`, both ends included; the limit itself where there is no randomness.
pub(crate) fn jitter(environment: &dyn Environment, limit: Duration) -> Duration {
    let mut bytes = [0; 8];
    if environment.fill(&mut bytes).is_err() {
        return limit;
    }
    let span = u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX);
    // The high half of the product scales the random number to the span without a division's bias.
    let scaled = (u128::from(u64::from_le_bytes(bytes)) * (u128::from(span) + 1)) >> 64;
    Duration::from_nanos(u64::try_from(scaled).unwrap_or(span))
}

/// A random UUID (RFC 9562 section 5.4), as an idempotency key.
pub(crate) fn random_key(environment: &dyn Environment) -> io::Result<String> {
    let mut bytes = [0; 16];
    environment.fill(&mut bytes)?;
    let number = u128::from_be_bytes(bytes);
    let marked = (number & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let digits = format!("{marked:032x}");
    let group = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    Ok(format!("{}-{}-{}-{}-{}", group(0, 8), group(8, 12), group(12, 16), group(16, 20), group(20, 32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_stays_within_its_limit_and_reaches_both_halves() {
        let environment = Simulated::new(1);
        let limit = Duration::from_millis(100);
        let draws: Vec<_> = (0..200).map(|_| jitter(&environment, limit)).collect();
        assert!(draws.iter().all(|draw| *draw <= limit));
        assert!(draws.iter().any(|draw| *draw < limit / 2));
        assert!(draws.iter().any(|draw| *draw > limit / 2));
        assert_eq!(jitter(&environment, Duration::ZERO), Duration::ZERO);
    }

    #[test]
    fn keys_are_version_4_uuids_and_differ() {
        let environment = Simulated::new(1);
        let first = random_key(&environment).unwrap();
        let second = random_key(&System).unwrap();
        for key in [&first, &second] {
            assert_eq!(key.len(), 36);
            assert_eq!(key.as_bytes()[14], b'4');
            assert!(b"89ab".contains(&key.as_bytes()[19]));
        }
        assert_ne!(first, second);
    }
}
