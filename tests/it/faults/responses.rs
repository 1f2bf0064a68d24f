//! Every kind of response that is not the API's own, before, after and without the commit.

use serde_json::json;
use specie_runtime::Outcome;

use super::server::{Act, Commit, HONEST, Server, response};
use super::{Told, client, options, payout};
use crate::support::run;

const STATUSES: [&str; 44] = [
    "200 OK",
    "201 Created",
    "202 Accepted",
    "203 Non-Authoritative Information",
    "204 No Content",
    "206 Partial Content",
    "300 Multiple Choices",
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "304 Not Modified",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
    "400 Bad Request",
    "401 Unauthorized",
    "402 Payment Required",
    "403 Forbidden",
    "404 Not Found",
    "405 Method Not Allowed",
    "406 Not Acceptable",
    "407 Proxy Authentication Required",
    "408 Request Timeout",
    "409 Conflict",
    "410 Gone",
    "411 Length Required",
    "412 Precondition Failed",
    "413 Content Too Large",
    "415 Unsupported Media Type",
    "417 Expectation Failed",
    "418 I'm a Teapot",
    "421 Misdirected Request",
    "422 Unprocessable Content",
    "423 Locked",
    "425 Too Early",
    "426 Upgrade Required",
    "428 Precondition Required",
    "429 Too Many Requests",
    "431 Request Header Fields Too Large",
    "451 Unavailable For Legal Reasons",
    "499 Client Closed Request",
    "500 Internal Server Error",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "520 Web Server Returned an Unknown Error",
];

/// Bodies that gateways, portals and broken servers send: content type and text.
fn bodies() -> Vec<(&'static str, String)> {
    vec![
        ("", String::new()),
        ("text/html", "<html><title>Welcome</title>Please log in.</html>".to_owned()),
        ("text/plain", "no".to_owned()),
        ("application/json", String::new()),
        ("application/json", json!({"message": "no Route matched with those values"}).to_string()),
        ("application/json", json!({}).to_string()),
        ("application/json", "[]".to_owned()),
        ("application/json", "{\"data\":{\"type\":\"payout-invoices\"".to_owned()),
        ("application/problem+json", json!({"title": "Forbidden", "status": 403}).to_string()),
        // The document's own error, in a media type that the document does not give.
        ("text/html", json!({"errors": [{"status": "Forbidden", "code": "403"}]}).to_string()),
    ]
}

/// Every response that the document does not describe.
fn undocumented() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for status in STATUSES {
        for (media_type, body) in bodies() {
            let is_documented_empty = ["429", "502", "503", "504"].iter().any(|code| status.starts_with(code));
            if (is_documented_empty && body.is_empty()) || (status.starts_with("204") && !body.is_empty()) {
                continue;
            }
            let header = if media_type.is_empty() { String::new() } else { format!("content-type: {media_type}\r\n") };
            all.push((format!("{status}, {media_type}: {body}"), response(status, &header, body.as_bytes())));
        }
    }
    all
}

const MOMENTS: [Commit; 3] = [Commit::Before, Commit::After, Commit::Never];

#[test]
fn a_response_that_the_document_does_not_describe_says_nothing() {
    run(async {
        let server = Server::start(|_| HONEST);
        let client = client(&server, options().retry(specie_runtime::client::RetryPolicy::never()));
        let mut count = 0;
        for (name, bytes) in undocumented() {
            for commit in MOMENTS {
                let reference = format!("inv-{count}");
                count += 1;
                let bytes = bytes.clone();
                server.now(move |_| Act { closes: true, ..Act::responds(commit, bytes.clone()) });
                let told = Told::plain(client.create_payout_invoice(payout(&reference)).await);
                assert_eq!(told, Told::Failed(Outcome::Unknown), "{commit:?}: {name}");
            }
        }
        assert!(count > 1000, "{count}");
    });
}

#[test]
fn after_such_a_response_reconciling_finds_the_truth() {
    run(async {
        let server = Server::start(|_| HONEST);
        let client = client(&server, options());
        let mut settled = 0;
        for (number, (name, bytes)) in undocumented().into_iter().enumerate() {
            let commit = MOMENTS[number % 3];
            let reference = format!("inv-{number}");
            let first = server.creates();
            let counted = server.clone();
            server.now(move |request| {
                let faulty = request.creates() && counted.creates() == first + 1;
                if faulty { Act { closes: true, ..Act::responds(commit, bytes.clone()) } } else { HONEST }
            });
            let told = Told::reconciled(client.create_payout_invoice(payout(&reference)).reconciled().await);
            assert!(told.is_true(&server.under(&reference)), "{commit:?}: {name}: {told:?}");
            settled += usize::from(matches!(told, Told::Paid(_)));
        }
        assert!(settled > 300, "{settled} were settled");
    });
}

#[test]
fn a_portal_in_front_of_everything_settles_nothing() {
    run(async {
        for (name, bytes) in undocumented().into_iter().step_by(7) {
            let (server, reference) = (Server::start(|_| HONEST), "inv-1");
            server.now(move |_| Act::responds(Commit::Never, bytes.clone()));
            let client = client(&server, options().deadline(std::time::Duration::from_millis(200)));
            let told = Told::reconciled(client.create_payout_invoice(payout(reference)).reconciled().await);
            assert_eq!(told, Told::Failed(Outcome::Unknown), "{name}");
        }
    });
}
