//! From the sender of a callback to its receiver, in process and over a socket; the callback is written as a generated one is.

use std::net::Ipv4Addr;

use crate::client::Options;
use crate::server::{Handled, RequestContext};
use crate::webhook::{CallbackError, Receiver, Sender, SignatureAlgorithm, SignatureEncoding, WebhookSpec};
use crate::{InProcess, SchemeKind, SchemeSpec, Secret, Status};

const SPEC: WebhookSpec = WebhookSpec::new("onData")
    .signature("X-Signature", SignatureAlgorithm::HmacSha256 { encoding: SignatureEncoding::Hex, prefix: "sha256=" });

struct OnData {
    attempt: Option<u32>,
    part: String,
    user: String,
    total: u32,
}

#[derive(Debug, PartialEq)]
enum OnDataOutput {
    Accepted(String),
    NoContent,
}

#[derive(PartialEq)]
enum OnDataError {
    Gone,
    Default(Status),
}

crate::operation!(OnData {
    id: "onData", PUT: "{$request.query.callbackUrl}/data",
    parameters: { attempt: header("X-Attempt"), part: query },
    body: json { user: required, total: required where { maximum("10") } },
    success: OnDataOutput { 202: json Accepted, 204: empty NoContent },
    errors: OnDataError { 410: empty Gone, default: empty Default },
});

async fn handle(request: OnData, context: RequestContext) -> Handled<OnData> {
    let OnData { attempt, part, user, total } = request;
    match total {
        0 => Ok(OnDataOutput::NoContent),
        1 => Err(OnDataError::Gone.into()),
        _ => {
            let signed = context.headers().contains_key("x-signature");
            Ok(OnDataOutput::Accepted(format!("{user} {part} {attempt:?} {total} {signed}")))
        }
    }
}

fn data(total: u32) -> OnData {
    OnData { attempt: Some(2), part: "a&b".into(), user: "Ann".into(), total }
}

/// A sender in process and one over a socket, each with the address of the receiver.
async fn senders() -> [(Sender, String); 2] {
    let receiver = Receiver::callback(SPEC, ["old", "new"], handle);
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}/hooks/data?shop=7", listener.local_addr().unwrap());
    let app = axum::Router::new().route_service("/hooks/data", receiver.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let in_process = (Sender::over(InProcess::new(receiver)), "https://shop.example.com/hooks/data".to_owned());
    [in_process, (Sender::new(&Options::new()).unwrap(), url)]
}

#[tokio::test]
async fn parameters_body_and_every_response_arrive() {
    for (sender, url) in senders().await {
        let sender = sender.secret("new");
        let told = sender.call(&SPEC, &url, &data(10)).await.unwrap();
        assert_eq!(told, OnDataOutput::Accepted("Ann a&b Some(2) 10 true".into()));
        assert_eq!(sender.call(&SPEC, &url, &data(0)).await.unwrap(), OnDataOutput::NoContent);
        let gone = sender.call(&SPEC, &url, &data(1)).await.unwrap_err();
        assert!(matches!(gone, CallbackError::Refused(OnDataError::Gone)), "{gone}");
        assert_eq!(gone.status(), Some(410));
    }
}

#[tokio::test]
async fn what_is_not_signed_with_a_known_secret_reaches_no_handler() {
    for (sender, url) in senders().await {
        let error = sender.clone().secret("guessed").call(&SPEC, &url, &data(10)).await.unwrap_err();
        assert_eq!(error.status(), Some(401), "{error}");
        let error = sender.call(&SPEC, &url, &data(10)).await.unwrap_err();
        assert!(matches!(error, CallbackError::Unsendable(_)), "{error}");
        let error = sender.secret("new").call(&SPEC, "http://shop.example.com/", &data(10)).await.unwrap_err();
        assert!(matches!(error, CallbackError::Unsendable(_)), "{error}");
    }
}

