//! What is sent is what arrives, with required fields only and with all of them.

use crate::support::apis::{AnyClient, Api, Row, rows};
use crate::support::bench::Bench;
use crate::support::clients::{Setup, client};
use crate::support::instances::Extent;
use crate::support::raw::{Raw, received};
use crate::support::values::assert_equal;
use crate::support::{run, sockets};

/// Sends requests of an operation, and looks at what arrived.
async fn arrives(row: &Row, client: &AnyClient, bench: &Bench) {
    let raws = [Extent::Smallest, Extent::Fullest].map(|extent| Raw::new(row, extent));
    let mut requests = Vec::new();
    for raw in &raws {
        let sent = received(row, raw).await;
        let error = (row.call)(client, sent.copied()).await.expect_err("no response is queued");
        assert_eq!(error.status, Some(500), "{}: {error:?}", row.name());
        let arrived = bench.only_arrival();
        assert_eq!(arrived.operation, row.spec.id);
        assert_equal(&*arrived.request, &*sent, &row.name());
        let expected: Vec<&str> = row.documented().security.first().into_iter().flatten().map(String::as_str).collect();
        assert_eq!(arrived.credentials, expected, "{}", row.name());
        requests.push(sent);
    }
    // Otherwise the second request would be the first one again.
    assert_eq!(requests[0].equals(&*requests[1]), raws[0] == raws[1], "{}", row.name());
}

#[test]
fn in_process() {
    run(async {
        for row in rows() {
            let bench = Bench::new();
            arrives(row, &client(row.api, row.api.in_process(bench.clone())), &bench).await;
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
                arrives(row, &client, &bench).await;
            }
        }
    });
}
