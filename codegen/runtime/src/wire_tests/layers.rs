//! A layer that signs what is sent: bytes in memory, forms of parts and streams.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{HeaderValue, Request, Response};

use super::api::{API, Echo, Fake, ImportRow, ImportRowBody, Upload, VaultServer, row};
use crate::client::{ApiClientBuilder, BoxFuture, Call, Transport, TransportError};
use crate::{Body, FilePart, InProcess};

/// The most bytes that are read to be signed.
const MOST: usize = 1 << 20;

/// Reads each body, and writes what it was into a header.
struct Signed<T>(T);

/// Holds each body against that header, in the place of a server.
struct Verified<T> {
    inner: T,
    verified: Arc<AtomicUsize>,
}

fn signature(bytes: &[u8]) -> HeaderValue {
    let mixed = bytes.iter().fold(bytes.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    HeaderValue::from(mixed)
}

impl<T: Transport> Transport for Signed<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (mut head, body) = request.into_parts();
            let read = body.into_bytes(MOST).await;
            let bytes = read.map_err(|error| TransportError::not_sent("the body cannot be signed").because(error))?;
            head.headers.insert("x-signature", signature(&bytes));
            self.0.send(Request::from_parts(head, Body::from(bytes))).await
        })
    }
}

impl<T: Transport> Transport for Verified<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let bytes = body.into_bytes(MOST).await?;
            assert_eq!(head.headers["x-signature"], signature(&bytes));
            self.verified.fetch_add(1, Ordering::Relaxed);
            self.inner.send(Request::from_parts(head, Body::from(bytes))).await
        })
    }
}

#[tokio::test]
async fn every_kind_of_body_can_be_signed() {
    let verified = Arc::new(AtomicUsize::new(0));
    let inner = InProcess::new(VaultServer::new(Fake));
    let layered = Signed(Verified { inner, verified: Arc::clone(&verified) });
    let client = ApiClientBuilder::new(&API).base(0, "https://vault.invalid").transport(layered).build().unwrap();
    Call::new(&client, ImportRow { body: ImportRowBody::Json(row(1, "a")) }).await.unwrap();
    let stream = || Body::reader(&b"abc"[..]);
    let upload = |content| Upload {
        title: "t".to_owned(),
        row: row(1, "n"),
        tags: vec![],
        note: None,
        file: FilePart::new(content),
    };
    for content in [Body::from("abc"), stream()] {
        assert_eq!(Call::new(&client, upload(content)).await.unwrap().bytes, 3);
    }
    let echoed = Call::new(&client, Echo { body: stream() }).await.unwrap();
    assert_eq!(echoed.into_bytes(9).await.unwrap(), "abc");
    assert_eq!(verified.load(Ordering::Relaxed), 4);

    // One that is longer than is read is not sent.
    let endless = Body::stream(Zeros);
    let error = Call::new(&client, Echo { body: endless }).await.unwrap_err();
    assert!(error.to_string().contains("the body cannot be signed"), "{error}");
    assert_eq!((error.outcome(), verified.load(Ordering::Relaxed)), (crate::Outcome::NotSent, 4));
}

/// A stream that does not end.
struct Zeros;

impl futures_core::Stream for Zeros {
    type Item = Result<bytes::Bytes, std::convert::Infallible>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(Some(Ok(bytes::Bytes::from_static(&[0; 1 << 12]))))
    }
}
