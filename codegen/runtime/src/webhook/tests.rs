//! What a receiver answers, what it remembers, and what reaches it from a sender.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http::Response;
use http_body_util::Full;
use tokio::sync::Notify;
use tower_service::Service;

use super::SignatureAlgorithm::Base64Sha1SecretBodySecret;
use super::*;
use crate::Body;

const SPEC: WebhookSpec = WebhookSpec::new("payoutInvoice").signature("X-Signature", Base64Sha1SecretBodySecret);
const UNSIGNED: WebhookSpec = WebhookSpec::new("transaction");

#[derive(serde::Deserialize)]
struct Callback {
    id: u32,
}

fn secret() -> Secret<String> {
    Secret::from("sk_test")
}

fn receiver(handled: &Arc<AtomicUsize>) -> Receiver {
    let handled = Arc::clone(handled);
    Receiver::new(SPEC, ["sk_live".into(), secret()], move |callback: Callback| {
        handled.fetch_add(1, Ordering::Relaxed);
        async move { if callback.id == 0 { Err("the ledger is closed") } else { Ok(()) } }
    })
    .body_limit(100)
}

fn delivery(secret: &Secret<String>, payload: &serde_json::Value) -> Request<Full<Bytes>> {
    let uri = Uri::from_static("https://shop.example.com/payouts");
    SPEC.request(uri, Some(secret), payload).unwrap().map(Full::new)
}

async fn response(mut receiver: Receiver, request: Request<Full<Bytes>>) -> Response<Body> {
    receiver.call(request).await.unwrap()
}

/// The receiver is at fault then, and not the sender.
#[tokio::test]
async fn a_secret_that_is_not_of_its_algorithm_is_told_from_a_wrong_signature() {
    const STANDARD: WebhookSpec = WebhookSpec::new("payout").signature(
        "webhook-signature",
        SignatureAlgorithm::StandardWebhooks { id: "webhook-id", timestamp: "webhook-timestamp", tolerance: 300 },
    );
    let status = async |secrets: &[&str], signing: &str| {
        let receiver =
            Receiver::new(STANDARD, secrets.iter().copied(), |_: Callback| async { Ok::<(), Infallible>(()) });
        let stamp = crate::webhook::MessageStamp::new("msg_1", std::time::SystemTime::now());
        let uri = Uri::from_static("https://shop.example.com/payouts");
        let payload = serde_json::json!({"id": 1});
        let request = STANDARD.stamped_request(uri, Some(&signing.into()), &payload, &stamp).unwrap();
        response(receiver, request.map(Full::new)).await.status().as_u16()
    };
    let (known, other) = ("whsec_MDEyMzQ1Njc4OWFiY2RlZg==", "whsec_ZmVkY2JhOTg3NjU0MzIxMA==");
    assert_eq!(status(&[known], known).await, 200);
    assert_eq!(status(&[known], other).await, 401);
    assert_eq!(status(&["not base64"], known).await, 500);
    assert_eq!(status(&[""], known).await, 500);
    // One that verifies is enough.
    assert_eq!(status(&["not base64", known], known).await, 200);
}

