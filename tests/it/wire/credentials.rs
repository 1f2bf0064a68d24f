//! Credentials go where the document says, and nowhere else.

use specie_runtime::Outcome;
use specie_runtime::client::{Scripted, Sent};

use crate::support::apis::{AnyTransport, Row, rows};
use crate::support::bench::{ACCOUNT, KEY};
use crate::support::clients::Setup;
use crate::support::instances::Extent;
use crate::support::raw::{base64, request};
use crate::support::run;
use crate::support::values::{Kind, Settled};

/// What a client with or without credentials sends.
async fn sent(row: &Row, key: Option<&str>) -> (Vec<Sent>, Settled) {
    let script = Scripted::new().respond(418, "");
    let setup = Setup { key: key.map(str::to_owned), ..Setup::over(AnyTransport::new(script.clone())) };
    let any = request(row, Extent::Smallest).await;
    let settled = (row.call)(&setup.build(row.api).unwrap(), any).await;
    (script.sent(), settled)
}

/// Everything in a request that is a credential, by scheme.
fn credentials(sent: &Sent) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    if let Some(value) = sent.header("authorization") {
        found.push((if value.starts_with("Basic ") { "basicAuth" } else { "bearerAuth" }, value.to_owned()));
    }
    if let Some(value) = sent.header("api-key") {
        found.push(("api-key", value.to_owned()));
    }
    let query = sent.uri.query().unwrap_or_default().split('&');
    found
        .extend(query.filter_map(|pair| pair.strip_prefix("public_key=")).map(|value| ("publicKey", value.to_owned())));
    found
}

fn expected(scheme: &str) -> (&'static str, String) {
    match scheme {
        "basicAuth" => ("basicAuth", format!("Basic {}", base64(&format!("{ACCOUNT}:{KEY}")))),
        "bearerAuth" => ("bearerAuth", format!("Bearer {KEY}")),
        "api-key" => ("api-key", KEY.to_owned()),
        "publicKey" => ("publicKey", KEY.to_owned()),
        other => panic!("a scheme called {other}"),
    }
}

#[test]
fn an_operation_gets_the_credentials_that_it_names() {
    run(async {
        let (mut with, mut without) = (0, 0);
        for row in rows() {
            let (sent, _) = sent(row, Some(KEY)).await;
            let schemes: Vec<&str> =
                row.documented().security.first().into_iter().flatten().map(String::as_str).collect();
            let expected: Vec<_> = schemes.iter().map(|scheme| expected(scheme)).collect();
            assert_eq!(sent.len(), 1, "{}", row.name());
            assert_eq!(credentials(&sent[0]), expected, "{}", row.name());
            if schemes.is_empty() { without += 1 } else { with += 1 }
        }
        // The pre-request of both brands takes none: its key is in the body.
        assert_eq!((with, without), (32, 2));
    });
}

#[test]
fn nothing_else_is_sent_with_a_request() {
    run(async {
        for row in rows() {
            let (sent, _) = sent(row, Some(KEY)).await;
            let mut names: Vec<&str> = sent[0].headers.keys().map(http::HeaderName::as_str).collect();
            names.retain(|name| !["content-type", "user-agent", "accept", "authorization", "api-key"].contains(name));
            let declared: Vec<&str> =
                row.documented().parameters_in("header").map(|parameter| parameter["name"].as_str().unwrap()).collect();
            assert_eq!(names, declared, "{}", row.name());
            assert_eq!(sent[0].header("content-type").is_some(), row.documented().body.is_some(), "{}", row.name());
        }
    });
}

#[test]
fn a_missing_credential_is_an_error_before_anything_is_sent() {
    run(async {
        let (mut refused, mut anonymous) = (0, 0);
        for row in rows() {
            let (sent, settled) = sent(row, None).await;
            let security = &row.documented().security;
            let failure = settled.unwrap_err();
            if security.is_empty() || security.iter().any(std::collections::BTreeSet::is_empty) {
                assert_eq!(sent.len(), 1, "{}", row.name());
                assert_eq!(credentials(&sent[0]), [], "{}", row.name());
                anonymous += 1;
            } else {
                assert!(sent.is_empty(), "{}", row.name());
                assert_eq!(
                    (failure.kind, failure.outcome),
                    (Kind::Auth, Outcome::NotSent),
                    "{}: {failure:?}",
                    row.name()
                );
                refused += 1;
            }
        }
        assert_eq!((refused, anonymous), (28, 6));
    });
}
