//! What several promises need.

// Documents and payloads.
pub mod documents;
pub mod exact;
pub mod instances;
pub mod schemas;
pub mod specs;

// The generated crates, one like the other.
pub mod apis;
pub mod bench;
pub mod clients;
pub mod documented_errors;
pub mod passes;
pub mod raw;
pub mod sockets;
pub mod types;
pub mod values;

use std::future::Future;
use std::path::{Path, PathBuf};

/// The checkout's root.
pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the checkout").to_owned()
}

/// Runs a test that awaits.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
}
