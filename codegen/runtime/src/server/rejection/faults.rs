//! What is wrong with a request, collected while it is read: [`Faults`].

use super::location::RequestLocation;
use super::{Fault, Rejection};
use crate::check::{self, Check, Checker};

/// Collects the faults of a request, so that its caller is told all of them at once.
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<Fault>,
    /// What keeps the request from being read at all, such as a body that is too large.
    other: Option<Rejection>,
}

impl Faults {
    /// What was read; `None` where it was refused, which is noted.
    pub fn keep<T>(&mut self, read: Result<T, impl Into<Rejection>>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(refused) => {
                self.note(refused.into());
                None
            }
        }
    }

    fn note(&mut self, rejection: Rejection) {
        match rejection.into_faults() {
            Ok(faults) => self.extend(faults),
            Err(other) => self.other = self.other.take().or(Some(other)),
        }
    }

    pub(in crate::server) fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.found.extend(faults);
        self.found.truncate(check::LIMIT);
    }

    /// Checks what was read of the body.
    pub fn check(&mut self, check: impl FnOnce(&mut Checker<'_>)) {
        let violations = check::collect(check).into_iter();
        self.extend(violations.map(|found| Fault::new(RequestLocation::Body(found.pointer), found.message)));
    }

    /// Checks what was read of the body as its type demands.
    pub fn valid<T: Check>(&mut self, read: &Option<T>) {
        if let Some(value) = read {
            self.check(|checker| value.check(checker));
        }
    }

    /// Refuses the request if anything was noted, with every place.
    pub fn finish(&mut self) -> Result<(), Rejection> {
        if !self.found.is_empty() {
            return Err(Rejection::invalid(std::mem::take(&mut self.found)));
        }
        self.other.take().map_or(Ok(()), Err)
    }

    /// The rejection of a request of which something could not be read.
    #[must_use]
    pub fn refusal(mut self) -> Rejection {
        self.finish().err().unwrap_or_else(|| Rejection::internal("a part of the request was not read"))
    }
}
