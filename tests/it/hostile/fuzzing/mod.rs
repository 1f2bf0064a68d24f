//! A fuzzer that needs nothing but the compiler: inputs are made from seeds by chance, run one by one, and kept when they show something
//! new.
//!
//! A run is wholly determined by its seed, its cases and the code under test. What counts as new is up to each target, which says in a
//! number what a case led to (the codes of its diagnostics, the status of its response); inputs that lead to something new become seeds.

// Making inputs.
mod dice;
mod lines;
mod mutation;
pub mod seeds;
mod tree;
mod words;

// Running them.
pub mod engine;
mod findings;
pub mod tame;

// What they are run against.
mod targets;

pub use engine::{Limits, run};
pub use targets::TARGETS;

/// What inputs are run against.
pub struct Target {
    pub name: &'static str,
    /// Inputs to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Makes another input of one, with parts of a second one.
    pub mutate: fn(&mut dice::Dice, &[u8], &[u8]) -> Vec<u8>,
    /// Runs a case: a number that stands for what it led to, or what is wrong.
    pub run: fn(&[u8]) -> Result<u64, String>,
}

/// The target of that name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().copied().find(|target| target.name == name)
}
