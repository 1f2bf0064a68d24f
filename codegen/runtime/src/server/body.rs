//! Reads a body up to a limit of bytes and of time.

use std::fmt::Display;
use std::pin::pin;

use bytes::{Buf, BufMut, Bytes};
use http_body::Body;
use http_body_util::BodyExt;

use super::handlers::within;
use super::limits::Limits;
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
pub(crate) async fn read<B>(body: B, limits: Limits) -> Result<Bytes, Rejection>
where
    B: Body,
    B::Error: Display,
{
    let Some(read) = within(limits.body_timeout, collect(body, limits.body)).await else {
        return Err(Rejection::request_timeout(limits.body_timeout));
    };
    read.map_err(|error| match error {
        ReadError::TooLarge => Rejection::payload_too_large(limits.body),
        ReadError::Broken(error) => {
            tracing::debug!(%error, "a request body broke off");
            Rejection::bad_request("the body could not be read to its end")
        }
    })
}

/// Refuses a body that announces more bytes than the limit, before any of them is read.
pub(crate) fn admit(body: &impl Body, limits: Limits) -> Result<(), Rejection> {
    if announces_more(body, limits.body) {
        return Err(Rejection::payload_too_large(limits.body));
    }
    Ok(())
}

fn announces_more(body: &impl Body, limit: usize) -> bool {
    body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX)
}

/// Reads a whole body; more than `limit` bytes are refused as soon as they are announced, or come. No more than that is held.
pub(crate) async fn collect<B: Body>(body: B, limit: usize) -> Result<Bytes, ReadError<B::Error>> {
    if announces_more(&body, limit) {
        return Err(ReadError::TooLarge);
    }
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut rest = Vec::new();
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
            let held = std::mem::take(&mut first);
            grow(&mut rest, held.len() + length, limit);
            rest.extend_from_slice(&held);
            rest.put(data);
        }
    }
    Ok(if rest.is_empty() { first } else { rest.into() })
}

/// Makes room for `more` bytes: twice what there was, so that many small pieces are not copied each time, but never above the limit.
fn grow(held: &mut Vec<u8>, more: usize, limit: usize) {
    let needed = held.len() + more;
    if needed > held.capacity() {
        let wanted = held.capacity().saturating_mul(2).min(limit).max(needed);
        held.reserve_exact(wanted - held.len());
    }
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
        let chunks = || Chunks([&b"ab"[..], b"", b"cd", b"e"].into());
        assert_eq!(ready(read(chunks(), up_to(5))).unwrap(), "abcde");
        let error = ready(read(chunks(), up_to(4))).unwrap_err();
        assert_eq!(error.kind(), RejectionKind::PayloadTooLarge);
        assert_eq!(ready(read(Chunks(VecDeque::new()), up_to(0))).unwrap(), "");
    }

    #[test]
    fn a_known_length_is_enough_to_refuse() {
        assert_eq!(ready(read(Full::<Bytes>::from("abc"), up_to(3))).unwrap(), "abc");
        assert!(ready(read(Full::<Bytes>::from("abcd"), up_to(3))).is_err());
        assert!(admit(&Full::<Bytes>::from("abcd"), up_to(3)).is_err());
    }

    #[test]
    fn no_more_room_is_made_than_the_limit_allows() {
        let mut held = Vec::new();
        for _ in 0..10 {
            grow(&mut held, 100, 1000);
            held.extend_from_slice(&[0; 100]);
            assert!(held.capacity() <= 1000, "{}", held.capacity());
        }
    }
}
