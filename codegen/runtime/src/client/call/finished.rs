//! How a call ended, before anybody reads its answer.

use crate::client::answer::Answer;
use crate::client::answer_mismatch::AnswerMismatch;
use crate::client::auth_error::AuthError;
use crate::client::build_error::BuildError;
use crate::client::journal::Told;
use crate::client::meta::Meta;
use crate::client::transport::TransportError;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// How a call ended: an answer or a failure, and what is known beside it.
pub(crate) enum Finished {
    Answered(Answer, Meta),
    /// With an answer that is about another request.
    Mismatch(AnswerMismatch, Meta),
    Failed(TransportError, Meta),
    Unauthorized(AuthError, Meta),
    Unbuilt(BuildError),
}

impl Finished {
    /// What is known beside the answer; `None` where the call could not be built.
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

    /// The same end after so many attempts.
    pub(crate) fn with_attempts(self, attempts: u32) -> Self {
        self.with(|meta| meta.with_attempts(attempts))
    }

    /// The same end with what the journal lets be told of it.
    pub(crate) fn told(self, spec: &'static OperationSpec, told: &Told) -> Self {
        self.with_outcome(spec, told.outcome).with(|meta| meta.with_unmarked(told.is_unmarked))
    }

    /// The same end with something else to say of the operation.
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

    /// The same end with something else beside it.
    fn with(self, change: impl FnOnce(Meta) -> Meta) -> Self {
        match self {
            Self::Answered(answer, meta) => Self::Answered(answer, change(meta)),
            Self::Mismatch(answer, meta) => Self::Mismatch(answer, change(meta)),
            Self::Failed(error, meta) => Self::Failed(error, change(meta)),
            Self::Unauthorized(error, meta) => Self::Unauthorized(error, change(meta)),
            Self::Unbuilt(error) => Self::Unbuilt(error),
        }
    }
}