#[tokio::test]
async fn a_webhook_is_answered_as_its_sender_understands() {
    let handled = Arc::new(AtomicUsize::new(0));
    let good = serde_json::json!({"id": 1, "new": "key"});
    let mut tampered = delivery(&secret(), &good);
    *tampered.body_mut() = Full::from(r#"{"id":2,"new":"key"}"#);
    let mut doubled = delivery(&secret(), &good);
    let signature = doubled.headers()["x-signature"].clone();
    doubled.headers_mut().append("x-signature", signature);
    let mut unsigned = delivery(&secret(), &good);
    unsigned.headers_mut().clear();
    let mut read = delivery(&secret(), &good);
    *read.method_mut() = Method::GET;
    let long = serde_json::json!({"id": 1, "new": "x".repeat(100)});
    let odd = serde_json::json!({"id": "4111"});
    let rows = [
        (delivery(&secret(), &good), 200, 1),
        (delivery(&Secret::from("sk_live"), &good), 200, 1),
        (delivery(&secret(), &serde_json::json!({"id": 0})), 500, 1),
        (delivery(&secret(), &odd), 400, 0),
        (delivery(&Secret::from("sk_other"), &good), 401, 0),
        (tampered, 401, 0),
        (doubled, 401, 0),
        (unsigned, 401, 0),
        (read, 405, 0),
        (delivery(&secret(), &long), 413, 0),
    ];
    for (request, status, count) in rows {
        handled.store(0, Ordering::Relaxed);
        let response = response(receiver(&handled), request).await;
        assert_eq!(response.status(), status);
        assert_eq!(handled.load(Ordering::Relaxed), count, "{status}");
    }
}

#[tokio::test]
async fn a_handler_that_panics_is_answered_with_500_and_gets_it_again() {
    fn before(Callback { id }: Callback) -> std::future::Ready<Result<(), Infallible>> {
        assert_ne!(id, 4111, "the handler is at its end with {id}");
        std::future::ready(Ok(()))
    }
    async fn within(callback: Callback) -> Result<(), Infallible> {
        tokio::task::yield_now().await;
        assert_ne!(callback.id, 4111, "the handler is at its end with {}", callback.id);
        Ok(())
    }
    for receiver in [Receiver::new(SPEC, [secret()], before), Receiver::new(SPEC, [secret()], within)] {
        crate::test_spans::start();
        for (id, status) in [(4111, 500), (1, 200)] {
            let request = delivery(&secret(), &serde_json::json!({"id": id}));
            assert_eq!(response(receiver.clone(), request).await.status(), status);
        }
        let text = crate::test_spans::finish();
        assert!(text.contains("error=\"the handler panicked\"") && !text.contains("4111"), "{text}");
    }
}

#[tokio::test]
async fn a_handler_goes_on_when_its_sender_hangs_up() {
    let (go, begun, ended) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
    let steps = (Arc::clone(&go), Arc::clone(&begun), Arc::clone(&ended));
    let mut receiver = Receiver::new(SPEC, [secret()], move |_: Callback| {
        let (go, begun, ended) = steps.clone();
        async move {
            begun.notify_one();
            go.notified().await;
            ended.fetch_add(1, Ordering::Relaxed);
            Ok::<(), Infallible>(())
        }
    });
    tokio::select! {
        biased;
        () = begun.notified() => {}
        _ = receiver.call(delivery(&secret(), &serde_json::json!({"id": 1}))) => panic!("the handler waits"),
    }
    go.notify_one();
    receiver.clone().drained().await;
    assert_eq!(ended.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_handler_that_hangs_is_stopped_and_gets_it_again() {
    let handler = |_: Callback| std::future::pending::<Result<(), Infallible>>();
    let receiver = Receiver::new(SPEC, [secret()], handler).handler_timeout(Duration::from_millis(1));
    let request = delivery(&secret(), &serde_json::json!({"id": 1}));
    assert_eq!(response(receiver.clone(), request).await.status(), 500);
    receiver.drained().await;
}

/// A body of which nothing ever comes, and that says whether anybody asked for it.
struct Awaited(Arc<AtomicUsize>);

impl http_body::Body for Awaited {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Poll::Pending
    }
}

#[tokio::test]
async fn no_byte_is_read_of_a_sender_without_the_headers() {
    for (uri, signatures, status, read) in [
        ("/", &["x"][..], 408, true),
        ("/?from=api", &["x"], 408, true),
        ("/", &[], 401, false),
        ("/", &["x", "x"], 401, false),
        ("/?from%5=api", &["x"], 400, false),
        ("/?from=%zz", &["x"], 400, false),
    ] {
        let asked = Arc::new(AtomicUsize::new(0));
        let mut request = Request::builder().method(Method::POST).uri(uri);
        for signature in signatures {
            request = request.header("x-signature", *signature);
        }
        let mut receiver = receiver(&Arc::default()).body_timeout(Duration::from_millis(1));
        let response = receiver.call(request.body(Awaited(Arc::clone(&asked))).unwrap()).await.unwrap();
        assert_eq!((response.status().as_u16(), asked.load(Ordering::Relaxed) > 0), (status, read), "{uri}");
    }
}

#[tokio::test]
async fn a_delivery_leaves_a_span_with_its_status() {
    let receiver = receiver(&Arc::default());
    for (id, end) in [
        (1, "http.response.status_code=200 "),
        (0, "http.response.status_code=500 error.type=\"500\" otel.status_code=\"ERROR\" "),
    ] {
        let mut request = delivery(&secret(), &serde_json::json!({"id": id}));
        request.headers_mut().insert("x-request-id", HeaderValue::from_static("r-1"));
        crate::test_spans::start();
        response(receiver.clone(), request).await;
        let text = crate::test_spans::finish();
        let beginning = "otel.name=webhook payoutInvoice otel.kind=\"server\" id=\"payoutInvoice\" \
                         http.request.method=\"POST\" request_id=\"r-1\" ";
        assert!(text.starts_with(beginning) && text.ends_with(end), "{text}");
    }
}

#[test]
fn a_payload_that_cannot_be_written_is_not_quoted() {
    struct Talkative;

    impl Serialize for Talkative {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("4111"))
        }
    }

    let error = SPEC.request(Uri::from_static("/"), Some(&secret()), &Talkative).unwrap_err();
    assert_eq!(error.to_string(), "the payload cannot be written as JSON");
    assert!(!format!("{error:?}").contains("4111"));
}

