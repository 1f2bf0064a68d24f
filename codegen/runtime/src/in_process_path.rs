//! What a client tells a server in the same process about the path of a request.

/// The part of a request's path that the operation gives it, without the path of the base URL: of
/// `https://api.example.com/v1/payouts/7` with the base `https://api.example.com/v1` it is `/payouts/7`.
///
/// It travels in the extensions of the request, so that only a server in the same process gets it.
#[derive(Clone, Debug)]
pub(crate) struct OperationPath {
    /// The path of the request as the client sent it.
    pub(crate) whole: String,
    /// The part of it that is the operation's.
    pub(crate) operation: String,
}

impl OperationPath {
    /// The path to look the operation up by, if nothing between client and server changed the path of the request.
    pub(crate) fn within<'p>(&'p self, path: &str) -> Option<&'p str> {
        (path == self.whole).then_some(&*self.operation)
    }
}
