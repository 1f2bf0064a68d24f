//! Credentials go where their operation asks for them, and nowhere else.

use super::fixtures::ProbeError;
use super::fixtures::{
    API, Bare, ByAny, ByBasic, ByBearer, ByBoth, ByCookie, ByDigest, ByEither, ByHeader, ByQuery, Keyed, builder,
};
use crate::client::{ApiClient, ApiClientBuilder, ApiKey, Basic, Bearer, Call, Error, Scripted, Sent, Simulated};
use crate::client::{BuildError, Invoke, Options};
use crate::operation::Operation;
use crate::outcome::Outcome;

fn all(builder: ApiClientBuilder) -> ApiClientBuilder {
    builder
        .credential(0, Basic::new("shop", "pass:word"))
        .credential(1, Bearer::new("t0k3n"))
        .credential(2, ApiKey::new("k3y"))
        .credential(3, ApiKey::new("a b&c"))
        .credential(4, ApiKey::new("s3ss10n"))
}

async fn sent_by<O>(client: ApiClientBuilder, script: &Scripted, operation: O) -> Sent
where
    O: Invoke + Operation<Output = String, Error = ProbeError>,
{
    Call::new(&client.build().unwrap(), operation).await.unwrap();
    script.sent().pop().unwrap()
}

#[tokio::test]
async fn each_scheme_travels_in_its_place() {
    let script = (0..5).fold(Scripted::new(), |script, _| script.respond(201, "\"\""));
    let client = || all(builder(&script, &Simulated::new(1)));
    let basic = sent_by(client(), &script, ByBasic).await;
    assert_eq!(basic.header("authorization"), Some("Basic c2hvcDpwYXNzOndvcmQ="));
    let bearer = sent_by(client(), &script, ByBearer).await;
    assert_eq!(bearer.header("authorization"), Some("Bearer t0k3n"));
    let header = sent_by(client(), &script, ByHeader).await;
    assert_eq!((header.header("api-key"), header.header("authorization")), (Some("k3y"), None));
    let query = sent_by(client(), &script, ByQuery).await;
    assert_eq!(query.target(), "/v1/payouts?key=a%20b%26c");
    let cookie = sent_by(client(), &script, ByCookie).await;
    assert_eq!(cookie.header("cookie"), Some("session=s3ss10n"));
    for (sent, name) in [(basic, "authorization"), (bearer, "authorization"), (header, "api-key"), (cookie, "cookie")] {
        assert!(sent.headers[name].is_sensitive());
    }
}

#[tokio::test]
async fn names_and_passwords_of_basic_are_utf_8_and_only_the_name_has_no_colon() {
    let script = Scripted::new().respond(201, "\"\"");
    let client = builder(&script, &Simulated::new(1)).credential(0, Basic::new("käufer", "p:€"));
    let sent = sent_by(client, &script, ByBasic).await;
    // RFC 7617 section 2.1, of the bytes 6b c3 a4 75 66 65 72 3a 70 3a e2 82 ac.
    assert_eq!(sent.header("authorization"), Some("Basic a8OkdWZlcjpwOuKCrA=="));
}

#[tokio::test]
async fn an_operation_without_security_carries_none() {
    let script = Scripted::new().respond(201, "\"\"");
    let sent = sent_by(all(builder(&script, &Simulated::new(1))), &script, Bare).await;
    assert_eq!(sent.target(), "/v1/payouts");
    for name in ["authorization", "api-key", "cookie"] {
        assert_eq!(sent.header(name), None);
    }
}

#[tokio::test]
async fn the_first_complete_alternative_is_taken() {
    let script = (0..4).fold(Scripted::new(), |script, _| script.respond(201, "\"\""));
    let client = || builder(&script, &Simulated::new(1));
    let both = sent_by(all(client()), &script, ByEither).await;
    assert_eq!(
        (both.header("authorization").map(|text| &text[..5]), both.header("api-key")),
        (Some("Basic"), Some("k3y"))
    );
    let half = client().credential(0, Basic::new("a", "b")).credential(1, Bearer::new("t"));
    let second = sent_by(half, &script, ByEither).await;
    assert_eq!((second.header("authorization"), second.header("api-key")), (Some("Bearer t"), None));
    let anonymous = sent_by(client().credential(0, Basic::new("a", "b")), &script, ByAny).await;
    assert_eq!(anonymous.header("authorization"), None);
    let known = sent_by(client().credential(1, Bearer::new("t")), &script, ByAny).await;
    assert_eq!(known.header("authorization"), Some("Bearer t"));
}

#[tokio::test]
async fn a_missing_credential_is_an_error_before_sending() {
    let script = Scripted::new();
    let client = builder(&script, &Simulated::new(1)).credential(0, Basic::new("a", "b")).build().unwrap();
    let error = Call::new(&client, ByEither).await.unwrap_err();
    assert!(matches!(&error, Error::Auth(auth, _) if auth.is_missing()));
    assert_eq!((error.outcome(), script.sent().len()), (Outcome::NotSent, 0));
    let text = "pay: the operation takes credentials for `basic` and `header`, or `bearer`: \
                set them on the client's builder (not sent)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn two_credentials_for_one_header_are_an_error_before_sending() {
    let script = Scripted::new();
    let client = all(builder(&script, &Simulated::new(1))).build().unwrap();
    let error = Call::new(&client, ByBoth).await.unwrap_err();
    assert!(matches!(error, Error::Auth(..)));
    assert!(script.sent().is_empty());
}

