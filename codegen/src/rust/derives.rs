//! What types derive.

/// The traits that a type derives, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derives(Vec<Derive>);

/// A trait that types derive, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derive {
    /// `Clone`
    Clone,
    /// `Copy`
    Copy,
    /// `Debug`
    Debug,
    /// `Default`
    Default,
    /// `PartialEq`: what holds a stream has nothing to compare.
    PartialEq,
    /// `Eq`
    Eq,
    /// `Hash`
    Hash,
}

impl Derives {
    /// Some traits.
    #[must_use]
    pub fn of(traits: &[Derive]) -> Self {
        Self::default().and(traits, true)
    }

    /// Further traits, where a condition holds.
    #[must_use]
    pub fn and(mut self, traits: &[Derive], holds: bool) -> Self {
        if holds {
            self.0.extend(traits);
            self.0.sort_unstable();
            self.0.dedup();
        }
        self
    }

    /// The others.
    #[must_use]
    pub fn without(&self, of: Derive) -> Self {
        Self(self.iter().filter(|derive| *derive != of).collect())
    }

    /// The traits.
    pub fn iter(&self) -> impl Iterator<Item = Derive> {
        self.0.iter().copied()
    }
}

impl Derive {
    /// The name of the trait, which is in the prelude.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clone => "Clone",
            Self::Copy => "Copy",
            Self::Debug => "Debug",
            Self::Default => "Default",
            Self::PartialEq => "PartialEq",
            Self::Eq => "Eq",
            Self::Hash => "Hash",
        }
    }
}
