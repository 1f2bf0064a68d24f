//! How a server reads the request of an operation and writes its response: [`Serve`].

use std::fmt;

use crate::check::Checker;
use crate::operation::Operation;
use crate::server::incoming::Incoming;
use crate::server::rejection::Rejection;
use crate::server::rejection::documented::DocumentedRejection;
use crate::server::response::ServerResponse;
use crate::server::routing::route::BodySpec;
use crate::server::routing::route::Route;

/// How an operation is read from a request and its results become responses; generated for each.
pub trait Serve: Operation {
    /// The request body it takes.
    const BODY: BodySpec = BodySpec::NONE;

    /// How the document gives the statuses of rejections, as far as a rejection can be written so.
    const REJECTIONS: &'static [DocumentedRejection] = &[];

    /// Reads the request: its parameters first, then its body, which is waited for in between. What the types cannot hold is refused
    /// here, with its place, and so are parameters that the document does not allow.
    fn receive(incoming: &Incoming) -> Result<Received<Self>, Rejection>;

    /// Checks of the body what the types can hold and the document does not allow: constraints, and values that no enum lists.
    fn check(&self, checker: &mut Checker<'_>) {
        let _ = checker;
    }

    /// The response that carries a success.
    fn respond(output: Self::Output) -> ServerResponse;

    /// The response that carries a documented error.
    fn refuse(error: Self::Error) -> ServerResponse;
}

impl Route {
    /// The route of an operation.
    #[must_use]
    pub const fn of<O: Serve>() -> Self {
        Self { spec: O::SPEC, body: O::BODY, rejections: O::REJECTIONS }
    }
}

/// What [`Serve::receive`] makes of the parameters of a request.
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
