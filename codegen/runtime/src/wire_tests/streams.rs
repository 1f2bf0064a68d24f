//! Streams of bytes: how much of them is held, and where they break off.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::Request;

use super::api::{Echo, Fake, VaultServer};
use super::{clients, clients_of};
use crate::client::{Call, Transport};
use crate::{Body, BodyErrorKind, InProcess};

const PIECE: usize = 64 << 10;

/// Pieces that are there at once, and counted as they are taken.
struct Counted {
    left: usize,
    taken: Arc<AtomicUsize>,
}

impl Stream for Counted {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.taken.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(Some(Ok(Bytes::from(vec![7; PIECE]))))
    }
}

#[tokio::test]
async fn a_long_stream_is_not_held() {
    let pieces = 1024;
    // In one process nothing is buffered; a socket has buffers of the system on four sides.
    for (client, most) in clients().await.into_iter().zip([2, 512]) {
        let taken = Arc::new(AtomicUsize::new(0));
        let body = Body::stream(Counted { left: pieces, taken: Arc::clone(&taken) });
        let mut echoed = Call::new(&client, Echo { body }).await.unwrap();
        let (mut read, mut held) = (0, 0);
        while let Some(piece) = echoed.next().await {
            read += piece.unwrap().len();
            held = held.max(taken.load(Ordering::Relaxed) - read / PIECE);
        }
        assert_eq!(read, pieces * PIECE);
        assert!(held <= most, "{held} pieces are held");
    }
}

#[tokio::test]
async fn lengths_are_announced_and_kept() {
    for client in clients().await {
        let echoed = Call::new(&client, Echo { body: "abc".into() }).await.unwrap();
        assert_eq!(echoed.length(), Some(3));
        assert_eq!(echoed.into_bytes(3).await.unwrap(), "abc");
        let short = Body::reader(&b"abc"[..]).with_length(4);
        let echoed = Call::new(&client, Echo { body: short }).await;
        // Its head may have come before its fault.
        if let Ok(echoed) = echoed {
            assert_eq!(echoed.into_bytes(10).await.unwrap_err().kind(), BodyErrorKind::Interrupted);
        }
    }
}

#[tokio::test]
async fn what_grew_past_its_announced_length_never_passes_for_all_of_it() {
    for client in clients().await {
        let (mut sender, body) = Body::channel(3);
        sender.send("abc").await.unwrap();
        sender.send("d").await.unwrap();
        sender.finish().await.ok();
        let echoed = Call::new(&client, Echo { body: body.with_length(3) }).await;
        // Its head may have come before its fault.
        if let Ok(echoed) = echoed {
            assert_eq!(echoed.into_bytes(10).await.unwrap_err().kind(), BodyErrorKind::Interrupted);
        }
    }
}

#[tokio::test]
async fn a_writer_that_stops_breaks_the_response_off() {
    for client in clients().await {
        let (mut sender, body) = Body::channel(1);
        let call = tokio::spawn(Call::new(&client, Echo { body }).into_future());
        sender.send("abc").await.unwrap();
        let mut echoed = call.await.unwrap().unwrap();
        assert_eq!(echoed.next().await.unwrap().unwrap(), "abc");
        drop(sender);
        assert_eq!(echoed.next().await.unwrap().unwrap_err().kind(), BodyErrorKind::Interrupted);
        assert!(echoed.next().await.is_none());
    }
}

#[tokio::test]
async fn a_shutdown_waits_for_handlers_and_not_for_streams() {
    let time = std::time::Duration::from_secs(60);
    let server = VaultServer::new(Fake).body_timeout(time).handler_timeout(time);
    for client in clients_of(server.clone()).await {
        let (sender, body) = Body::channel(1);
        let echoed = tokio::join!(Call::new(&client, Echo { body }).into_future(), async {
            let mut sender = sender;
            sender.send("abc").await.unwrap();
            sender
        });
        server.drained().await;
        assert!(echoed.0.is_ok());
    }
}

#[tokio::test]
async fn a_server_limits_streams() {
    for client in clients_of(VaultServer::new(Fake).stream_limit(10)).await {
        let body = Body::again(|| Body::reader(&b"0123456789a"[..]));
        // Over a socket the fault may come before the head of the response has gone out.
        match Call::new(&client, Echo { body }).await {
            Ok(echoed) => assert_eq!(echoed.into_bytes(100).await.unwrap_err().kind(), BodyErrorKind::Interrupted),
            Err(error) => assert_eq!(error.outcome(), crate::Outcome::Unknown),
        }
    }
    let server = InProcess::new(VaultServer::new(Fake).stream_limit(10));
    let request = Request::put("https://vault.invalid/echo").body(Body::from("0123456789a")).unwrap();
    assert_eq!(server.send(request).await.unwrap().status(), 413);
}
