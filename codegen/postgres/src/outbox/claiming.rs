//! Claiming what is due, endpoint by endpoint.

use deadpool_postgres::Object;
use tokio_postgres::{IsolationLevel, Row, Statement};

use super::Outbox;
use super::message::Outgoing;
use super::statements::{CLAIM, GIVE_UP, LOCK_DUE, LOCK_SUSPECTS};
use crate::database::{Failure, LIMIT, prepared};
use crate::error::Error;

/// The first message of an endpoint, which a worker has claimed.
pub(super) struct Head {
    pub(super) message: Outgoing,
    /// Whether so many of its last tries were interrupted that whoever sends it may end.
    pub(super) is_suspect: bool,
}

impl Head {
    fn read(row: &Row, suspected_after: i32) -> Result<Self, Error> {
        Ok(Self { message: Outgoing::read(row)?, is_suspect: row.try_get::<_, i32>(6)? >= suspected_after })
    }
}

impl Outbox {
    /// Gives up what ended its workers too often, and claims up to so many heads; among them a suspect only if it is asked for.
    pub(super) async fn claim(&self, worker: &str, most: usize, with_suspect: bool) -> Result<Vec<Head>, Error> {
        let texts = [GIVE_UP, LOCK_SUSPECTS, LOCK_DUE, CLAIM];
        let (mut client, statements) = prepared(&self.pool, texts).await.map_err(Failure::into_error)?;
        let claimed = self.claim_in_transaction(&mut client, &statements, worker, most, with_suspect).await;
        // What was claimed by a commit whose response was lost comes again when the claim has ended.
        let Claimed { heads, dead } = claimed.map_err(|error| Failure::of(&error, &client).into_error())?;
        for row in &dead {
            let (id, tries) = (row.try_get::<_, &str>(0)?, row.try_get::<_, i32>(1)?);
            tracing::warn!(
                id,
                tries,
                "a message is given up: the program that sent it ended, or lost the database, at each of the last tries"
            );
        }
        let suspected_after = self.suspected_after();
        heads.iter().map(|row| Head::read(row, suspected_after)).collect()
    }

    /// After how many interruptions in a row a message is a suspect: half of those after which it is given up, and four at most, so that
    /// few outages of the database in a row make none.
    fn suspected_after(&self) -> i32 {
        i32::try_from((self.interruptions / 2).clamp(1, 4)).unwrap_or(1)
    }

    /// It locks the endpoints, and looks at them once more when it has the locks: in between another worker may have claimed, sent and
    /// released what it saw first. Where this is dropped, the transaction is rolled back.
    async fn claim_in_transaction(
        &self,
        client: &mut Object,
        [give_up, lock_suspects, lock_due, claim]: &[Statement; 4],
        worker: &str,
        most: usize,
        with_suspect: bool,
    ) -> Result<Claimed, tokio_postgres::Error> {
        let interruptions = i32::try_from(self.interruptions).unwrap_or(i32::MAX);
        let suspected_after = self.suspected_after();
        let (limit, suspects) = (i64::try_from(most).unwrap_or(i64::MAX), i64::from(with_suspect));
        let begin = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).read_only(false);
        let transaction = begin.start().await?;
        let (is_limited, dead, suspected, due) = tokio::join!(
            biased;
            transaction.batch_execute(LIMIT),
            async { transaction.query(give_up, &[&interruptions]).await },
            async { transaction.query(lock_suspects, &[&suspects, &suspected_after]).await },
            async { transaction.query(lock_due, &[&limit, &suspected_after]).await },
        );
        is_limited?;
        let (dead, suspected, due) = (dead?, suspected?, due?);
        let endpoints = suspected.iter().chain(&due).take(most).map(|row| row.try_get(0));
        let endpoints: Vec<&str> = endpoints.collect::<Result<_, _>>()?;
        let heads = if endpoints.is_empty() {
            Vec::new()
        } else {
            transaction.query(claim, &[&worker, &endpoints, &self.hold()]).await?
        };
        transaction.commit().await?;
        Ok(Claimed { heads, dead })
    }
}

/// The rows of one look.
struct Claimed {
    heads: Vec<Row>,
    /// The ids of those that were given up, and after how many interruptions.
    dead: Vec<Row>,
}
