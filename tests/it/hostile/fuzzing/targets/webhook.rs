//! Webhooks to receivers: nothing is handled that was not signed with a known secret over the very bytes, or that has a malformed query,
//! and what is handled is so to its end, also when the sender hangs up.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use http::{Method, Request, Uri};
use serde::de::DeserializeOwned;
use specie_runtime::Secret;
use specie_runtime::server::{Bytes, Full, Service};
use specie_runtime::webhook::{MessageStamp, Receiver, SignatureAlgorithm, WebhookSpec};

use super::super::dice::Dice;
use super::super::{Target, mutation, seeds};
use super::{head_and_body, header, is_malformed, mutate_message, once, reached};
use crate::support::run as block_on;

pub static TARGET: Target = Target { name: "webhook", seeds, mutate, run };

const HEADER: &str = "x-signature";
const SIGNED: WebhookSpec =
    WebhookSpec::new("payoutInvoice").signature(HEADER, SignatureAlgorithm::Base64Sha1SecretBodySecret);
const UNSIGNED: WebhookSpec = WebhookSpec::new("transaction");
const SECRET: &str = "sk_test";

/// What a `{signature}` in an input stands for: the right one, so that mutated bodies get past the verification too.
const RIGHT: &str = "{signature}";

fn seeds() -> Vec<Vec<u8>> {
    let payloads = seeds::payloads();
    let of = |title: &str| {
        payloads
            .iter()
            .filter(|payload| payload.starts_with(title.as_bytes()))
            .map(|payload| payload[title.len()..].to_vec())
            .collect::<Vec<_>>()
    };
    let mut seeds = Vec::new();
    for (webhook, title) in [
        ("cublox", "cublox::PayoutInvoiceCallback\n"),
        ("paymega", "paymega::PayoutInvoiceCallback\n"),
        ("omno", "omno::TransactionNotification\n"),
    ] {
        for body in of(title) {
            for (method, signature) in
                [("POST", RIGHT), ("POST /?a=%5B", RIGHT), ("POST", "5AVvIvyN/Kt3SYiOCiq3KdMWzAs=")]
            {
                let head = format!("{webhook} {method}\n{HEADER}: {signature}\ncontent-type: application/json\n\n");
                seeds.push([head.as_bytes(), &body].concat());
            }
        }
    }
    seeds
}

fn mutate(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    if dice.once_in(6) {
        return mutation::bytes(dice, input, other, &[RIGHT, "POST", "=", "==", "+", "-", "_", "\u{e9}"]);
    }
    mutate_message(dice, input, other)
}

/// The right signature of a body.
fn right(body: &[u8]) -> String {
    let stamp = MessageStamp::new("", SystemTime::UNIX_EPOCH);
    let algorithm = SignatureAlgorithm::Base64Sha1SecretBodySecret;
    let headers = algorithm.sign(HEADER, &Secret::from(SECRET), &stamp, body).expect("the secret is not empty");
    headers[HEADER].to_str().expect("base64 is text").to_owned()
}

fn run(input: &[u8]) -> Result<u64, String> {
    let (head, body) = head_and_body(input);
    let Some((webhook, method)) = head.first().and_then(|line| str::from_utf8(line).ok()?.split_once(' ')) else {
        return Ok(0);
    };
    let (method, uri) = method.split_once(' ').unwrap_or((method, "/"));
    let (Ok(method), Ok(uri)) = (Method::from_bytes(method.as_bytes()), Uri::try_from(uri)) else { return Ok(0) };
    let malformed = is_malformed(uri.query().unwrap_or_default());
    let right = right(body);
    let mut request = Request::new(Full::new(Bytes::copy_from_slice(body)));
    for line in &head[1..] {
        let line = String::from_utf8_lossy(line).replace(RIGHT, &right);
        if let Some((name, value)) = header(line.as_bytes()) {
            request.headers_mut().append(name, value);
        }
    }
    let signatures: Vec<_> = request.headers().get_all(HEADER).iter().cloned().collect();
    let is_post = method == Method::POST;
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    let (handled, status) = match webhook {
        "cublox" => receive::<cublox::webhooks::PayoutInvoice>(SIGNED, request),
        "paymega" => receive::<paymega::webhooks::PayoutInvoice>(SIGNED, request),
        "omno" => receive::<omno::webhooks::Transaction>(UNSIGNED, request),
        _ => return Ok(0),
    };
    let proven = webhook == "omno" || matches!(&signatures[..], [only] if only.as_bytes() == right.as_bytes());
    if handled > 0 && (malformed || !(proven && is_post)) || (handled == 1) != (status == 200) {
        return Err(format!("{status}, handled {handled} times, proven: {proven}, malformed: {malformed}"));
    }
    // Of a malformed query it is said first, unless there is no signature to begin with.
    if is_post && !malformed && proven == (status == 401) {
        return Err(format!("{status}, proven: {proven}"));
    }
    Ok(reached((webhook, status, signatures.len(), body.len() / 64)))
}

/// How often the handler came to its end, and what the receiver answered. A sender that hangs up changes nothing of the former.
fn receive<P: DeserializeOwned + Send + 'static>(spec: WebhookSpec, request: Request<Full<Bytes>>) -> (usize, u16) {
    let handled = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&handled);
    let handler = move |_: P| {
        let counter = Arc::clone(&counter);
        async move {
            tokio::task::yield_now().await;
            counter.fetch_add(1, Ordering::Relaxed);
            Ok::<(), Infallible>(())
        }
    };
    let mut receiver = match spec.signature {
        Some(_) => Receiver::new(spec, ["sk_live", SECRET], handler),
        None => Receiver::unsigned(spec, handler),
    };
    let status = block_on(async {
        let Ok(response) = receiver.call(request.clone()).await;
        let answered = handled.load(Ordering::Relaxed);
        once(receiver.call(request)).await;
        receiver.drained().await;
        assert_eq!(
            handled.load(Ordering::Relaxed),
            2 * answered,
            "a sender that hangs up is handled as one that waits"
        );
        response.status().as_u16()
    });
    (handled.load(Ordering::Relaxed) / 2, status)
}
