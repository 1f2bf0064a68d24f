//! The outcome of an operation that a status stands for, by its document.

use super::{Idempotency, OperationSpec, StatusRange};
use crate::outcome::Outcome;

impl OperationSpec {
    /// What a documented response with this status says about the operation: what the document states for the status itself, for its range or
    /// for `default` (in this order), then the status that [`Idempotency::Field`] names, then what HTTP says.
    ///
    /// A response that is not as documented, in its status, media type or form, says nothing of an operation that acts, whatever its status.
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
            _ => stated(StatusRange::Default).map(|all| if all.is_not_executed() { all.join(by_status) } else { all }),
        };
        stated(StatusRange::Code(status)).or(range.and_then(stated)).or(duplicate).or(others).unwrap_or(by_status)
    }

    /// What is known after a further attempt: [`Outcome::join`], except for operations that move nothing, of which each
    /// attempt stands for itself and the latest response is the one that counts.
    #[must_use]
    pub fn join(&self, known: Option<Outcome>, next: Outcome) -> Outcome {
        match known {
            Some(known) if !self.is_safe() => known.join(next),
            _ => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;
    use Outcome::{Done, NotSent, Refused, Unknown};

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
    fn attempts_at_reading_stand_for_themselves() {
        let read = OperationSpec::new("get", Method::GET, "/payouts/{id}");
        assert_eq!(read.join(Some(Unknown), Refused), Refused);
        assert_eq!(BARE.safe().join(Some(Unknown), Refused), Refused);
        assert_eq!(BARE.join(Some(Unknown), Refused), Unknown);
        assert_eq!(BARE.join(None, NotSent), NotSent);
    }
}
