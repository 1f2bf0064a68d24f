//! What is open, held, owed and given up, as numbers: [`Figures`].

use std::time::Duration;

use tokio_postgres::{GenericClient, Row};

use crate::error::Error;

/// How many entries are unsettled, and the age of the oldest one in seconds.
pub const UNSETTLED: &str = "SELECT count(*), \
    coalesce(extract(epoch FROM clock_timestamp() - min(opened_at)), 0)::float8 FROM specie.journal WHERE settled_at IS NULL";

/// How many unsettled entries a call holds now, and how many were picked for resuming more than three times.
pub const CLAIMS: &str = "SELECT count(*) FILTER (WHERE held_until > clock_timestamp()), \
    count(*) FILTER (WHERE resumptions > 3) FROM specie.journal WHERE settled_at IS NULL";

/// How many messages are owed, and for how many seconds the one that is owed longest; one that is sent again, since that was asked for.
pub const OWED: &str = "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(enqueued_at)), 0)::float8 \
    FROM specie.outbox WHERE delivered_at IS NULL AND dead_at IS NULL";

/// How many messages are dead.
pub const DEAD: &str = "SELECT count(*) FROM specie.outbox WHERE dead_at IS NOT NULL";

/// The state of all replicas together, as one statement sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Figures {
    /// Entries of which it is not known what became of their requests, those of calls that are under way included.
    pub unsettled: u64,
    /// How long ago the oldest of them was written. Longer than a call's deadline: something has to be resumed.
    pub oldest_unsettled: Duration,
    /// Entries that a call holds now.
    pub claims: u64,
    /// Unsettled entries that were picked for resuming more than three times: somebody has to look at them.
    pub resumed_in_vain: u64,
    /// Messages that are owed.
    pub owed: u64,
    /// How long the one is owed that is owed longest: the lag of the outbox.
    pub outbox_lag: Duration,
    /// Messages that are sent no more.
    pub dead_letters: u64,
}

/// Asks for all figures in one statement, so that they are of one moment. It reads the journal and the outbox; those who may read one of them
/// alone ask with its own statements, [`UNSETTLED`] and [`CLAIMS`], or [`OWED`] and [`DEAD`].
pub async fn figures(client: &impl GenericClient) -> Result<Figures, Error> {
    let all = format!(
        "SELECT * FROM ({UNSETTLED}) AS unsettled CROSS JOIN ({CLAIMS}) AS claims CROSS JOIN ({OWED}) AS owed CROSS JOIN ({DEAD}) AS dead"
    );
    let row = client.query_one(&all, &[]).await?;
    Ok(Figures {
        unsettled: count(&row, 0)?,
        oldest_unsettled: age(&row, 1)?,
        claims: count(&row, 2)?,
        resumed_in_vain: count(&row, 3)?,
        owed: count(&row, 4)?,
        outbox_lag: age(&row, 5)?,
        dead_letters: count(&row, 6)?,
    })
}

fn count(row: &Row, column: usize) -> Result<u64, Error> {
    Ok(u64::try_from(row.try_get::<_, i64>(column)?).unwrap_or_default())
}

/// A clock that was set back makes no negative age.
fn age(row: &Row, column: usize) -> Result<Duration, Error> {
    Ok(Duration::try_from_secs_f64(row.try_get(column)?).unwrap_or_default())
}
