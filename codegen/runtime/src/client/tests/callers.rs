//! Several callers share a client, and nothing of one is taken for another's.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{Request, Response};

use super::fixtures::{API, Bare, ByBasic, ByBearer, ByHeader, Get, Keyed, builder};
use super::journaling::{KEY, Notes};
use crate::body::Body;
use crate::client::{
    ApiKey, Basic, Bearer, BoxFuture, Call, CallerCredentials, ClientCredentials, Error, Options, RetryPolicy,
    Scripted, Simulated, Transport, TransportError,
};

fn caller(name: &str) -> CallerCredentials {
    CallerCredentials::new(&API).credential(0, Basic::new(name, "s3cret"))
}

#[tokio::test]
async fn a_call_sends_the_credentials_of_its_caller_and_none_of_the_client() {
    let script = (0..3).fold(Scripted::new(), |script, _| script.respond(201, "\"\""));
    let client = builder(&script, &Simulated::new(1)).credential(0, Basic::new("client", "x"));
    let client = client.credential(2, ApiKey::new("k3y")).build().unwrap();
    Call::new(&client, ByBasic).credentials(caller("one")).await.unwrap();
    Call::new(&client, ByBasic).credentials(caller("two")).await.unwrap();
    Call::new(&client, ByBasic).await.unwrap();
    let sent = script.sent();
    let names: Vec<_> = sent.iter().map(|sent| sent.header("authorization")).collect();
    // "one:s3cret", "two:s3cret" and "client:x" in Base64.
    assert_eq!(names, [Some("Basic b25lOnMzY3JldA=="), Some("Basic dHdvOnMzY3JldA=="), Some("Basic Y2xpZW50Ong=")]);

    let error = Call::new(&client, ByHeader).credentials(caller("one")).await.unwrap_err();
    assert!(matches!(error, Error::Auth(..)), "{error:?}");
    assert_eq!(script.sent().len(), 3);
    assert!(!format!("{:?}", caller("one")).contains("s3cret"));
}

#[tokio::test]
async fn a_header_of_the_client_does_not_stand_for_a_caller_s_credentials() {
    let script = (0..2).fold(Scripted::new(), |script, _| script.respond(201, "\"\""));
    let options =
        Options::new().environment(Simulated::new(1)).header("Authorization", "Basic b3du").header("x-a", "b");
    let client = builder(&script, &Simulated::new(1)).options(options).build().unwrap();
    Call::new(&client, ByBasic).credentials(caller("one")).await.unwrap();
    let sent = script.sent();
    assert_eq!(sent[0].header("authorization"), Some("Basic b25lOnMzY3JldA=="));
    assert_eq!(sent[0].header("x-a"), Some("b"));
}

#[tokio::test]
async fn each_caller_has_a_token_of_its_own_which_its_calls_share() {
    let token = |name: &str| format!(r#"{{"access_token": "{name}", "token_type": "Bearer", "expires_in": 300}}"#);
    let script = Scripted::new().respond(200, token("one")).respond(201, "\"\"").respond(201, "\"\"");
    let script = script.respond(200, token("two")).respond(201, "\"\"").respond(201, "\"\"");
    let client = builder(&script, &Simulated::new(1)).build().unwrap();
    let caller = |name: &str| {
        let source = ClientCredentials::new("https://auth.example.com/token", name, "s3cret");
        CallerCredentials::new(&API).credential(1, Bearer::new(source))
    };
    let (one, two) = (caller("one"), caller("two"));
    for who in [&one, &one, &two, &one] {
        Call::new(&client, ByBearer).credentials(who.clone()).await.unwrap();
    }
    let sent = script.sent();
    let tokens: Vec<_> = sent.iter().filter_map(|sent| sent.header("authorization")?.strip_prefix("Bearer ")).collect();
    assert_eq!(tokens, ["one", "one", "two", "one"]);
}

#[tokio::test]
async fn a_journal_keeps_the_operations_of_callers_apart() {
    let script = (0..3).fold(Scripted::new(), |script, _| script.respond(201, "\"\""));
    let mut groups = Vec::new();
    for who in ["one", "two", "one"] {
        let journal = Notes::of(&script);
        let client = super::journaling::client(&script, &journal, KEY);
        // Basic names the account by itself; a key does not.
        let credentials = caller("same").account(who);
        Call::new(&client, Keyed).idempotency_key("k").credentials(credentials).await.unwrap();
        groups.push(journal.entry().group().to_owned());
    }
    assert_ne!(groups[0], groups[1]);
    assert_eq!(groups[0], groups[2]);

    let client = super::journaling::client(&script, &Notes::of(&script), KEY);
    let nameless = CallerCredentials::new(&API).credential(2, ApiKey::new("k3y"));
    let error = Call::new(&client, Keyed).credentials(nameless).await.unwrap_err();
    let Error::Build(error) = error else { panic!("{error:?}") };
    assert_eq!(error.name(), "account");
}

#[tokio::test]
async fn own_headers_need_no_security_scheme() {
    let script = (0..2).fold(Scripted::new(), |script, _| script.respond(201, "\"\""));
    let options = Options::new().environment(Simulated::new(1)).header("Authorization", "Token of-client");
    let client = builder(&script, &Simulated::new(1)).options(options).build().unwrap();
    Call::new(&client, Bare).await.unwrap();
    Call::new(&client, Bare).header("authorization", "Token of-call").await.unwrap();
    let sent = script.sent();
    assert_eq!(sent[0].header("authorization"), Some("Token of-client"));
    assert_eq!(sent[1].header("authorization"), Some("Token of-call"));
    assert!(sent.iter().all(|sent| sent.headers["authorization"].is_sensitive()));
}

/// Numbers the attempts that pass through it, and lets the first one fail before it is sent.
struct Numbered {
    inner: Scripted,
    attempts: Arc<AtomicUsize>,
}

impl Transport for Numbered {
    fn send(&self, mut request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let number = self.attempts.fetch_add(1, Ordering::Relaxed);
        if number == 0 {
            return Box::pin(async { Err(TransportError::not_sent("no place is free")) });
        }
        request.headers_mut().insert("x-attempt", number.into());
        self.inner.send(request)
    }
}

#[tokio::test]
async fn a_layer_sees_every_attempt_because_retries_stand_above_it() {
    let script = Scripted::new().respond(503, "").respond(503, "").respond(200, "\"\"");
    let attempts = Arc::new(AtomicUsize::new(0));
    let options = Options::new().environment(Simulated::new(1)).retry(RetryPolicy::new().attempts(4));
    let layer = Numbered { inner: script.clone(), attempts: Arc::clone(&attempts) };
    let client = builder(&script, &Simulated::new(1)).transport(layer).options(options).build().unwrap();
    Call::new(&client, Get).await.unwrap();
    assert_eq!(attempts.load(Ordering::Relaxed), 4);
    let sent = script.sent();
    assert_eq!(sent.iter().map(|sent| sent.header("x-attempt")).collect::<Vec<_>>(), [Some("1"), Some("2"), Some("3")]);
}
