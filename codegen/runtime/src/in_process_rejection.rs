//! What a server tells a client in the same process about a rejection.

use std::fmt;
use std::sync::Arc;

/// Why a request was rejected, in the server's own words, which quote nothing of the request.
///
/// It travels in the extensions of the response, so that only a client in the same process gets it.
#[derive(Clone)]
pub(crate) struct RejectionReason(Arc<str>);

impl RejectionReason {
    #[cfg(feature = "server")]
    pub(crate) fn new(reason: impl Into<Arc<str>>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for RejectionReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
