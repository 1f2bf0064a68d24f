//! The states of a payout invoice, and the ways between them.

use crate::machine::{Cause, Edge, Machine, OUTCOME};

/// From creation until it expires; how long is the profile's.
pub(crate) const EXPIRY: &str = "expiry";
/// Until processing is tried again after an error; how long is the profile's.
pub(crate) const RETRY: &str = "retry";
/// Until a pending result is known; how long is the profile's.
pub(crate) const SETTLE: &str = "settle";
/// Until cancelling has an outcome; how long is the profile's.
pub(crate) const CANCEL: &str = "cancel";

const OUTCOMES: &[&str] = &["processed", "partially_processed", "process_pending", "process_error", "process_failed"];
const CANCEL_OUTCOMES: &[&str] = &["canceled", "partially_canceled", "cancel_pending", "cancel_error", "cancel_failed"];

/// The states after which nothing happens by itself, and of which callbacks tell where the profile asks for final ones only.
pub(super) const FINAL: &[&str] = &[
    "processed",
    "partially_processed",
    "process_failed",
    "expired",
    "terminated",
    "canceled",
    "partially_canceled",
    "cancel_failed",
];

/// The states that an outcome may have.
pub(crate) const PLANNED: &[&str] = OUTCOMES;

const fn edge(from: &'static [&'static str], cause: Cause, to: &'static [&'static str]) -> Edge {
    Edge { from, cause, to }
}

const EDGES: &[Edge] = &[
    edge(&["created"], Cause::Operation("processPayoutInvoice"), &["processing"]),
    // With `auto_process`, creating it is enough.
    edge(&["created"], Cause::Operation("createPayoutInvoice"), &["processing"]),
    edge(&["created"], Cause::Timer(EXPIRY), &["expired"]),
    edge(&["created"], Cause::Control, &["terminated"]),
    edge(&["processing"], Cause::Timer(OUTCOME), OUTCOMES),
    edge(&["processing"], Cause::Control, OUTCOMES),
    edge(&["process_error"], Cause::Timer(RETRY), &["processing", "process_failed"]),
    edge(&["process_pending"], Cause::Timer(SETTLE), &["processed", "process_failed"]),
    edge(&["process_pending"], Cause::Control, &["processed", "process_failed"]),
    edge(&["processed", "partially_processed"], Cause::Control, &["canceling"]),
    edge(&["canceling"], Cause::Timer(CANCEL), CANCEL_OUTCOMES),
    edge(&["canceling"], Cause::Control, CANCEL_OUTCOMES),
    edge(&["cancel_pending", "cancel_error"], Cause::Control, &["canceled", "partially_canceled", "cancel_failed"]),
];

const fn machine(api: &'static str) -> Machine {
    Machine { api, kind: "payout_invoice", initial: &["created"], edges: EDGES }
}

/// Invoices of Cublox.
pub(crate) static CUBLOX: Machine = machine("cublox");
/// Invoices of Paymega.
pub(crate) static PAYMEGA: Machine = machine("paymega");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_documented_states_and_no_others() {
        let states = CUBLOX.states();
        assert_eq!(states.len(), 15);
        for state in states {
            let known = serde_json::from_value::<cublox::types::PayoutInvoiceStatus>(state.into()).unwrap();
            assert!(!matches!(known, cublox::types::PayoutInvoiceStatus::Unknown(_)), "{state}");
        }
    }

    #[test]
    fn nothing_moves_by_itself_out_of_a_final_state() {
        let states = CUBLOX.states();
        for state in FINAL {
            assert!(states.contains(state), "{state}");
            let mut out = CUBLOX.edges.iter().filter(|edge| edge.from.contains(state));
            assert!(out.all(|edge| edge.cause == Cause::Control), "{state}");
        }
    }

    #[test]
    fn what_is_final_in_the_documents_is_final_here() {
        for state in ["process_failed", "expired", "terminated", "cancel_failed", "partially_canceled", "canceled"] {
            assert!(CUBLOX.is_terminal(state), "{state}");
        }
        for state in ["created", "processing", "process_pending", "process_error", "canceling", "processed"] {
            assert!(!CUBLOX.is_terminal(state), "{state}");
        }
    }
}
