//! Whether an attempt may be followed by another one: the rules, apart from the loop that applies them.

use crate::client::response::retry_after::is_transient_status;
use crate::client::transport::TransportErrorKind;
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With a complete response of this status, which counts: it is as documented, or the operation moves nothing.
    Response(u16),
    /// With a complete response of this status that is not as documented, or is about another request.
    Doubtful(u16),
    /// With a failure of the transport, and the status if the head of a response had arrived.
    Failure(TransportErrorKind, Option<u16>),
    /// Without credentials; `true` where they may be there next time.
    Unauthorized(bool),
}

impl Ending {
    /// The status of the response, or of the head that arrived.
    pub(crate) fn status(self) -> Option<u16> {
        match self {
            Self::Response(status) | Self::Doubtful(status) | Self::Failure(_, Some(status)) => Some(status),
            Self::Failure(_, None) | Self::Unauthorized(_) => None,
        }
    }

    /// What it says about the operation.
    pub(crate) fn outcome(self, spec: &OperationSpec) -> Outcome {
        match self {
            Self::Response(status) => spec.outcome_of(status),
            // A head without its body could come from a gateway; only a safe operation goes by it.
            Self::Failure(_, Some(status)) if spec.is_safe() => spec.outcome_of(status),
            Self::Failure(TransportErrorKind::NotSent, None) | Self::Unauthorized(_) => Outcome::NotSent,
            Self::Doubtful(_) | Self::Failure(..) => Outcome::Unknown,
        }
    }

    /// Whether another attempt could end differently.
    fn is_transient(self, spec: &OperationSpec) -> bool {
        match self {
            Self::Response(status) | Self::Doubtful(status) => is_transient_status(status),
            Self::Failure(TransportErrorKind::TooLarge, _) => false,
            // The head says that the server has answered: for all but passing statuses only the rest of the response is missing, which
            // is worth a repetition where one is safe.
            Self::Failure(_, Some(status)) => is_transient_status(status) || spec.is_repeatable(),
            Self::Failure(_, None) => true,
            Self::Unauthorized(passing) => passing,
        }
    }

    /// Whether the request may be sent once more without any risk of acting twice.
    ///
    /// What did not happen may be asked for again; what may have happened, only where the document makes a repetition safe.
    pub(crate) fn may_be_repeated(self, spec: &OperationSpec) -> bool {
        self.is_transient(spec)
            && match self.outcome(spec) {
                Outcome::NotSent | Outcome::Refused => true,
                Outcome::Unknown => spec.is_repeatable(),
                Outcome::Done => spec.is_safe(),
                Outcome::Duplicate => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Idempotency, Method, StatusRange};
    use TransportErrorKind::{Interrupted, NotSent, Timeout, TooLarge};

    const GET: OperationSpec = OperationSpec::new("get", Method::GET, "/");
    const DELETE: OperationSpec = OperationSpec::new("delete", Method::DELETE, "/");
    const KEYED: OperationSpec =
        OperationSpec::new("keyed", Method::POST, "/").idempotency(Idempotency::Header("Idempotency-Key"));
    const UNIQUE: OperationSpec = OperationSpec::new("unique", Method::POST, "/")
        .idempotency(Idempotency::Field { pointer: "/reference_id", duplicate: 409 });
    const BARE: OperationSpec = OperationSpec::new("bare", Method::POST, "/");
    const SAFE: OperationSpec = OperationSpec::new("safe", Method::POST, "/").safe();

    /// The ending, and whether GET, DELETE, keyed, unique, bare and safe operations may be repeated after it.
    const TABLE: [(Ending, [bool; 6]); 26] = [
        (Ending::Failure(NotSent, None), [true; 6]),
        (Ending::Unauthorized(true), [true; 6]),
        (Ending::Unauthorized(false), [false; 6]),
        (Ending::Failure(Interrupted, None), [true, true, true, false, false, true]),
        (Ending::Failure(Timeout, None), [true, true, true, false, false, true]),
        (Ending::Failure(TooLarge, None), [false; 6]),
        (Ending::Failure(TooLarge, Some(200)), [false; 6]),
        (Ending::Failure(Interrupted, Some(201)), [true, true, true, false, false, true]),
        (Ending::Failure(Interrupted, Some(422)), [true, true, true, false, false, true]),
        (Ending::Failure(Interrupted, Some(429)), [true, true, true, false, false, true]),
        (Ending::Failure(Interrupted, Some(500)), [true, true, true, false, false, true]),
        (Ending::Doubtful(201), [false; 6]),
        (Ending::Doubtful(401), [false; 6]),
        (Ending::Doubtful(429), [true, true, true, false, false, true]),
        (Ending::Doubtful(503), [true, true, true, false, false, true]),
        (Ending::Response(200), [false; 6]),
        (Ending::Response(302), [false; 6]),
        (Ending::Response(400), [false; 6]),
        (Ending::Response(401), [false; 6]),
        (Ending::Response(408), [true, true, true, false, false, true]),
        (Ending::Response(409), [false; 6]),
        (Ending::Response(425), [true; 6]),
        (Ending::Response(429), [true; 6]),
        (Ending::Response(500), [true, true, true, false, false, true]),
        (Ending::Response(501), [false; 6]),
        (Ending::Response(503), [true, true, true, false, false, true]),
    ];

    #[test]
    fn requests_are_repeated_only_where_nothing_can_happen_twice() {
        for (ending, expected) in TABLE {
            for (spec, expected) in [GET, DELETE, KEYED, UNIQUE, BARE, SAFE].iter().zip(expected) {
                assert_eq!(ending.may_be_repeated(spec), expected, "{} after {ending:?}", spec.id);
            }
        }
    }

    #[test]
    fn the_document_can_make_a_status_safe_or_unsafe() {
        let refusing = BARE.outcomes(&[(StatusRange::Code(503), Outcome::Refused)]);
        assert!(Ending::Response(503).may_be_repeated(&refusing));
        let doubtful = BARE.outcomes(&[(StatusRange::Code(429), Outcome::Unknown)]);
        assert!(!Ending::Response(429).may_be_repeated(&doubtful));
    }
}
