//! Callbacks that take effect once, in the caller's own transaction: [`Inbox`].

use std::time::Duration;

use tokio_postgres::types::ToSql;
use tokio_postgres::{GenericClient, Transaction};

use crate::database::{check_texts, seconds};
use crate::error::Error;

/// Marks the delivery `($1 source, $2 resource, $3 version or null, $4 state)`, if it is new; gives a row exactly then.
///
/// For those who have a connection of another library: run it in the transaction that has the effect, and where it gives no row, commit
/// without the effect. A second delivery about the same resource waits for the first one's transaction (by the primary key), and sees
/// what that left.
pub const RECEIVE: &str = "INSERT INTO specie.inbox AS known (source, resource, version, states) \
    VALUES ($1::text, $2::text, $3::bigint, ARRAY[$4::text]) \
    ON CONFLICT (source, resource) DO UPDATE SET \
        version = coalesce(excluded.version, known.version), \
        states = CASE WHEN excluded.version IS NOT NULL AND excluded.version IS DISTINCT FROM known.version \
            THEN excluded.states \
            ELSE (array_remove(known.states, $4::text) || excluded.states) \
                [greatest(1, cardinality(array_remove(known.states, $4::text)) - 6):] END, \
        changed_at = clock_timestamp() \
    WHERE CASE \
        WHEN excluded.version IS NULL THEN known.states[cardinality(known.states)] <> $4::text \
        WHEN known.version IS NULL OR excluded.version > known.version THEN true \
        WHEN excluded.version = known.version THEN NOT known.states @> excluded.states \
        ELSE false END \
    RETURNING true";

/// Whether a later version than `$3` of the resource took effect: what tells a repeated delivery from an outdated one.
pub const IS_OUTDATED: &str =
    "SELECT version > $3::bigint FROM specie.inbox WHERE source = $1::text AND resource = $2::text";

/// Removes the marks of the source `$1` on which nothing took effect for `$2` seconds, up to `$3` of them. The age is asked once more of the
/// row itself, which may change while it is waited for.
pub const PRUNE: &str = "DELETE FROM specie.inbox WHERE (source, resource) IN (SELECT source, resource FROM specie.inbox \
    WHERE source = $1::text AND changed_at < clock_timestamp() - make_interval(secs => $2::float8) \
    ORDER BY changed_at LIMIT $3::bigint) AND changed_at < clock_timestamp() - make_interval(secs => $2::float8)";

/// Remembers which callbacks took effect, for any number of receivers: the mark is in the transaction of the effect, so that both are
/// there or neither is.
///
/// It judges as [`Deliveries`](specie_runtime::webhook::Deliveries) does, which lives in the memory of one process.
///
/// ```no_run
/// use specie_postgres::{BoxError, Delivery, Inbox, Received};
/// use specie_postgres::deadpool_postgres::Pool;
/// # use specie_postgres::tokio_postgres::Transaction;
/// # struct Callback { id: String, updated: i64, status: String }
/// # async fn apply(_: &Transaction<'_>, _: &Callback) -> Result<(), BoxError> { Ok(()) }
///
/// /// The handler of a receiver; an error is answered with 500, so that the callback comes again.
/// async fn handle(pool: Pool, callback: Callback) -> Result<(), BoxError> {
///     let inbox = Inbox::new("cublox, shop");
///     let mut client = pool.get().await?;
///     let mut transaction = client.transaction().await?;
///     let delivery = Delivery::of(&callback.id).updated(callback.updated).state(&callback.status);
///     if inbox.receive(&mut transaction, &delivery).await? == Received::New {
///         apply(&transaction, &callback).await?; // an error leaves no mark
///     }
///     transaction.commit().await?;
///     Ok(())
/// }
/// ```
///
/// # Isolation
///
/// It works in each isolation of the caller's transaction. In `READ COMMITTED`, the default, the second of two deliveries at the same
/// moment waits for the first and is [`Repeated`](Received::Repeated). In `REPEATABLE READ` and `SERIALIZABLE` it fails with the SQLSTATE 40001
/// ([`Error::sqlstate`]) if the first was committed after its transaction began to read: repeat the whole transaction, or let the handler
/// fail, so that the callback comes again. In `SERIALIZABLE` the commit may fail with 40001, too. Nothing has taken effect then.
///
/// If the response to the commit is lost, the handler fails, the callback comes again, and is [`Repeated`](Received::Repeated) if the
/// transaction was committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    source: String,
}

/// A callback as far as it matters for what took effect before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Delivery {
    resource: String,
    version: Option<i64>,
    state: String,
}

/// What a delivery is, compared with what took effect before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Received {
    /// It is marked now: let it take effect in the same transaction. Also where its order is in doubt: another state with the same time,
    /// or without one.
    New,
    /// It took effect before.
    Repeated,
    /// A later version took effect before.
    Outdated,
}

impl Delivery {
    /// About a resource, by its id. Where a message has an id of its own and no resource matters, give that.
    pub fn of(resource: impl Into<String>) -> Self {
        Self { resource: resource.into(), version: None, state: String::new() }
    }

    /// Sets when the resource was changed last, as a number that grows: seconds or milliseconds since 1970, or a count; always the same
    /// one for a source. Without it there is no order to go by: a delivery is repeated if its state is the one that took effect last, and
    /// new otherwise.
    pub fn updated(mut self, version: impl Into<i64>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Sets what the version says: the status, and whatever else the handler acts on. It is kept as it is: nothing secret belongs in it.
    pub fn state(mut self, state: impl Into<String>) -> Self {
        self.state = state.into();
        self
    }
}

impl Inbox {
    /// The inbox of one source: an API and an account of it, by a name that stays the same. Ids of one source mean nothing in another.
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into() }
    }

    /// Marks a delivery in the transaction in which it is to take effect, and says whether it is to. A second delivery about the
    /// resource waits until the transaction ends.
    pub async fn receive(&self, transaction: &mut Transaction<'_>, delivery: &Delivery) -> Result<Received, Error> {
        check_texts(&[&self.source, &delivery.resource, &delivery.state])?;
        let resource: [&(dyn ToSql + Sync); 3] = [&self.source, &delivery.resource, &delivery.version];
        let [source, id, version] = resource;
        let marked = transaction.query_opt(RECEIVE, &[source, id, version, &delivery.state]).await?;
        if marked.is_some() {
            return Ok(Received::New);
        }
        let row = transaction.query_opt(IS_OUTDATED, &resource).await?;
        let is_outdated = row.map(|row| row.try_get::<_, Option<bool>>(0)).transpose()?.flatten();
        Ok(if is_outdated == Some(true) { Received::Outdated } else { Received::Repeated })
    }

    /// Removes the marks of this source on which nothing took effect for `age`; gives how many. What comes again after that takes effect
    /// again, so `age` must be longer than the sender tries: days, not hours.
    pub async fn prune(&self, client: &impl GenericClient, age: Duration) -> Result<u64, Error> {
        /// So many in one transaction, so that none is long.
        const BATCH: u64 = 1_000;
        let mut removed = 0;
        loop {
            let batch = client.execute(PRUNE, &[&self.source, &seconds(age), &BATCH.cast_signed()]).await?;
            removed += batch;
            if batch < BATCH {
                return Ok(removed);
            }
        }
    }
}
