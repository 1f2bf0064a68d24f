//! Clients, and every error they can give out.

use specie_runtime::client::{Options, Scripted, TransportError};
use tokio::io::AsyncReadExt as _;

use super::assert_silent;
use crate::support::apis::{AnyTransport, Api, Row, rows};
use crate::support::clients::Setup;
use crate::support::instances::{Extent, MARKER, instance};
use crate::support::raw::request;
use crate::support::run;
use crate::support::values::{Failure, Value};

/// Lets a client with a secret key call an operation with secret fields; gives the error, if it is one.
pub(super) async fn failure(row: &Row, setup: Setup, request: &dyn Value) -> Option<Failure> {
    let setup = Setup { key: Some(MARKER.to_owned()), ..setup };
    let client = setup.build(row.api).unwrap();
    assert_silent(&format!("{client:?} {client:#?}"), "a client");
    (row.call)(&client, request.copied()).await.err()
}

fn assert_silent_failure(failure: &Failure, row: &Row) {
    assert_silent(&format!("{}\n{}", failure.texts, failure.shown), &format!("{} {:?}", row.name(), failure.kind));
}

#[test]
fn errors_show_neither_request_nor_response() {
    let bodies = [
        MARKER.to_owned(),
        format!("\"{MARKER}\""),
        format!("{{\"data\":\"{MARKER}\",\"error\":\"{MARKER}\",\"errors\":\"{MARKER}\"}}"),
        format!("{{\"{MARKER}"),
    ];
    run(async {
        let mut taken = 0;
        for row in rows() {
            let any = request(row, Extent::Marked).await;
            for body in &bodies {
                for status in row.documented().statuses_with_body().chain([418, 599]) {
                    let script = Scripted::new().respond_with(
                        status,
                        &[("set-cookie", MARKER), ("location", MARKER)],
                        body.clone(),
                    );
                    match failure(row, Setup::over(AnyTransport::new(script.clone())), &*any).await {
                        Some(failure) => assert_silent_failure(&failure, row),
                        // Nothing is wrong with that response: a handful of operations answer with any object.
                        None => taken += 1,
                    }
                    let sent = script.sent().pop().unwrap();
                    assert_silent(&format!("{sent:?} {:?} {script:?}", sent.headers), &row.name());
                }
            }
            let script = Scripted::new().fail(|| TransportError::interrupted("the connection broke"));
            assert_silent_failure(&failure(row, Setup::over(AnyTransport::new(script)), &*any).await.unwrap(), row);
        }
        assert!(taken < 5, "{taken}");
    });
}

/// A body with the marker in the place of each text that may be any.
fn spoken(row: &Row, status: u16) -> String {
    let schema = row.documented().response_schema(status).unwrap();
    // Some numbers are larger than this reader takes.
    let extents = std::iter::once(Extent::Fullest).chain((0..100).map(Extent::Arbitrary));
    let mut bodies = extents.map(|extent| instance(&row.document().root, schema, extent));
    let mut value = bodies.find_map(|body| serde_json::from_str(&body).ok()).expect("one of them can be read");
    mark(&mut value);
    value.to_string()
}

fn mark(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => MARKER.clone_into(text),
        serde_json::Value::Array(items) => items.iter_mut().for_each(mark),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(mark),
        _ => {}
    }
}

#[test]
fn the_debug_form_of_a_documented_error_holds_nothing_of_its_body() {
    run(async {
        let (mut typed, mut total) = (0, 0);
        for row in rows() {
            let any = request(row, Extent::Smallest).await;
            for status in row.documented().statuses_with_body().filter(|status| *status >= 300) {
                let script = Scripted::new().respond(status, spoken(row, status));
                let failure = failure(row, Setup::over(AnyTransport::new(script)), &*any).await.unwrap();
                assert_silent_failure(&failure, row);
                // Nor does the documented error alone, which is an error as well.
                if let Some(api) = &failure.api {
                    assert_silent(&api.shown(), &format!("{} {status}", row.name()));
                    typed += 1;
                }
                assert!(failure.shown.contains("outcome: "), "{}", failure.shown);
                total += 1;
            }
        }
        assert!(total > 100 && typed * 10 > total * 9, "{typed} of {total} are read as documented");
    });
}

#[test]
fn errors_of_the_network_name_no_url_and_no_header() {
    run(async {
        // Nobody listens at the one; the other hangs up when it has heard the beginning of a request.
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let rude = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let rude_address = rude.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = rude.accept().await {
                let _ = stream.read(&mut [0; 16]).await;
            }
        });
        for address in [closed, rude_address] {
            for row in rows() {
                let any = request(row, Extent::Marked).await;
                let failure = failure(row, Setup::to(&format!("http://{address}/{MARKER}")), &*any).await.unwrap();
                assert_silent_failure(&failure, row);
                assert!(failure.texts.len() > 20, "{}", failure.texts);
            }
        }
    });
}

#[test]
fn what_cannot_be_built_is_not_quoted() {
    for api in Api::ALL {
        let script = || Setup::over(AnyTransport::new(Scripted::new()));
        let bad_key = Setup { key: Some(format!("{MARKER}\r\n")), ..script() };
        // An API key in a query can hold anything, and Basic refuses control characters.
        assert_silent(&format!("{:?}", bad_key.build(api).unwrap_err()), api.name());
        for url in [
            format!("https://user:{MARKER}@example.com"),
            format!("http://{MARKER}.example.com"),
            MARKER.to_owned(),
            format!("https://example.com?key={MARKER}"),
        ] {
            let setup = Setup { bases: [Some(url.clone()), Some(url)], ..script() };
            let error = setup.build(api).unwrap_err();
            assert_silent(&format!("{error} {error:?} {error:#?}"), api.name());
        }
    }
}

#[test]
fn builders_do_not_show_credentials() {
    let options = Options::new();
    let shown = [
        format!("{:?}", omno::Client::builder().bearer_auth(MARKER).options(options.clone())),
        format!("{:?}", gormic::Client::builder().api_key(MARKER).options(options.clone())),
        format!(
            "{:?}",
            cublox::Client::builder().basic_auth("account", MARKER).public_key(MARKER).options(options.clone())
        ),
        format!("{:?}", paymega::Client::builder().basic_auth("account", MARKER).public_key(MARKER).options(options)),
    ];
    for text in shown {
        assert_silent(&text, "a builder");
        assert!(text.contains("ClientBuilder"), "{text}");
    }
}
