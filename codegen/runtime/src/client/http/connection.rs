//! One request and its answer on a connection.

use std::future::{Future, poll_fn};
use std::pin::pin;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body as _;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;

use super::stream::Stream;
use super::{Limited, chain};
use crate::client::transport::TransportError;

/// Sends the request and reads the answer; gives the connection back if it can carry another request.
pub(super) async fn exchange(
    stream: Stream,
    request: Request<Full<Bytes>>,
    limit: usize,
) -> Result<(Response<Bytes>, Option<Stream>), TransportError> {
    // hyper writes nothing before it is given a request.
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| TransportError::not_sent("no connection was established").because(chain(&error)))?;
    let mut connection = Driven(Some(connection));
    let answer = connection.along(sender.send_request(request)).await;
    let (head, mut body) = answer.map_err(|error| interrupted("no answer came", &error))?.into_parts();
    match read(&mut connection, &mut body, limit).await {
        Ok(body) => {
            let stream = connection.rest(&sender).await;
            Ok((Response::from_parts(head, body), stream))
        }
        Err(error) => Err(error.after(head.status, head.headers)),
    }
}

/// Reads the body, no further than the limit.
async fn read(connection: &mut Driven, incoming: &mut Incoming, limit: usize) -> Result<Bytes, TransportError> {
    let mut body = Limited::new(incoming.size_hint().lower(), limit)?;
    while let Some(frame) = connection.along(incoming.frame()).await {
        let frame = frame.map_err(|error| interrupted("the answer broke off", &error))?;
        if let Some(chunk) = frame.data_ref() {
            body.push(chunk)?;
        }
    }
    Ok(body.finish())
}

fn interrupted(reason: &'static str, error: &hyper::Error) -> TransportError {
    TransportError::interrupted(reason).because(chain(error))
}

/// A connection that is read and written only while something is awaited along with it; `None` once it has ended.
struct Driven(Option<http1::Connection<TokioIo<Stream>, Full<Bytes>>>);

impl Driven {
    async fn along<F: Future>(&mut self, future: F) -> F::Output {
        let mut future = pin!(future);
        poll_fn(|context| {
            // The awaited future reports how it ended.
            if self.0.as_mut().is_some_and(|connection| pin!(connection).poll(context).is_ready()) {
                self.0 = None;
            }
            future.as_mut().poll(context)
        })
        .await
    }

    /// The stream after a whole answer, if both sides keep it open and no byte followed the answer.
    async fn rest(mut self, sender: &http1::SendRequest<Full<Bytes>>) -> Option<Stream> {
        // Any byte that has arrived by now makes hyper end the connection.
        self.along(std::future::ready(())).await;
        let connection = self.0.filter(|_| sender.is_ready())?;
        let parts = connection.into_parts();
        parts.read_buf.is_empty().then(|| parts.io.into_inner())
    }
}
