//! Why a call has no value.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

use super::credentials::auth_error::AuthError;
use super::next_page::error::PagingError;
use super::request::build_error::BuildError;
use super::response::DecodeError;
use super::response::meta::Meta;
use super::response::mismatch::ResponseMismatch;
use super::response::problem::ProblemResponse;
use super::transport::TransportError;
use crate::operation::{ApiError, NoError, write_status};
use crate::outcome::Outcome;

/// Why a call has no value: what went wrong, and ([`outcome`](Self::outcome)) whether the operation happened all the same.
///
/// Text, `Debug` form and error chain name no URL, no header value and no body; the `Debug` form shows what kind of error it is, the
/// operation, the status and the outcome, so that `unwrap` may be logged. The typed body of a documented error is in
/// [`api`](Self::api), one that is not as documented in [`body`](Self::body).
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
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// A documented error, with its typed body.
    Api(E, Meta),
    /// A response that the document does not give: of another status, or of another media type. The error keeps status and body.
    Undocumented(DecodeError, Meta),
    /// A problem document (RFC 9457) where the API's document gives something else, as a generated server rejects requests; the error
    /// keeps its members and its body.
    Problem(ProblemResponse, Meta),
    /// A response of a documented status and media type whose body has another form; the error keeps the body.
    Decode(DecodeError, Meta),
    /// A response of the documented form that is about something else than the request; the error keeps it.
    Mismatch(ResponseMismatch, Meta),
    /// No complete response came.
    Transport(TransportError, Meta),
    /// A credential is missing, or could not be got.
    Auth(AuthError, Meta),
    /// A list does not go on, although its pages were read.
    Paging(PagingError, Meta),
    /// The request could not be built, and nothing was sent by this call.
    ///
    /// With a journal, this says that no earlier request with the same reference is open, either; if one is, the error is
    /// [`Transport`](Self::Transport) with the outcome unknown. The journal is not asked, and an earlier request may be open, if the
    /// request could not be written at all (a parameter or body that its form forbids), if what the call's `header`, `accept` or
    /// `credentials` was given is refused, or if the operation's base URL is not set.
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
            | Self::Problem(_, meta)
            | Self::Decode(_, meta)
            | Self::Mismatch(_, meta)
            | Self::Transport(_, meta)
            | Self::Auth(_, meta)
            | Self::Paging(_, meta) => Some(meta),
            Self::Build(_) => None,
        }
    }

    /// The status of the last response; `None` if the last attempt brought none.
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

    /// The problem document (RFC 9457) that came where the API's document gives something else.
    #[must_use]
    pub fn problem(&self) -> Option<&ProblemResponse> {
        match self {
            Self::Problem(problem, _) => Some(problem),
            _ => None,
        }
    }

    /// The body of a response that is not as documented, or is about another request; it may hold what must not be printed.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Undocumented(error, _) | Self::Decode(error, _) => Some(error.body()),
            Self::Problem(problem, _) => Some(problem.body()),
            Self::Mismatch(mismatch, _) => Some(mismatch.body()),
            _ => None,
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Api(..) => "Api",
            Self::Undocumented(..) => "Undocumented",
            Self::Problem(..) => "Problem",
            Self::Decode(..) => "Decode",
            Self::Mismatch(..) => "Mismatch",
            Self::Transport(..) => "Transport",
            Self::Auth(..) => "Auth",
            Self::Paging(..) => "Paging",
            Self::Build(_) => "Build",
        }
    }
}

/// What kind of error it is, and what is known of the call; no body, whatever the documented error holds.
impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shape = f.debug_struct(self.name());
        if let Some(meta) = self.meta() {
            shape.field("operation", &meta.operation_id()).field("attempts", &meta.attempts());
        }
        if let Some(status) = self.status() {
            shape.field("status", &status);
        }
        match self {
            Self::Api(..) => {}
            Self::Undocumented(error, _) | Self::Decode(error, _) => _ = shape.field("reason", error),
            Self::Problem(problem, _) => _ = shape.field("reason", problem),
            Self::Mismatch(mismatch, _) => _ = shape.field("fields", &mismatch.fields()),
            Self::Transport(error, _) => _ = shape.field("reason", error),
            Self::Auth(error, _) => _ = shape.field("reason", error),
            Self::Paging(error, _) => _ = shape.field("reason", error),
            Self::Build(error) => _ = shape.field("reason", error),
        }
        shape.field("outcome", &self.outcome()).finish_non_exhaustive()
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
            Self::Undocumented(error, meta) => {
                write!(f, "{error}")?;
                if matches!(error.status(), 400..=499) && meta.outcome() == Outcome::Unknown && !meta.is_safe() {
                    f.write_str("; if the API rejects requests with this response, add the response to the document")?;
                }
            }
            Self::Problem(problem, _) => write!(f, "{problem}")?,
            Self::Decode(error, _) => write!(f, "{error}")?,
            Self::Mismatch(mismatch, _) => write!(f, "{mismatch}")?,
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
            Self::Api(..)
            | Self::Undocumented(..)
            | Self::Problem(..)
            | Self::Decode(..)
            | Self::Mismatch(..)
            | Self::Paging(..)
            | Self::Build(_) => None,
        }
    }
}

impl<E> From<BuildError> for Error<E> {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}
