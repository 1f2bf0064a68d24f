//! The states of pay-ins, payouts, cashier sessions and saved cards.

use crate::machine::{Cause, Edge, Machine, OUTCOME};

/// From creation until a pay-in that nobody pays is over; how long is the profile's.
pub(crate) const TIMEOUT: &str = "timeout";
/// Until a challenge that nobody answers is over; how long is the profile's.
pub(crate) const CHALLENGE: &str = "challenge";
/// Until a refund has an outcome; how long is the profile's.
pub(crate) const REFUND: &str = "refund";
/// Until a cashier session is over; how long is the profile's.
pub(crate) const EXPIRY: &str = "expiry";

const fn edge(from: &'static [&'static str], cause: Cause, to: &'static [&'static str]) -> Edge {
    Edge { from, cause, to }
}

const FIRST: &[&str] = &["PENDING", "PENDING_3DS", "SUCCESS", "DECLINED", "FAILED"];
const ENDS: &[&str] = &["SUCCESS", "DECLINED", "FAILED"];
const REFUNDED: &[&str] = &["REFUNDED", "PARTIALLY_REFUNDED", "REFUND_FAILED"];

/// The states that the outcome of a pay-in may have.
pub(crate) const PAYIN_OUTCOMES: &[&str] = FIRST;
/// The states that the outcome of a payout may have.
pub(crate) const PAYOUT_OUTCOMES: &[&str] = &["SUCCESS", "DECLINED", "FAILED", "TIMEOUT"];

/// Pay-ins.
pub(crate) static PAYIN: Machine = Machine {
    api: "omno",
    kind: "payin",
    initial: &["CREATED"],
    edges: &[
        edge(&["CREATED"], Cause::Operation("processPayinCard"), FIRST),
        edge(&["CREATED"], Cause::Operation("processPayinSavedCard"), FIRST),
        edge(&["CREATED"], Cause::Operation("processPayinDirectLink"), FIRST),
        edge(&["CREATED"], Cause::Page, FIRST),
        edge(&["PENDING_3DS"], Cause::Page, ENDS),
        edge(&["PENDING_3DS"], Cause::Control, ENDS),
        edge(&["PENDING"], Cause::Timer(OUTCOME), ENDS),
        edge(&["PENDING"], Cause::Control, ENDS),
        edge(&["CREATED", "PENDING", "PENDING_3DS"], Cause::Timer(TIMEOUT), &["TIMEOUT"]),
        edge(&["PENDING_3DS"], Cause::Timer(CHALLENGE), &["TIMEOUT"]),
        // No operation is documented; in life the dashboard does it.
        edge(&["SUCCESS", "PARTIALLY_REFUNDED", "REFUND_FAILED"], Cause::Control, &["REFUND_PENDING"]),
        edge(&["REFUND_PENDING"], Cause::Timer(REFUND), REFUNDED),
    ],
};

/// Payouts. That a rejected one is called `REJECTED` is inferred.
pub(crate) static PAYOUT: Machine = Machine {
    api: "omno",
    kind: "payout",
    initial: &["CREATED"],
    edges: &[
        edge(&["CREATED"], Cause::Operation("processPayoutDirectLink"), &["WAITING_FOR_CONFIRMATION", "PENDING"]),
        edge(&["CREATED"], Cause::Page, &["WAITING_FOR_CONFIRMATION", "PENDING"]),
        edge(&["CREATED", "WAITING_FOR_CONFIRMATION"], Cause::Operation("confirmPayout"), &["PENDING"]),
        edge(&["CREATED", "WAITING_FOR_CONFIRMATION"], Cause::Operation("rejectPayout"), &["REJECTED"]),
        edge(&["PENDING"], Cause::Timer(OUTCOME), PAYOUT_OUTCOMES),
        edge(&["PENDING"], Cause::Control, PAYOUT_OUTCOMES),
    ],
};

/// Cashier sessions; no state of theirs is documented.
pub(crate) static SESSION: Machine = Machine {
    api: "omno",
    kind: "cashier_session",
    initial: &["OPEN"],
    edges: &[edge(&["OPEN"], Cause::Timer(EXPIRY), &["EXPIRED"]), edge(&["OPEN"], Cause::Control, &["EXPIRED"])],
};

/// Saved cards.
pub(crate) static CARD: Machine = Machine { api: "omno", kind: "saved_card", initial: &["SAVED"], edges: &[] };

#[cfg(test)]
mod tests {
    use omno::types::{PayinStatus, PayoutStatus};

    use super::*;

    #[test]
    fn the_tables_have_documented_states_only() {
        for state in PAYIN.states() {
            let status = serde_json::from_value::<PayinStatus>(state.into()).unwrap();
            assert!(!matches!(status, PayinStatus::Unknown(_)), "{state}");
        }
        for state in PAYOUT.states() {
            let status = serde_json::from_value::<PayoutStatus>(state.into()).unwrap();
            assert!(!matches!(status, PayoutStatus::Unknown(_)), "{state}");
        }
    }

    #[test]
    fn ends_are_ends() {
        for state in ["DECLINED", "FAILED", "TIMEOUT", "REFUNDED"] {
            assert!(PAYIN.is_terminal(state), "{state}");
        }
        for state in ["SUCCESS", "DECLINED", "FAILED", "TIMEOUT", "REJECTED"] {
            assert!(PAYOUT.is_terminal(state), "{state}");
        }
    }
}
