//! What client and server tell each other in the same process, in the extensions of a request and of its response.

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

/// The part of a request's path that the operation gives it, without the path of the base URL: of
/// `https://api.example.com/v1/payouts/7` with the base `https://api.example.com/v1` it is `/payouts/7`.
///
/// It travels in the extensions of the request, so that only a server in the same process gets it.
#[cfg(feature = "server")]
#[derive(Clone, Debug)]
pub(crate) struct OperationPath {
    /// The path of the request as the client sent it.
    pub(crate) whole: String,
    /// The part of it that is the operation's.
    pub(crate) operation: String,
}

#[cfg(feature = "server")]
impl OperationPath {
    /// The path to look the operation up by, if nothing between client and server changed the path of the request.
    pub(crate) fn within<'p>(&'p self, path: &str) -> Option<&'p str> {
        (path == self.whole).then_some(&*self.operation)
    }
}
