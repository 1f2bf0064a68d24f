//! One request and its response on a connection.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body as _, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;

use super::chain;
use super::pool::Keep;
use super::stream::Stream;
use crate::body::{Body, BodyError};
use crate::client::transport::TransportError;

/// Sends the request and returns the response, whose body gives the connection to `keep` where it can carry another request.
pub(super) async fn exchange(
    stream: Stream,
    request: Request<Body>,
    keep: Option<Keep>,
) -> Result<Response<Body>, TransportError> {
    // hyper writes nothing before it is given a request.
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| TransportError::not_sent("no connection was established").because(chain(&error)))?;
    let mut connection = Driven(Some(connection));
    let response = connection.along(sender.send_request(request)).await;
    let response = response.map_err(|error| TransportError::interrupted("no response came").because(chain(&error)))?;
    let (head, incoming) = response.into_parts();
    let mut arriving = Arriving { incoming, connection, sender, keep };
    if arriving.incoming.is_end_stream() {
        arriving.ended();
        return Ok(Response::from_parts(head, Body::empty()));
    }
    let broken = |error: hyper::Error| BodyError::interrupted("the response broke off").because(chain(&error));
    Ok(Response::from_parts(head, Body::from_http_with(arriving, broken)))
}

/// The body of a response, which reads its connection while it is read.
struct Arriving {
    incoming: Incoming,
    connection: Driven,
    sender: http1::SendRequest<Body>,
    /// `None` where the connection carries no other request.
    keep: Option<Keep>,
}

impl Arriving {
    /// Keeps the connection of a response that was read to its end.
    fn ended(&mut self) {
        let Some(Keep { pool, route }) = self.keep.take() else { return };
        if let Some(stream) = self.connection.rest(&self.sender) {
            pool.put(route, stream);
        }
    }
}

impl http_body::Body for Arriving {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        self.connection.poll(context);
        let next = ready!(pin!(&mut self.incoming).poll_frame(context));
        if next.is_none() {
            self.ended();
        }
        Poll::Ready(next)
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

/// A connection that is read and written only while something is awaited along with it; `None` once it has ended.
struct Driven(Option<http1::Connection<TokioIo<Stream>, Body>>);

impl Driven {
    async fn along<F: Future>(&mut self, future: F) -> F::Output {
        let mut future = pin!(future);
        poll_fn(|context| {
            self.poll(context);
            future.as_mut().poll(context)
        })
        .await
    }

    /// Reads and writes. What is awaited along with it reports how it ended.
    fn poll(&mut self, context: &mut Context<'_>) {
        if self.0.as_mut().is_some_and(|connection| pin!(connection).poll(context).is_ready()) {
            self.0 = None;
        }
    }

    /// The stream after a whole response, if both sides keep it open and no byte followed the response.
    fn rest(&mut self, sender: &http1::SendRequest<Body>) -> Option<Stream> {
        // Any byte that has arrived by now makes hyper end the connection. Nothing waits for it any longer, so nothing is woken.
        self.poll(&mut Context::from_waker(std::task::Waker::noop()));
        let connection = self.0.take().filter(|_| sender.is_ready())?;
        let parts = connection.into_parts();
        parts.read_buf.is_empty().then(|| parts.io.into_inner())
    }
}
