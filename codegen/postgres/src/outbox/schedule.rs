//! When a message comes again.

use std::time::Duration;

/// When a message that was not acknowledged comes again, as the API's own documentation says. A delay of more than 1,000 years is one of 1,000
/// years.
///
/// ```
/// use std::time::Duration;
///
/// use specie_postgres::Schedule;
///
/// let minute = Duration::from_secs(60);
/// let growing = Schedule::growing(minute, 100);
/// assert_eq!((growing.delay(1), growing.delay(99), growing.delay(100)), (Some(minute), Some(99 * minute), None));
/// let fixed = Schedule::fixed([minute, 5 * minute]);
/// assert_eq!((fixed.delay(2), fixed.delay(3)), (Some(5 * minute), None));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Growing { step: Duration, attempts: u32 },
    Fixed(Vec<Duration>),
}

impl Schedule {
    /// After one step more each time, until there were so many attempts in all.
    #[must_use]
    pub const fn growing(step: Duration, attempts: u32) -> Self {
        Self(Kind::Growing { step, attempts })
    }

    /// After these delays, one after the other: one attempt more than there are delays.
    #[must_use]
    pub fn fixed(delays: impl IntoIterator<Item = Duration>) -> Self {
        Self(Kind::Fixed(delays.into_iter().collect()))
    }

    /// How long to wait after so many attempts; `None`: it is given up.
    #[must_use]
    pub fn delay(&self, attempts: u32) -> Option<Duration> {
        match &self.0 {
            Kind::Growing { step, attempts: most } => (attempts < *most).then(|| step.saturating_mul(attempts)),
            Kind::Fixed(delays) => delays.get(usize::try_from(attempts.checked_sub(1)?).ok()?).copied(),
        }
    }
}
