//! Handlers run to their end, whatever becomes of the connection, of themselves and of the time.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::test_spans;

fn order() -> Request<Full<Bytes>> {
    request("POST", "/orders", &[KEY, JSON], ORDER)
}

/// Lets all tasks run until `done`.
async fn until(done: impl Fn() -> bool) {
    while !done() {
        tokio::task::yield_now().await;
    }
}

/// Polls once; whether it is still pending.
async fn is_pending(future: impl Future) -> bool {
    let mut future = pin!(future);
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending())).await
}

/// What the request is read from is no part of it any more. Allocators keep small pieces at hand, and give larger ones slowly.
#[test]
fn the_future_of_a_request_is_small() {
    let future = ShopServer::new(shop(Mood::Fine)).call(order());
    assert!(size_of_val(&*future) <= 1024, "{}", size_of_val(&*future));
}

#[tokio::test]
async fn a_handler_goes_on_when_its_caller_is_gone() {
    let go = Arc::new(Notify::new());
    let shop = shop(Mood::Waiting(Arc::clone(&go)));
    let mut server = ShopServer::new(Arc::clone(&shop));
    {
        let mut call = pin!(server.call(order()));
        while shop.handled.load(Ordering::Relaxed) == 0 {
            assert!(is_pending(call.as_mut()).await);
            tokio::task::yield_now().await;
        }
    }
    assert!(is_pending(server.drained()).await, "the handler runs");
    go.notify_one();
    server.clone().drained().await;
    assert_eq!((shop.handled.load(Ordering::Relaxed), shop.ended.load(Ordering::Relaxed)), (1, 1));
}

#[tokio::test]
async fn a_handler_that_does_not_wait_is_answered_in_the_task_of_its_connection() {
    let mut server = ShopServer::new(shop(Mood::Fine));
    assert!(!is_pending(server.call(order())).await);
    server.drained().await;
}

#[tokio::test]
async fn a_handler_goes_on_when_its_connection_is_closed() {
    let go = Arc::new(Notify::new());
    let shop = shop(Mood::Waiting(Arc::clone(&go)));
    let server = ShopServer::new(Arc::clone(&shop));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = axum::Router::new().fallback_service(server.clone());
    let (halt, asked) = tokio::sync::oneshot::channel::<()>();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move { drop(asked.await) });
    let serving = tokio::spawn(async move { serving.await });

    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "Host: x\r\nApi-Key: right\r\nContent-Type: application/json\r\n";
    let length = ORDER.len();
    let text = format!("POST /orders HTTP/1.1\r\n{head}Content-Length: {length}\r\n\r\n{ORDER}");
    stream.write_all(text.as_bytes()).await.unwrap();
    until(|| shop.handled.load(Ordering::Relaxed) == 1).await;
    drop(stream);
    // The shutdown ends once the server has noticed that the connection is closed.
    drop(halt);
    serving.await.unwrap().unwrap();
    assert_eq!(shop.ended.load(Ordering::Relaxed), 0);
    go.notify_one();
    server.drained().await;
    assert_eq!(shop.ended.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_panic_is_answered_with_500_and_not_quoted() {
    for when in ["at once", "later", "authenticate", "reject"] {
        test_spans::start();
        let shop = shop(Mood::Panicking(when));
        let request = if when == "reject" { request("POST", "/orders", &[], ORDER) } else { order() };
        let response = call(&shop, request).await;
        let text = test_spans::finish();
        assert_eq!(response.status(), 500, "{when}");
        assert_eq!(header(&response, "content-type"), "application/problem+json");
        assert!(text.contains("panicked") && !text.contains("4111"), "{text}");
    }
}

#[tokio::test]
async fn a_handler_that_hangs_is_stopped_and_answered_with_500() {
    test_spans::start();
    let shop = shop(Mood::Waiting(Arc::default()));
    let mut server = ShopServer::new(Arc::clone(&shop)).handler_timeout(Duration::from_millis(1));
    assert_eq!(server.call(order()).await.unwrap().status(), 500);
    assert!(test_spans::finish().contains("the handler was stopped after 0.001 s"));
    server.drained().await;
    assert_eq!(shop.ended.load(Ordering::Relaxed), 0);
}

#[test]
fn without_a_runtime_a_server_says_what_it_needs() {
    test_spans::start();
    let mut server = ShopServer::new(shop(Mood::Fine));
    let mut call = server.call(order());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let Poll::Ready(Ok(response)) = call.as_mut().poll(&mut context) else { panic!("it is answered at once") };
    assert_eq!(response.status(), 500);
    assert!(test_spans::finish().contains("handlers run on tokio"));
}

#[tokio::test]
async fn credentials_that_take_for_ever_to_verify_hold_up_no_shutdown() {
    let shop = shop(Mood::Hesitating);
    let mut server = ShopServer::new(Arc::clone(&shop)).handler_timeout(Duration::from_millis(1));
    let status = tokio::time::timeout(Duration::from_secs(20), server.call(order())).await;
    assert_eq!(status.expect("it is answered").unwrap().status(), 500);
    server.drained().await;
    assert_eq!(shop.handled.load(Ordering::Relaxed), 0);
}
