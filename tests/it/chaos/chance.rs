//! Chance that follows from a seed, so that what happened once can be made to happen again.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Mutex};

/// Numbers of `SplitMix64` (Steele, Lea and Flood, 2014). Clones draw from one sequence.
#[derive(Clone, Debug)]
pub struct Chance(Arc<Mutex<u64>>);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(seed)))
    }

    pub fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap();
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    pub fn below(&self, limit: u64) -> u64 {
        self.next() % limit
    }
}

/// The seed that `SPECIE_SEED` names, or a new one.
pub fn seed() -> u64 {
    match std::env::var("SPECIE_SEED") {
        Ok(text) => text.parse().expect("SPECIE_SEED is a number"),
        Err(_) => RandomState::new().build_hasher().finish() >> 16,
    }
}

/// How many payouts `SPECIE_PAYOUTS` asks for.
pub fn payouts(otherwise: usize) -> usize {
    match std::env::var("SPECIE_PAYOUTS") {
        Ok(text) => text.parse().expect("SPECIE_PAYOUTS is a number"),
        Err(_) => otherwise,
    }
}
