//! Why a body has no further bytes.

use std::error::Error;
use std::fmt;

/// Why a body was not read to its end. It names no byte of the body.
///
/// ```
/// use specie_runtime::{Body, BodyErrorKind};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let error = Body::from("longer than four bytes").into_bytes(4).await.unwrap_err();
/// assert_eq!(error.kind(), BodyErrorKind::TooLarge);
/// # });
/// ```
pub struct BodyError(Box<Parts>);

struct Parts {
    kind: BodyErrorKind,
    reason: &'static str,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// What kind of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodyErrorKind {
    /// The stream broke off: the connection failed, its writer gave up, or it did not keep to its announced length.
    Interrupted,
    /// The next piece did not come in time.
    Timeout,
    /// It is larger than allowed.
    TooLarge,
    /// Another handle has read the stream, which can be read once.
    Taken,
}

impl BodyError {
    /// The stream broke off.
    #[must_use]
    pub fn interrupted(reason: &'static str) -> Self {
        Self::new(BodyErrorKind::Interrupted, reason)
    }

    /// The next piece did not come in time.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(BodyErrorKind::Timeout, "no further piece of the body came in time")
    }

    /// It is larger than allowed.
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(BodyErrorKind::TooLarge, "the body is larger than the limit")
    }

    pub(super) fn taken() -> Self {
        Self::new(BodyErrorKind::Taken, "the body is a stream that was read before")
    }

    fn new(kind: BodyErrorKind, reason: &'static str) -> Self {
        Self(Box::new(Parts { kind, reason, source: None }))
    }

    /// Adds the cause. Its text becomes part of the error chain, so it must not hold what the body holds.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> BodyErrorKind {
        self.0.kind
    }

    /// Its text and its cause.
    #[cfg(feature = "client")]
    pub(crate) fn into_reason(self) -> (&'static str, Option<Box<dyn Error + Send + Sync>>) {
        (self.0.reason, self.0.source)
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.reason)
    }
}

impl fmt::Debug for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyError")
            .field("kind", &self.0.kind)
            .field("reason", &self.0.reason)
            .field("source", &self.0.source.as_ref().map(ToString::to_string))
            .finish()
    }
}

impl Error for BodyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}
