//! Why a reconciled call has no value.

use std::error::Error as StdError;
use std::fmt;

use super::lookup::Lookup;
use crate::client::error::Error;
use crate::client::response::meta::Meta;
use crate::operation::Operation;
use crate::outcome::Outcome;

/// Why a call that was [`reconciled`](super::Call::reconciled) has no value, and ([`outcome`](Self::outcome)) whether the operation
/// happened all the same.
///
/// ```
/// use specie_runtime::Operation;
/// use specie_runtime::client::ReconcileError;
///
/// fn advice<O: Operation>(error: &ReconcileError<O>) -> &'static str {
///     match error {
///         ReconcileError::Call(error) if error.outcome().is_not_executed() => "no money moved",
///         ReconcileError::Mismatch(_) => "the reference belongs to another payout",
///         _ => "ask again before you pay again",
///     }
/// }
/// ```
#[non_exhaustive]
pub enum ReconcileError<O: Operation> {
    /// The call's own error, beside which nothing is open: the operation was refused or never sent. Or it is known to have happened, and
    /// only its resource could not be read. (If its outcome is unknown, the journal could not be told that nothing happened.)
    Call(Error<O::Error>),
    /// There is a resource with the reference, and it is not what was asked for.
    Mismatch(Box<Mismatch<O::Output>>),
    /// Several resources have the reference.
    Ambiguous {
        /// The `operationId`.
        operation: &'static str,
        /// How many.
        count: usize,
    },
    /// It could not be established whether the operation happened, or what came of it.
    Unsettled(Box<Unsettled<O::Error>>),
}

/// A resource with the reference that is not what was asked for: the reference was used before, for something else.
#[derive(Clone)]
#[non_exhaustive]
pub struct Mismatch<T> {
    /// What is there.
    pub found: T,
    /// Where it differs, as JSON pointers into the request body (RFC 6901).
    pub fields: Vec<&'static str>,
    pub(super) operation: &'static str,
    pub(super) outcome: Outcome,
    pub(super) journal_write_failed: bool,
}

/// What is known of an operation that could not be settled in time.
#[non_exhaustive]
pub struct Unsettled<E> {
    /// The error of the last request, with what all requests together say; `None` for a call that was resumed and could only ask.
    pub call: Option<Error<E>>,
    /// What the last lookup brought.
    pub lookup: Lookup,
    pub(super) operation: &'static str,
    pub(super) outcome: Outcome,
    pub(super) journal_write_failed: bool,
}

impl<O: Operation> ReconcileError<O> {
    /// Whether the operation happened, by everything that was sent and asked.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Call(error) => error.outcome(),
            Self::Mismatch(mismatch) => mismatch.outcome,
            Self::Ambiguous { .. } => Outcome::Unknown,
            Self::Unsettled(unsettled) => unsettled.outcome,
        }
    }

    /// Whether it is known what became of the operation and its journal could not be told so ([`Meta::journal_write_failed`]).
    #[must_use]
    pub fn journal_write_failed(&self) -> bool {
        match self {
            Self::Call(error) => error.meta().is_some_and(Meta::journal_write_failed),
            Self::Mismatch(mismatch) => mismatch.journal_write_failed,
            Self::Ambiguous { .. } => false,
            Self::Unsettled(unsettled) => unsettled.journal_write_failed,
        }
    }
}

impl<O: Operation> From<Error<O::Error>> for ReconcileError<O> {
    fn from(error: Error<O::Error>) -> Self {
        Self::Call(error)
    }
}

impl<O: Operation> fmt::Display for ReconcileError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => write!(f, "{error}"),
            Self::Mismatch(mismatch) => {
                write!(f, "{}: what has the reference differs in {}", mismatch.operation, mismatch.fields.join(", "))?;
                write!(f, " ({})", mismatch.outcome)
            }
            Self::Ambiguous { operation, count } => {
                write!(f, "{operation}: {count} resources have the reference ({})", self.outcome())
            }
            Self::Unsettled(unsettled) => match &unsettled.call {
                Some(error) => write!(f, "{error}; {}", unsettled.lookup),
                None => write!(f, "{}: {} ({})", unsettled.operation, unsettled.lookup, unsettled.outcome),
            },
        }
    }
}

impl<O: Operation> fmt::Debug for ReconcileError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => f.debug_tuple("Call").field(error).finish(),
            Self::Mismatch(mismatch) => f.debug_tuple("Mismatch").field(mismatch).finish(),
            Self::Ambiguous { operation, count } => {
                f.debug_struct("Ambiguous").field("operation", operation).field("count", count).finish()
            }
            Self::Unsettled(unsettled) => f.debug_tuple("Unsettled").field(unsettled).finish(),
        }
    }
}

impl<O: Operation> StdError for ReconcileError<O> {
    /// The cause below what the text already says.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Unsettled(unsettled) => match (&unsettled.lookup, &unsettled.call) {
                (Lookup::Failed(failure), _) => failure.source(),
                (_, Some(error)) => error.source(),
                _ => None,
            },
            Self::Mismatch(_) | Self::Ambiguous { .. } => None,
        }
    }
}

/// Without what was found, which is the owner's to print.
impl<T> fmt::Debug for Mismatch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mismatch")
            .field("operation", &self.operation)
            .field("fields", &self.fields)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug> fmt::Debug for Unsettled<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsettled")
            .field("operation", &self.operation)
            .field("call", &self.call)
            .field("lookup", &self.lookup)
            .field("outcome", &self.outcome)
            .field("journal_write_failed", &self.journal_write_failed)
            .finish()
    }
}
