//! Why the database did not do what it was asked for.

use std::{fmt, io};

use deadpool_postgres::PoolError;
use tokio_postgres::error::Severity;

/// Why the database did not do what it was asked for. Its text holds no value of a row and no address: of what the server says, the SQLSTATE
/// and the message, not the detail, in which values stand.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No connection could be had; nothing was asked.
    Connection(String),
    /// The server refused a statement, and the transaction with it: the SQLSTATE and the message.
    Refused(String, String),
    /// The connection ended before the response was here. What was asked for may have been done.
    Broken,
    /// The tables are not there, or not those of this program; the text says what to do.
    Schema(String),
    /// What is in a table is not what this program writes there.
    Data(&'static str),
    /// An argument that cannot be kept.
    Argument(&'static str),
}

impl Error {
    /// What a failed statement says; `is_closed` tells whether its connection is at its end.
    pub(crate) fn of(error: &tokio_postgres::Error, is_closed: bool) -> Self {
        let Some(refusal) = error.as_db_error() else { return Self::Broken };
        let is_over = matches!(refusal.parsed_severity(), Some(Severity::Fatal | Severity::Panic));
        if is_over || is_closed {
            return Self::Broken;
        }
        Self::Refused(refusal.code().code().to_owned(), refusal.message().to_owned())
    }

    /// Whether what was asked for may have been done all the same.
    #[must_use]
    pub const fn is_in_doubt(&self) -> bool {
        matches!(self, Self::Broken)
    }

    /// The SQLSTATE of a refused statement.
    #[must_use]
    pub fn sqlstate(&self) -> Option<&str> {
        match self {
            Self::Refused(code, _) => Some(code),
            _ => None,
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::of(&error, error.is_closed())
    }
}

impl From<PoolError> for Error {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => match Self::from(error) {
                Self::Refused(code, message) => Self::Refused(code, message),
                _ => Self::Connection("the database cannot be reached".to_owned()),
            },
            PoolError::Timeout(_) => Self::Connection("no connection of the pool became free in time".to_owned()),
            _ => Self::Connection("the pool of connections is closed, or not set up for this runtime".to_owned()),
        }
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        let kind = match &error {
            Error::Connection(_) => io::ErrorKind::NotConnected,
            Error::Broken => io::ErrorKind::ConnectionAborted,
            Error::Data(_) => io::ErrorKind::InvalidData,
            Error::Argument(_) => io::ErrorKind::InvalidInput,
            Error::Refused(..) | Error::Schema(_) => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(reason) => write!(f, "no connection to the database: {reason}"),
            Self::Refused(code, message) => write!(f, "the database refused a statement ({code}): {message}"),
            Self::Broken => f.write_str("the connection to the database ended before its response was here"),
            Self::Schema(text) => f.write_str(text),
            Self::Data(text) | Self::Argument(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}
