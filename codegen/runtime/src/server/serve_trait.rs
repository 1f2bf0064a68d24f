//! How a server reads the request of an operation and writes its response.

use super::awaiting_body::Received;
use super::body_spec::BodySpec;
use super::error_form::DocumentedRejection;
use super::incoming::Incoming;
use super::rejection::Rejection;
use super::response::ServerResponse;
use crate::check::Checker;
use crate::operation::Operation;

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
