//! Connections on which answers and requests are out of step.

use serde_json::json;
use specie_runtime::Outcome;
use specie_runtime::client::RetryPolicy;

use super::server::{Act, Commit, HONEST, Server, json_response, resource};
use super::{Told, client, options, payout};
use crate::support::run;

/// What may be left on a connection by somebody else's request.
fn strays() -> Vec<Vec<u8>> {
    vec![
        json_response("201 Created", &json!({"data": resource("cpoi_stray", "inv-stray")})),
        json_response("422 Unprocessable Content", &json!({"errors": {"amount": "This value should be less."}})),
        json_response("401 Unauthorized", &json!({"errors": [{"status": "Unauthorized", "code": "401"}]})),
        json_response("200 OK", &json!({"data": []})),
        b"HTTP/1.1 200 OK\r\n".to_vec(),
        b"garbage".to_vec(),
    ]
}

#[test]
fn a_response_that_nobody_asked_for_is_nobodys_response() {
    run(async {
        for (kind, stray) in strays().into_iter().enumerate() {
            let server = Server::start(|_| HONEST);
            let leaves = stray.clone();
            // One stray response, at the first request: from then on the connection is out of step.
            server.now(move |request| match request.connection {
                (0, 0) => Act { stray: leaves.clone(), ..HONEST },
                _ => HONEST,
            });
            let client = client(&server, options().retry(RetryPolicy::never()));
            for number in 0..50 {
                let reference = format!("inv-{number}");
                // Half of them after a request that leaves a connection to be used again.
                if number % 2 == 0 {
                    let _ = client.list_payout_invoices().await;
                }
                let told = Told::plain(client.create_payout_invoice(payout(&reference)).await);
                assert!(told.is_true(&server.under(&reference)), "{kind}: {reference}: {told:?}");
            }
        }
    });
}

#[test]
fn a_success_is_the_response_to_its_own_request() {
    run(async {
        let others = [
            ("another reference", resource("cpoi_other", "inv-other")),
            ("another amount", {
                let mut other = resource("cpoi_other", "inv-1");
                other["attributes"]["amount"] = json!(100.56);
                other
            }),
            ("another currency", {
                let mut other = resource("cpoi_other", "inv-1");
                other["attributes"]["currency"] = json!("EUR");
                other
            }),
        ];
        for (what, other) in others {
            let server = Server::start(move |request| {
                let bytes = json_response("201 Created", &json!({"data": other}));
                if request.creates() { Act::responds(Commit::Never, bytes) } else { HONEST }
            });
            let client = client(&server, options().deadline(std::time::Duration::from_millis(300)));
            let told = Told::plain(client.create_payout_invoice(payout("inv-1")).await);
            assert_eq!(told, Told::Failed(Outcome::Unknown), "{what}");
            let told = Told::reconciled(client.create_payout_invoice(payout("inv-1")).reconciled().await);
            assert_eq!(told, Told::Failed(Outcome::Unknown), "{what}, reconciled");
        }
    });
}

#[test]
fn a_server_that_closes_after_each_response_costs_no_payout_its_outcome() {
    run(async {
        let server = Server::start(|_| Act { closes: true, ..HONEST });
        let client = client(&server, options().retry(RetryPolicy::never()));
        for number in 0..200 {
            let reference = format!("inv-{number}");
            let told = Told::plain(client.create_payout_invoice(payout(&reference)).await);
            assert!(matches!(told, Told::Paid(_)), "{reference}: {told:?}");
        }
    });
}

#[test]
fn requests_that_create_never_share_a_connection() {
    run(async {
        let server = Server::start(|_| HONEST);
        let client = client(&server, options());
        for number in 0..10 {
            client.list_payout_invoices().await.unwrap();
            client.create_payout_invoice(payout(&format!("inv-{number}"))).await.unwrap();
        }
        let requests = server.requests();
        for create in requests.iter().filter(|request| request.creates()) {
            let sharing = requests.iter().filter(|other| other.connection.0 == create.connection.0).count();
            assert_eq!(sharing, 1, "{:?}", create.connection);
        }
    });
}
