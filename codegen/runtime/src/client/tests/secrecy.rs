//! No text that the client makes holds a URL, a header's value, a body or a secret.

use std::error::Error as _;
use std::fmt::{Debug, Write};

use super::fixtures::{API, Bare, ByBasic, ByBearer, ByCookie, ByHeader, ByQuery, Get, ProbeError, Written};
use crate::client::{
    ApiClientBuilder, ApiKey, Basic, Bearer, Call, ClientCredentials, Error, Invoke, Options, RetryPolicy, Scripted,
    Simulated, TransportError,
};
use crate::operation::{ApiError, Operation};
use crate::test_spans;

/// Stands in every place that must not be shown.
const CANARY: &str = "c4n4ry";

/// Every text that an error gives.
fn texts<E: ApiError>(error: &Error<E>) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?}", error.meta());
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = write!(text, " {cause} {cause:?}");
        source = cause.source();
    }
    text
}

/// Calls that fail in every way, with the canary in credentials, headers, bodies and URLs; gives the texts of the errors.
async fn fail<O>(make: fn() -> O) -> String
where
    O: Invoke + Operation<Error = ProbeError>,
    O::Output: Debug,
{
    let headers = [("set-cookie", CANARY), ("location", CANARY), ("retry-after", CANARY)];
    let scripts = [
        Scripted::new().respond_with(418, &headers, CANARY),
        Scripted::new().respond_with(201, &headers, format!("[\"{CANARY}\"]")),
        Scripted::new().respond_with(422, &headers, format!("{{\"{CANARY}\":1}}")),
        Scripted::new().respond_with(401, &headers, CANARY),
        Scripted::new().respond_with(500, &headers, CANARY),
        Scripted::new()
            .fail(|| TransportError::interrupted("broken").after(http::StatusCode::OK, http::HeaderMap::new())),
        Scripted::new().hang(),
    ];
    let mut all = String::new();
    for script in scripts {
        let client = ApiClientBuilder::new(&API)
            .base(0, format!("https://api.example.com/{CANARY}"))
            .credential(0, Basic::new(CANARY, CANARY))
            .credential(1, Bearer::new(CANARY))
            .credential(2, ApiKey::new(CANARY))
            .credential(3, ApiKey::new(CANARY))
            .credential(4, ApiKey::new(CANARY))
            .options(Options::new().environment(Simulated::new(1)).retry(RetryPolicy::new().attempts(2)))
            .transport(script.clone());
        let _ = write!(all, "{client:?} ");
        let client = client.build().unwrap();
        let call = Call::new(&client, make());
        let _ = write!(all, "{client:?} {call:?} {script:?} ");
        let error = call.await.unwrap_err();
        all.push_str(&texts(&error));
        let _ = write!(all, "{:?}", script.sent());
    }
    all
}

#[test]
fn neither_errors_nor_tracing_show_secrets_urls_or_bodies() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    test_spans::start();
    let texts = runtime.block_on(async {
        let mut texts = fail(|| Bare).await;
        texts.push_str(&fail(|| ByBasic).await);
        texts.push_str(&fail(|| ByBearer).await);
        texts.push_str(&fail(|| ByHeader).await);
        texts.push_str(&fail(|| ByQuery).await);
        texts.push_str(&fail(|| ByCookie).await);
        texts.push_str(&fail(|| Get).await);
        texts
    });
    let written = test_spans::finish();
    for text in [&texts, &written] {
        assert!(!text.contains(CANARY), "{}", around(text));
    }
    for part in [
        "otel.name=POST /payouts",
        "http.request.method=\"POST\"",
        "url.template=\"/payouts\"",
        "http.response.status_code=418",
        "http.request.resend_count=1",
        "error.type=\"timeout\"",
        "outcome=\"unknown\"",
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
}

/// Where the canary is, for the message of a failing test.
fn around(text: &str) -> &str {
    let at = text.find(CANARY).unwrap_or(0);
    text.get(at.saturating_sub(200)..).unwrap_or(text)
}

#[tokio::test]
async fn cookies_of_a_response_are_not_printed_with_its_headers() {
    let headers = [("set-cookie", CANARY), ("set-cookie", CANARY), ("x-request-id", "r-1")];
    for script in
        [Scripted::new().respond_with(200, &headers, "\"po_1\""), Scripted::new().respond_with(418, &headers, "")]
    {
        let client = super::fixtures::client(&script, &Simulated::new(1));
        let shown = match Call::new(&client, Get).detailed().await {
            Ok((_, meta)) => format!("{:?}", meta.headers()),
            Err(error) => format!("{:?}", error.meta().unwrap().headers()),
        };
        assert!(!shown.contains(CANARY) && shown.contains("r-1") && shown.contains("set-cookie"), "{shown}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_not_quoted() {
    let client = super::fixtures::client(&Scripted::new(), &Simulated::new(1));
    let secret = format!("{CANARY}\n");
    let errors = [
        Call::new(
            &client,
            Written({
                let secret = secret.clone();
                move |request: &mut crate::client::RequestWriter| {
                    request.parameter_of(&crate::ParameterSpec::header("x"), &secret)
                }
            }),
        )
        .await
        .unwrap_err(),
        Call::new(
            &client,
            Written(move |request: &mut crate::client::RequestWriter| {
                request.parameter_of(&crate::ParameterSpec::cookie("x"), &secret)
            }),
        )
        .await
        .unwrap_err(),
    ];
    for error in errors {
        assert!(!texts(&error).contains(CANARY));
    }
}

#[tokio::test]
async fn token_requests_do_not_show_their_secret() {
    let script = Scripted::new().respond(400, format!("{{\"error\":\"{CANARY}\"}}"));
    let credentials = ClientCredentials::new("https://sso.example.com/t", CANARY, CANARY).parameter("audience", CANARY);
    let shown = format!("{credentials:?} {:?}", Bearer::new(credentials.clone()));
    let client = ApiClientBuilder::new(&API)
        .base(0, "https://api.example.com")
        .credential(1, Bearer::new(credentials))
        .transport(script)
        .build()
        .unwrap();
    let error = Call::new(&client, ByBearer).await.unwrap_err();
    assert!(!format!("{shown} {}", texts(&error)).contains(CANARY));
}
