//! Why an item of a stream has no value.

use std::error::Error;
use std::fmt;

use crate::body::BodyError;
use crate::check::Violation;
use crate::decode::DecodeFault;

/// Why an item of a stream has no value, and which item it is. It quotes nothing of the item.
pub struct ItemError(Box<Parts>);

struct Parts {
    index: u64,
    cause: Cause,
}

enum Cause {
    Body(BodyError),
    Source(Box<dyn Error + Send + Sync>),
    TooLarge(usize),
    Json(DecodeFault),
    Malformed(&'static str),
    Invalid(Vec<Violation>),
    Taken,
}

impl ItemError {
    pub(crate) fn body(index: u64, error: BodyError) -> Self {
        Self::new(index, Cause::Body(error))
    }

    pub(super) fn source_failed(index: u64, error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(index, Cause::Source(error.into()))
    }

    pub(super) fn too_large(index: u64, limit: usize) -> Self {
        Self::new(index, Cause::TooLarge(limit))
    }

    pub(super) fn taken() -> Self {
        Self::new(0, Cause::Taken)
    }

    pub(super) fn unreadable(index: u64, reason: Unreadable) -> Self {
        Self::new(
            index,
            match reason {
                Unreadable::Json(fault) => Cause::Json(fault),
                Unreadable::Malformed(reason) => Cause::Malformed(reason),
            },
        )
    }

    pub(super) fn invalid(index: u64, violations: Vec<Violation>) -> Self {
        Self::new(index, Cause::Invalid(violations))
    }

    fn new(index: u64, cause: Cause) -> Self {
        Self(Box::new(Parts { index, cause }))
    }

    /// Which item it is; the first one is 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.0.index
    }

    /// Whether no further item follows: the body broke off, or an item is larger than allowed.
    #[must_use]
    pub fn is_last(&self) -> bool {
        !matches!(self.0.cause, Cause::Json(_) | Cause::Malformed(_) | Cause::Invalid(_))
    }

    /// The error of the body, if it broke off.
    #[must_use]
    pub fn body_error(&self) -> Option<&BodyError> {
        match &self.0.cause {
            Cause::Body(error) => Some(error),
            _ => None,
        }
    }

    /// What the document does not allow in the item, which is of its type; empty for every other error.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        match &self.0.cause {
            Cause::Invalid(violations) => violations,
            _ => &[],
        }
    }

    /// Where in the item it is, as a JSON pointer (RFC 6901); `None` where there is no such place.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match &self.0.cause {
            Cause::Json(fault) if !fault.malformed => Some(&fault.pointer),
            Cause::Invalid(violations) => violations.first().map(|violation| violation.pointer.as_str()),
            _ => None,
        }
    }
}

/// Why the bytes of an item are no value of its type.
pub(crate) enum Unreadable {
    Json(DecodeFault),
    Malformed(&'static str),
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {}: ", self.0.index)?;
        match &self.0.cause {
            Cause::Body(error) => write!(f, "{error}"),
            Cause::Source(_) => f.write_str("the source of the items failed"),
            Cause::TooLarge(limit) => write!(f, "it is larger than {limit} bytes"),
            Cause::Json(fault) => write!(f, "{fault}"),
            Cause::Malformed(reason) => f.write_str(reason),
            Cause::Invalid(violations) => {
                for (place, violation) in violations.iter().enumerate() {
                    f.write_str(if place == 0 { "" } else { "; " })?;
                    write!(f, "{violation}")?;
                }
                Ok(())
            }
            Cause::Taken => f.write_str("the stream was read before"),
        }
    }
}

impl fmt::Debug for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ItemError({:?})", self.to_string())
    }
}

impl Error for ItemError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.cause {
            Cause::Body(error) => error.source(),
            Cause::Source(error) => Some(&**error),
            _ => None,
        }
    }
}
