//! When the body of a request is read, and how long it is waited for.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body::Frame;

use super::*;

/// A body of which nothing ever comes, and that says whether anybody asked for it.
struct Awaited(Arc<AtomicUsize>);

impl HttpBody for Awaited {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Poll::Pending
    }
}

/// The status of the response, and whether the body was asked for.
async fn answered(uri: &str, headers: &[(&str, &str)]) -> (u16, bool) {
    let asked = Arc::new(AtomicUsize::new(0));
    let body = Awaited(Arc::clone(&asked));
    let request = request("PUT", uri, headers, "").map(|_| body);
    let mut server = ShopServer::new(shop(Mood::Fine)).body_timeout(Duration::from_millis(1));
    let response = server.call(request).await.unwrap();
    (response.status().as_u16(), asked.load(Ordering::Relaxed) > 0)
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    assert_eq!(answered("/orders/1", &[KEY, JSON]).await, (408, true));
}

/// A server without a setting is limited in bytes and in time. The clock goes on by itself where everything waits.
#[tokio::test(start_paused = true)]
async fn bytes_and_time_are_limited_by_default() {
    let mut server = ShopServer::new(shop(Mood::Fine));
    let (begin, awaited) = (tokio::time::Instant::now(), Awaited(Arc::default()));
    let response = server.call(request("PUT", "/orders/1", &[KEY, JSON], "").map(|_| awaited)).await.unwrap();
    assert_eq!(response.status(), 408);
    assert!(begin.elapsed() >= DEFAULT_BODY_TIMEOUT && begin.elapsed() < DEFAULT_HANDLER_TIMEOUT);

    let long = " ".repeat(DEFAULT_BODY_LIMIT + 1);
    let response = server.call(request("PUT", "/orders/1", &[KEY, JSON], &long)).await.unwrap();
    assert_eq!(response.status(), 413);

    let begin = tokio::time::Instant::now();
    let mut server = ShopServer::new(shop(Mood::Waiting(Arc::default())));
    let response = server.call(request("POST", "/orders", &[KEY, JSON], ORDER)).await.unwrap();
    assert_eq!(response.status(), 500);
    assert!(begin.elapsed() >= DEFAULT_HANDLER_TIMEOUT);
}

#[tokio::test]
async fn no_byte_is_read_before_everything_else_was_looked_at() {
    for (uri, headers, status) in [
        ("/orders/1", vec![JSON], 401),
        ("/orders/1", vec![JSON, ("api-key", "wrong")], 401),
        ("/orders/1", vec![JSON, ("api-key", "weak")], 403),
        ("/orders/1", vec![KEY], 415),
        ("/orders/..", vec![KEY, JSON], 400),
        ("/orders/123456", vec![KEY, JSON], 400),
        ("/orders/1?note=1&note=2", vec![KEY, JSON], 400),
        ("/orders/1?x%5=1", vec![KEY, JSON], 400),
    ] {
        assert_eq!(answered(uri, &headers).await, (status, false), "{uri} {headers:?}");
    }
}

#[tokio::test]
async fn a_request_timeout_says_what_was_waited_for() {
    let rejection = Rejection::request_timeout(Duration::from_secs(30));
    assert_eq!((rejection.kind(), rejection.status()), (RejectionKind::RequestTimeout, 408));
    assert_eq!(rejection.detail(), "the body did not arrive within 30 s");
}