#[tokio::test]
async fn a_webhook_is_received_by_its_method_and_answered_with_its_status() {
    for (spec, status) in [
        (UNSIGNED.method("PUT").acknowledged_by(&[202, 204]), 202),
        (UNSIGNED.method("PUT").acknowledged_by(&[]), 200),
        (UNSIGNED.method("POST"), 405),
    ] {
        let receiver = Receiver::unsigned(spec, |_: Callback| async { Ok::<(), Infallible>(()) });
        let put = UNSIGNED.method("PUT");
        let request = put.request(Uri::from_static("/"), None, &serde_json::json!({"id": 1})).unwrap().map(Full::new);
        assert_eq!(response(receiver, request).await.status(), status);
    }
}

#[tokio::test]
async fn a_webhook_without_signature_needs_no_secret() {
    let receiver = Receiver::unsigned(UNSIGNED, |_: Callback| async { Ok::<(), Infallible>(()) });
    let request = delivery(&secret(), &serde_json::json!({"id": 1}));
    assert_eq!(response(receiver, request).await.status(), 200);
}

#[tokio::test]
async fn an_agreed_header_is_asked_for_before_the_body_is_read() {
    let receiver = || {
        Receiver::unsigned(UNSIGNED, |_: Callback| async { Ok::<(), Infallible>(()) })
            .authorization(["Bearer old", "Bearer new", ""])
            .body_limit(0)
    };
    for (headers, status) in [
        (&["Bearer old"][..], 413),
        (&["Bearer new"], 413),
        (&["bearer new"], 401),
        (&["new"], 401),
        (&["Bearer new", "Bearer new"], 401),
        (&[""], 401),
        (&[], 401),
    ] {
        let mut request = delivery(&secret(), &serde_json::json!({"id": 1}));
        for header in headers {
            let value = HeaderValue::from_static(header);
            request.headers_mut().append("authorization", value);
        }
        let response = response(receiver(), request).await;
        assert_eq!(response.status(), status, "{headers:?}");
        let challenge = response.headers().get("www-authenticate");
        assert_eq!(challenge.is_some(), status == 401);
    }
}

/// The word for what a delivery is; new ones are settled.
fn told(seen: &Deliveries<u32>, id: &str, updated: Option<u32>, state: &str) -> &'static str {
    match seen.claim(id, updated, state) {
        Delivery::New(claim) => {
            claim.settle();
            "new"
        }
        Delivery::Repeated => "repeated",
        Delivery::Outdated => "outdated",
        Delivery::Busy => "busy",
    }
}

