//! The error of a handler: a documented error, or a rejection.

use std::error::Error;
use std::fmt;

use crate::server::rejection::Rejection;

/// A handler's error: one that the document gives the operation, or a failure of the server itself.
///
/// A documented error converts, so `?` and `.into()` work on it; whatever else goes wrong is named as internal:
///
/// ```
/// use specie_runtime::server::Refusal;
///
/// #[derive(Debug, PartialEq)]
/// enum PayError {
///     Conflict,
/// }
///
/// fn pay(known: bool, ledger: Result<(), std::io::Error>) -> Result<u32, Refusal<PayError>> {
///     if known {
///         return Err(PayError::Conflict.into());
///     }
///     ledger.map_err(Refusal::internal)?;
///     Ok(1)
/// }
///
/// assert_eq!(pay(true, Ok(())).unwrap_err().documented(), Some(&PayError::Conflict));
/// ```
pub struct Refusal<E>(Kind<E>);

enum Kind<E> {
    Documented(E),
    Rejected(Rejection),
}

impl<E> Refusal<E> {
    /// The server failed: `error` and its sources are logged (never the request), and the response is a 500 that does not tell them.
    ///
    /// The client cannot know whether the operation happened; where the handler knows that it did not, a documented error says more.
    #[must_use]
    pub fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(Kind::Rejected(Rejection::internal(error)))
    }

    /// The handler found what the server's own checks would have refused, had they known: answered like every other rejection.
    #[must_use]
    pub fn rejected(rejection: Rejection) -> Self {
        Self(Kind::Rejected(rejection))
    }

    /// The documented error, if it is one.
    pub fn documented(&self) -> Option<&E> {
        match &self.0 {
            Kind::Documented(error) => Some(error),
            Kind::Rejected(_) => None,
        }
    }

    /// The documented error, or the rejection.
    pub fn into_documented(self) -> Result<E, Rejection> {
        match self.0 {
            Kind::Documented(error) => Ok(error),
            Kind::Rejected(rejection) => Err(rejection),
        }
    }
}

impl<E> From<E> for Refusal<E> {
    fn from(error: E) -> Self {
        Self(Kind::Documented(error))
    }
}

impl<E: fmt::Debug> fmt::Debug for Refusal<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Documented(error) => f.debug_tuple("Refusal").field(error).finish(),
            Kind::Rejected(rejection) => f.debug_tuple("Refusal").field(rejection).finish(),
        }
    }
}
