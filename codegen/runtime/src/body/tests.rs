//! What a body yields, whole and as a stream.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use super::*;

/// Pieces that are there at once; counts how many were taken.
struct Ready(VecDeque<Result<&'static str, &'static str>>, Arc<AtomicUsize>);

impl Stream for Ready {
    type Item = Result<&'static str, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(self.0.pop_front())
    }
}

fn pieces<const N: usize>(pieces: [Result<&'static str, &'static str>; N]) -> Body {
    Body::stream(Ready(pieces.into(), Arc::default()))
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing to wait for"),
    }
}

fn kind(result: Result<Bytes, BodyError>) -> BodyErrorKind {
    result.unwrap_err().kind()
}

#[test]
fn pieces_are_joined_up_to_the_limit() {
    let body = || pieces([Ok("ab"), Ok(""), Ok("cd"), Ok("e")]);
    assert_eq!(ready(body().into_bytes(5)).unwrap(), "abcde");
    assert_eq!(kind(ready(body().into_bytes(4))), BodyErrorKind::TooLarge);
    assert_eq!(ready(Body::empty().into_bytes(0)).unwrap(), "");
    assert_eq!(kind(ready(Body::from("abc").into_bytes(2))), BodyErrorKind::TooLarge);
}

#[test]
fn an_announced_length_is_enough_to_refuse() {
    let taken = Arc::new(AtomicUsize::new(0));
    let body = Body::stream(Ready([Ok("abc")].into(), Arc::clone(&taken))).with_length(3);
    assert_eq!(kind(ready(body.into_bytes(2))), BodyErrorKind::TooLarge);
    assert_eq!(taken.load(Ordering::Relaxed), 0);
}

#[test]
fn an_announced_length_is_kept_or_the_body_fails() {
    let body = |length| pieces([Ok("ab"), Ok("c")]).with_length(length);
    assert_eq!(ready(body(3).into_bytes(10)).unwrap(), "abc");
    assert_eq!(kind(ready(body(2).into_bytes(10))), BodyErrorKind::Interrupted);
    assert_eq!(kind(ready(body(4).into_bytes(10))), BodyErrorKind::Interrupted);
}

#[test]
fn what_exceeds_the_announced_length_at_the_border_of_a_piece_is_noticed_before_the_last_piece_is_given_out() {
    let mut body = pieces([Ok("ab"), Ok("cd"), Ok(""), Ok("e")]).with_length(4);
    assert_eq!(ready(body.next()).unwrap().unwrap(), "ab");
    assert_eq!(http_body::Body::size_hint(&body).exact(), Some(2));
    assert_eq!(kind(ready(body.next()).unwrap()), BodyErrorKind::Interrupted);
    assert!(ready(body.next()).is_none());

    let mut body = pieces([Ok("abcd"), Err("the disk is gone")]).with_length(4);
    assert_eq!(kind(ready(body.next()).unwrap()), BodyErrorKind::Interrupted);
}

#[test]
fn a_piece_that_is_held_back_counts_as_still_to_come() {
    let (mut sender, body) = Body::channel(1);
    let mut body = body.with_length(2);
    ready(sender.send("ab")).unwrap();
    let waiting = body.poll_piece(&mut Context::from_waker(Waker::noop()));
    assert!(waiting.is_pending(), "the source has not ended");
    assert_eq!(http_body::Body::size_hint(&body).exact(), Some(2));
    ready(sender.finish()).unwrap();
    assert_eq!(ready(body.next()).unwrap().unwrap(), "ab");
    assert!(http_body::Body::is_end_stream(&body));
}

#[test]
fn a_stream_that_is_said_to_be_empty_is_read_all_the_same() {
    let body = pieces([Ok("a")]).with_length(0);
    assert_eq!(http_body::Body::size_hint(&body).exact(), None);
    assert_eq!(kind(ready(body.into_bytes(10))), BodyErrorKind::Interrupted);
    assert_eq!(ready(pieces([Ok("")]).with_length(0).into_bytes(10)).unwrap(), "");
}

#[test]
fn a_fault_in_the_middle_is_an_item_and_the_last_one() {
    let mut body = pieces([Ok("ab"), Err("the disk is gone"), Ok("c")]);
    assert_eq!(ready(body.next()).unwrap().unwrap(), "ab");
    let error = ready(body.next()).unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the source of the body failed");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the disk is gone");
    assert!(ready(body.next()).is_none());
}

#[test]
fn one_handle_reads_a_stream() {
    let body = pieces([Ok("ab")]);
    let other = body.clone();
    assert!(other.is_available());
    assert_eq!(ready(body.into_bytes(10)).unwrap(), "ab");
    assert!(!other.is_available());
    assert_eq!(kind(ready(other.into_bytes(10))), BodyErrorKind::Taken);
}

#[test]
fn a_body_that_is_made_again_is_read_as_often_as_it_is_asked_for() {
    let made = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&made);
    let body = Body::again(move || {
        counter.fetch_add(1, Ordering::Relaxed);
        pieces([Ok("ab"), Ok("cd")])
    });
    for _ in 0..3 {
        assert!(body.is_available());
        assert_eq!(ready(body.clone().into_bytes(10)).unwrap(), "abcd");
    }
    assert_eq!(made.load(Ordering::Relaxed), 3);
}

#[test]
fn a_writer_that_stops_is_no_end() {
    let (mut sender, mut body) = Body::channel(1);
    ready(sender.send("ab")).unwrap();
    assert_eq!(ready(body.next()).unwrap().unwrap(), "ab");
    drop(sender);
    assert_eq!(kind(ready(body.next()).unwrap()), BodyErrorKind::Interrupted);

    let (sender, body) = Body::channel(0);
    ready(sender.finish()).unwrap();
    assert_eq!(ready(body.into_bytes(10)).unwrap(), "");

    let (mut sender, body) = Body::channel(1);
    drop(body);
    assert!(ready(sender.send("ab")).is_err());
}

#[test]
fn a_reader_is_read_in_pieces() {
    let body = Body::reader(std::io::Cursor::new(vec![b'x'; 40_000]));
    assert_eq!(ready(body.into_bytes(40_000)).unwrap().len(), 40_000);
}

#[tokio::test(start_paused = true)]
async fn bounds_hold_for_each_piece_and_for_all() {
    let bounds =
        |bytes| Bounds { bytes, timer: Box::new(|| Box::pin(tokio::time::sleep(std::time::Duration::from_secs(1)))) };
    let large = pieces([Ok("ab"), Ok("cd")]).within(bounds(3));
    assert_eq!(kind(large.into_bytes(10).await), BodyErrorKind::TooLarge);
    let (mut sender, body) = Body::channel(1);
    let mut body = body.within(bounds(10));
    sender.send("ab").await.unwrap();
    assert_eq!(body.next().await.unwrap().unwrap(), "ab");
    assert_eq!(kind(body.next().await.unwrap()), BodyErrorKind::Timeout);
    assert!(body.next().await.is_none());
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

#[test]
fn debug_shows_the_length_alone() {
    assert_eq!(format!("{:?}", Body::from("4111111111111111")), "Body { length: Some(16), .. }");
}
