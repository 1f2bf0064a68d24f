//! What is known about an operation after a call: did it happen?

use std::fmt;

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
/// An operation that creates and moves nothing ([`is_safe`](crate::operation::OperationSpec::is_safe)) uses the same words;
/// there, `Unknown` only means that no usable response came, and calling again is always allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Nothing reached the server: the request could not be built, or no connection was established.
    /// Nothing happened; correct the cause (an argument, a credential, the network) and call again.
    NotSent,
    /// The server answered that it did not and will not carry it out. Nothing happened; the response says why.
    /// Calling again unchanged will usually be refused again.
    ///
    /// Only a response that the document describes (status, media type, schema) says so; a gateway's is [`Unknown`](Self::Unknown). If an
    /// earlier request of the same call had no response, a refusal counts only once a lookup finds nothing when the settling time is over
    /// (30 s, `settling` in `x-specie-reconcile`, or `Options::settling_time`). A server that carries the earlier request out even later
    /// makes it wrong; nothing else guards against that.
    Refused,
    /// The server carried it out earlier, for a request with the same key or reference. Do not call again;
    /// the earlier result is in the response or can be looked up.
    Duplicate,
    /// It may or may not have happened: no response came, or one that does not tell, because it is not as documented or is about another
    /// request. Do not simply call again; repeat with the same idempotency key, or look the result up first.
    Unknown,
    /// It happened. Beside an error, this means that it was found by a lookup and could not be read: look the result up,
    /// do not call again.
    Done,
}

impl Outcome {
    /// What is known after a further attempt at the same operation.
    ///
    /// An attempt that may have been carried out cannot be undone by a later one that was not, so what is known never gets better
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
    pub const fn is_not_executed(self) -> bool {
        matches!(self, Self::NotSent | Self::Refused)
    }

    /// What a status says where the document is silent.
    ///
    /// Chosen so that a doubt never reads as "nothing happened": only what RFC 9110 (sections 15.3 and 15.5), RFC 6585 (428, 429, 431),
    /// RFC 7725 (451) and RFC 8470 (425) define as carried out or turned away counts as known.
    pub(crate) const fn by_status(status: u16) -> Self {
        match status {
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

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Done, Duplicate, NotSent, Refused, Unknown};

    const ALL: [Outcome; 5] = [NotSent, Refused, Duplicate, Unknown, Done];

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
}
