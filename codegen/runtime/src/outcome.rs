//! What is known about an operation after a call: did it happen?

use std::fmt;

use crate::operation::{Idempotency, OperationSpec, StatusRange};

/// What a call says about the operation it asked for.
///
/// The question after a failed payment is not which error it was but whether money moved. Every error of a client answers it
/// (`error.outcome()`), so that a caller can decide with one `match`:
///
/// ```
/// use specie_runtime::Outcome;
///
/// fn may_pay_again(outcome: Outcome) -> bool {
///     match outcome {
///         Outcome::NotSent | Outcome::Refused => true,
///         Outcome::Duplicate | Outcome::Unknown | Outcome::Done => false,
///     }
/// }
///
/// assert!(!may_pay_again(Outcome::NotSent.join(Outcome::Unknown)));
/// ```
///
/// An operation that creates and moves nothing ([`OperationSpec::is_harmless`]) uses the same words; there, `Unknown` only means
/// that no usable answer came, and calling again is always allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Nothing reached the server: the request could not be built, or no connection was established.
    /// Nothing happened; mend the cause (an argument, a credential, the network) and call again.
    NotSent,
    /// The server answered that it did not and will not carry it out. Nothing happened; the answer says why.
    /// Calling again unchanged will usually be refused again.
    Refused,
    /// The server carried it out earlier, for a request with the same key or reference. Do not call again;
    /// the earlier result is in the answer or can be looked up.
    Duplicate,
    /// It may or may not have happened: no answer came, or one that does not tell. Do not simply call again;
    /// repeat with the same idempotency key, or look the result up first.
    Unknown,
    /// It happened. Beside an error, this means that only the answer's body could not be read: look the result up,
    /// do not call again.
    Done,
}

impl Outcome {
    /// What is known after a further attempt at the same operation.
    ///
    /// An attempt that may have been carried out cannot be undone by a later one that was not, so the answer never gets better
    /// than [`Unknown`](Self::Unknown) once an attempt was, until one says that it happened. The join is commutative, associative
    /// and idempotent: the attempts' order does not matter.
    ///
    /// ```
    /// use specie_runtime::Outcome::{Done, NotSent, Refused, Unknown};
    ///
    /// assert_eq!(Unknown.join(Refused), Unknown);
    /// assert_eq!(Unknown.join(NotSent).join(Done), Done);
    /// assert_eq!(Refused.join(NotSent), Refused);
    /// ```
    #[must_use]
    pub const fn join(self, other: Self) -> Self {
        if self.weight() < other.weight() { other } else { self }
    }

    /// How strongly an attempt speaks beside another one.
    const fn weight(self) -> u8 {
        match self {
            Self::NotSent => 0,
            Self::Refused => 1,
            Self::Unknown => 2,
            Self::Duplicate => 3,
            Self::Done => 4,
        }
    }

    /// Whether it is known what happened, so that no further question is needed.
    #[must_use]
    pub const fn is_known(self) -> bool {
        !matches!(self, Self::Unknown)
    }

    /// Whether it is known that the operation was not carried out.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        matches!(self, Self::NotSent | Self::Refused)
    }

    /// What a status says where the document is silent.
    ///
    /// Chosen so that a doubt never reads as "nothing happened": only what RFC 9110 (sections 15.3 and 15.5), RFC 6585 (428, 429, 431),
    /// RFC 7725 (451) and RFC 8470 (425) define as carried out or turned away counts as known.
    const fn by_status(status: u16) -> Self {
        match status {
            // Also a success whose body cannot be read: the money has moved.
            200..=299 => Self::Done,
            // Turned away before it is carried out. Not among them:
            // 408, a gateway's patience ended, and whether it had passed the request on by then is not said;
            // 409, what is asked for may be there already, or under way;
            // and what these documents do not define, such as 499, with which gateways say that they gave up in the middle.
            400..=407 | 410..=417 | 421 | 422 | 425 | 426 | 428 | 429 | 431 | 451 => Self::Refused,
            // A redirect is not followed, and a server that failed may have failed after it acted.
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "not sent",
            Self::Refused => "refused",
            Self::Duplicate => "carried out earlier",
            Self::Unknown => "unknown whether it happened",
            Self::Done => "carried out",
        })
    }
}

