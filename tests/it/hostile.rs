//! Documents, payloads and requests of strangers do no harm: nothing crashes, hangs, exhausts, injects or reaches out.

// Whatever comes, chance decides.
mod fuzzed;
mod fuzzing;

// What was thought of.
mod bounded;
mod injection;
mod reach;
