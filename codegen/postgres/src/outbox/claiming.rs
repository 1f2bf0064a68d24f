//! Claiming what is due, endpoint by endpoint.

use tokio_postgres::{Row, Statement};

use super::Outbox;
use super::message::Outgoing;
use super::statements::{CLAIM, GIVE_UP, LOCK_DUE, LOCK_SUSPECTS};
use crate::database::{BEGIN, COMMIT, Failure, prepared};
use crate::error::Error;

/// The first message of an endpoint, which a worker has claimed.
pub(super) struct Head {
    pub(super) message: Outgoing,
    /// Whether its last two tries were interrupted: whoever sends it may end.
    pub(super) is_suspect: bool,
}

impl Head {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self { message: Outgoing::read(row)?, is_suspect: row.try_get::<_, i32>(6)? > 1 })
    }
}

impl Outbox {
    /// Gives up what ended its workers too often, and claims up to so many heads; among them a suspect only if it is asked for.
    pub(super) async fn claim(&self, worker: &str, most: usize, with_suspect: bool) -> Result<Vec<Head>, Error> {
        // What was claimed by a commit whose response was lost comes again when the claim has ended.
        let rows = self.try_claim(worker, most, with_suspect).await.map_err(Failure::into_error)?;
        rows.iter().map(Head::read).collect()
    }

    /// One transaction: it locks the endpoints, and looks at them once more when it has the locks. In between another worker may have
    /// claimed, sent and released what it saw first.
    async fn try_claim(&self, worker: &str, most: usize, with_suspect: bool) -> Result<Vec<Row>, Failure> {
        let texts = [GIVE_UP, LOCK_SUSPECTS, LOCK_DUE, CLAIM];
        let (client, [give_up, suspects, due, claim]) = prepared(&self.pool, texts).await?;
        let interruptions = i32::try_from(self.interruptions).unwrap_or(i32::MAX);
        let (limit, suspected) = (i64::try_from(most).unwrap_or(i64::MAX), i64::from(with_suspect));
        let failed = |error| Failure::of(&error, &client);
        let ask = async |statement: &Statement, limit: i64| client.query(statement, &[&limit]).await;
        let (begun, given_up, suspects, due) = tokio::join!(
            biased;
            client.batch_execute(BEGIN),
            async { client.query(&give_up, &[&interruptions]).await },
            ask(&suspects, suspected),
            ask(&due, limit),
        );
        begun.map_err(failed)?;
        let (given_up, suspects, due) = (given_up.map_err(failed)?, suspects.map_err(failed)?, due.map_err(failed)?);
        let endpoints: Vec<&str> =
            suspects.iter().chain(&due).filter_map(|row| row.try_get(0).ok()).take(most).collect();
        let (claimed, committed) = tokio::join!(
            biased;
            async {
                if endpoints.is_empty() {
                    return Ok(Vec::new());
                }
                client.query(&claim, &[&worker, &endpoints, &self.hold()]).await
            },
            client.batch_execute(COMMIT),
        );
        let claimed = claimed.map_err(failed)?;
        committed.map_err(failed)?;
        for row in &given_up {
            let (id, tries) =
                (row.try_get::<_, &str>(0).unwrap_or_default(), row.try_get::<_, i32>(1).unwrap_or_default());
            tracing::warn!(
                id,
                tries,
                "a message is given up: the program that sent it ended at each of its last tries"
            );
        }
        Ok(claimed)
    }
}
