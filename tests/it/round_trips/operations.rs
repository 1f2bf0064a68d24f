//! Every operation: arbitrary requests arrive as they were sent, arbitrary responses come back as they were given.

use proptest::prelude::any;

use super::runner;
use crate::support::apis::{Row, rows};
use crate::support::exact::assert_same;
use crate::support::instances::{Extent, instance};
use crate::support::raw::{Raw, received};
use crate::support::values::assert_equal;
use crate::support::{passes, run};

async fn request_arrives(row: &Row, extent: Extent) {
    let raw = Raw::new(row, extent);
    let request = received(row, &raw).await;
    let sent =
        passes::sent(row, request.copied()).await.unwrap_or_else(|| panic!("{} was not sent: {raw:?}", row.name()));
    assert_eq!(sent.body.is_empty(), raw.body.is_empty(), "{}", row.name());
    if !raw.body.is_empty() {
        assert_same(&raw.body, &sent.body, &row.name());
    }
    let arrived = passes::arrival(row, &sent).await.unwrap_or_else(|| panic!("{} did not arrive: {raw:?}", row.name()));
    assert_equal(&*arrived.request, &*request, &row.name());
}

#[test]
fn arbitrary_requests_arrive_equal() {
    let property = |seed| {
        run(async {
            for row in rows() {
                request_arrives(row, Extent::Arbitrary(seed)).await;
            }
        });
        Ok(())
    };
    runner(24).run(&any::<u64>(), property).unwrap();
}

#[test]
fn arbitrary_responses_come_back_equal() {
    let property = |seed| {
        run(async {
            for row in rows() {
                for status in row.documented().statuses_with_body() {
                    let schema = row.documented().response_schema(status).unwrap();
                    let body = instance(&row.document().root, schema, Extent::Arbitrary(seed));
                    let encoded = passes::response(row, status, body.as_bytes()).await;
                    assert_same(body.as_bytes(), &encoded, &format!("{} {status}", row.name()));
                }
            }
        });
        Ok(())
    };
    runner(6).run(&any::<u64>(), property).unwrap();
}
