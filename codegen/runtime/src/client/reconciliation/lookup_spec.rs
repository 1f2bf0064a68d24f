//! The lookup that tells whether an operation happened.

use crate::client::call::Invoke;
use crate::client::response_class::LookupOperation;
use crate::operation::ReconcileSpec;

/// How to ask whether an operation happened: what the document says, and how the responses of the operation that asks are read.
#[derive(Clone, Copy)]
pub(in crate::client) struct Asking {
    pub(super) how: &'static ReconcileSpec,
    pub(super) lookup: LookupOperation,
}

/// How to ask for an operation; `None` where its document does not say how.
pub(in crate::client) const fn asking<O: Invoke>() -> Option<Asking> {
    match (O::SPEC.reconcile, O::LOOKUP) {
        (Some(how), Some(lookup)) => Some(Asking { how, lookup }),
        _ => None,
    }
}
