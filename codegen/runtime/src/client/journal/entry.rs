//! What is written down of a call.

use std::fmt;
use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::super::request::Encoded;
use crate::decode::pointer;
use crate::operation::{Idempotency, OperationSpec};

/// What a [`Journal`](super::Journal) keeps of a call: enough to find the request again and to know it, not the request.
///
/// Its serde form is for journals that are not files; times are milliseconds since 1970.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub(super) id: String,
    pub(super) api: String,
    pub(super) operation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<String>,
    pub(super) time: u64,
    pub(super) hash: String,
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

    /// The HMAC of the request, in hexadecimal digits.
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

/// The HMAC-SHA-256 of a request, in hexadecimal digits.
///
/// Base URL, path and query are part of it: the same body sent elsewhere is another request, and a payout that is not in the sandbox may
/// be in production.
pub(in super::super) fn fingerprint(key: &[u8], base: &str, spec: &OperationSpec, request: &Encoded) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        // An HMAC takes keys of any length.
        return String::new();
    };
    let target = [spec.method.as_str(), base, &request.path, &request.query];
    let parts = target.into_iter().map(str::as_bytes).chain([&*request.body]);
    for part in parts {
        // The length in front keeps neighbours apart.
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        mac.update(part);
    }
    let digest = mac.finalize().into_bytes();
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The caller's own reference in a request, by the pointer of its idempotency or its lookup; `None` where it is no scalar.
pub(in super::super) fn reference(spec: &OperationSpec, body: &[u8]) -> Option<String> {
    let place = match (spec.idempotency, spec.reconcile) {
        (_, Some(how)) => how.reference,
        (Idempotency::Field { pointer, .. }, None) => pointer,
        _ => return None,
    };
    pointer::text(pointer::find(std::str::from_utf8(body).ok()?, place)?)
}
