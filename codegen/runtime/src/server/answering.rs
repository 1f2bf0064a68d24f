//! From a request on its way to the reply of its handler.

use std::pin::Pin;

use super::incoming::Incoming;
use super::rejection::Rejection;
use super::reply::Reply;
use super::serve::Serve;
use super::{Refusal, RequestContext};
use crate::check;

/// The future of a handler, as [`Dispatch::dispatch`](super::Dispatch::dispatch) returns it.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Reply, Rejection>> + Send + 'a>>;

impl Incoming {
    /// Reads and checks the request, runs its handler, and makes the reply of what that answers.
    pub fn answer<'a, O, H, F>(self, handler: H) -> Answering<'a>
    where
        O: Serve,
        H: FnOnce(O, RequestContext) -> F,
        F: Future<Output = Result<O::Output, Refusal<O::Error>>> + Send + 'a,
    {
        let request = match self.accept::<O>() {
            Ok(request) => request,
            Err(rejection) => return Box::pin(std::future::ready(Err(rejection))),
        };
        let answer = handler(request, self.into_context());
        Box::pin(async move {
            match answer.await {
                Ok(output) => Ok(O::respond(output)),
                Err(refusal) => refusal.into_documented().map(O::refuse),
            }
        })
    }

    /// The answer for a route that no handler has: generated code cannot reach it.
    #[must_use]
    pub fn unrouted<'a>(self) -> Answering<'a> {
        let rejection = Rejection::internal("a route has no handler");
        Box::pin(std::future::ready(Err(rejection)))
    }

    fn accept<O: Serve>(&self) -> Result<O, Rejection> {
        let request = O::receive(self)?;
        let violations = check::collect(|checker| request.check(checker));
        if violations.is_empty() {
            return Ok(request);
        }
        Err(self.invalid(violations))
    }
}
