//! Senders that hang up while a handler is at work, and requests whose parts are malformed.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, Transport, TransportError};
use specie_runtime::decode;
use specie_runtime::webhook::Sender;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::support::run;

const SECRET: &str = "sk_live";
const PAYOUT: &str = include_str!("../../../specs/cublox/examples/callback.payout-invoice.processed.split.json");

async fn serve(router: axum::Router) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

/// Keeps what a sender sends, as bytes.
#[derive(Clone, Default)]
struct Keeping(Arc<Mutex<Vec<u8>>>);

impl Keeping {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Transport for Keeping {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut bytes = format!("POST {} HTTP/1.1\r\nhost: localhost\r\n", request.uri().path()).into_bytes();
        for (name, value) in request.headers() {
            bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        let body = request.body().as_whole().unwrap();
        bytes.extend(format!("content-length: {}\r\n\r\n", body.len()).into_bytes());
        bytes.extend(body);
        *self.0.lock().unwrap() = bytes;
        Box::pin(async { Ok(Response::new(Body::empty())) })
    }
}

/// A delivery that is signed as documented.
async fn delivery() -> Vec<u8> {
    let keeping = Keeping::default();
    let payload: cublox::webhooks::PayoutInvoice = decode::from_slice(PAYOUT.as_bytes()).unwrap();
    let sender = Sender::over(keeping.clone()).secret(SECRET);
    cublox::webhooks::send::payout_invoice(&sender, "https://shop.example.com/hooks", &payload).await.unwrap();
    keeping.take()
}

#[test]
fn a_sender_that_hangs_up_does_not_stop_a_handler_halfway() {
    run(async {
        let (began, goes_on, ended) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(Notify::new()));
        let steps = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
        let receiver = {
            let (began, goes_on, ended, steps) = (began.clone(), goes_on.clone(), ended.clone(), steps.clone());
            cublox::webhooks::payout_invoice([SECRET], move |_| {
                let (began, goes_on, ended, steps) = (began.clone(), goes_on.clone(), ended.clone(), steps.clone());
                async move {
                    steps[0].fetch_add(1, Ordering::SeqCst);
                    began.notify_one();
                    goes_on.notified().await;
                    steps[1].fetch_add(1, Ordering::SeqCst);
                    ended.notify_one();
                    Ok::<(), String>(())
                }
            })
        };
        let address = serve(axum::Router::new().route_service("/hooks", receiver)).await;
        let bytes = delivery().await;
        for times in 1..=4 {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(&bytes).unwrap();
            within(began.notified()).await;
            drop(stream);
            // The server notices that the sender has gone, before the handler may go on.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            goes_on.notify_one();
            within(ended.notified()).await;
            assert_eq!([&steps[0], &steps[1]].map(|step| step.load(Ordering::SeqCst)), [times, times]);
        }
    });
}

/// Waits no longer than a handler that was stopped would make it wait for ever.
async fn within<T>(event: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), event).await.expect("the handler was stopped")
}

/// What a bare server of Cublox responses to a request.
async fn status(request: String) -> u16 {
    let bench = crate::support::bench::Bench::new();
    let address = serve(crate::support::apis::Api::Cublox.router(bench.clone())).await;
    let response = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut head = [0; 12];
        stream.read_exact(&mut head).unwrap();
        String::from_utf8_lossy(&head).into_owned()
    });
    response.await.unwrap()["HTTP/1.1 ".len()..].parse().unwrap()
}

#[test]
fn a_request_whose_names_or_paths_are_malformed_reaches_no_handler() {
    run(async {
        let authorization = "authorization: Basic YWNjb3VudC0xOmtleS0x\r\n";
        for target in [
            "/payout-invoices?filter%5Breference_id%5=A",
            "/payout-invoices?%=A",
            "/payout-invoices?%ff=A",
            "/payout-invoices?filter%5Breference_id%5D=%zz",
            "/payout-invoices/..",
            "/payout-invoices/%2e%2e",
            "/payout-invoices/a%2Fprocess",
            "/payout-invoices/a%00",
            "/payout-invoices/a%5Cb",
        ] {
            let request =
                format!("GET {target} HTTP/1.1\r\nhost: localhost\r\n{authorization}connection: close\r\n\r\n");
            let status = status(request).await;
            assert!(status == 400 || status == 404, "{target}: {status}");
        }
        // The same without a fault reaches the handler, which fails here, having nothing to answer.
        let whole = format!(
            "GET /payout-invoices?filter%5Breference_id%5D=A HTTP/1.1\r\nhost: localhost\r\n{authorization}connection: close\r\n\r\n"
        );
        assert_eq!(status(whole).await, 500);
    });
}

#[test]
fn a_result_may_be_unwrapped_and_logged() {
    run(async {
        let card = "5123817234060000";
        let body =
            serde_json::json!({"errors": {"fields.card_number": format!("{card} is not accepted")}, "data": null});
        for status in
            ["400 Bad Request", "401 Unauthorized", "409 Conflict", "422 Unprocessable Content", "201 Created"]
        {
            let bytes = super::server::json_response(status, &body);
            let server = super::server::Server::start(move |_| {
                super::server::Act::responds(super::server::Commit::Never, bytes.clone())
            });
            let client = super::client(&server, super::options().deadline(Duration::from_millis(200)));
            let plain = client.create_payout_invoice(super::payout("inv-1")).await.unwrap_err();
            let reconciled = client.create_payout_invoice(super::payout("inv-1")).reconciled().await.unwrap_err();
            for text in
                [format!("{plain:?} {plain:#?} {plain}"), format!("{reconciled:?} {reconciled:#?} {reconciled}")]
            {
                assert!(!text.contains(card), "{status}: {text}");
            }
        }
    });
}
