//! One reference, several calls, several lives: what is still open is never forgotten by the next call.

use std::path::Path;

use serde_json::json;
use specie_runtime::Outcome;
use specie_runtime::client::{FileJournal, RetryPolicy};

use super::server::{Act, Commit, HONEST, Server, json_response, response};
use super::{Told, client, options, payout};
use crate::support::run;

const KEY: &[u8] = b"sixteen bytes or more";

async fn journal(folder: &Path) -> FileJournal {
    FileJournal::open(folder.join("payouts.journal")).await.unwrap()
}

/// The API's own refusals, and those of gateways in its documented form.
fn refusals() -> Vec<(&'static str, Vec<u8>)> {
    let error = json!({"errors": [{"status": "No", "code": "4xx"}]});
    vec![
        ("422", json_response("422 Unprocessable Content", &json!({"errors": {"amount": "Over the limit."}}))),
        ("401", json_response("401 Unauthorized", &error)),
        ("403", json_response("403 Forbidden", &error)),
        ("a gateway's 403", response("403 Forbidden", "content-type: text/html\r\n", b"<html>")),
    ]
}

#[test]
fn a_refusal_settles_nothing_while_an_earlier_call_of_the_reference_is_open() {
    run(async {
        for (what, refusal) in refusals() {
            let folder = tempfile::tempdir().unwrap();
            let journal = journal(folder.path()).await;
            let server = Server::start(|_| Act { closes: true, ..Act::responds(Commit::Before, Vec::new()) });
            let options = options().retry(RetryPolicy::never()).journal(journal, KEY.to_vec());
            let client = client(&server, options);
            let told = Told::plain(client.create_payout_invoice(payout("inv-1")).await);
            assert_eq!(told, Told::Failed(Outcome::Unknown));

            server.now(move |_| Act::responds(Commit::Never, refusal.clone()));
            let told = Told::plain(client.create_payout_invoice(payout("inv-1")).await);
            assert_eq!(told, Told::Failed(Outcome::Unknown), "{what}");

            // Another reference is not concerned.
            let told = Told::plain(client.create_payout_invoice(payout("inv-2")).await);
            assert!(told.is_true(&[]), "{what}: {told:?}");
        }
    });
}

#[test]
fn the_next_life_knows_it_too_and_settles_all_entries_of_the_reference() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(|_| Act { closes: true, ..Act::responds(Commit::Before, Vec::new()) });
        {
            let options = options().retry(RetryPolicy::never()).journal(journal(folder.path()).await, KEY.to_vec());
            let client = client(&server, options);
            for _ in 0..2 {
                let told = Told::plain(client.create_payout_invoice(payout("inv-1")).await);
                assert_eq!(told, Told::Failed(Outcome::Unknown));
            }
        }
        server.now(|request| {
            if request.creates() {
                let body = json!({"errors": {"amount": "Over the limit."}});
                return Act::responds(Commit::Never, json_response("422 Unprocessable Content", &body));
            }
            HONEST
        });
        let journal = journal(folder.path()).await;
        let client = client(&server, options().journal(journal.clone(), KEY.to_vec()));
        let told = Told::plain(client.create_payout_invoice(payout("inv-1")).await);
        assert!(told.is_true(&server.under("inv-1")), "{told:?}");
        let told = Told::reconciled(client.create_payout_invoice(payout("inv-1")).reconciled().await);
        assert!(matches!(told, Told::Paid(_)), "{told:?}");
        assert!(journal.unsettled().is_empty(), "one response settles the reference: {:?}", journal.unsettled());
        assert_eq!(server.under("inv-1").len(), 1);
    });
}

#[test]
fn who_asks_first_is_not_refused_what_was_paid_in_an_earlier_life() {
    run(async {
        for (what, refusal) in refusals() {
            // The mark was written, the books were not: nothing is open, and the payout is there.
            let folder = tempfile::tempdir().unwrap();
            let server = Server::start(|_| HONEST);
            let journal = journal(folder.path()).await;
            let client = client(&server, options().journal(journal.clone(), KEY.to_vec()));
            assert!(matches!(Told::plain(client.create_payout_invoice(payout("inv-1")).await), Told::Paid(_)));
            assert!(journal.unsettled().is_empty());

            server.now(
                move |request| {
                    if request.creates() { Act::responds(Commit::Never, refusal.clone()) } else { HONEST }
                },
            );
            let creates = server.creates();
            let again = client.create_payout_invoice(payout("inv-1")).reconciled().lookup_first().await;
            let [id] = server.under("inv-1").try_into().unwrap();
            assert_eq!(Told::reconciled(again), Told::Paid(id), "{what}");
            assert_eq!(server.creates(), creates, "{what}: it was sent although it is there");
        }
    });
}

#[test]
fn a_journal_that_is_no_journal_is_left_as_it_is() {
    run(async {
        let entries = {
            let folder = tempfile::tempdir().unwrap();
            let server = Server::start(|_| Act { closes: true, ..Act::responds(Commit::Before, Vec::new()) });
            let options = options().retry(RetryPolicy::never()).journal(journal(folder.path()).await, KEY.to_vec());
            let client = client(&server, options);
            for number in 0..3 {
                let _ = client.create_payout_invoice(payout(&format!("inv-{number}"))).await;
            }
            std::fs::read(folder.path().join("payouts.journal")).unwrap()
        };
        let text = String::from_utf8(entries.clone()).unwrap();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let damaged = [
            ("a configuration", b"[database]\nurl = \"postgres://localhost\"\n".to_vec()),
            ("a line without an end", b"just some text".to_vec()),
            ("CRLF", text.replace('\n', "\r\n").into_bytes()),
            ("leading spaces", text.lines().map(|line| format!("  {line}\n")).collect::<String>().into_bytes()),
            ("UTF-16", utf16),
            ("a byte order mark", [b"\xef\xbb\xbf".to_vec(), entries.clone()].concat()),
            ("its first half missing", entries[entries.len() / 2..].to_vec()),
            ("zeros", vec![0; 4096]),
            ("two lines as one", text.replacen('\n', "", 1).into_bytes()),
        ];
        for (what, bytes) in damaged {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("payouts.journal");
            std::fs::write(&path, &bytes).unwrap();
            let error = FileJournal::open(&path).await.err();
            assert!(error.is_some(), "{what} was taken for a journal");
            assert_eq!(std::fs::read(&path).unwrap(), bytes, "{what} was changed");
        }
        // Any byte that differs is noticed, or changes nothing that is open.
        for at in 0..entries.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("payouts.journal");
            let mut bytes = entries.clone();
            bytes[at] ^= 1 << (at % 8);
            std::fs::write(&path, &bytes).unwrap();
            match FileJournal::open(&path).await {
                Err(_) => assert_eq!(std::fs::read(&path).unwrap(), bytes, "byte {at}"),
                Ok(journal) => {
                    let references: Vec<_> =
                        journal.unsettled().iter().map(|entry| entry.reference().unwrap().to_owned()).collect();
                    // A tail without its line end is a request that was never sent.
                    let expected: &[&str] =
                        if at + 1 == bytes.len() { &["inv-0", "inv-1"] } else { &["inv-0", "inv-1", "inv-2"] };
                    assert_eq!(references, expected, "byte {at}");
                }
            }
        }
    });
}