#[test]
fn deliveries_are_told_by_id_time_and_state() {
    let seen = Deliveries::new();
    for (id, updated, state, expected) in [
        ("a", Some(5), "pending", "new"),
        ("a", Some(5), "pending", "repeated"),
        // A second is long enough for two states; which one is later is not known.
        ("a", Some(5), "processed", "new"),
        ("a", Some(5), "pending", "repeated"),
        ("a", Some(4), "created", "outdated"),
        ("b", Some(4), "created", "new"),
        ("a", Some(6), "processed", "new"),
        ("a", Some(5), "processed", "outdated"),
        // Without a time, only what was handled last is surely a repetition.
        ("a", None, "processed", "repeated"),
        ("a", None, "pending", "new"),
        ("a", None, "processed", "new"),
        ("a", Some(6), "processed", "repeated"),
        ("c", None, "created", "new"),
        ("c", None, "created", "repeated"),
        ("c", Some(1), "created", "new"),
        ("c", Some(0), "created", "outdated"),
    ] {
        assert_eq!(told(&seen, id, updated, state), expected, "{id} {updated:?} {state}");
    }
}

#[test]
fn what_was_not_handled_to_its_end_is_new_again() {
    let seen = Deliveries::new();
    let Delivery::New(claim) = seen.claim("a", Some(1), "pending") else { panic!("it is new") };
    // While one is being handled, which may fail, nothing else is said about its resource.
    assert_eq!(told(&seen, "a", Some(1), "pending"), "busy");
    assert_eq!(told(&seen, "a", Some(2), "processed"), "busy");
    assert_eq!(told(&seen.clone(), "b", Some(1), "pending"), "new");
    drop(claim);
    assert_eq!(told(&seen, "a", Some(1), "pending"), "new");
    assert_eq!(told(&seen, "a", Some(1), "pending"), "repeated");
}

#[cfg(feature = "client")]
mod sending {
    use super::*;
    use crate::client::{Scripted, Simulated, TransportError};

    const URL: &str = "https://shop.example.com/payouts?from=api";

    async fn send(sender: &Sender, url: &str) -> Result<(), SendError> {
        sender.send(&SPEC, url, &serde_json::json!({"id": 1})).await
    }

    #[tokio::test]
    async fn what_is_sent_is_signed_and_only_200_acknowledges_it() {
        let script = Scripted::new().respond(200, "").respond(204, "").respond(500, "");
        let sender = Sender::over(script.clone()).secret(secret()).authorization("Bearer x");
        send(&sender, URL).await.unwrap();
        for status in [204, 500] {
            let error = send(&sender, URL).await.unwrap_err();
            assert_eq!(error.status(), Some(status));
        }
        let sent = &script.sent()[0];
        assert_eq!((sent.method.as_str(), sent.target()), ("POST", "/payouts?from=api"));
        assert_eq!(sent.header("content-type"), Some("application/json"));
        assert_eq!(sent.header("authorization"), Some("Bearer x"));
        let expected = SPEC.request(Uri::from_static(URL), Some(&secret()), &serde_json::json!({"id": 1})).unwrap();
        assert_eq!(sent.headers["x-signature"], expected.headers()["x-signature"]);
    }

    #[tokio::test]
    async fn a_webhook_is_sent_by_its_method_and_acknowledged_by_its_statuses() {
        for (acknowledged_by, refused) in [(&[202, 204][..], &[201, 500][..]), (&[], &[300, 500])] {
            let spec = UNSIGNED.method("PATCH").acknowledged_by(acknowledged_by);
            let send = async |status: u16| {
                let script = Scripted::new().respond(status, "");
                let sent = Sender::over(script.clone()).send(&spec, URL, &[1]).await;
                assert_eq!(script.sent()[0].method, "PATCH");
                sent.map_err(|error| error.status())
            };
            // Receivers of other makes answer with 200.
            for status in [200, 202, 204] {
                assert_eq!(send(status).await, Ok(()));
            }
            for status in refused {
                assert_eq!(send(*status).await, Err(Some(*status)));
            }
        }
    }

