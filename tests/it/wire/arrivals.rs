//! What is sent is what arrives, with required fields only and with all of them.

use super::{each_in_process, each_over_a_socket};
use crate::support::apis::{AnyClient, Row};
use crate::support::bench::Bench;
use crate::support::instances::Extent;
use crate::support::raw::{Raw, received};
use crate::support::run;
use crate::support::values::assert_equal;

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
    run(each_in_process(arrives));
}

#[test]
fn over_a_socket() {
    run(each_over_a_socket(arrives));
}
