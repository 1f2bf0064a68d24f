//! Every documented status, success and error, reaches its own typed variant with the body that was sent.

use std::collections::BTreeMap;

use super::{each_in_process, each_over_a_socket};
use crate::support::apis::{AnyClient, Row, rows};
use crate::support::bench::Bench;
use crate::support::clients::answered;
use crate::support::instances::{Extent, instance};
use crate::support::raw::request;
use crate::support::run;
use crate::support::values::{Answered, Kind, Settled, Value, assert_equal};

/// A body as the document gives it for a status.
fn body(row: &Row, status: u16, extent: Extent) -> String {
    match row.documented().response_schema(status) {
        Some(schema) => instance(&row.document().root, schema, extent),
        // Something may come all the same, which is nobody's JSON.
        None if row.spec.is_safe() => "<html>gateway</html>".to_owned(),
        None => String::new(),
    }
}

/// What a client makes of a documented response: typed, and nothing else.
async fn typed(row: &Row, status: u16, extent: Extent, any: &dyn Value) -> Answered {
    let name = format!("{} {status}", row.name());
    documented(row, answered(row, any, status, body(row, status, extent).as_bytes()).await, status, &name)
}

/// The documented response that a call came to, also if it is about another request than the one that was made up for it.
fn documented(row: &Row, settled: Settled, status: u16, name: &str) -> Answered {
    let response = match settled {
        Ok(output) => Ok(output),
        Err(failure) => {
            // What the document compares is made up for the response as for the request, and need not be the same.
            let is_comparable = row.spec.reconcile.is_some();
            assert!(
                failure.kind == Kind::Api || (failure.kind == Kind::Mismatch && is_comparable),
                "{name}: {failure:?}"
            );
            assert_eq!(failure.status, Some(status), "{name}: {failure:?}");
            assert!(failure.api_status.is_none_or(|own| own == status), "{name}: {failure:?}");
            failure.into_response().unwrap()
        }
    };
    assert_eq!(response.is_ok(), status < 300, "{name}");
    response
}

fn copied(response: &Answered) -> Answered {
    response.as_ref().map(|value| value.copied()).map_err(|value| value.copied())
}

/// Lets the server give each documented response, and compares what the client gives out.
async fn each_status_arrives(row: &Row, client: &AnyClient, bench: &Bench) {
    let any = request(row, Extent::Smallest).await;
    for extent in [Extent::Smallest, Extent::Fullest] {
        for status in row.documented().responses.keys().copied() {
            let name = format!("{} {status}", row.name());
            let sent = typed(row, status, extent, &*any).await;
            bench.respond(copied(&sent));
            match (sent, documented(row, (row.call)(client, any.copied()).await, status, &name)) {
                (Ok(sent), Ok(got)) | (Err(sent), Err(got)) => assert_equal(&*got, &*sent, &name),
                _ => panic!("{name} became another kind of response"),
            }
        }
    }
}

#[test]
fn in_process() {
    run(each_in_process(each_status_arrives));
}

#[test]
fn over_a_socket() {
    run(each_over_a_socket(each_status_arrives));
}

#[test]
fn no_two_statuses_share_a_variant() {
    run(async {
        for row in rows() {
            let any = request(row, Extent::Smallest).await;
            let mut variants = BTreeMap::new();
            for status in row.documented().responses.keys().copied().filter(|status| *status >= 300) {
                let failure =
                    answered(row, &*any, status, body(row, status, Extent::Smallest).as_bytes()).await.unwrap_err();
                let other = variants.insert(failure.variant(), status);
                assert_eq!(other, None, "{}: {} is {status} too", row.name(), failure.variant());
                let reason = http::StatusCode::from_u16(status).unwrap().canonical_reason().unwrap();
                assert_eq!(failure.variant(), reason.replace(' ', ""), "{}", row.name());
            }
            assert!(variants.len() >= 2, "{}", row.name());
        }
    });
}
