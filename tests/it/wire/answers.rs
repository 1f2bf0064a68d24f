//! Every documented status, success and error, reaches its own typed variant with the body that was sent.

use std::collections::BTreeMap;

use crate::support::apis::{AnyClient, Api, Row, rows};
use crate::support::bench::Bench;
use crate::support::clients::{Setup, answered, client};
use crate::support::instances::{Extent, instance};
use crate::support::raw::request;
use crate::support::values::{Kind, Value, assert_equal};
use crate::support::{run, sockets};

/// A body as the document gives it for a status.
fn body(row: &Row, status: u16, extent: Extent) -> String {
    match row.documented().response_schema(status) {
        Some(schema) => instance(&row.document().root, schema, extent),
        // Something may come all the same, which is nobody's JSON.
        None => "<html>gateway</html>".to_owned(),
    }
}

/// What a client makes of a documented answer: typed, and nothing else.
async fn typed(row: &Row, status: u16, extent: Extent, any: &dyn Value) -> Result<Box<dyn Value>, Box<dyn Value>> {
    match answered(row, any, status, body(row, status, extent).as_bytes()).await {
        Ok(output) => {
            assert!(status < 300, "{} took {status} for a success", row.name());
            Ok(output)
        }
        Err(failure) => {
            assert_eq!(
                (failure.kind, failure.api_status, failure.status),
                (Kind::Api, Some(status), Some(status)),
                "{}: {failure:?}",
                row.name()
            );
            Err(failure.api.unwrap())
        }
    }
}

fn copied(answer: &Result<Box<dyn Value>, Box<dyn Value>>) -> Result<Box<dyn Value>, Box<dyn Value>> {
    answer.as_ref().map(|value| value.copied()).map_err(|value| value.copied())
}

/// Lets the server give each documented answer, and compares what the client gives out.
async fn each_status_arrives(row: &Row, client: &AnyClient, bench: &Bench) {
    let any = request(row, Extent::Smallest).await;
    for extent in [Extent::Smallest, Extent::Fullest] {
        for status in row.documented().responses.keys().copied() {
            let name = format!("{} {status}", row.name());
            let sent = typed(row, status, extent, &*any).await;
            bench.answer(copied(&sent));
            match (sent, (row.call)(client, any.copied()).await) {
                (Ok(sent), Ok(got)) => assert_equal(&*got, &*sent, &name),
                (Err(sent), Err(failure)) => {
                    assert_eq!((failure.kind, failure.status), (Kind::Api, Some(status)), "{name}: {failure:?}");
                    assert_equal(failure.api.as_deref().unwrap(), &*sent, &name);
                }
                (_, got) => panic!("{name} became {got:?}"),
            }
        }
    }
}

#[test]
fn in_process() {
    run(async {
        for row in rows() {
            let bench = Bench::new();
            each_status_arrives(row, &client(row.api, row.api.in_process(bench.clone())), &bench).await;
        }
    });
}

#[test]
fn over_a_socket() {
    run(async {
        for api in Api::ALL {
            let bench = Bench::new();
            let url = sockets::serve(api, bench.clone()).await;
            let client = Setup::to(&url).build(api).unwrap();
            for row in rows().filter(|row| row.api == api) {
                each_status_arrives(row, &client, &bench).await;
            }
        }
    });
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
