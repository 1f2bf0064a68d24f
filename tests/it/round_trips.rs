//! Arbitrary values survive encode and decode, in every type, every operation and every position.

mod decimals;
mod open_values;
mod operations;
mod texts;
mod types;

use proptest::test_runner::{Config, TestRunner};

/// Runs a property this often. Failures are printed with what it takes to repeat them, and not written to files.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

#[test]
fn no_crate_enables_arbitrary_precision() {
    // With that feature, which any crate could switch on for all, serde_json keeps the text of numbers.
    assert_eq!(serde_json::from_str::<serde_json::Value>("1.10").unwrap().to_string(), "1.1");
}
