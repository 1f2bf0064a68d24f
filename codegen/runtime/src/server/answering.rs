//! The future that decodes a request, runs its handler and makes the reply.

use std::pin::Pin;

use super::handlers::within;
use super::incoming::Incoming;
use super::rejection::Rejection;
use super::reply::Reply;
use super::serve::Serve;
use super::{Refusal, RequestContext};

/// The future of a handler, as [`Dispatch::dispatch`](super::Dispatch::dispatch) returns it.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Reply, Rejection>> + Send + 'a>>;

impl Incoming {
    /// Reads and checks the request, runs its handler within the server's time limit, and makes the reply of what that answers.
    pub fn answer<'a, O, H, F>(mut self, handler: H) -> Answering<'a>
    where
        O: Serve,
        H: FnOnce(O, RequestContext) -> F + Send + 'a,
        F: Future<Output = Result<O::Output, Refusal<O::Error>>> + Send + 'a,
    {
        Box::pin(async move {
            let request = O::receive(&mut self).await?;
            self.check(|checker| request.check(checker))?;
            let limit = self.limits().handler_timeout;
            match within(limit, handler(request, self.into_context())).await {
                Some(Ok(output)) => Ok(O::respond(output)),
                Some(Err(refusal)) => refusal.into_documented().map(O::refuse),
                None => Err(Rejection::overdue(limit)),
            }
        })
    }

    /// The answer for a route that no handler has: generated code cannot reach it.
    #[must_use]
    pub fn unrouted<'a>(self) -> Answering<'a> {
        let rejection = Rejection::internal("a route has no handler");
        Box::pin(std::future::ready(Err(rejection)))
    }
}