#[test]
fn credentials_that_cannot_travel_are_not_taken() {
    let build = |change: fn(ApiClientBuilder) -> ApiClientBuilder| -> BuildError {
        change(builder(&Scripted::new(), &Simulated::new(1))).build().unwrap_err()
    };
    let faults = [
        build(|builder| builder.credential(0, Basic::new("sec:ret", "x"))),
        build(|builder| builder.credential(0, Basic::new("x", "secret\n"))),
        build(|builder| builder.credential(0, Bearer::new("secret"))),
        build(|builder| builder.credential(1, Bearer::new(""))),
        build(|builder| builder.credential(1, Bearer::new("secret secret"))),
        build(|builder| builder.credential(1, ApiKey::new("secret"))),
        build(|builder| builder.credential(2, ApiKey::new("secret\u{7f}"))),
        build(|builder| builder.credential(2, ApiKey::new(""))),
        build(|builder| builder.credential(4, ApiKey::new("secret;x"))),
    ];
    for fault in faults {
        assert!(fault.to_string().starts_with("credential for `"), "{fault}");
        assert!(!format!("{fault} {fault:?}").contains("secret"));
    }
}

#[tokio::test]
async fn a_client_over_a_script_has_placeholders_for_everything() {
    let script = (0..3).fold(Scripted::new(), |script, _| script.respond(201, "\"\""));
    let client = ApiClient::over(&API, script.clone());
    Call::new(&client, ByEither).await.unwrap();
    Call::new(&client, ByQuery).await.unwrap();
    Call::new(&client, super::fixtures::Public).await.unwrap();
    assert_eq!(script.sent()[2].uri, "https://in-process.invalid/public-api/x");
}

#[tokio::test]
async fn another_scheme_has_its_name_before_what_the_caller_gives() {
    let script = Scripted::new().respond(201, "\"\"");
    let client = builder(&script, &Simulated::new(1)).credential(5, ApiKey::new("username=\"a\", nonce=\"b\""));
    let sent = sent_by(client.credential(2, ApiKey::new("k3y")), &script, ByDigest).await;
    assert_eq!(sent.header("authorization"), Some("Digest username=\"a\", nonce=\"b\""));
    assert_eq!(sent.header("api-key"), Some("k3y"));
}

#[tokio::test]
async fn an_authorization_of_the_call_stands_for_the_credentials_that_travel_there() {
    let script = Scripted::new().respond(201, "\"\"").respond(201, "\"\"");
    let client = || builder(&script, &Simulated::new(1)).credential(2, ApiKey::new("k3y"));
    let signed = Call::new(&client().build().unwrap(), ByDigest).header("Authorization", "OAuth signature=1");
    signed.await.unwrap();
    let sent = script.sent().pop().unwrap();
    assert_eq!((sent.header("authorization"), sent.header("api-key")), (Some("OAuth signature=1"), Some("k3y")));
    assert!(sent.headers["authorization"].is_sensitive());

    // It stands for no other credential.
    let bare = builder(&script, &Simulated::new(1)).build().unwrap();
    let error = Call::new(&bare, ByDigest).header("authorization", "OAuth signature=1").await.unwrap_err();
    assert!(matches!(error, Error::Auth(..)), "{error:?}");

    // Nor is it replaced by one of the client.
    let sent_with_own =
        Call::new(&all(client()).build().unwrap(), ByBasic).header("authorization", "Basic b3duOm93bg==");
    sent_with_own.await.unwrap();
    assert_eq!(script.sent().pop().unwrap().header("authorization"), Some("Basic b3duOm93bg=="));
}

#[tokio::test]
async fn a_client_sends_the_headers_of_its_options_unless_a_call_has_its_own() {
    let script = Scripted::new().respond(201, "\"\"").respond(201, "\"\"");
    let options = || Options::new().environment(Simulated::new(1)).header("X-Tenant", "t3nant");
    let client = builder(&script, &Simulated::new(1)).options(options()).build().unwrap();
    Call::new(&client, Bare).await.unwrap();
    assert_eq!(script.sent().pop().unwrap().header("x-tenant"), Some("t3nant"));
    Call::new(&client, Bare).header("x-tenant", "other").await.unwrap();
    assert_eq!(script.sent().pop().unwrap().header("x-tenant"), Some("other"));
    assert!(!format!("{:?}", options()).contains("t3nant"));
}

#[tokio::test]
async fn headers_that_others_write_are_not_taken() {
    let script = Scripted::new();
    let client = builder(&script, &Simulated::new(1)).build().unwrap();
    for (name, value) in [
        ("Content-Length", "1"),
        ("host", "elsewhere"),
        ("cookie", "a=b"),
        ("content-type", "text/plain"),
        ("a b", "c"),
        ("x", "a\nb"),
        ("idempotency-key", "mine"),
    ] {
        let error = Call::new(&client, Keyed).header(name, value).await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{name}: {error:?}");
        assert!(!error.to_string().contains(value), "{error}");
    }
    assert!(script.sent().is_empty());
    let built = builder(&script, &Simulated::new(1)).options(Options::new().header("a b", "c")).build();
    assert_eq!(built.unwrap_err().name(), "header a b");
}
