//! Journal, webhook inbox and outbox in PostgreSQL, for programs that run on more than one machine.
//!
//! | what | type | promise |
//! |---|---|---|
//! | requests that are about to be sent | [`PostgresJournal`] | an entry is committed before the first byte leaves; one call at a time goes on from it, on any machine |
//! | callbacks that come in | [`Inbox`] | a callback takes effect once, and no older state over a newer one |
//! | callbacks that are owed | [`Outbox`] | from the commit that causes it, a callback is sent until it is acknowledged or its schedule ends |
//! | all of it, as numbers | [`figures()`] | one query each, and a gauge of OpenTelemetry each with the feature `metrics` |
//!
//! Two replicas coordinate through rows, locks and the clock of the database, and through nothing else. The tables are in the schema
//! `specie`; [`schema::MIGRATIONS`] are their statements, the package's README says what each column holds.

mod database;
mod error;
pub mod figures;
pub mod inbox;
mod journal;
#[cfg(feature = "metrics")]
mod metrics;
pub mod outbox;
mod pool;
pub mod schema;

pub use deadpool_postgres;
pub use error::Error;
pub use figures::{Figures, figures};
pub use inbox::{Delivery, Inbox, Received};
pub use journal::{PostgresJournal, Resumption, Resumptions, Unsettled};
#[cfg(feature = "metrics")]
pub use metrics::observe_figures;
pub use outbox::{Message, Outbox, Outgoing, Schedule, Undelivered};
pub use pool::pool;
#[cfg(feature = "tls")]
pub use pool::tls_pool;
pub use schema::{check_schema, ensure_schema};
pub use tokio_postgres;

/// Any error; what a caller's function fails with becomes one.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
