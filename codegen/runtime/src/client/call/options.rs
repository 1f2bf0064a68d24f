//! The options of one call.

use std::time::Duration;

use crate::client::journal::Entry;

/// What a caller set for one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) key: Option<Key>,
    /// Whether this call is a lookup whose responses decide if another operation happened: they must be as documented, and come over
    /// connections that no other request used.
    pub(crate) is_evidence: bool,
    /// The journal's entry of the call that this one goes on from.
    pub(crate) resumed: Option<Entry>,
}

/// The idempotency key of one call.
#[derive(Clone, Debug)]
pub(crate) enum Key {
    /// Drawn for the call.
    Drawn(String),
    /// Written by the request itself, as one of its parameters.
    Own(String),
    /// Set by the caller.
    Given(String),
}

impl Key {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Drawn(key) | Self::Own(key) | Self::Given(key) => key,
        }
    }
}
