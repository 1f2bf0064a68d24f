//! Journal, webhook inbox and outbox in PostgreSQL, for programs that run on more than one machine.
//!
//! | what | type | promise |
//! |---|---|---|
//! | requests that are about to be sent | [`PostgresJournal`] | an entry is committed before the first byte leaves; one call at a time goes on from it, on any machine |
//!
//! Two replicas coordinate through rows, locks and the clock of the database, and through nothing else. The tables are in the schema
//! `specie`; [`schema::MIGRATIONS`] are their statements, the package's README says what each column holds.

mod database;
mod error;
mod journal;
mod pool;
pub mod schema;

pub use deadpool_postgres;
pub use error::Error;
pub use journal::{PostgresJournal, Resumption, Resumptions, Unsettled};
pub use pool::pool;
#[cfg(feature = "tls")]
pub use pool::tls_pool;
pub use schema::{check_schema, ensure_schema};
pub use tokio_postgres;

/// Any error; what a caller's function fails with becomes one.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
