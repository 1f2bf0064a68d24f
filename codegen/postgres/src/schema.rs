//! The tables, and whether those of a database are the ones of this program.

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, GenericClient, IsolationLevel, Transaction};

use crate::error::Error;

/// A step of the schema: what a migration tool runs as a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migration {
    /// The version that the schema has when it has run.
    pub version: i32,
    /// The name of its file in the folder `sql` of this package.
    pub file: &'static str,
    /// Its statements, which are run in one transaction.
    pub sql: &'static str,
}

/// All steps, in order. None is changed once it is published.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, file: "0001_tables.sql", sql: include_str!("../sql/0001_tables.sql") },
    Migration { version: 2, file: "0002_interruptions.sql", sql: include_str!("../sql/0002_interruptions.sql") },
];

/// The version of the schema that this program writes.
pub const VERSION: i32 = 2;

/// The privileges that a program needs, as a script for `psql` with the variable `role`.
pub const ROLE: &str = include_str!("../sql/role.sql");

/// The lock under which steps are run, so that several programs that start at once run each of them once.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended('specie.schema_version', 0))";

/// How long a step waits for the lock of a table: all that uses the table waits behind it meanwhile.
const LOCK_TIMEOUT: &str = "SET LOCAL lock_timeout = '2s'";

const HAS_VERSIONS: &str = "SELECT to_regclass('specie.schema_version') IS NOT NULL";

const LATEST: &str = "SELECT version, supports FROM specie.schema_version ORDER BY version DESC LIMIT 1";

/// Runs the steps that the database does not have yet, in one transaction. Its role must be allowed to create the schema `specie`, or own it.
///
/// For those without a migration tool; programs that start at the same moment wait for each other. It waits two seconds for a table that another
/// transaction uses, then fails with [`Error::Schema`] and has changed nothing.
pub async fn ensure_schema(client: &mut Client) -> Result<(), Error> {
    // Each statement sees what was committed while the lock was waited for.
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    transaction.batch_execute(LOCK).await?;
    transaction.batch_execute(LOCK_TIMEOUT).await?;
    let present = latest(&transaction).await?.map_or(0, |(version, _)| version);
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > present) {
        run(&transaction, migration).await?;
    }
    transaction.commit().await?;
    check_schema(client).await
}

async fn run(transaction: &Transaction<'_>, migration: &Migration) -> Result<(), Error> {
    transaction.batch_execute(migration.sql).await.map_err(|error| match Error::from(error) {
        Error::Refused(code, _) if code == SqlState::LOCK_NOT_AVAILABLE.code() => Error::Schema(format!(
            "{} has to wait for another transaction that uses its tables; nothing was changed; run it again when that has ended",
            migration.file
        )),
        Error::Refused(code, message) => {
            Error::Schema(format!("{} cannot be run ({code}): {message}; nothing was changed", migration.file))
        }
        other => other,
    })
}

/// Whether this program can work with the tables of a database: those of its own version, or of a later one that supports it.
///
/// Call it once when a program starts.
pub async fn check_schema(client: &impl GenericClient) -> Result<(), Error> {
    match latest(client).await? {
        None => Err(Error::Schema(format!(
            "the database has no tables of specie-postgres; run {} or call ensure_schema()",
            files_after(0)
        ))),
        Some((version, _)) if version < VERSION => Err(Error::Schema(format!(
            "the tables of specie-postgres are of version {version}, and this program writes version {VERSION}; run {} or call \
             ensure_schema()",
            files_after(version)
        ))),
        Some((version, supports)) if supports > VERSION => Err(Error::Schema(format!(
            "the tables of specie-postgres are of version {version}, which programs of version {supports} and later can write, and this \
             program writes version {VERSION}; use a newer specie-postgres"
        ))),
        Some(_) => Ok(()),
    }
}

async fn latest(client: &impl GenericClient) -> Result<Option<(i32, i32)>, Error> {
    let has_versions = client.query_one(HAS_VERSIONS, &[]).await.map_err(unreadable)?;
    if !has_versions.try_get::<_, bool>(0)? {
        return Ok(None);
    }
    let row = client.query_opt(LATEST, &[]).await.map_err(unreadable)?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
}

/// Without the privilege on the schema, even the question whether a table is there is refused.
fn unreadable(error: tokio_postgres::Error) -> Error {
    if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) {
        return Error::Schema("the role may not read specie.schema_version; run sql/role.sql for it".to_owned());
    }
    error.into()
}

fn files_after(version: i32) -> String {
    let files = MIGRATIONS.iter().filter(|migration| migration.version > version).map(|it| it.file);
    files.map(|file| format!("sql/{file}")).collect::<Vec<_>>().join(", then ")
}
