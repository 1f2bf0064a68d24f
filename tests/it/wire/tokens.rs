//! OMNO's tokens, as integrators get them: by client credentials, from an endpoint that its document does not hold.

use std::time::Duration;

use specie_runtime::client::{ClientCredentials, Options, Scripted, Simulated};

use crate::support::run;

/// What the endpoint answers, but for the token itself.
const GRANT: &str = include_str!("../../../specs/omno/fixtures/token.response.200.json");
const TOKEN_URL: &str = "https://sso.omno.com/realms/omno/protocol/openid-connect/token";

fn grant(token: &str) -> String {
    let granted = GRANT.replace("<redacted-placeholder>", token);
    assert!(granted.contains(token));
    granted
}

#[test]
fn a_token_lives_for_its_300_seconds_and_is_renewed_before_they_are_over() {
    let (script, time) = (Scripted::new(), Simulated::new(1));
    let script =
        script.respond(200, grant("one")).respond(418, "").respond(418, "").respond(200, grant("two")).respond(418, "");
    let client = omno::Client::builder()
        .server(omno::Server::Production)
        .bearer_auth(ClientCredentials::new(TOKEN_URL, "shop", "s3cret"))
        .options(Options::new().environment(time.clone()))
        .transport(script.clone())
        .build()
        .unwrap();
    run(async {
        for seconds in [0, 260, 20] {
            time.advance(Duration::from_secs(seconds));
            assert_eq!(client.fetch_payout("po_1").await.unwrap_err().status(), Some(418));
        }
    });
    let sent = script.sent();
    let arrived: Vec<_> = sent.iter().map(|sent| (sent.uri.host().unwrap(), sent.header("authorization"))).collect();
    let (sso, api) = ("sso.omno.com", "api.omno.com");
    let one = (api, Some("Bearer one"));
    assert_eq!(arrived, [(sso, None), one, one, (sso, None), (api, Some("Bearer two"))]);
    assert_eq!(sent[0].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(sent[0].text(), "grant_type=client_credentials&client_id=shop&client_secret=s3cret");
}
