//! Payloads on their way through both sides, the generated client and the generated server.

use specie_runtime::client::{Scripted, Sent, Transport as _};
use specie_runtime::server::Bytes;

use super::apis::{AnyTransport, Row};
use super::bench::{Arrived, Bench};
use super::clients::{answered, client};
use super::instances::Extent;
use super::raw::{Raw, request};
use super::values::Value;

/// What a client sends for a request; `None` where it refuses to.
pub async fn sent(row: &Row, request: Box<dyn Value>) -> Option<Sent> {
    let script = Scripted::new();
    let _ = (row.call)(&client(row.api, AnyTransport::new(script.clone())), request).await;
    script.sent().pop()
}

/// What arrives of something sent.
pub async fn arrival(row: &Row, sent: &Sent) -> Option<Arrived> {
    let bench = Bench::new();
    let mut request = http::Request::new(Bytes::clone(&sent.body));
    *request.method_mut() = sent.method.clone();
    *request.uri_mut() = sent.uri.clone();
    *request.headers_mut() = sent.headers.clone();
    row.api.in_process(bench.clone()).send(request.map(Into::into)).await.unwrap();
    bench.arrived().pop()
}

/// The body of a response after a client has decoded it and a server encoded it, with its status.
pub async fn response(row: &Row, status: u16, body: &[u8]) -> Vec<u8> {
    let any = request(row, Extent::Smallest).await;
    let response = match answered(row, &*any, status, body).await {
        Ok(output) => Ok(output),
        Err(failure) => {
            let shown = format!("{} {status}: {failure:?}\n{}", row.name(), String::from_utf8_lossy(body));
            assert_eq!(failure.status, Some(status), "{shown}");
            failure.into_response().expect(&shown)
        }
    };
    assert_eq!(response.is_ok(), status < 300, "{} {status}", row.name());
    let bench = Bench::new();
    bench.respond(response);
    let answered = Raw::new(row, Extent::Smallest).send(&row.api.in_process(bench)).await;
    assert_eq!(answered.status, status, "{}", row.name());
    assert!(body.is_empty() || answered.header("content-type") == "application/json", "{} {status}", row.name());
    answered.body.to_vec()
}
