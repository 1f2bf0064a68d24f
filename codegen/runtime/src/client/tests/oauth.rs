//! Tokens that renew themselves.

mod concurrent_calls;

use std::time::Duration;

use crate::body::Body;
use http::{Request, Response};

use super::fixtures::{API, ByBearer};
use crate::client::{
    ApiClient, ApiClientBuilder, Bearer, BoxFuture, Call, ClientCredentials, Environment, Error, Options, RetryPolicy,
    Scripted, Simulated, TokenContext, TokenSource, Transport, TransportError,
};
use crate::outcome::Outcome;

const TOKEN_URL: &str = "https://sso.example.com/realms/x/token";

fn credentials() -> ClientCredentials {
    ClientCredentials::new(TOKEN_URL, "shop", "s3cr3t&")
}

fn client(transport: impl Transport, time: &Simulated, credentials: ClientCredentials) -> ApiClient {
    ApiClientBuilder::new(&API)
        .base(0, "https://api.example.com")
        .credential(1, Bearer::new(credentials))
        .options(Options::new().environment(time.clone()))
        .transport(transport)
        .build()
        .unwrap()
}

/// A client whose time is real, because simulated time would pass while a call waits for the token of another.
fn in_real_time(transport: impl Transport) -> ApiClient {
    ApiClientBuilder::new(&API)
        .base(0, "https://api.example.com")
        .credential(1, Bearer::new(credentials()))
        .options(Options::new().retry(RetryPolicy::never()))
        .transport(transport)
        .build()
        .unwrap()
}

