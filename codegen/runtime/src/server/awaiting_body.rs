//! A request whose parameters are read, before its body is there.

use std::fmt;

use super::incoming::Incoming;
use super::rejection::Rejection;

/// What [`Serve::receive`](super::Serve::receive) makes of the parameters of a request.
///
/// It is no future: the server waits for the body between the two steps, so that an operation needs no state machine of its own.
pub enum Received<T> {
    /// The request; it has no body.
    Whole(T),
    /// Reads the body, which is there by then, and makes the request.
    WithBody(ReadBody<T>),
}

/// Reads the body of a request and makes the request of it.
type ReadBody<T> = Box<dyn FnOnce(&mut Incoming) -> Result<T, Rejection> + Send>;

impl<T> Received<T> {
    /// A request that is made of its body, once that is there.
    pub fn with_body(read: impl FnOnce(&mut Incoming) -> Result<T, Rejection> + Send + 'static) -> Self {
        Self::WithBody(Box::new(read))
    }
}

/// Shows how far it is, and nothing of what the request holds.
impl<T> fmt::Debug for Received<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Whole(_) => "Whole",
            Self::WithBody(_) => "WithBody",
        })
    }
}
