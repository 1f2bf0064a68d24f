//! How an entry is settled: by the outcome of its call, or by hand.

use std::io;

use super::claim::{Claimed, Holder};
use super::{Entry, Journal};
use crate::client::transport::environment::{System, random_key};
use crate::outcome::Outcome;

/// What is known of an operation, and for a settlement by hand the reason. A journal keeps both.
///
/// ```
/// use specie_runtime::Outcome;
/// use specie_runtime::client::Settlement;
///
/// // By a person who has asked the payment service.
/// let by_hand = Settlement::of(Outcome::Done).because("the bank shows transfer 4711");
/// assert_eq!(by_hand.outcome, Outcome::Done);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settlement {
    /// The outcome of the operation; never [`Outcome::Unknown`] when a call settles its entry.
    pub outcome: Outcome,
    /// Why it was settled by hand; `None` if its call settled it.
    pub reason: Option<String>,
}

impl Settlement {
    /// By a call that knows the outcome of its operation.
    #[must_use]
    pub const fn of(outcome: Outcome) -> Self {
        Self { outcome, reason: None }
    }

    /// By hand, for a reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// The result of settling an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It is settled now, with every open entry of its group.
    Closed,
    /// It had been settled before, with this outcome, which stands.
    Earlier(Outcome),
    /// The settlement says that nothing happened, or was made by hand, and another entry of the group is open that this holder does not
    /// hold. Its request may be under way. Nothing was settled, or the other entry was opened while this was: then it alone is open.
    OthersOpen,
    /// The journal does not know the entry as open.
    NotOpen,
}

/// Settles an entry that no call holds.
pub(super) async fn by_hand<J: Journal + ?Sized>(
    journal: &J,
    entry: &Entry,
    outcome: Outcome,
    reason: &str,
) -> io::Result<()> {
    let refuse = |kind, text: &'static str| Err(io::Error::new(kind, text));
    if !outcome.is_known() {
        return refuse(io::ErrorKind::InvalidInput, "an entry is settled with what is known, and `Unknown` is not");
    }
    if reason.trim().is_empty() {
        return refuse(io::ErrorKind::InvalidInput, "an entry is settled by hand for a reason, and none was given");
    }
    let holding = Holding { journal, holder: Holder::new(random_key(&System)?) };
    let holder = &holding.holder;
    match journal.claim(entry, holder).await? {
        Claimed::Held => refuse(io::ErrorKind::WouldBlock, "a call with the entry is under way"),
        Claimed::NotOpen => {
            refuse(io::ErrorKind::NotFound, "the entry was settled meanwhile, or is of another journal")
        }
        Claimed::Taken => match journal.settle(entry, holder, &Settlement::of(outcome).because(reason)).await {
            Ok(Settled::Closed) => Ok(()),
            Ok(Settled::OthersOpen) => refuse(io::ErrorKind::WouldBlock, "a call with the same reference is under way"),
            Ok(Settled::Earlier(_) | Settled::NotOpen) => {
                refuse(io::ErrorKind::NotFound, "the entry was settled meanwhile")
            }
            Err(error) => Err(error),
        },
    }
}

/// The claim under which an entry is settled by hand; it is released also if the settling is abandoned.
struct Holding<'j, J: Journal + ?Sized> {
    journal: &'j J,
    holder: Holder,
}

impl<J: Journal + ?Sized> Drop for Holding<'_, J> {
    fn drop(&mut self) {
        self.journal.release(&self.holder);
    }
}
