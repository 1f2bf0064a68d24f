//! Arbitrary texts in paths, queries and headers arrive unchanged, or are refused before they are sent; in paths, also by the server.

use proptest::prelude::{Strategy, any};
use proptest::prop_oneof;

use super::runner;
use crate::support::apis::{AnyClient, Api, Row, row};
use crate::support::bench::Bench;
use crate::support::clients::{Setup, client};
use crate::support::values::{Kind, Value};
use crate::support::{run, sockets};
use specie_runtime::Outcome;

/// Texts that URLs trip over, and any other.
fn text() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "", ".", "..", "/", "//", "%", "%2F", "%2e", "?", "#", "&", "=", "+", " ", ";", ",", ":", "@", "\\", "[x]",
        "é", "𝄞", "\0", "\r\n", "\t", "a", "~", "\"", "<",
    ]);
    prop_oneof![any::<String>(), proptest::collection::vec(pieces, 0..5).prop_map(|pieces| pieces.concat())]
}

/// One place for a text, and what becomes of it there.
struct Position {
    row: &'static Row,
    request: fn(&str) -> Box<dyn Value>,
    fate: fn(&str) -> Fate,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Arrives,
    NotSent,
    /// The client sends it percent-encoded, and the server refuses it with 400.
    Refused,
}

fn in_path(text: &str) -> Fate {
    match text {
        // An empty segment names another resource; dots are steps (RFC 3986 section 5.2.4), encoded or not.
        "" | "." | ".." => Fate::NotSent,
        _ if text.contains(['/', '\\']) || text.contains(char::is_control) => Fate::Refused,
        _ => Fate::Arrives,
    }
}

fn in_query(_: &str) -> Fate {
    Fate::Arrives
}

fn in_header(text: &str) -> Fate {
    // What RFC 9110 section 5.5 lets through without doubt; white space around a value is not part of it.
    let is_sendable =
        text.trim_matches([' ', '\t']) == text && text.chars().all(|c| c == ' ' || c == '\t' || c.is_ascii_graphic());
    if is_sendable { Fate::Arrives } else { Fate::NotSent }
}

fn positions() -> Vec<Position> {
    let position = |api, id, request, fate| Position { row: row(api, id), request, fate };
    vec![
        position(Api::Cublox, "getPayoutInvoice", |text| Box::new(cublox::GetPayoutInvoice::new(text)), in_path),
        position(
            Api::Cublox,
            "processPayoutInvoice",
            |text| Box::new(cublox::ProcessPayoutInvoice::new(text)),
            in_path,
        ),
        position(Api::Omno, "confirmPayout", |text| Box::new(omno::ConfirmPayout::new(text)), in_path),
        position(
            Api::Paymega,
            "findPayoutInvoicesPublic",
            |text| Box::new(paymega::FindPayoutInvoicesPublic::new(text)),
            in_query,
        ),
        position(
            Api::Paymega,
            "listPayoutInvoices",
            |text| Box::new(paymega::ListPayoutInvoices::new().filter_reference_id(text)),
            in_query,
        ),
        position(Api::Gormic, "deletePayment", |text| Box::new(deletion("uid", text)), in_header),
        position(Api::Gormic, "deletePayment", |text| Box::new(deletion(text, "organization")), in_path),
    ]
}

fn deletion(uid: &str, organization_id: &str) -> gormic::DeletePayment {
    gormic::DeletePayment::new(gormic::DeletePaymentRequired {
        uid: uid.to_owned(),
        organization_id: organization_id.to_owned(),
    })
}

async fn arrives_or_is_refused(position: &Position, client: &AnyClient, bench: &Bench, text: &str) {
    let request = (position.request)(text);
    let failure = (position.row.call)(client, request.copied()).await.unwrap_err();
    let arrived = bench.arrived();
    let name = format!("{} with {text:?}: {failure:?}", position.row.name());
    match (position.fate)(text) {
        Fate::Arrives => {
            assert_eq!(arrived.len(), 1, "{name}");
            assert!(arrived[0].request.equals(&*request), "{name}: {:?}", arrived[0].request);
        }
        Fate::NotSent => {
            assert_eq!((failure.kind, failure.outcome, arrived.len()), (Kind::Build, Outcome::NotSent, 0), "{name}");
        }
        Fate::Refused => assert_eq!((failure.status, arrived.len()), (Some(400), 0), "{name}"),
    }
}

#[test]
fn in_process() {
    let positions = positions();
    let property = |text: String| {
        run(async {
            for position in &positions {
                let bench = Bench::new();
                let client = client(position.row.api, position.row.api.in_process(bench.clone()));
                arrives_or_is_refused(position, &client, &bench, &text).await;
            }
        });
        Ok(())
    };
    runner(300).run(&text(), property).unwrap();
}

#[test]
fn over_a_socket() {
    let positions = positions();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let servers: Vec<(Bench, AnyClient)> = positions
        .iter()
        .map(|position| {
            let bench = Bench::new();
            let url = runtime.block_on(sockets::serve(position.row.api, bench.clone()));
            (bench, Setup::to(&url).build(position.row.api).unwrap())
        })
        .collect();
    let property = |text: String| {
        for (position, (bench, client)) in positions.iter().zip(&servers) {
            runtime.block_on(arrives_or_is_refused(position, client, bench, &text));
        }
        Ok(())
    };
    runner(100).run(&text(), property).unwrap();
}