crate::operation!(Posted {
    id: "onData", POST: "{$request.query.callbackUrl}/data",
    body: json { user: required },
    success: () { 202: empty }, errors: crate::NoError {},
});

struct Posted {
    user: String,
}

#[tokio::test]
async fn another_method_is_refused_and_an_undocumented_response_is_told() {
    let receiver = Receiver::callback(SPEC, ["new"], handle);
    let sender = Sender::over(InProcess::new(receiver)).secret("new");
    let error = sender.call(&SPEC, "https://a.example/", &Posted { user: "Ann".into() }).await.unwrap_err();
    assert!(matches!(error, CallbackError::Undocumented(_)), "{error}");
    assert_eq!(error.status(), Some(405));
    assert!(!format!("{error:?} {error}").contains("a.example"));
}

#[derive(Debug, PartialEq)]
struct Payer {
    name: String,
}

crate::object!(Payer { name: required } !server);

struct OnPaid {
    payer: Payer,
}

crate::operation!(OnPaid {
    id: "onPaid", POST: "{$request.query.callbackUrl}/paid",
    body: json { payer: required },
    success: () { 204: empty }, errors: crate::NoError {},
});

#[tokio::test]
async fn what_a_newer_api_adds_to_a_closed_object_is_passed_over() {
    let spec = WebhookSpec::new("onPaid");
    let receiver = Receiver::unsigned_callback(spec, async |request: OnPaid, _: RequestContext| {
        assert_eq!(request.payer, Payer { name: "Ann".into() });
        Handled::<OnPaid>::Ok(())
    });
    let body = r#"{"payer": {"name": "Ann", "since": 2026}}"#;
    let request = http::Request::post("/").header("content-type", "application/json").body(crate::Body::from(body));
    let response = tower_service::Service::call(&mut { receiver }, request.unwrap()).await.unwrap();
    assert_eq!(response.status(), 204);
}

const KEYED: WebhookSpec = WebhookSpec::new("onData")
    .security(&[SchemeSpec { key: "key", kind: SchemeKind::ApiKeyHeader("X-Key") }], &[&["key"]]);

#[tokio::test]
async fn a_request_without_the_credential_that_the_document_asks_for_reaches_no_handler() {
    let key = Secret::from("right");
    let receiver = Receiver::unsigned_callback(KEYED, handle)
        .authenticated_by(move |presented| presented.iter().all(|one| one.is_token(&key)));
    let sender = Sender::over(InProcess::new(receiver));
    let url = "https://a.example/";
    let told = sender.clone().credential("X-Key", "right").call(&KEYED, url, &data(10)).await.unwrap();
    assert_eq!(told, OnDataOutput::Accepted("Ann a&b Some(2) 10 false".into()));
    for sender in [sender.clone(), sender.clone().credential("X-Key", "guessed")] {
        let error = sender.call(&KEYED, url, &data(10)).await.unwrap_err();
        assert_eq!(error.status(), Some(401), "{error}");
    }
    let error = sender.credential("X Key", "right").call(&KEYED, url, &data(10)).await.unwrap_err();
    assert!(matches!(error, CallbackError::Unsendable(_)), "{error}");
}

#[tokio::test]
async fn without_what_verifies_them_no_credentials_are_right() {
    let sender = Sender::over(InProcess::new(Receiver::unsigned_callback(KEYED, handle))).credential("X-Key", "right");
    let error = sender.call(&KEYED, "https://a.example/", &data(10)).await.unwrap_err();
    assert_eq!(error.status(), Some(401), "{error}");
}

#[tokio::test]
async fn a_401_names_what_the_document_asks_for() {
    let receiver = Receiver::unsigned_callback(KEYED, handle);
    let request = http::Request::put("/?part=a").body(crate::Body::from("{}")).unwrap();
    let response = tower_service::Service::call(&mut { receiver }, request).await.unwrap();
    assert_eq!(response.status(), 401);
    assert_eq!(response.headers()["www-authenticate"], "ApiKey realm=\"onData\"");
}
