//! Why a call has no value.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

use super::answer::DecodeError;
use super::auth_error::AuthError;
use super::build_error::BuildError;
use super::meta::Meta;
use super::paging::PagingError;
use super::transport::TransportError;
use crate::operation::{ApiError, NoError, write_status};
use crate::outcome::Outcome;

/// Why a call has no value: what went wrong, and ([`outcome`](Self::outcome)) whether the operation happened all the same.
///
/// Text, `Debug` form and error chain name no URL, no header value and no body; the typed body of a documented error is in
/// [`Error::Api`], and an unreadable one in [`body`](Self::body).
///
/// ```
/// use specie_runtime::client::Error;
/// use specie_runtime::{ApiError, Outcome};
///
/// fn advice<E: ApiError>(error: &Error<E>) -> &'static str {
///     match error.outcome() {
///         Outcome::NotSent | Outcome::Refused => "no money moved",
///         Outcome::Duplicate => "was created earlier",
///         Outcome::Unknown | Outcome::Done => "ask before you pay again",
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// A documented error, with its typed body.
    Api(E, Meta),
    /// A status that the document does not give; the error keeps it and the body.
    Undocumented(DecodeError, Meta),
    /// A documented status whose body is not of the documented form; the error keeps the body.
    Decode(DecodeError, Meta),
    /// No complete answer came.
    Transport(TransportError, Meta),
    /// A credential is missing, or could not be got.
    Auth(AuthError, Meta),
    /// A list does not go on, although its pages were read.
    Paging(PagingError, Meta),
    /// The request could not be built.
    Build(BuildError),
}

impl<E> Error<E> {
    /// Whether the operation happened, by all attempts of the call together.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.meta().map_or(Outcome::NotSent, Meta::outcome)
    }

    /// Status, headers and attempts of the call; `None` if it was never tried.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        match self {
            Self::Api(_, meta)
            | Self::Undocumented(_, meta)
            | Self::Decode(_, meta)
            | Self::Transport(_, meta)
            | Self::Auth(_, meta)
            | Self::Paging(_, meta) => Some(meta),
            Self::Build(_) => None,
        }
    }

    /// The status of the last answer; `None` if the last attempt brought none.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.meta().and_then(Meta::status)
    }

    /// The documented error.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        match self {
            Self::Api(error, _) => Some(error),
            _ => None,
        }
    }

    /// The body of an answer that could not be read; it may hold what must not be printed.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Undocumented(error, _) | Self::Decode(error, _) => Some(error.body()),
            _ => None,
        }
    }
}

impl<E: ApiError> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(meta) = self.meta() {
            write!(f, "{}: ", meta.operation_id())?;
        }
        match self {
            // The status, not the error's own text: that one is written elsewhere and could show a body.
            Self::Api(error, _) => write_status(error.status(), f)?,
            Self::Undocumented(error, _) | Self::Decode(error, _) => write!(f, "{error}")?,
            Self::Transport(error, _) => write!(f, "{error}")?,
            Self::Auth(error, _) => write!(f, "{error}")?,
            Self::Paging(error, _) => write!(f, "{error}")?,
            Self::Build(error) => write!(f, "{error}")?,
        }
        write!(f, " ({}", self.outcome())?;
        match self.meta().map(Meta::attempts) {
            Some(attempts) if attempts > 1 => write!(f, ", {attempts} attempts)"),
            _ => f.write_str(")"),
        }
    }
}

impl<E: ApiError> StdError for Error<E> {
    /// The cause below what the text already says.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error, _) => error.source(),
            Self::Auth(error, _) => error.source(),
            Self::Api(..) | Self::Undocumented(..) | Self::Decode(..) | Self::Paging(..) | Self::Build(_) => None,
        }
    }
}

impl<E> From<BuildError> for Error<E> {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}
