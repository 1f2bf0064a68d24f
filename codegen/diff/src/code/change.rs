//! What a change of a generated crate asks of the code that uses it.

use crate::Verdict;

/// What a change asks of code; a later one outweighs an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Needs {
    /// Nothing that this code names is another one.
    #[default]
    Nothing,
    /// There is something new; all code compiles and does what it did.
    Minor,
    /// All code compiles, and some of it means something else.
    Review,
    /// Some code does not compile any more, or compiles and calls another operation.
    Major,
}

impl Needs {
    /// Its name in JSON: `nothing`, `minor`, `review` or `major`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Minor => "minor",
            Self::Review => "review",
            Self::Major => "major",
        }
    }

    pub(crate) const fn verdict(self) -> Verdict {
        match self {
            Self::Nothing | Self::Minor => Verdict::Fine,
            Self::Review => Verdict::Review,
            Self::Major => Verdict::Breaks,
        }
    }
}

/// A change of one item of a generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeChange {
    /// The item, by its path in the crate: `types::Payout.amount`, `Client::create_payout`.
    pub item: String,
    /// What it was, as Rust writes it or as it was called; `None`: it is new.
    pub before: Option<String>,
    /// What it is; `None`: it is gone.
    pub after: Option<String>,
    /// What it asks of code that uses the client.
    pub client: Needs,
    /// What it asks of code that implements the server.
    pub server: Needs,
}

impl CodeChange {
    /// The most that it asks of any code.
    #[must_use]
    pub fn worst(&self) -> Needs {
        self.client.max(self.server)
    }
}
