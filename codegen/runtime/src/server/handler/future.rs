//! The future that decodes a request, runs its handler and makes the response.

use std::pin::Pin;
use std::time::Duration;

use super::serve::{Received, Serve};
use crate::decode;
use crate::operation::Operation;
use crate::server::incoming::Incoming;
use crate::server::rejection::Rejection;
use crate::server::response::ServerResponse;
use crate::server::response::pending_headers::PendingHeaders;
use crate::server::running_handlers::within;
use crate::server::{Refusal, RequestContext};

/// The future of a handler, as [`Dispatch::dispatch`](crate::server::Dispatch::dispatch) returns it.
pub type HandlerFuture<'a> = Pin<Box<dyn Future<Output = Result<ServerResponse, Rejection>> + Send + 'a>>;

/// What a handler of an operation returns: its documented success, or a [`Refusal`].
pub type Handled<O> = Result<<O as Operation>::Output, Refusal<<O as Operation>::Error>>;

impl Incoming {
    /// Hands the request to a method of an implementation, as [`respond`](Self::respond) does.
    pub fn hand_to<'a, A, O, F>(self, api: &'a A, handler: fn(&'a A, O, RequestContext) -> F) -> HandlerFuture<'a>
    where
        A: Sync,
        O: Serve,
        F: Future<Output = Handled<O>> + Send + 'a,
    {
        self.respond(move |request, context| handler(api, request, context))
    }

    /// Reads and checks the request, runs its handler within the server's time limit, and makes the response of what that answers.
    pub fn respond<'a, O, H, F>(mut self, handler: H) -> HandlerFuture<'a>
    where
        O: Serve,
        H: FnOnce(O, RequestContext) -> F + Send + 'a,
        F: Future<Output = Handled<O>> + Send + 'a,
    {
        Box::pin(async move {
            let is_from_api = self.is_from_api();
            let request = match decode_from(is_from_api, || O::receive(&self))? {
                Received::Whole(request) => request,
                Received::WithBody(read) => {
                    Box::pin(self.await_body()).await?;
                    decode_from(is_from_api, || read(&mut self))?
                }
            };
            self.check(|checker| request.check(checker))?;
            let (limit, headers, handling) = self.handled(request, handler);
            let response = match within(limit, handling).await {
                Some(Ok(output)) => O::respond(output),
                Some(Err(refusal)) => O::refuse(refusal.into_documented()?),
                None => return Err(Rejection::overdue(limit)),
            };
            Ok(headers.apply(O::SPEC, response))
        })
    }

    /// The time that a handler has, the headers that it may set, and its future, which is boxed where it is made: it may be large, and would
    /// be moved as often as it is handed on.
    fn handled<O, F>(
        self,
        request: O,
        handler: impl FnOnce(O, RequestContext) -> F,
    ) -> (Duration, PendingHeaders, Pin<Box<F>>) {
        let limit = self.limits().handler_timeout;
        let context = self.into_context();
        let headers = context.pending_headers();
        (limit, headers, Box::pin(handler(request, context)))
    }

    /// The response for a route that no handler has: generated code cannot reach it.
    #[must_use]
    pub fn unrouted<'a>(self) -> HandlerFuture<'a> {
        let rejection = Rejection::internal("a route has no handler");
        Box::pin(std::future::ready(Err(rejection)))
    }
}

/// Runs a decoding of what a client sent, or of what the API itself sent.
fn decode_from<R>(is_from_api: bool, decode: impl FnOnce() -> R) -> R {
    if is_from_api { decode::receiving(decode) } else { decode() }
}
