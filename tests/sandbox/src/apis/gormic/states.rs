//! The states of payments, and of the orders and invoices that no operation makes.

use crate::machine::{Cause, Edge, Machine, OUTCOME};

const fn edge(from: &'static [&'static str], cause: Cause, to: &'static [&'static str]) -> Edge {
    Edge { from, cause, to }
}

/// Payments. A deleted one is in no list any more; the state itself is not documented.
pub(crate) static PAYMENT: Machine = Machine {
    api: "gormic",
    kind: "payment",
    initial: &["pending", "progress", "complete"],
    edges: &[
        edge(&["pending", "progress"], Cause::Operation("confirmPayment"), &["complete"]),
        edge(&["pending", "progress"], Cause::Operation("updatePayment"), &["complete"]),
        edge(&["pending"], Cause::Operation("updatePayment"), &["progress"]),
        edge(&["complete"], Cause::Operation("updatePayment"), &["reversed"]),
        // Only where a scenario asks for it.
        edge(&["pending"], Cause::Timer(OUTCOME), &["progress", "complete"]),
        edge(&["progress"], Cause::Timer(OUTCOME), &["complete"]),
        edge(&["pending", "progress"], Cause::Operation("deletePayment"), &["deleted"]),
    ],
};

/// The states that a scenario may ask for.
pub(crate) const PLANNED: &[&str] = &["progress", "complete"];

/// Orders, which tests make.
pub(crate) static ORDER: Machine = Machine {
    api: "gormic",
    kind: "order",
    initial: &["open"],
    edges: &[edge(&["open"], Cause::Control, &["closed", "canceled"])],
};

/// Invoices, which tests make.
pub(crate) static INVOICE: Machine = Machine {
    api: "gormic",
    kind: "invoice",
    initial: &["open"],
    edges: &[edge(&["open"], Cause::Control, &["closed"])],
};

/// What may be done with a payment in a state, as `can` says it; only `confirm` is evidenced.
pub(crate) fn can(state: &str) -> Vec<&'static str> {
    let operations = [("confirm", "confirmPayment"), ("delete", "deletePayment"), ("update", "updatePayment")];
    let allowed =
        |(_, operation): &(&str, &'static str)| PAYMENT.next(state, Cause::Operation(operation)).next().is_some();
    operations.into_iter().filter(allowed).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_done_follows_from_the_table() {
        assert_eq!(can("pending"), ["confirm", "delete", "update"]);
        assert_eq!(can("complete"), ["update"]);
        assert!(can("reversed").is_empty() && can("deleted").is_empty());
    }
}
