//! Why a request could not be given its credentials.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Why a request could not be given its credentials; it was not sent.
///
/// A source of tokens says whether trying again may help, and when:
///
/// ```
/// use std::time::Duration;
/// use specie_runtime::client::AuthError;
///
/// let busy = AuthError::transient("the issuer is busy").with_retry_after(Duration::from_secs(2));
/// assert!(busy.is_transient() && busy.retry_after() == Some(Duration::from_secs(2)));
/// assert!(!AuthError::permanent("no such client").is_transient());
/// ```
#[derive(Clone)]
pub struct AuthError(Arc<Fault>);

#[derive(Clone)]
struct Fault {
    text: String,
    transient: bool,
    missing: bool,
    retry_after: Option<Duration>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl AuthError {
    /// A failure that the next attempt would meet again, such as a secret that was revoked.
    #[must_use]
    pub fn permanent(text: impl Into<String>) -> Self {
        Self::new(text.into(), false)
    }

    /// A failure that may be gone at the next attempt, such as a token endpoint that does not answer.
    #[must_use]
    pub fn transient(text: impl Into<String>) -> Self {
        Self::new(text.into(), true)
    }

    fn new(text: String, transient: bool) -> Self {
        Self(Arc::new(Fault { text, transient, missing: false, retry_after: None, source: None }))
    }

    /// No alternative of an operation's `security` has all of its credentials.
    pub(crate) fn missing(alternatives: &[&[&str]]) -> Self {
        let alternatives: Vec<String> = alternatives
            .iter()
            .map(|schemes| schemes.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" and "))
            .collect();
        let text = format!(
            "the operation takes credentials for {}: set them on the client's builder",
            alternatives.join(", or ")
        );
        Self(Arc::new(Fault { text, transient: false, missing: true, retry_after: None, source: None }))
    }

    /// Adds the cause. Its text becomes part of the error chain, so it must not name a secret.
    #[must_use]
    pub fn because(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Arc::new(Fault { source: Some(source.into().into()), ..Arc::unwrap_or_clone(self.0) }))
    }

    /// Adds how long the issuer of the credential asked to wait; a call makes no attempt before that has passed.
    #[must_use]
    pub fn with_retry_after(self, time: Duration) -> Self {
        Self(Arc::new(Fault { retry_after: Some(time), ..Arc::unwrap_or_clone(self.0) }))
    }

    /// Whether the next attempt may succeed without any change.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.0.transient
    }

    /// How long the issuer of the credential asked to wait (RFC 9110 section 10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the client was built without a credential that the operation takes.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.0.missing
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError")
            .field("text", &self.0.text)
            .field("transient", &self.0.transient)
            .field("retry_after", &self.0.retry_after)
            .field("source", &self.0.source.as_ref().map(ToString::to_string))
            .finish()
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}