fn grant(token: &str, seconds: u32) -> String {
    format!(r#"{{"access_token":"{token}","expires_in":{seconds},"token_type":"Bearer","not-before-policy":0}}"#)
}

/// The bearer tokens of the calls, `None` for requests to the token endpoint.
fn tokens(script: &Scripted) -> Vec<Option<String>> {
    let bearer = |text: &str| text.strip_prefix("Bearer ").map(str::to_owned);
    script.sent().iter().map(|sent| sent.header("authorization").and_then(bearer)).collect()
}

#[tokio::test]
async fn a_token_is_fetched_once_and_renewed_before_it_expires() {
    let script = Scripted::new()
        .respond(200, grant("one", 300))
        .respond(201, "\"\"")
        .respond(201, "\"\"")
        .respond(200, grant("two", 300))
        .respond(201, "\"\"");
    let time = Simulated::new(1);
    let client = client(script.clone(), &time, credentials().scope("payments"));
    Call::new(&client, ByBearer).await.unwrap();
    time.advance(Duration::from_secs(269));
    Call::new(&client, ByBearer).await.unwrap();
    time.advance(Duration::from_secs(2));
    Call::new(&client, ByBearer).await.unwrap();
    let expected = [None, Some("one"), Some("one"), None, Some("two")].map(|token| token.map(str::to_owned));
    assert_eq!(tokens(&script), expected);
    let request = &script.sent()[0];
    assert_eq!((request.uri.to_string().as_str(), request.method.as_str()), (TOKEN_URL, "POST"));
    assert_eq!(request.text(), "grant_type=client_credentials&client_id=shop&client_secret=s3cr3t%26&scope=payments");
}

#[tokio::test]
async fn id_and_secret_can_travel_in_the_header() {
    let script = Scripted::new().respond(200, r#"{"access_token":"t"}"#).respond(201, "\"\"");
    Call::new(&client(script.clone(), &Simulated::new(1), credentials().basic_auth()), ByBearer).await.unwrap();
    let request = &script.sent()[0];
    assert_eq!(request.header("authorization"), Some("Basic c2hvcDpzM2NyM3QlMjY="));
    assert!(request.headers["authorization"].is_sensitive());
    assert_eq!(request.text(), "grant_type=client_credentials");
}

#[tokio::test]
async fn a_failed_renewal_goes_on_with_the_old_token_while_it_is_valid() {
    let script = Scripted::new()
        .respond(200, grant("one", 100))
        .respond(201, "\"\"")
        .respond(503, "")
        .respond(201, "\"\"")
        .respond(200, grant("two", 100))
        .respond(201, "\"\"");
    let time = Simulated::new(1);
    let client = client(script.clone(), &time, credentials());
    for seconds in [0, 85, 20] {
        time.advance(Duration::from_secs(seconds));
        Call::new(&client, ByBearer).await.unwrap();
    }
    let expected = [None, Some("one"), None, Some("one"), None, Some("two")].map(|token| token.map(str::to_owned));
    assert_eq!(tokens(&script), expected);
}

#[tokio::test]
async fn a_renewal_that_takes_too_long_is_not_waited_for_while_the_old_token_is_valid() {
    let script = Scripted::new()
        .respond(200, grant("one", 100))
        .respond(201, "\"\"")
        .hang()
        .respond(201, "\"\"")
        .respond(201, "\"\"");
    let time = Simulated::new(1);
    let client = client(script.clone(), &time, credentials());
    for seconds in [0, 85, 0] {
        time.advance(Duration::from_secs(seconds));
        Call::new(&client, ByBearer).timeout(Duration::from_secs(2)).await.unwrap();
    }
    // The third call does not try again: what just failed is left alone for a while.
    let expected = [None, Some("one"), None, Some("one"), Some("one")].map(|token| token.map(str::to_owned));
    assert_eq!(tokens(&script), expected);
}

#[tokio::test]
async fn a_renewal_that_fails_is_said_and_names_no_secret() {
    let script = Scripted::new()
        .respond(200, grant("one", 100))
        .respond(201, "\"\"")
        .respond(400, r#"{"error":"invalid_client","error_description":"s3cr3t&"}"#)
        .respond(201, "\"\"");
    let time = Simulated::new(1);
    let client = client(script, &time, credentials());
    Call::new(&client, ByBearer).await.unwrap();
    time.advance(Duration::from_secs(85));
    crate::test_spans::start();
    Call::new(&client, ByBearer).await.unwrap();
    let text = crate::test_spans::finish();
    assert!(text.contains("error=\"the token endpoint answered 400: invalid_client\""), "{text}");
    assert!(!text.contains("s3cr3t") && !text.contains("sso"), "{text}");
}

/// A token endpoint that takes all of the time for an attempt, and a payment endpoint.
struct Sluggish(Simulated);

impl Transport for Sluggish {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let body = if request.uri().path() == "/payouts" {
            "\"\"".to_owned()
        } else {
            self.0.advance(Duration::from_secs(30));
            grant("one", 300)
        };
        Box::pin(async { Ok(Response::new(body.into())) })
    }
}

#[tokio::test]
async fn the_time_that_a_token_takes_is_not_taken_from_the_request() {
    let time = Simulated::new(1);
    let client = client(Sluggish(time.clone()), &time, credentials());
    let (_, meta) = Call::new(&client, ByBearer).detailed().await.unwrap();
    assert_eq!(meta.attempts(), 1);
}

#[tokio::test]
async fn every_form_of_a_lifetime_is_understood() {
    // How many tokens two calls need that are a day apart.
    for (lifetime, fetches) in [
        ("", 1),
        (r#","expires_in":null"#, 1),
        (r#","expires_in":300"#, 2),
        (r#","expires_in":"300""#, 2),
        (r#","expires_in":299.9"#, 2),
        (r#","expires_in":0"#, 2),
        (r#","expires_in":86399"#, 2),
        (r#","expires_in":172800"#, 1),
        (r#","expires_in":-1"#, 1),
        (r#","expires_in":1e300"#, 1),
        (r#","expires_in":99999999999999999999"#, 1),
        (r#","expires_in":"soon""#, 1),
    ] {
        let granted = format!(r#"{{"access_token":"one","token_type":"bearer"{lifetime}}}"#);
        let mut script = Scripted::new();
        for call in 0..2 {
            if call < fetches {
                script = script.respond(200, granted.clone());
            }
            script = script.respond(201, "\"\"");
        }
        let time = Simulated::new(1);
        let client = client(script.clone(), &time, credentials());
        Call::new(&client, ByBearer).await.unwrap();
        time.advance(Duration::from_secs(24 * 3600));
        Call::new(&client, ByBearer).await.unwrap_or_else(|error| panic!("{lifetime}: {error}"));
        assert_eq!(script.sent().len(), 2 + fetches, "{lifetime}");
    }
}

#[tokio::test]
async fn a_fetch_whose_caller_goes_away_hinders_nobody() {
    let script = Scripted::new().hang().respond(200, grant("one", 300)).respond(201, "\"\"");
    let client = in_real_time(script.clone());
    let mut first = Call::new(&client, ByBearer).into_future();
    let mut second = Call::new(&client, ByBearer).into_future();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    // One asks for a token, the other waits for it.
    assert!(first.as_mut().poll(&mut context).is_pending() && second.as_mut().poll(&mut context).is_pending());
    assert_eq!(script.sent().len(), 1);
    drop(first);
    second.await.unwrap();
    assert_eq!(tokens(&script), [None, None, Some("one".to_owned())]);
}

#[tokio::test]
async fn a_token_that_is_turned_away_is_renewed_once() {
    let script = Scripted::new()
        .respond(200, grant("one", 300))
        .respond(401, "")
        .respond(200, grant("two", 300))
        .respond(201, "\"\"")
        .respond(401, "")
        .respond(200, grant("three", 300))
        .respond(401, "");
    let time = Simulated::new(1);
    let client = client(script.clone(), &time, credentials());
    let (_, meta) = Call::new(&client, ByBearer).detailed().await.unwrap();
    assert_eq!(meta.attempts(), 2);
    let error = Call::new(&client, ByBearer).await.unwrap_err();
    assert_eq!((error.status(), error.outcome()), (Some(401), Outcome::Refused));
    assert_eq!(script.sent().len(), 7);
}

#[tokio::test]
async fn many_calls_that_were_turned_away_with_one_token_share_its_successor() {
    let script = Scripted::new().respond(200, grant("one", 300)).respond(200, grant("two", 300));
    let time = Simulated::new(1);
    let context =
        TokenContext { transport: &script, environment: &time, plain_http: false, time: Duration::from_secs(30) };
    let source = credentials();
    let one = source.token(&context).await.unwrap();
    assert!(source.reject(&one));
    let two = source.token(&context).await.unwrap();
    assert!(two != one);
    // Another call went out with the first token as well, and learns of its end only now.
    assert!(source.reject(&one));
    assert!(source.token(&context).await.unwrap() == two);
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test]
async fn a_fixed_token_is_not_tried_twice() {
    let script = Scripted::new().respond(401, "");
    let client = ApiClientBuilder::new(&API)
        .base(0, "https://api.example.com")
        .credential(1, Bearer::new("fixed"))
        .transport(script.clone())
        .build()
        .unwrap();
    assert_eq!(Call::new(&client, ByBearer).await.unwrap_err().status(), Some(401));
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test]
async fn what_the_endpoint_says_decides_whether_to_ask_again() {
    let denied = Scripted::new().respond(401, r#"{"error":"invalid_client","error_description":"s3cr3t&"}"#);
    let error = Call::new(&client(denied.clone(), &Simulated::new(1), credentials()), ByBearer).await.unwrap_err();
    assert!(matches!(&error, Error::Auth(auth, _) if !auth.is_transient() && !auth.is_missing()));
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(error.to_string(), "pay: the token endpoint answered 401: invalid_client (not sent)");
    assert_eq!(denied.sent().len(), 1);

    let busy = Scripted::new()
        .respond(503, r#"{"error":"s3cr3t"}"#)
        .fail(|| TransportError::interrupted("broken"))
        .respond(200, grant("one", 300))
        .respond(201, "\"\"");
    Call::new(&client(busy.clone(), &Simulated::new(1), credentials()), ByBearer).await.unwrap();
    assert_eq!(busy.sent().len(), 4);

    for nonsense in [
        "",
        "{}",
        "[]",
        r#"{"access_token":1}"#,
        r#"{"access_token":"a\nb"}"#,
        r#"{"access_token":"a","token_type":"mac"}"#,
    ] {
        let script = Scripted::new().respond(200, nonsense);
        let error = Call::new(&client(script.clone(), &Simulated::new(1), credentials()), ByBearer).await.unwrap_err();
        assert!(matches!(error, Error::Auth(..)));
        assert_eq!(script.sent().len(), 1, "{nonsense}");
    }
}

#[tokio::test]
async fn secrets_go_to_no_plain_token_endpoint() {
    let script = Scripted::new();
    let insecure = ClientCredentials::new("http://sso.example.com/token", "shop", "s3cr3t");
    let error = Call::new(&client(script.clone(), &Simulated::new(1), insecure), ByBearer).await.unwrap_err();
    assert!(matches!(error, Error::Auth(..)));
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn a_call_waits_as_long_as_the_token_endpoint_asks_for() {
    let script = Scripted::new()
        .respond_with(429, &[("retry-after", "7")], "")
        .respond(200, grant("one", 300))
        .respond(201, "\"\"");
    let time = Simulated::new(1);
    let began = time.now();
    Call::new(&client(script.clone(), &time, credentials()), ByBearer).await.unwrap();
    assert!(time.now() - began >= Duration::from_secs(7));
    assert_eq!(tokens(&script), [None, None, Some("one".to_owned())]);
}

#[tokio::test]
async fn a_token_endpoint_is_left_alone_for_as_long_as_it_asks() {
    let wait = &[("retry-after", "60")];
    let script = Scripted::new().respond_with(503, wait, "").respond(200, grant("one", 300)).respond(201, "\"\"");
    let time = Simulated::new(1);
    let credentials = credentials();
    let clients = [client(script.clone(), &time, credentials.clone()), client(script.clone(), &time, credentials)];
    // The call has no time to wait, and neither have those that come later: one response is shared by all of them.
    for (client, left) in [(&clients[0], 60), (&clients[1], 50), (&clients[0], 40)] {
        let error = Call::new(client, ByBearer).deadline(Duration::from_secs(20)).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert_eq!(error.meta().unwrap().retry_after(), Some(Duration::from_secs(left)));
        assert_eq!(script.sent().len(), 1);
        time.advance(Duration::from_secs(10));
    }
    time.advance(Duration::from_secs(30));
    Call::new(&clients[1], ByBearer).await.unwrap();
    assert_eq!(tokens(&script), [None, None, Some("one".to_owned())]);
}

#[tokio::test]
async fn a_renewal_waits_as_long_as_the_token_endpoint_asks_for() {
    let script = Scripted::new()
        .respond(200, grant("one", 100))
        .respond(201, "\"\"")
        .respond_with(429, &[("retry-after", "12")], "")
        .respond(201, "\"\"")
        .respond(201, "\"\"")
        .respond(200, grant("two", 100))
        .respond(201, "\"\"");
    let time = Simulated::new(1);
    let client = client(script.clone(), &time, credentials());
    // After 96 s the next renewal would be due, but for the wait, which ends after 97 s.
    for seconds in [0, 85, 11, 2] {
        time.advance(Duration::from_secs(seconds));
        Call::new(&client, ByBearer).await.unwrap();
    }
    let expected = [None, Some("one"), None, Some("one"), Some("one"), None, Some("two")];
    assert_eq!(tokens(&script), expected.map(|token| token.map(str::to_owned)));
}
