//! Responses to a lookup that look like "it is not there".

use std::time::Duration;

use serde_json::{Value, json};

use super::server::{Act, Commit, HONEST, Server, json_response, resource, response};
use super::{Told, client, options, payout};
use crate::support::run;

/// Responses of gateways, caches and other APIs to the lookup.
fn absences() -> Vec<(&'static str, Vec<u8>)> {
    let json = |status, body: Value| json_response(status, &body);
    vec![
        ("a gateway's 404 in JSON", json("404 Not Found", json!({"message": "no Route matched with those values"}))),
        ("a gateway's 404 in JSON with an error", json("404 Not Found", json!({"error": {"code": 404}}))),
        ("a 404 page", response("404 Not Found", "content-type: text/html\r\n", b"<html>")),
        ("an empty 404", response("404 Not Found", "", b"")),
        ("another API's empty object", json("200 OK", json!({}))),
        ("another API's list", json("200 OK", json!([]))),
        ("items elsewhere", json("200 OK", json!({"items": []}))),
        ("an empty 204", response("204 No Content", "", b"")),
        ("a list as a page", response("200 OK", "content-type: text/html\r\n", b"{\"data\": []}")),
        (
            "an empty first page",
            json("200 OK", json!({"data": [], "links": {"next": "/payout-invoices?page[number]=2"}})),
        ),
    ]
}

#[test]
fn what_is_not_a_documented_response_is_not_absence() {
    run(async {
        for (what, bytes) in absences() {
            // The create acts after all, after its connection broke; every lookup is answered wrongly.
            let server = Server::start(move |request| {
                if request.creates() {
                    Act { closes: true, ..Act::responds(Commit::Before, Vec::new()) }
                } else {
                    Act::responds(Commit::Never, bytes.clone())
                }
            });
            let client = client(&server, options().deadline(Duration::from_millis(200)));
            let told = Told::reconciled(client.create_payout_invoice(payout("inv-1")).reconciled().await);
            assert!(told.is_true(&server.under("inv-1")), "{what}: {told:?}");
            assert_eq!(server.creates(), 1, "{what}: it was taken for the word that nothing is there, and sent again");
        }
    });
}

#[test]
fn a_refusal_after_a_lost_response_needs_a_lookup_that_is_read_to_its_end() {
    run(async {
        for (what, bytes) in absences() {
            // Lost after the commit; the repetition meets a refusal as documented (say, a limit that the first one used up).
            let server = Server::start(|_| HONEST);
            let counted = server.clone();
            server.now(move |request| match (request.creates(), counted.creates()) {
                (true, 1) => Act { closes: true, ..Act::responds(Commit::Before, Vec::new()) },
                (true, _) => Act::responds(
                    Commit::Never,
                    json_response("422 Unprocessable Content", &json!({"errors": {"amount": "Over the limit."}})),
                ),
                (false, _) => Act::responds(Commit::Never, bytes.clone()),
            });
            let client = client(&server, options().deadline(Duration::from_millis(300)));
            let told = Told::reconciled(client.create_payout_invoice(payout("inv-1")).reconciled().await);
            assert!(told.is_true(&server.under("inv-1")), "{what}: {told:?}");
        }
    });
}

#[test]
fn a_payout_on_a_later_page_is_found() {
    run(async {
        let server = Server::start(|request| {
            if request.creates() {
                return Act { closes: true, ..Act::responds(Commit::Before, Vec::new()) };
            }
            let page = if request.target.contains("page") {
                json!({"data": [resource("cpoi_0", "inv-1")]})
            } else {
                json!({"data": [], "links": {"next": format!("{}&page%5Bnumber%5D=2", request.target)}})
            };
            Act::responds(Commit::Never, json_response("200 OK", &page))
        });
        let client = client(&server, options());
        let told = Told::reconciled(client.create_payout_invoice(payout("inv-1")).reconciled().await);
        assert_eq!(told, Told::Paid("cpoi_0".to_owned()));
    });
}

#[test]
fn one_payout_listed_twice_is_one() {
    run(async {
        let server = Server::start(|request| {
            if request.creates() {
                return Act { closes: true, ..Act::responds(Commit::Before, Vec::new()) };
            }
            let one = resource("cpoi_0", "inv-1");
            Act::responds(Commit::Never, json_response("200 OK", &json!({"data": [one, one]})))
        });
        let client = client(&server, options());
        let told = Told::reconciled(client.create_payout_invoice(payout("inv-1")).reconciled().await);
        assert_eq!(told, Told::Paid("cpoi_0".to_owned()));
    });
}

#[test]
fn a_server_that_asks_to_wait_for_an_hour_is_still_asked() {
    run(async {
        // The payout was made, and a gateway's 503 asks for an hour's patience: with time left, the lookup finds it.
        let server = Server::start(|request| {
            if request.creates() {
                let bytes = response("503 Service Unavailable", "retry-after: 3600\r\n", b"");
                return Act { closes: true, ..Act::responds(Commit::Before, bytes) };
            }
            HONEST
        });
        let client = client(&server, options());
        let told = Told::reconciled(client.create_payout_invoice(payout("inv-1")).reconciled().await);
        assert!(matches!(told, Told::Paid(_)), "{told:?}");
        assert_eq!(server.creates(), 1, "the create is not sent again before the hour is over");
    });
}

#[test]
fn a_lookup_overrides_what_a_portal_called_a_success() {
    run(async {
        // A portal's page answers the create, which never arrives; the lookups are the API's own.
        let server = Server::start(|_| HONEST);
        let counted = server.clone();
        server.now(move |request| {
            if request.creates() && counted.creates() == 1 {
                let page = response("200 OK", "content-type: text/html\r\n", b"<html>Welcome</html>");
                return Act::responds(Commit::Never, page);
            }
            HONEST
        });
        let client = client(&server, options());
        let told = Told::reconciled(client.create_payout_invoice(payout("inv-1")).reconciled().await);
        assert!(matches!(told, Told::Paid(_)), "{told:?}");
        assert_eq!(server.under("inv-1").len(), 1);
    });
}
