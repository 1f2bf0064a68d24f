//! Limit what a client waits for and takes in, how many requests it sends at once, and how often.
//!
//! `cargo run -p specie-tests --example limits`

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;
use std::time::Duration;

use cublox::{Client, PayoutPrerequest, PayoutPrerequestRequired};
use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, Http, Options, RetryPolicy, Transport, TransportError};
use specie_runtime::dec;
use specie_runtime::server::{Request, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Semaphore};
use tokio::time::Instant;

/// A layer around the built-in transport: it lets a number of attempts wait for the head of their response at once, and begins no two of
/// them within an interval. Retries stand above it, so that they wait here as well, within the timeout of their attempt.
struct Limited {
    inner: Http,
    places: Semaphore,
    interval: Duration,
    /// When the next attempt may begin. Whoever waits holds the lock, so that attempts begin in their order.
    next: Mutex<Instant>,
}

impl Limited {
    fn new(inner: Http, at_once: usize, interval: Duration) -> Self {
        Self { inner, places: Semaphore::new(at_once), interval, next: Mutex::new(Instant::now()) }
    }
}

impl Transport for Limited {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let place = self.places.acquire().await;
            // Before the request is handed on, it is certain that nothing was sent.
            let _place = place.map_err(|_| TransportError::not_sent("the client is shutting down"))?;
            {
                let mut next = self.next.lock().await;
                tokio::time::sleep_until(*next).await;
                *next = Instant::now() + self.interval;
            }
            self.inner.send(request).await
        })
    }
}

/// Serves one connection for each response: reads a little of a request, writes the response, and keeps the connection open.
async fn serve(responses: [&'static str; 4]) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        let mut open = Vec::new();
        for response in responses {
            let (mut stream, _) = listener.accept().await?;
            // The request is short, and nobody asks what it says.
            let _ = stream.read(&mut [0; 4096]).await?;
            stream.write_all(response.as_bytes()).await?;
            open.push(stream);
        }
        std::future::pending::<std::io::Result<()>>().await
    });
    Ok(url)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    target::own_server_only("its server breaks HTTP on purpose")?;
    let url = serve([
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n",
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: https://elsewhere.example.com/\r\ncontent-length: 0\r\n\r\n",
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 35\r\n\r\n{\"data\": {\"currency\": \"USD\", \"amou",
    ])
    .await?;

    let options = Options::new()
        .connect_timeout(Duration::from_secs(2))
        .attempt_timeout(Duration::from_millis(300))
        .deadline(Duration::from_secs(5))
        .response_limit(64 << 10)
        .user_agent("shop/7")
        .retry(RetryPolicy::never());
    let transport = Limited::new(Http::new(&options)?, 8, Duration::from_millis(20));
    let client = Client::builder().public(&url).options(options).transport(transport).build()?;

    for what in ["too large", "elsewhere", "no response", "half a response"] {
        let request = PayoutPrerequest::new(PayoutPrerequestRequired {
            currency: "USD".into(),
            amount: dec!(10),
            public_key: "pk_1".into(),
        });
        match client.payout_prerequest(request).await {
            Ok(prerequest) => println!("{what}: {prerequest:?}"),
            Err(error) => println!("{what}: {error}"),
        }
    }

    // Plain http is for loopback, unless it is asked for.
    if let Err(error) = Client::builder().public("http://api.example.com").build() {
        println!("plain http: {error}");
    }
    Ok(())
}
