//! Time that passes only while nobody has anything to do: tokio's paused clock, as a client's environment.

use std::io;
use std::time::{Duration, Instant, SystemTime};

use specie_runtime::client::{BoxFuture, Environment};

use super::chance::Chance;

#[derive(Clone, Debug)]
pub struct Paused {
    start: tokio::time::Instant,
    chance: Chance,
}

impl Paused {
    pub fn new(chance: Chance) -> Self {
        Self { start: tokio::time::Instant::now(), chance }
    }

    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Environment for Paused {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        bytes.fill_with(|| self.chance.next().to_le_bytes()[0]);
        Ok(())
    }
}
