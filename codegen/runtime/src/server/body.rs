//! Reads a body up to a limit.

use std::fmt::Display;
use std::pin::pin;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt;

use super::rejection::Rejection;

/// Why a body was not read.
#[derive(Debug)]
pub(crate) enum ReadError<E> {
    /// It is longer than the limit.
    TooLarge,
    /// It broke off.
    Broken(E),
}

/// Reads the body of a request.
pub(crate) async fn read<B>(body: B, limit: usize) -> Result<Bytes, Rejection>
where
    B: Body,
    B::Error: Display,
{
    collect(body, limit).await.map_err(|error| match error {
        ReadError::TooLarge => Rejection::payload_too_large(limit),
        ReadError::Broken(error) => {
            tracing::debug!(%error, "a request body broke off");
            Rejection::bad_request("the body could not be read to its end")
        }
    })
}

/// Reads a whole body; more than `limit` bytes are refused as soon as they are announced, or come.
pub(crate) async fn collect<B: Body>(body: B, limit: usize) -> Result<Bytes, ReadError<B::Error>> {
    if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(ReadError::TooLarge);
    }
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        // Trailers are not looked at.
        let Ok(mut data) = frame.map_err(ReadError::Broken)?.into_data() else {
            continue;
        };
        let length = data.remaining();
        if length > limit.saturating_sub(first.len() + rest.len()) {
            return Err(ReadError::TooLarge);
        }
        if first.is_empty() && rest.is_empty() {
            // The usual body comes in one piece, which is then not copied.
            first = data.copy_to_bytes(length);
        } else {
            rest.extend_from_slice(&std::mem::take(&mut first));
            rest.put(data);
        }
    }
    Ok(if rest.is_empty() { first } else { rest.freeze() })
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::convert::Infallible;
    use std::future::Future;
    use std::pin::Pin;
    use std::task::{Context, Poll, Waker};

    use http_body::Frame;
    use http_body_util::Full;

    use super::super::rejection::RejectionKind;
    use super::*;

    /// A body that does not say how long it is.
    struct Chunks(VecDeque<&'static [u8]>);

    impl Body for Chunks {
        type Data = &'static [u8];
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Self::Data>, Infallible>>> {
            Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(chunk))))
        }
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
        let chunks = || Chunks([&b"ab"[..], b"", b"cd", b"e"].into());
        assert_eq!(ready(read(chunks(), 5)).unwrap(), "abcde");
        let error = ready(read(chunks(), 4)).unwrap_err();
        assert_eq!(error.kind(), RejectionKind::PayloadTooLarge);
        assert_eq!(ready(read(Chunks(VecDeque::new()), 0)).unwrap(), "");
    }

    #[test]
    fn a_known_length_is_enough_to_refuse() {
        assert_eq!(ready(read(Full::<Bytes>::from("abc"), 3)).unwrap(), "abc");
        assert!(ready(read(Full::<Bytes>::from("abcd"), 3)).is_err());
    }
}
