//! Time that passes faster than the clock's, for a client whose server is in another task or behind a connection.

use std::io;
use std::time::{Duration, Instant, SystemTime};

use specie_runtime::client::{BoxFuture, Environment, System};

/// How many times as fast: a minute of waiting takes three seconds.
const PACE: u32 = 20;

/// Time that passes twenty times as fast since this moment.
#[derive(Clone, Copy, Debug)]
pub struct Hurried(Instant);

impl Hurried {
    pub fn new() -> Self {
        Self(Instant::now())
    }
}

impl Environment for Hurried {
    fn now(&self) -> Instant {
        self.0 + self.0.elapsed() * PACE
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::now() + self.0.elapsed() * (PACE - 1)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        System.sleep(duration / PACE)
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        System.fill(bytes)
    }
}
