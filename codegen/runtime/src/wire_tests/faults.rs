//! When a request with a stream is sent again, and what is known of it if it is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{Request, Response};

use super::api::{API, Echo, Lines, Upload, row};
use crate::client::{ApiClientBuilder, BoxFuture, Call, Options, Scripted, Simulated, Transport, TransportError};
use crate::{Body, FilePart, ItemStream, Outcome};

fn client(transport: impl Transport) -> crate::client::ApiClient {
    let builder = ApiClientBuilder::new(&API).base(0, "https://vault.example.com");
    builder.options(Options::new().environment(Simulated::new(1))).transport(transport).build().unwrap()
}

const BINARY: [(&str, &str); 1] = [("content-type", "application/octet-stream")];

#[tokio::test]
async fn a_stream_that_went_out_is_not_sent_again() {
    let script =
        Scripted::new().fail(|| TransportError::interrupted("the connection broke")).respond_with(200, &BINARY, "");
    let error = Call::new(&client(script.clone()), Echo { body: Body::reader(&b"abc"[..]) }).await.unwrap_err();
    assert_eq!((error.outcome(), error.meta().unwrap().attempts()), (Outcome::Unknown, 1));
    assert_eq!(script.sent().len(), 1);
    let script = Scripted::new().respond(503, "").respond_with(200, &BINARY, "");
    let error = Call::new(&client(script.clone()), Echo { body: Body::reader(&b"abc"[..]) }).await.unwrap_err();
    assert_eq!((error.status(), script.sent().len()), (Some(503), 1));
}

#[tokio::test]
async fn a_stream_that_can_be_made_anew_is_sent_again() {
    let script =
        Scripted::new().fail(|| TransportError::interrupted("the connection broke")).respond_with(200, &BINARY, "ok");
    let body = Body::again(|| Body::reader(&b"abc"[..]));
    let echoed = Call::new(&client(script.clone()), Echo { body }).await.unwrap();
    assert_eq!(echoed.into_bytes(10).await.unwrap(), "ok");
    assert_eq!(script.sent().iter().map(crate::client::Sent::text).collect::<Vec<_>>(), ["abc", "abc"]);

    let lines = [("content-type", "application/x-ndjson")];
    let script = Scripted::new().fail(|| TransportError::not_sent("no connection")).respond_with(200, &lines, "");
    let body = ItemStream::again(|| ItemStream::from_items([row(1, "")]));
    Call::new(&client(script.clone()), Lines { body }).await.unwrap();
    assert_eq!(script.sent()[1].text(), "{\"id\":1,\"note\":\"\"}\n");
}

/// Makes no connection for the first request.
struct Late(AtomicUsize, Scripted);

impl Transport for Arc<Late> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        if self.0.fetch_add(1, Ordering::Relaxed) == 0 {
            return Box::pin(async { Err(TransportError::not_sent("no connection")) });
        }
        self.1.send(request)
    }
}

#[tokio::test]
async fn a_stream_that_was_not_read_is_sent_again() {
    let late = Arc::new(Late(AtomicUsize::new(0), Scripted::new().respond_with(200, &BINARY, "ok")));
    let echoed = Call::new(&client(Arc::clone(&late)), Echo { body: Body::reader(&b"abc"[..]) }).await.unwrap();
    assert_eq!(echoed.into_bytes(10).await.unwrap(), "ok");
    assert_eq!(late.1.sent()[0].text(), "abc");
}

#[tokio::test]
async fn a_stream_that_was_read_before_is_not_sent() {
    let body = Body::reader(&b"abc"[..]);
    assert_eq!(body.clone().into_bytes(10).await.unwrap(), "abc");
    let script = Scripted::new().respond_with(200, &BINARY, "ok");
    let error = Call::new(&client(script.clone()), Echo { body }).await.unwrap_err();
    assert_eq!((error.outcome(), script.sent().len()), (Outcome::NotSent, 0));
}

#[tokio::test]
async fn what_holds_a_stream_that_was_read_after_the_call_was_made_is_not_sent() {
    let script = Scripted::new().respond_with(201, &[("content-type", "application/json")], "{}");
    let file = FilePart::new(Body::reader(&b"abc"[..]));
    let upload = Upload { title: String::new(), row: row(1, ""), tags: Vec::new(), note: None, file: file.clone() };
    let call = Call::new(&client(script.clone()), upload);
    assert_eq!(file.content.into_bytes(10).await.unwrap(), "abc");
    let error = call.await.unwrap_err();
    assert_eq!((error.outcome(), script.sent().len()), (Outcome::NotSent, 0));
    assert_eq!(error.to_string(), "upload: the body is, or holds, a stream that was read before (not sent)");

    let items = ItemStream::from_items([row(1, "")]);
    let call = Call::new(&client(script.clone()), Lines { body: items.clone() });
    let mut items = items;
    assert!(items.next().await.is_some());
    assert_eq!((call.await.unwrap_err().outcome(), script.sent().len()), (Outcome::NotSent, 0));
}

#[tokio::test]
async fn a_response_that_is_a_stream_is_limited_as_the_client_says() {
    let script = Scripted::new().respond_with(200, &BINARY, "0123456789a");
    let options = Options::new().environment(Simulated::new(1)).stream_limit(10);
    let builder = ApiClientBuilder::new(&API).base(0, "https://vault.example.com");
    let client = builder.options(options).transport(script).build().unwrap();
    let echoed = Call::new(&client, Echo { body: Body::empty() }).await.unwrap();
    assert_eq!(echoed.into_bytes(100).await.unwrap_err().kind(), crate::BodyErrorKind::TooLarge);
}
