//! How a call ended, before its response is decoded.

use super::journaling::Told;
use crate::client::credentials::auth_error::AuthError;
use crate::client::request::build_error::BuildError;
use crate::client::response::ClientResponse;
use crate::client::response::meta::Meta;
use crate::client::response::mismatch::ResponseMismatch;
use crate::client::transport::TransportError;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// How a call ended: a response or a failure, with its status, headers, attempts and outcome.
pub(crate) enum CallResult {
    Answered(ClientResponse, Meta),
    /// With a response that is about another request.
    Mismatch(ResponseMismatch, Meta),
    Failed(TransportError, Meta),
    Unauthorized(AuthError, Meta),
    Unbuilt(BuildError),
}

impl CallResult {
    /// Status, headers, attempts and outcome; `None` where the call could not be built.
    pub(crate) fn meta(&self) -> Option<&Meta> {
        match self {
            Self::Answered(_, meta) | Self::Mismatch(_, meta) | Self::Failed(_, meta) | Self::Unauthorized(_, meta) => {
                Some(meta)
            }
            Self::Unbuilt(_) => None,
        }
    }

    pub(crate) fn outcome(&self) -> Outcome {
        self.meta().map_or(Outcome::NotSent, Meta::outcome)
    }

    /// Sets the number of attempts.
    pub(crate) fn with_attempts(self, attempts: u32) -> Self {
        self.with(|meta| meta.with_attempts(attempts))
    }

    /// Sets the outcome to what the journal allows to be told.
    pub(crate) fn told(self, spec: &'static OperationSpec, told: &Told) -> Self {
        self.with_outcome(spec, told.outcome).with(|meta| meta.with_journal_write_failed(told.journal_write_failed))
    }

    /// Sets another outcome of the operation.
    pub(crate) fn with_outcome(self, spec: &'static OperationSpec, outcome: Outcome) -> Self {
        match self {
            // What cannot be built now may have been sent before.
            Self::Unbuilt(error) if outcome != Outcome::NotSent => {
                let error = TransportError::not_sent("the request could not be built").because(error);
                Self::Failed(error, Meta::new(spec, outcome))
            }
            other => other.with(|meta| meta.with_outcome(outcome)),
        }
    }

    /// Changes the metadata.
    fn with(self, change: impl FnOnce(Meta) -> Meta) -> Self {
        match self {
            Self::Answered(response, meta) => Self::Answered(response, change(meta)),
            Self::Mismatch(response, meta) => Self::Mismatch(response, change(meta)),
            Self::Failed(error, meta) => Self::Failed(error, change(meta)),
            Self::Unauthorized(error, meta) => Self::Unauthorized(error, change(meta)),
            Self::Unbuilt(error) => Self::Unbuilt(error),
        }
    }
}
