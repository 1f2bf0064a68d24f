//! What happens, as server-sent events (the HTML standard, section 9.2), for pages.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use crate::engine::Engine;
use crate::faulty_connection::WireBody;
use crate::serve::response;

/// How often a comment shows that the stream is open, by the time outside; it also finds out that nobody reads any more.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

pub(super) fn stream(engine: &Arc<Engine>) -> Response<WireBody> {
    let (pieces, body) = mpsc::channel(64);
    tokio::spawn(send(engine.happened.subscribe(), pieces));
    let mut response = response(StatusCode::OK, "text/event-stream", WireBody::live(body));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn send(mut events: tokio::sync::broadcast::Receiver<crate::record::Event>, pieces: mpsc::Sender<Bytes>) {
    if pieces.send(Bytes::from_static(b": open\n\n")).await.is_err() {
        return;
    }
    loop {
        let text = match tokio::time::timeout(KEEP_ALIVE, events.recv()).await {
            Ok(Ok(event)) => match serde_json::to_string(&event) {
                Ok(json) => format!("data: {json}\n\n"),
                Err(_) => continue,
            },
            // The page reads everything anew.
            Ok(Err(RecvError::Lagged(_))) => "data: {}\n\n".to_owned(),
            Ok(Err(RecvError::Closed)) => return,
            Err(_) => ": open\n\n".to_owned(),
        };
        if pieces.send(Bytes::from(text)).await.is_err() {
            return;
        }
    }
}
