//! A server that answers rejections as its API documents errors: clients then get them typed.

use crate::support::apis::{AnyTransport, Api, Row, row, rows};
use crate::support::bench::Bench;
use crate::support::clients::answered;
use crate::support::instances::Extent;
use crate::support::raw::{Answered, Raw, request};
use crate::support::run;
use crate::support::schemas::{assert_valid, validator};
use crate::support::values::Kind;

/// What a server that maps rejections to its own form responses.
async fn rejected(row: &Row, raw: &Raw) -> Answered {
    let bench = Bench::with_documented_errors();
    let answered = raw.send(&row.api.in_process(bench.clone())).await;
    assert!(bench.arrived().is_empty());
    answered
}

/// Requests of an operation, each with one thing wrong, and the status that says so.
fn spoilt(row: &Row) -> Vec<(Raw, u16)> {
    let valid = Raw::new(row, Extent::Smallest);
    let mut anonymous = valid.clone();
    anonymous.unset("authorization");
    let mut spoilt = vec![
        (anonymous, 401),
        (Raw { target: "/nowhere".to_owned(), ..valid.clone() }, 404),
        (Raw { method: "TRACE".to_owned(), ..valid.clone() }, 405),
    ];
    if row.documented().body.is_some() {
        spoilt.push((Raw { body: b"{".to_vec(), ..valid }, 400));
    }
    spoilt
}

#[test]
fn rejections_have_the_documented_form_and_reach_the_client_typed() {
    run(async {
        let mut typed = 0;
        for row in [
            row(Api::Cublox, "createPayoutInvoice"),
            row(Api::Paymega, "createPayoutInvoice"),
            row(Api::Omno, "createPayout"),
            row(Api::Omno, "fetchPayin"),
        ] {
            let any = request(row, Extent::Smallest).await;
            for (raw, status) in spoilt(row) {
                let rejection = rejected(row, &raw).await;
                assert_eq!(
                    (rejection.status, rejection.header("content-type")),
                    (status, "application/json"),
                    "{}",
                    row.name()
                );
                // What HTTP asks for is there also in a form of the API's own.
                assert_eq!(rejection.header("allow").is_empty(), status != 405);
                assert_eq!(rejection.header("www-authenticate").is_empty(), status != 401);
                if !row.documented().responses.contains_key(&status) {
                    continue;
                }
                let schema = row.documented().response_schema(status).unwrap();
                assert_valid(&validator(row.document(), schema), &rejection.body, &row.name());
                let failure = answered(row, &*any, status, &rejection.body).await.unwrap_err();
                assert_eq!(
                    (failure.kind, failure.api_status),
                    (Kind::Api, Some(status)),
                    "{}: {failure:?}",
                    row.name()
                );
                typed += 1;
            }
        }
        assert_eq!(typed, 4 + 4 + 3 + 2);
    });
}

/// A server that leaves the form of rejections to the generated trait.
fn unattended(api: Api) -> AnyTransport {
    match api {
        Api::Cublox => AnyTransport::new(cublox::fake::Cublox::new().in_process()),
        Api::Paymega => AnyTransport::new(paymega::fake::Paymega::new().in_process()),
        Api::Omno => AnyTransport::new(omno::fake::Omno::new().in_process()),
        Api::Gormic => AnyTransport::new(gormic::fake::Gormic::new().in_process()),
    }
}

#[test]
fn a_server_rejects_in_the_documented_form_by_itself() {
    run(async {
        let mut typed = 0;
        // Gormic gives its errors members that a rejection does not know, and has problem documents.
        for row in rows().filter(|row| row.api != Api::Gormic) {
            let any = request(row, Extent::Smallest).await;
            let is_protected = !row.spec.security.is_empty() && row.spec.security.iter().all(|all| !all.is_empty());
            for (raw, status) in spoilt(row) {
                let is_reached = status == 400 || (status == 401 && is_protected);
                if !is_reached || !row.documented().responses.contains_key(&status) {
                    continue;
                }
                let rejection = raw.send(&unattended(row.api)).await;
                let what = || format!("{} {status}: {}", row.name(), String::from_utf8_lossy(&rejection.body));
                assert_eq!(
                    (rejection.status, rejection.header("content-type")),
                    (status, "application/json"),
                    "{}",
                    what()
                );
                let schema = row.documented().response_schema(status).unwrap();
                assert_valid(&validator(row.document(), schema), &rejection.body, &row.name());
                let failure = answered(row, &*any, status, &rejection.body).await.unwrap_err();
                assert_eq!((failure.kind, failure.api_status), (Kind::Api, Some(status)), "{}", what());
                typed += 1;
            }
        }
        assert!(typed > 10, "{typed}");
    });
}

#[test]
fn a_documented_error_names_the_place_too() {
    run(async {
        let row = row(Api::Cublox, "createPayoutInvoice");
        let body = br#"{"data":{"type":"payout-invoice","attributes":{"amount":"10"}}}"#;
        let rejection = rejected(row, &Raw::with_body(row, body)).await;
        let error = &rejection.json()["errors"][0];
        assert_eq!(error["code"], "400");
        assert_eq!(error["status"], "Bad Request");
        assert!(error["detail"].as_str().unwrap().contains("/data/attributes/"), "{error}");
    });
}
