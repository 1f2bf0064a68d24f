//! The package against a real PostgreSQL, which each test starts where it is installed. Where it is not, they say so on the standard error
//! and check nothing; with `SPECIE_POSTGRES` set, they fail instead.

// What the linter asks for in a library reads worse in a test.
#![allow(clippy::missing_panics_doc, clippy::similar_names)]

mod fencing;
mod figures;
mod inbox;
mod journal;
#[cfg(feature = "metrics")]
mod metrics;
mod outbox;
mod schema;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the proof, which uses other parts of it")]
mod support;
#[cfg(feature = "tls")]
mod tls;
mod upgrade;
