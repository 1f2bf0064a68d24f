//! Secrets of webhooks, and what comes with them.

use std::error::Error;

use specie_runtime::InProcess;
use specie_runtime::decode;
use specie_runtime::webhook::{Receiver, Sender};

use super::assert_silent;
use super::traces::captured;
use crate::support::instances::MARKER;
use crate::support::values::texts;

/// A handler's failure; what it says of itself is its own affair, and here it says nothing.
fn fails() -> Result<(), Box<dyn Error + Send + Sync>> {
    Err("the ledger is closed".into())
}

#[test]
fn neither_side_shows_secrets_addresses_or_payloads() {
    let body = format!(
        r#"{{"data": {{"type": "payout-invoices", "id": "{MARKER}", "attributes": {{"status": "processed"}}}}}}"#
    );
    let payload: cublox::webhooks::PayoutInvoice = decode::from_slice(body.as_bytes()).unwrap();
    let mut shown = String::new();
    let text = captured(async {
        let failing: Receiver = cublox::webhooks::payout_invoice([MARKER], |_| async { fails() });
        let panicking: Receiver = cublox::webhooks::payout_invoice([MARKER], |callback| async move {
            panic!("cannot book {}", callback.data.id) as Result<(), String>
        });
        let agreed =
            omno::webhooks::transaction(|_| async { Ok::<(), String>(()) }).authorization([format!("Bearer {MARKER}")]);
        for (receiver, secret) in
            [(failing.clone(), MARKER), (failing, "another"), (panicking, MARKER), (agreed, MARKER)]
        {
            let sender =
                Sender::over(InProcess::new(receiver.clone())).secret(secret).authorization(format!("Basic {MARKER}"));
            for url in [format!("https://shop.example.com/{MARKER}?{MARKER}"), format!("http://{MARKER}.example.com")] {
                let error = cublox::webhooks::send::payout_invoice(&sender, &url, &payload).await.unwrap_err();
                shown += &format!("{receiver:?} {sender:?} {sender:#?} {}", texts(&error));
            }
        }
    });
    assert_silent(&shown, "a text of sender or receiver");
    assert_silent(&text, "a trace of sender or receiver");
    for part in ["the ledger is closed", "the handler panicked", "payoutInvoice", "http.response.status_code=401"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
