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

/// How many messages are owed, and for how many seconds the one that is owed longest.
pub const OWED: &str = "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(enqueued_at)), 0)::float8 \
    FROM specie.outbox WHERE delivered_at IS NULL AND dead_at IS NULL";

/// How many messages are dead.
pub const DEAD: &str = "SELECT count(*) FROM specie.outbox WHERE dead_at IS NOT NULL";

/// The state of all replicas together, at one moment.
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

/// Asks for all figures; each is one query, [`UNSETTLED`] to [`DEAD`].
pub async fn figures(client: &impl GenericClient) -> Result<Figures, Error> {
    let unsettled = client.query_one(UNSETTLED, &[]).await?;
    let claims = client.query_one(CLAIMS, &[]).await?;
    let owed = client.query_one(OWED, &[]).await?;
    let dead = client.query_one(DEAD, &[]).await?;
    Ok(Figures {
        unsettled: count(&unsettled, 0)?,
        oldest_unsettled: age(&unsettled, 1)?,
        claims: count(&claims, 0)?,
        resumed_in_vain: count(&claims, 1)?,
        owed: count(&owed, 0)?,
        outbox_lag: age(&owed, 1)?,
        dead_letters: count(&dead, 0)?,
    })
}

fn count(row: &Row, column: usize) -> Result<u64, Error> {
    Ok(u64::try_from(row.try_get::<_, i64>(column)?).unwrap_or_default())
}

/// A clock that was set back makes no negative age.
fn age(row: &Row, column: usize) -> Result<Duration, Error> {
    Ok(Duration::try_from_secs_f64(row.try_get(column)?).unwrap_or_default())
}
