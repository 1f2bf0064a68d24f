//! Faults on requests: what the caller sees, and what has happened.

use std::time::Duration;

use specie_runtime::client::{Options, RetryPolicy};
use specie_runtime::{Outcome, dec};
use specie_sandbox::{AfterCommit, Before, Fault, FaultBody, Rule, Sandbox};

use crate::support::{cublox, order};

const OPERATION: &str = "createPayoutInvoice";

/// A client that sends each request once and waits for half a second.
fn impatient(sandbox: &Sandbox) -> cublox::Client {
    let options = Options::new().retry(RetryPolicy::never()).attempt_timeout(Duration::from_millis(500));
    sandbox.merchant("shop").cublox(options).unwrap()
}

const LOSSES: [Fault; 7] = [
    Fault::Status { code: 500, body: FaultBody::Json, retry_after: None },
    Fault::Status { code: 502, body: FaultBody::Html, retry_after: None },
    Fault::Status { code: 503, body: FaultBody::Empty, retry_after: None },
    Fault::Drop,
    Fault::Reset,
    Fault::Hang,
    Fault::Delay(Duration::from_secs(3600)),
];

#[tokio::test]
async fn before_the_commit_nothing_has_happened() {
    for fault in LOSSES {
        let sandbox = cublox().await;
        let armed = sandbox.faults().arm(Rule::on(OPERATION).at(Before).kind(fault).times(1));
        let error = impatient(&sandbox).create_payout_invoice(order("ref-1", dec!(10))).await.unwrap_err();
        assert_eq!((error.outcome(), armed.hits()), (Outcome::Unknown, 1), "{fault:?}: {error:?}");
        assert!(sandbox.objects().unwrap().is_empty(), "{fault:?}");
    }
}

#[tokio::test]
async fn after_the_commit_everything_has_happened_and_the_caller_does_not_know() {
    let damages = [Fault::Truncate { bytes: 20 }, Fault::Garble];
    for fault in LOSSES.into_iter().chain(damages) {
        let sandbox = cublox().await;
        let armed = sandbox.faults().arm(Rule::on(OPERATION).at(AfterCommit).kind(fault).times(1));
        let api = impatient(&sandbox);
        let error = api.create_payout_invoice(order("ref-1", dec!(10))).await.unwrap_err();
        assert_eq!((error.outcome(), armed.hits()), (Outcome::Unknown, 1), "{fault:?}: {error:?}");
        assert_eq!(sandbox.payouts().unwrap().len(), 1, "{fault:?}");
        let again = api.create_payout_invoice(order("ref-1", dec!(10))).await.unwrap_err();
        assert_eq!(again.outcome(), Outcome::Duplicate, "{fault:?}");
    }
}

#[tokio::test]
async fn a_lost_response_is_found_by_asking() {
    let sandbox = cublox().await;
    let _lost = sandbox.faults().arm(Rule::on(OPERATION).at(AfterCommit).kind(Fault::Reset).times(1));
    let api = sandbox.cublox("shop").unwrap();
    let invoice = api.create_payout_invoice(order("ref-1", dec!(10))).reconciled().await.unwrap();
    assert_eq!(sandbox.payouts().unwrap().iter().map(|payout| &payout.id).collect::<Vec<_>>(), [&invoice.data.id]);
}

#[tokio::test]
async fn slowness_and_small_delays_lose_nothing() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    for (number, fault) in
        [Fault::Slow(Duration::from_micros(50)), Fault::Delay(Duration::from_millis(1))].into_iter().enumerate()
    {
        let _armed = sandbox.faults().arm(Rule::on(OPERATION).kind(fault));
        api.create_payout_invoice(order(&format!("ref-{number}"), dec!(10))).await.unwrap();
    }
    assert_eq!(sandbox.payouts().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn so_many_times_is_exact_under_load() {
    let sandbox = cublox().await;
    let armed = sandbox.faults().arm(Rule::on(OPERATION).at(AfterCommit).kind(Fault::Drop).times(17));
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..64 {
        let api = impatient(&sandbox);
        calls.spawn(async move { api.create_payout_invoice(order(&format!("ref-{number}"), dec!(1))).await.is_err() });
    }
    let failed = calls.join_all().await.into_iter().filter(|failed| *failed).count();
    assert_eq!((failed, armed.hits(), sandbox.payouts().unwrap().len()), (17, 17, 64));
}

#[tokio::test]
async fn the_journal_has_each_attempt_and_no_card_number() {
    let sandbox = cublox().await;
    let _armed = sandbox.faults().arm(Rule::on(OPERATION).at(AfterCommit).kind(Fault::Drop).times(1));
    let api = impatient(&sandbox);
    let _lost = api.create_payout_invoice(order("ref-1", dec!(10))).await;
    let _conflict = api.create_payout_invoice(order("ref-1", dec!(10))).await;
    let entries = sandbox.journal().entries();
    let seen: Vec<_> = entries.iter().map(|entry| (entry.operation, entry.status, entry.fault.is_some())).collect();
    assert_eq!(seen, [(Some(OPERATION), Some(201), true), (Some(OPERATION), Some(409), false)]);
    assert_eq!(entries[0].merchant.as_deref(), Some("shop"));

    let file = tempfile::NamedTempFile::new().unwrap();
    sandbox.export(file.path()).await.unwrap();
    let text = std::fs::read_to_string(file.path()).unwrap();
    let keys = sandbox.merchant("shop").credentials();
    for secret in ["5123817234060000", keys.api_key.expose(), keys.private_key.expose(), keys.public_key.as_str()] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(text.contains("ref-1"));
}
