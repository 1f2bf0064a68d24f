//! Limit what a client waits for and takes in, and put a transport of your own under it.
//!
//! `cargo run -p specie-tests --example limits`

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use cublox::{Client, PayoutPrerequest, PayoutPrerequestRequired};
use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, Http, Options, RetryPolicy, Transport, TransportError};
use specie_runtime::dec;
use specie_runtime::server::{Request, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// A transport around the built-in one that has a limited number of requests at once for which the server has not begun to answer.
struct Narrow {
    inner: Http,
    places: Arc<Semaphore>,
}

impl Transport for Narrow {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let place = self.places.acquire().await;
            // Before the request is handed on, it is certain that nothing was sent.
            let _place = place.map_err(|_| TransportError::not_sent("the client is shutting down"))?;
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
    let transport = Narrow { inner: Http::new(&options)?, places: Arc::new(Semaphore::new(8)) };
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
