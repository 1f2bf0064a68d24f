//! How the reconciliation of an operation ended: [`Conclusion`].

use super::lookup::Lookup;
use crate::client::call::journaling::Told;
use crate::client::call::result::CallResult;
use crate::client::response::ClientResponse;
use crate::client::response::meta::Meta;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// How a reconciliation ended.
pub(super) enum Conclusion {
    /// The end of its own call settles it.
    Finished(CallResult),
    /// The resource is there and agrees with the request.
    Found(ClientResponse, Meta),
    /// The resource is there and differs in these fields.
    Differs(ClientResponse, Meta, Vec<&'static str>),
    /// This many resources have the reference.
    Several(usize),
    /// It is not settled: the end of the last request, the last lookup, and what is known.
    Unsettled(Option<CallResult>, Lookup, Meta),
}

impl Conclusion {
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::Finished(result) => result.outcome(),
            Self::Found(_, meta) | Self::Differs(_, meta, _) | Self::Unsettled(_, _, meta) => meta.outcome(),
            Self::Several(_) => Outcome::Unknown,
        }
    }

    /// The same end with what the journal lets be told of it.
    pub(super) fn told(self, spec: &'static OperationSpec, told: &Told) -> Self {
        match self {
            Self::Finished(result) => Self::Finished(result.told(spec, told)),
            Self::Found(response, meta) => {
                Self::Found(response, meta.with_journal_write_failed(told.journal_write_failed))
            }
            Self::Differs(response, meta, fields) => {
                Self::Differs(response, meta.with_journal_write_failed(told.journal_write_failed), fields)
            }
            Self::Several(count) => Self::Several(count),
            Self::Unsettled(last, lookup, meta) => {
                Self::Unsettled(last, lookup, meta.with_journal_write_failed(told.journal_write_failed))
            }
        }
    }
}
