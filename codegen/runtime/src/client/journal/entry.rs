//! The entry of a call in a journal.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// What a [`Journal`](super::Journal) keeps of a call: enough to find the request again and to know it, not the request.
///
/// Its serde form is for journals that are not files; times are milliseconds since 1970. A field that this version does not know is an
/// error: a newer version wrote it, and it may matter.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The version of the canonical form that the hash was made of.
    pub(in crate::client) v: u32,
    pub(in crate::client) id: String,
    pub(in crate::client) api: String,
    pub(in crate::client) operation: String,
    pub(in crate::client) group: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::client) reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::client) key: Option<String>,
    pub(in crate::client) time: u64,
    pub(in crate::client) hash: String,
}

impl Entry {
    /// Its own id, which no other entry has.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The API, by the name of its crate.
    #[must_use]
    pub fn api(&self) -> &str {
        &self.api
    }

    /// The `operationId`.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// What the entry is about, as an HMAC in hexadecimal digits: entries of the same operation on the same reference in the same account
    /// have the same group, and are settled together. Compare it; it means nothing else.
    ///
    /// Where the document names no reference, the idempotency key stands for it; where there is neither, the request itself, if it is
    /// idempotent by its method or names in its path what it acts on. Any other entry is alone in its group.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    /// The caller's own reference, where the document says which field of the body it is.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// The idempotency key that the request carries, where the operation takes one.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// The version of the canonical form of requests that [`hash`](Self::hash) was made of.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.v
    }

    /// The HMAC of the request in its canonical form, in hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// When it was written.
    #[must_use]
    pub fn time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(self.time)).unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("id", &self.id)
            .field("api", &self.api)
            .field("operation", &self.operation)
            .field("reference", &self.reference)
            .field("key", &self.key)
            .field("time", &self.time)
            .finish_non_exhaustive()
    }
}