impl OperationSpec {
    /// What an answer with this status says about the operation: what the document states for the status itself, for its range or
    /// for `default` (in this order), then the status that [`Idempotency::Field`] names, then what HTTP says.
    ///
    /// A `default` entry does not speak for successes, and does not turn a doubt into "nothing happened": a catch-all for errors also
    /// catches the 504 of a gateway.
    ///
    /// ```
    /// use specie_runtime::{Idempotency, Method, OperationSpec, Outcome, StatusRange};
    ///
    /// const PAY: OperationSpec = OperationSpec::new("pay", Method::POST, "/payouts")
    ///     .idempotency(Idempotency::Field { pointer: "/reference_id", duplicate: 409 })
    ///     .outcomes(&[(StatusRange::Code(400), Outcome::Unknown)]);
    ///
    /// assert_eq!(PAY.outcome_of(201), Outcome::Done);
    /// assert_eq!(PAY.outcome_of(400), Outcome::Unknown);
    /// assert_eq!(PAY.outcome_of(409), Outcome::Duplicate);
    /// assert_eq!(PAY.outcome_of(422), Outcome::Refused);
    /// assert_eq!(PAY.outcome_of(503), Outcome::Unknown);
    /// ```
    #[must_use]
    pub fn outcome_of(&self, status: u16) -> Outcome {
        let stated = |range: StatusRange| {
            let found = self.outcomes.iter().find(|(declared, _)| *declared == range);
            found.map(|(_, outcome)| *outcome)
        };
        let range = u8::try_from(status / 100).ok().map(StatusRange::Range);
        let duplicate = match self.idempotency {
            Idempotency::Field { duplicate, .. } if duplicate == status => Some(Outcome::Duplicate),
            _ => None,
        };
        let by_status = Outcome::by_status(status);
        let others = match status {
            200..=299 => None,
            _ => stated(StatusRange::Default).map(|all| if all.is_nothing() { all.join(by_status) } else { all }),
        };
        stated(StatusRange::Code(status)).or(range.and_then(stated)).or(duplicate).or(others).unwrap_or(by_status)
    }

    /// What is known after a further attempt: [`Outcome::join`], except for operations that move nothing, of which each
    /// attempt stands for itself and the latest answer is the one that counts.
    #[must_use]
    pub fn join(&self, known: Option<Outcome>, next: Outcome) -> Outcome {
        match known {
            Some(known) if !self.is_harmless() => known.join(next),
            _ => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;
    use Outcome::{Done, Duplicate, NotSent, Refused, Unknown};

    const ALL: [Outcome; 5] = [NotSent, Refused, Duplicate, Unknown, Done];
    const BARE: OperationSpec = OperationSpec::new("pay", Method::POST, "/payouts");

    #[test]
    fn statuses_speak_for_themselves_where_the_document_is_silent() {
        let table = [
            (100, Unknown),
            (200, Done),
            (202, Done),
            (204, Done),
            (302, Unknown),
            (304, Unknown),
            (400, Refused),
            (401, Refused),
            (404, Refused),
            (407, Refused),
            (408, Unknown),
            (409, Unknown),
            (410, Refused),
            (417, Refused),
            (418, Unknown),
            (422, Refused),
            (424, Unknown),
            (425, Refused),
            (429, Refused),
            (451, Refused),
            (460, Unknown),
            (499, Unknown),
            (500, Unknown),
            (503, Unknown),
            (599, Unknown),
            (600, Unknown),
            (999, Unknown),
        ];
        for (status, outcome) in table {
            assert_eq!(BARE.outcome_of(status), outcome, "{status}");
        }
        let keyed = BARE.idempotency(Idempotency::Header("Idempotency-Key"));
        assert_eq!(keyed.outcome_of(409), Unknown);
        assert_eq!(keyed.outcome_of(422), Refused);
    }

    #[test]
    fn the_document_goes_first_and_the_most_specific_entry_wins() {
        let spec = BARE.idempotency(Idempotency::Field { pointer: "/reference_id", duplicate: 409 }).outcomes(&[
            (StatusRange::Default, Refused),
            (StatusRange::Range(4), Unknown),
            (StatusRange::Code(404), Refused),
            (StatusRange::Code(202), Unknown),
        ]);
        assert_eq!(spec.outcome_of(404), Refused);
        assert_eq!(spec.outcome_of(422), Unknown);
        assert_eq!(spec.outcome_of(409), Unknown, "the document says so for the whole range");
        assert_eq!(spec.outcome_of(503), Unknown, "a catch-all does not know what it catches");
        assert_eq!(spec.outcome_of(302), Unknown);
        assert_eq!(spec.outcome_of(202), Unknown);
        assert_eq!(spec.outcome_of(200), Done, "a catch-all does not speak for successes");
    }

    #[test]
    fn attempts_join_to_the_worst_that_may_have_happened() {
        for a in ALL {
            assert_eq!(a.join(a), a);
            for b in ALL {
                assert_eq!(a.join(b), b.join(a));
                for c in ALL {
                    assert_eq!(a.join(b).join(c), a.join(b.join(c)));
                }
            }
        }
        for later in [NotSent, Refused, Unknown] {
            assert_eq!(Unknown.join(later), Unknown);
        }
        assert_eq!(Unknown.join(Duplicate), Duplicate);
        assert_eq!(Unknown.join(Done), Done);
        assert_eq!(NotSent.join(Refused), Refused);
    }

    #[test]
    fn attempts_at_reading_stand_for_themselves() {
        let read = OperationSpec::new("get", Method::GET, "/payouts/{id}");
        assert_eq!(read.join(Some(Unknown), Refused), Refused);
        assert_eq!(BARE.harmless().join(Some(Unknown), Refused), Refused);
        assert_eq!(BARE.join(Some(Unknown), Refused), Unknown);
        assert_eq!(BARE.join(None, NotSent), NotSent);
    }
}
