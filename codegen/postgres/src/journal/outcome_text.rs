//! Outcomes as the table has them.

use specie_runtime::Outcome;

use crate::error::Error;

/// The word for an outcome; `None` for the one that settles nothing.
pub(super) const fn of(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::NotSent => Some("not_sent"),
        Outcome::Refused => Some("refused"),
        Outcome::Duplicate => Some("duplicate"),
        Outcome::Done => Some("done"),
        Outcome::Unknown => None,
    }
}

pub(super) fn read(word: &str) -> Result<Outcome, Error> {
    match word {
        "not_sent" => Ok(Outcome::NotSent),
        "refused" => Ok(Outcome::Refused),
        "duplicate" => Ok(Outcome::Duplicate),
        "done" => Ok(Outcome::Done),
        _ => Err(Error::Data("specie.journal has an outcome that this program does not know")),
    }
}
