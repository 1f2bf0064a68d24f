//! The body of a request: read whole or as a stream, within the limits of bytes and of time.

use std::fmt::Display;

use bytes::Bytes;
use http::HeaderMap;
use http_body::Body as _;

use crate::body::{Body, BodyError, BodyErrorKind, Bounds};
use crate::body_kinds::Arrival;
use crate::operation::MediaSpec;
use crate::server::limits::Limits;
use crate::server::rejection::Rejection;
use crate::server::routing::route::BodySpec;
use crate::server::running_handlers::within;

/// The body of a request as it arrives.
pub(crate) fn arriving<B>(body: B) -> Body
where
    B: http_body::Body + Send + 'static,
    B::Error: Display,
{
    Body::from_http_with(body, |error| {
        tracing::debug!(%error, "a request body broke off");
        BodyError::interrupted("the body could not be read to its end")
    })
}

/// Reads the whole body of a request.
pub(crate) async fn read(body: Body, limits: Limits) -> Result<Bytes, Rejection> {
    let Some(read) = within(limits.body_timeout, body.into_bytes(limits.body)).await else {
        return Err(Rejection::request_timeout(limits.body_timeout));
    };
    read.map_err(|error| refuse(error, limits))
}

/// The body of a request as a stream, each piece of which has to come in the time for a body.
pub(crate) fn stream(body: Body, limits: Limits) -> Body {
    let time = limits.body_timeout;
    body.within(Bounds { bytes: limits.stream, timer: Box::new(move || Box::pin(tokio::time::sleep(time))) })
}

/// The rejection for a body that was not read to its end.
pub(crate) fn refuse(error: BodyError, limits: Limits) -> Rejection {
    match error.kind() {
        BodyErrorKind::TooLarge => Rejection::payload_too_large(limits.body),
        BodyErrorKind::Timeout => Rejection::request_timeout(limits.body_timeout),
        BodyErrorKind::Interrupted | BodyErrorKind::Taken => error.into(),
    }
}

/// Refuses a body that its headers say is not one of the operation; `None` where there is nothing to read.
pub(in crate::server) fn admit(
    documented: BodySpec,
    body: Body,
    headers: &HeaderMap,
    limits: Limits,
) -> Result<Option<(MediaSpec, Body)>, Rejection> {
    if !documented.is_read() || body.is_end_stream() {
        return Ok(None);
    }
    let media = documented.admit(headers)?;
    bounded(media, body, limits).map(Some)
}

/// The same, but that a body of the only documented media type is read whatever its headers say.
pub(crate) fn admit_any(
    documented: BodySpec,
    body: Body,
    headers: &HeaderMap,
    limits: Limits,
) -> Result<Option<(MediaSpec, Body)>, Rejection> {
    match documented.only() {
        Some(_) if body.is_end_stream() => Ok(None),
        Some(only) => bounded(only, body, limits).map(Some),
        None => admit(documented, body, headers, limits),
    }
}

/// Refuses a body that announces more bytes than its limit.
fn bounded(media: MediaSpec, body: Body, limits: Limits) -> Result<(MediaSpec, Body), Rejection> {
    let limit = match media.kind.rules().arrival {
        Arrival::Whole => u64::try_from(limits.body).unwrap_or(u64::MAX),
        Arrival::InParts | Arrival::Stream => limits.stream,
    };
    announced(&body, limit)?;
    Ok((media, body))
}

/// Refuses a body that announces more bytes than the limit, before any of them is read.
fn announced(body: &Body, limit: u64) -> Result<(), Rejection> {
    if body.length().is_some_and(|length| length > limit) {
        return Err(Rejection::payload_too_large(usize::try_from(limit).unwrap_or(usize::MAX)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::convert::Infallible;
    use std::future::Future;
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use http_body::Frame;

    use super::*;
    use crate::server::rejection::RejectionKind;

    /// A body that does not say how long it is.
    struct Chunks(VecDeque<&'static [u8]>);

    impl http_body::Body for Chunks {
        type Data = &'static [u8];
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Self::Data>, Infallible>>> {
            Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(chunk))))
        }
    }

    fn up_to(bytes: usize) -> Limits {
        Limits { body: bytes, ..Limits::default() }
    }

    fn ready<T>(future: impl Future<Output = T>) -> T {
        let mut context = Context::from_waker(Waker::noop());
        match pin!(future).poll(&mut context) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("nothing to wait for"),
        }
    }

    #[test]
    fn chunks_are_joined_up_to_the_limit() {
        let chunks = || arriving(Chunks([&b"ab"[..], b"", b"cd", b"e"].into()));
        assert_eq!(ready(read(chunks(), up_to(5))).unwrap(), "abcde");
        let error = ready(read(chunks(), up_to(4))).unwrap_err();
        assert_eq!(error.kind(), RejectionKind::PayloadTooLarge);
        assert_eq!(ready(read(arriving(Chunks(VecDeque::new())), up_to(0))).unwrap(), "");
    }

    #[test]
    fn a_known_length_is_enough_to_refuse() {
        assert_eq!(ready(read(Body::from("abc"), up_to(3))).unwrap(), "abc");
        assert!(ready(read(Body::from("abcd"), up_to(3))).is_err());
        assert!(announced(&Body::from("abcd"), 3).is_err());
    }
}
