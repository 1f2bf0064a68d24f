//! Numbers drawn from a seed.

use crate::support::proxy::next;

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below this one.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = next(self.0);
        (self.0 >> 11) % end
    }
}
