//! Webhooks, received and sent by the generated crates.

mod brands;
mod deliveries;
mod hang_ups;
mod wire;

use std::sync::{Arc, Mutex};

use http::Request;
use specie_runtime::InProcess;
use specie_runtime::client::Transport as _;
use specie_runtime::server::{Bytes, Full};
use specie_runtime::webhook::Receiver;

/// The documented signature of a documented body.
#[derive(serde::Deserialize)]
struct Vector {
    header: String,
    secret: String,
    raw_body: String,
    x_signature: String,
}

fn vector() -> Vector {
    serde_json::from_str(include_str!("../../specs/corefy/fixtures/callback-signature.vector.json")).unwrap()
}

/// What handlers were given; clones share it.
#[derive(Clone, Default)]
struct Handled(Arc<Mutex<Vec<String>>>);

impl Handled {
    fn push(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// A `POST` of these bytes with these headers.
fn post(body: impl Into<Bytes>, headers: &[(&str, &[u8])]) -> Request<Bytes> {
    let mut request =
        Request::builder().method("POST").uri("https://shop.example.com/payouts").body(body.into()).unwrap();
    for (name, value) in headers {
        let name = http::HeaderName::try_from(*name).unwrap();
        if let Ok(value) = http::HeaderValue::from_bytes(value) {
            request.headers_mut().append(name, value);
        }
    }
    request
}

/// The status that a receiver answers with.
async fn status(receiver: &Receiver, request: Request<Bytes>) -> u16 {
    let response = InProcess::new(receiver.clone()).send(request.map(Into::into)).await.unwrap();
    response.status().as_u16()
}

/// Receivers are mounted in three lines, and this is the type that axum asks for.
#[test]
fn a_receiver_is_mounted_in_three_lines() {
    fn is_a_service<S: specie_runtime::server::Service<Request<Full<Bytes>>> + Clone + Send + Sync>(_: &S) {}
    let receiver = cublox::webhooks::payout_invoice(["live", "test"], |_| async move { Ok::<(), String>(()) });
    is_a_service(&receiver);
    let app: axum::Router = axum::Router::new().route_service("/payouts", receiver);
    drop(app);
}
