//! Connections, and trying again when one breaks.

use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use tokio_postgres::Statement;

use crate::error::Error;

/// How a transaction begins, whatever the database's defaults are: each statement sees what was committed before it, also by those whose
/// lock it waited for. A transaction that stands still for ten seconds, because its program is gone, ends.
pub(crate) const BEGIN: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL idle_in_transaction_session_timeout = '10s'";
/// The same limit, for a transaction that has begun.
pub(crate) const LIMIT: &str = "SET LOCAL idle_in_transaction_session_timeout = '10s'";
pub(crate) const COMMIT: &str = "COMMIT";

/// A length of time in seconds, as statements take it: 1,000 years at most, so that the time that long from now, and 64 times that, is one that
/// the database can hold.
pub(crate) fn seconds(time: Duration) -> f64 {
    const YEAR: Duration = Duration::from_secs(31_557_600);
    time.min(YEAR * 1_000).as_secs_f64()
}

/// An error if one of these texts is none that the database keeps.
pub(crate) fn check_texts(texts: &[&str]) -> Result<(), Error> {
    if texts.iter().any(|text| text.contains('\0')) {
        return Err(Error::Argument("the database keeps no text with a zero byte"));
    }
    Ok(())
}

/// A connection of the pool with these statements, prepared.
pub(crate) async fn prepared<const N: usize>(
    pool: &Pool,
    texts: [&str; N],
) -> Result<(Object, [Statement; N]), Failure> {
    let client = pool.get().await.map_err(|error| Failure::Unasked(error.into()))?;
    let mut statements = Vec::with_capacity(N);
    for text in texts {
        let prepared = client.prepare_cached(text).await;
        statements.push(prepared.map_err(|error| Failure::Unasked(Error::of(&error, client.is_closed())))?);
    }
    let statements =
        statements.try_into().map_err(|_| Failure::Unasked(Error::Data("a statement was not prepared")))?;
    Ok((client, statements))
}

/// How a try failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing was asked of the database yet.
    Unasked(Error),
    /// The database said no; the transaction was rolled back.
    Refused(Error),
    /// It is not known whether the transaction was committed.
    InDoubt,
}

impl Failure {
    /// Of a statement that was sent, on a connection.
    pub(crate) fn of(error: &tokio_postgres::Error, client: &Object) -> Self {
        match Error::of(error, client.is_closed()) {
            error if error.is_in_doubt() => Self::InDoubt,
            error => Self::Refused(error),
        }
    }

    pub(crate) fn into_error(self) -> Error {
        match self {
            Self::Unasked(error) | Self::Refused(error) => error,
            Self::InDoubt => Error::Broken,
        }
    }
}

/// The tries of one operation that can be repeated without harm.
pub(crate) struct Tries {
    left: u32,
    /// Whether a try in doubt forbids to end with an error.
    must_know: bool,
    is_in_doubt: bool,
    pause: Duration,
}

/// The pauses between tries: each is twice the one before, from the first to the last.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
const LAST_PAUSE: Duration = Duration::from_millis(500);

impl Tries {
    /// So many tries, in all for about two thirds of a second with eight of them.
    pub(crate) const fn at_most(tries: u32) -> Self {
        Self { left: tries, must_know: false, is_in_doubt: false, pause: FIRST_PAUSE }
    }

    /// The same, but once it is not known whether a transaction was committed, as many as it takes: for what may not be told as failed
    /// while it may have been done. Whoever waits drops the future when time is up.
    pub(crate) const fn until_known(tries: u32) -> Self {
        Self { left: tries, must_know: true, is_in_doubt: false, pause: FIRST_PAUSE }
    }

    /// Waits before the next try, or gives the error that ends them.
    pub(crate) async fn after(&mut self, failure: Failure) -> Result<(), Error> {
        let is_passing = match &failure {
            Failure::InDoubt => {
                self.is_in_doubt = true;
                true
            }
            // A connection that the pool kept while the server was restarted, for one.
            Failure::Unasked(Error::Broken | Error::Connection(_)) => true,
            // Starting up or shutting down, too many connections: class 57P and 53 of SQLSTATE.
            Failure::Unasked(Error::Refused(code, _)) => code.starts_with("57P") || code.starts_with("53"),
            // Rolled back because two transactions waited for each other's rows (40P01), or for another of that class.
            Failure::Refused(Error::Refused(code, _)) => code.starts_with("40"),
            Failure::Unasked(_) | Failure::Refused(_) => false,
        };
        let must_go_on = self.must_know && self.is_in_doubt;
        self.left = self.left.saturating_sub(1);
        if !must_go_on && (!is_passing || self.left == 0) {
            return Err(failure.into_error());
        }
        tokio::time::sleep(self.pause).await;
        self.pause = (self.pause * 2).min(LAST_PAUSE);
        Ok(())
    }
}
