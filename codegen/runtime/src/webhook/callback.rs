//! Callbacks: what an API sends on account of a request, as whole operations.

#[cfg(feature = "client")]
mod sending;
#[cfg(all(test, feature = "client"))]
mod tests;

use std::sync::Arc;

use super::receiver::Delivered;
use super::{Receiver, WebhookSpec};
use crate::secret::Secret;
use crate::server::rejection::Rejection;
use crate::server::{Handled, HandlerFuture, Incoming, RequestContext, Route, Serve};

#[cfg(feature = "client")]
pub use sending::CallbackError;

impl Receiver {
    /// A receiver of a callback whose sender is not proven: anyone who knows its address can send to it. See
    /// [`unsigned`](Self::unsigned) for what that asks of its user.
    pub fn unsigned_callback<O, H, F>(spec: WebhookSpec, handler: H) -> Self
    where
        O: Serve,
        H: Fn(O, RequestContext) -> F + Send + Sync + 'static,
        F: Future<Output = Handled<O>> + Send + 'static,
    {
        Self::callback(spec, std::iter::empty::<Secret<String>>(), handler)
    }

    /// A receiver of a callback that takes what was signed with any of these secrets, unless the document has no signature for it.
    ///
    /// The handler gets the request with its parameters and body, and answers with a documented success or error. A body of the only
    /// documented media type is read whatever its `Content-Type` is.
    pub fn callback<O, H, F>(
        spec: WebhookSpec,
        secrets: impl IntoIterator<Item = impl Into<Secret<String>>>,
        handler: H,
    ) -> Self
    where
        O: Serve,
        H: Fn(O, RequestContext) -> F + Send + Sync + 'static,
        F: Future<Output = Handled<O>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        let handle = move |delivered: Delivered| -> HandlerFuture<'static> {
            let handler = Arc::clone(&handler);
            match incoming(&Route::of::<O>(), delivered) {
                Ok(incoming) => incoming.respond(move |request, context| handler(request, context)),
                Err(rejection) => Box::pin(std::future::ready(Err(rejection))),
            }
        };
        let secrets = secrets.into_iter().map(Into::into).collect();
        Self::of(spec, O::SPEC.method.to_method(), secrets, Box::new(handle))
    }
}

/// The request before it is decoded.
fn incoming(route: &Route, delivered: Delivered) -> Result<Incoming, Rejection> {
    let Delivered { parts, body, limits } = delivered;
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let arriving = crate::server::incoming::body::admit_any(route.body, body, &parts.headers, limits)?;
    let context = RequestContext::from_parts(route.spec, parts.headers, parts.extensions, &[]);
    Ok(Incoming::new((0, route), &[], Vec::new(), query, arriving, limits, context).sent_by_api())
}
