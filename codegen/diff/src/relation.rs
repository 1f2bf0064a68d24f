//! How two sets of values stand to each other, and what follows for those who send and receive them.

use specie_codegen::api::Direction;

/// The answer to "is each value of the one set in the other?"; a later one outweighs an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// Each is.
    Yes,
    /// The documents do not say.
    Unknown,
    /// At least one is not.
    No,
}

/// How what the old document allows stands to what the new one allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Relation {
    /// Whether the new document allows all that the old one does.
    pub old_in_new: Answer,
    /// Whether the old document allows all that the new one does.
    pub new_in_old: Answer,
}

impl Relation {
    /// Both allow the same.
    pub const SAME: Self = Self::new(Answer::Yes, Answer::Yes);
    /// The new document allows more.
    pub const WIDENS: Self = Self::new(Answer::Yes, Answer::No);
    /// The new document allows less.
    pub const NARROWS: Self = Self::new(Answer::No, Answer::Yes);
    /// Each allows what the other one does not.
    pub const INCOMPARABLE: Self = Self::new(Answer::No, Answer::No);
    /// The documents do not say.
    pub const UNKNOWN: Self = Self::new(Answer::Unknown, Answer::Unknown);

    /// The relation of these two answers.
    #[must_use]
    pub const fn new(old_in_new: Answer, new_in_old: Answer) -> Self {
        Self { old_in_new, new_in_old }
    }

    /// The relation of values that have a part in this relation and another part in another one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::new(self.old_in_new.max(other.old_in_new), self.new_in_old.max(other.new_in_old))
    }

    /// The relation of values of which it is known how all of them together stand to each other: an answer that is yes of all is so of each.
    #[must_use]
    pub(crate) fn limited_to(self, whole: Self) -> Self {
        let of = |part: Answer, whole: Answer| if whole == Answer::Yes { Answer::Yes } else { part };
        Self::new(of(self.old_in_new, whole.old_in_new), of(self.new_in_old, whole.new_in_old))
    }

    /// The same with the documents swapped.
    #[must_use]
    pub const fn swapped(self) -> Self {
        Self::new(self.new_in_old, self.old_in_new)
    }

    /// Its name: `same`, `widens`, `narrows`, `incomparable` or `unknown`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match (self.old_in_new, self.new_in_old) {
            (Answer::Yes, Answer::Yes) => "same",
            (Answer::Yes, Answer::No) => "widens",
            (Answer::No, Answer::Yes) => "narrows",
            (Answer::No, Answer::No) => "incomparable",
            _ => "unknown",
        }
    }

    /// What it means for clients and for servers of the old document, in this order, that values of `sender` stand so to each other.
    ///
    /// A client sends requests, so a client of the old document sends old values to a new server. The API sends responses, so the same
    /// client receives new values.
    #[must_use]
    pub const fn verdicts(self, sender: Direction) -> [Verdict; 2] {
        let (clients, servers) = match sender {
            Direction::Request => (self.old_in_new, self.new_in_old),
            Direction::Response => (self.new_in_old, self.old_in_new),
        };
        [clients.verdict(), servers.verdict()]
    }
}

impl Answer {
    const fn verdict(self) -> Verdict {
        match self {
            Self::Yes => Verdict::Fine,
            Self::Unknown => Verdict::Review,
            Self::No => Verdict::Breaks,
        }
    }
}

/// Who may be broken by a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// Clients written for the old document, which talk to servers of the new one.
    OldClients,
    /// Servers written for the old document, which clients of the new one talk to.
    OldServers,
    /// Code that uses the client of the old document's crate, compiled against the new one.
    RustClients,
    /// Code that implements the server trait of the old document's crate, compiled against the new one.
    RustServers,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 4] = [Self::OldClients, Self::OldServers, Self::RustClients, Self::RustServers];

    /// Those who exchange values.
    pub const WIRE: [Self; 2] = [Self::OldClients, Self::OldServers];

    /// Those whose code is compiled.
    pub const CODE: [Self; 2] = [Self::RustClients, Self::RustServers];

    /// Its name on the command line and in JSON: `old-clients`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OldClients => "old-clients",
            Self::OldServers => "old-servers",
            Self::RustClients => "rust-clients",
            Self::RustServers => "rust-servers",
        }
    }

    /// Its name in tables: `old clients`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::OldClients => "old clients",
            Self::OldServers => "old servers",
            Self::RustClients => "Rust clients",
            Self::RustServers => "Rust servers",
        }
    }
}

/// What a change means for an audience; a later one outweighs an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// All that worked works.
    #[default]
    Fine,
    /// The documents do not say; a person has to look.
    Review,
    /// Something that worked can fail.
    Breaks,
}

impl Verdict {
    /// Its name in JSON: `fine`, `review` or `breaks`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Review => "review",
            Self::Breaks => "breaks",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_sends_requests_and_receives_responses() {
        assert_eq!(Relation::NARROWS.verdicts(Direction::Request), [Verdict::Breaks, Verdict::Fine]);
        assert_eq!(Relation::NARROWS.verdicts(Direction::Response), [Verdict::Fine, Verdict::Breaks]);
        assert_eq!(Relation::WIDENS.verdicts(Direction::Request), [Verdict::Fine, Verdict::Breaks]);
        assert_eq!(Relation::WIDENS.verdicts(Direction::Response), [Verdict::Breaks, Verdict::Fine]);
    }

    #[test]
    fn parts_that_widen_and_narrow_are_incomparable() {
        assert_eq!(Relation::WIDENS.and(Relation::NARROWS), Relation::INCOMPARABLE);
        assert_eq!(Relation::SAME.and(Relation::WIDENS), Relation::WIDENS);
        assert_eq!(Relation::UNKNOWN.and(Relation::WIDENS).as_str(), "unknown");
        assert_eq!(Relation::WIDENS.swapped(), Relation::NARROWS);
    }
}
