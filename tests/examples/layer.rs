//! Put a layer around the transport: it sees every attempt, counts it, and signs the bytes that are sent.
//!
//! `cargo run -p specie-tests --example layer`
//!
//! Retries, deadlines and credentials stand above a transport, so that each attempt passes through it with the headers that it is sent
//! with. A layer is a transport that holds another one.

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cublox::Client;
use sha2::{Digest as _, Sha256};
use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, Options, RetryPolicy, Scripted, Transport, TransportError};
use specie_runtime::server::{Request, Response};

/// The most bytes that are read to be signed.
const MOST: usize = 16 << 20;

/// Adds the digest of the body to each attempt, as schemes that sign requests have it, and counts the attempts.
struct Signed<T> {
    inner: T,
    attempts: Arc<AtomicUsize>,
}

impl<T: Transport> Transport for Signed<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            let (mut head, body) = request.into_parts();
            // Most bodies are here as they will be sent. A form with files and a stream are read first, as the digest goes before them.
            let read = body.into_bytes(MOST).await;
            let bytes = read.map_err(|error| TransportError::not_sent("the body cannot be signed").because(error))?;
            let mut digest = String::new();
            for byte in Sha256::digest(&bytes) {
                // Writing to a string cannot fail.
                let _ = write!(digest, "{byte:02x}");
            }
            let value = digest.parse().map_err(|_| TransportError::not_sent("the digest is no header"))?;
            head.headers.insert("x-content-sha256", value);
            self.inner.send(Request::from_parts(head, Body::from(bytes))).await
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    target::own_server_only("its responses are those of an overloaded server, in the same program")?;
    let script = Arc::new(Scripted::new().respond(503, "").respond(503, "").respond(404, r#"{"errors": []}"#));
    let attempts = Arc::new(AtomicUsize::new(0));
    let client = Client::builder()
        .private("https://api.example.com")
        .basic_auth("account", "key")
        .options(Options::new().retry(RetryPolicy::new().attempts(3)))
        .transport(Signed { inner: Arc::clone(&script), attempts: Arc::clone(&attempts) })
        .build()?;
    let error = client.get_payout_invoice("cpoi_1").await.err().map(|error| error.to_string());
    println!("{} attempts, each signed: {}", attempts.load(Ordering::Relaxed), error.unwrap_or_default());
    for sent in script.sent() {
        println!("{}: {}", sent.target(), sent.header("x-content-sha256").unwrap_or("unsigned"));
    }
    Ok(())
}
