//! What can go wrong with the sandbox itself.

use std::fmt;

/// Why the sandbox could not start, or could not do what a test asked of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum SandboxError {
    /// The store could not be opened, read or written; the text is the store's own.
    Store(String),
    /// A listener could not be opened, or a file not be read or written.
    Io(std::io::Error),
    /// What was asked for does not exist or is not allowed; the text says which and what to do.
    Usage(String),
    /// The sandbox keeps as much as it may; the text says of what.
    Full(String),
}

impl SandboxError {
    pub(crate) fn store(error: impl fmt::Display) -> Self {
        Self::Store(error.to_string())
    }

    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(text) => write!(f, "the store failed: {text}"),
            Self::Io(error) => write!(f, "{error}"),
            Self::Usage(text) | Self::Full(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for SandboxError {}

impl From<std::io::Error> for SandboxError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for SandboxError {
    /// The place of the fault, not the text: it may hold what is secret.
    fn from(error: serde_json::Error) -> Self {
        Self::Store(format!("a record cannot be read or written ({:?})", error.classify()))
    }
}