    #[tokio::test]
    async fn failures_say_nothing_of_what_was_sent() {
        let script = Scripted::new().fail(|| TransportError::interrupted("the connection broke"));
        let error = send(&Sender::over(script).secret(secret()), URL).await.unwrap_err();
        assert_eq!(error.to_string(), "the webhook was not answered: the connection broke");
        for url in ["http://shop.example.com/sk_test", "sk_test", "https://u:sk_test@example.com"] {
            let sender = Sender::over(Scripted::new()).secret(secret());
            let error = send(&sender, url).await.unwrap_err();
            assert!(matches!(error, SendError::Unsendable(_)));
            assert!(!format!("{error} {error:?} {sender:?}").contains("sk_test"), "{error:?}");
        }
        let error = send(&Sender::over(Scripted::new()), URL).await.unwrap_err();
        assert_eq!(error.to_string(), "the webhook cannot be sent: the webhook is signed, and there is no secret");
    }

    #[tokio::test]
    async fn a_delivery_is_a_span_with_what_came_of_it() {
        let beginning = "otel.name=send webhook payoutInvoice otel.kind=\"client\" id=\"payoutInvoice\" \
                         http.request.method=\"POST\" ";
        for (script, end) in [
            (Scripted::new().respond(200, ""), "http.response.status_code=200 "),
            (
                Scripted::new().respond(204, ""),
                "http.response.status_code=204 error.type=\"204\" otel.status_code=\"ERROR\" ",
            ),
            (Scripted::new(), "error.type=\"no_response\" otel.status_code=\"ERROR\" "),
        ] {
            crate::test_spans::start();
            let _ = send(&Sender::over(script).secret(secret()), URL).await;
            assert_eq!(crate::test_spans::finish(), format!("{beginning}{end}"));
        }
    }

    #[tokio::test]
    async fn a_receiver_that_does_not_answer_is_not_waited_for() {
        let options = crate::client::Options::new().environment(Simulated::new(1));
        let transport = Arc::new(Scripted::new().hang());
        let sender = Sender::with(transport, &options).secret(secret());
        let error = send(&sender, URL).await.unwrap_err();
        assert!(matches!(error, SendError::Transport(_)), "{error}");
    }

    #[tokio::test]
    async fn what_is_sent_with_id_and_time_is_received_until_it_is_too_old() {
        const STANDARD: WebhookSpec = WebhookSpec::new("paid").signature(
            "webhook-signature",
            SignatureAlgorithm::StandardWebhooks { id: "webhook-id", timestamp: "webhook-timestamp", tolerance: 300 },
        );
        let key = "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=";
        for (later, status) in [(0, 200), (200, 200), (400, 401)] {
            let receiver = Receiver::new(STANDARD, [key], |_: Callback| async { Ok::<(), Infallible>(()) });
            let receiver = receiver.clock(move || SystemTime::now() + Duration::from_secs(later));
            let sender = Sender::over(crate::InProcess::new(receiver)).secret(key);
            let result = sender.send(&STANDARD, URL, &serde_json::json!({"id": 1})).await;
            assert_eq!(result.map_or_else(|error| error.status(), |()| Some(200)), Some(status), "{later}");
        }
        let script = Scripted::new().respond(200, "").respond(200, "").respond(200, "").respond(200, "");
        let sender = Sender::over(script.clone()).secret(key);
        for sender in [sender.clone(), sender.clone(), sender.clone().message_id("msg_1"), sender.message_id("msg_1")] {
            sender.send(&STANDARD, URL, &serde_json::json!({"id": 1})).await.unwrap();
        }
        let ids: Vec<String> = script.sent().iter().map(|sent| sent.header("webhook-id").unwrap().to_owned()).collect();
        assert_eq!((ids[0] == ids[1], ids[2].as_str(), ids[3].as_str()), (false, "msg_1", "msg_1"));
    }
}
