//! Where the pieces of a stream come from.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::{BodyError, Pieces};

/// How many bytes are read at once.
const PIECE: usize = 16 << 10;

/// The pieces of a stream.
pub(super) fn pieces<S, P, E>(stream: S) -> Pieces
where
    S: Stream<Item = Result<P, E>> + Send + 'static,
    P: Into<Bytes>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    Box::pin(FromStream(Box::pin(stream)))
}

/// The pieces of an HTTP body, without its trailers.
pub(super) fn http<B>(body: B, explain: impl Fn(B::Error) -> BodyError + Send + 'static) -> Pieces
where
    B: http_body::Body + Send + 'static,
{
    Box::pin(FromHttp { body: Box::pin(body), explain: Box::new(explain) })
}

/// The bytes of a reader, in pieces.
pub(super) fn reader(reader: impl AsyncRead + Send + 'static) -> Pieces {
    Box::pin(FromReader { reader: Box::pin(reader), room: Vec::new() })
}

struct FromStream<S>(Pin<Box<S>>);

impl<S, P, E> Stream for FromStream<S>
where
    S: Stream<Item = Result<P, E>>,
    P: Into<Bytes>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(context));
        let failed = |error: E| BodyError::interrupted("the source of the body failed").because(error);
        Poll::Ready(next.map(|piece| piece.map(Into::into).map_err(failed)))
    }
}

struct FromHttp<B: http_body::Body> {
    body: Pin<Box<B>>,
    explain: Box<dyn Fn(B::Error) -> BodyError + Send>,
}

impl<B: http_body::Body> Stream for FromHttp<B> {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match ready!(self.body.as_mut().poll_frame(context)) {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => return Poll::Ready(Some(Err((self.explain)(error)))),
                None => return Poll::Ready(None),
            };
            if let Ok(mut data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data.copy_to_bytes(data.remaining()))));
            }
        }
    }
}

struct FromReader<R> {
    reader: Pin<Box<R>>,
    room: Vec<u8>,
}

impl<R: AsyncRead> Stream for FromReader<R> {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { reader, room } = &mut *self;
        room.resize(PIECE, 0);
        let mut read = ReadBuf::new(room);
        let result: io::Result<()> = ready!(reader.as_mut().poll_read(context, &mut read));
        Poll::Ready(match result {
            Ok(()) if read.filled().is_empty() => None,
            Ok(()) => Some(Ok(Bytes::copy_from_slice(read.filled()))),
            Err(error) => Some(Err(BodyError::interrupted("the source of the body failed").because(error))),
        })
    }
}
