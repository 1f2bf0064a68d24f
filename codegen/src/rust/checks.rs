//! What is required of values beyond their types.

use super::Assertion;

/// What a valid value fulfils beyond its type, and what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// The constraints of the value itself.
    pub own: Vec<Check>,
    /// The constraints of its items or values.
    pub within: Within,
}

impl Checks {
    /// Whether there is nothing to check before the items of a stream are read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && matches!(self.within, Within::Nothing | Within::Items(_))
    }

    /// Whether there are constraints beyond those of the type.
    #[must_use]
    pub fn are_own(&self) -> bool {
        !self.own.is_empty() || matches!(self.within, Within::Each(_))
    }

    /// Whether they look at what the value holds, for which its type has to be known.
    #[must_use]
    pub fn look_within(&self) -> bool {
        let is_of_type = |check: &Check| matches!(check, Check::Unique | Check::Pattern(_) | Check::Satisfies(_));
        self.own.iter().any(is_of_type) || matches!(self.within, Within::Each(_))
    }

    /// What is demanded of each item of a stream.
    #[must_use]
    pub fn of_items(&self) -> Option<&Self> {
        if let Within::Items(each) = &self.within { Some(each) } else { None }
    }

    /// How many constraints there are, those of items and values among them.
    #[must_use]
    pub fn count(&self) -> usize {
        let within = if let Within::Each(each) = &self.within { each.count() } else { 0 };
        self.own.len() + within
    }
}

/// What is demanded of what a value holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// Nothing.
    #[default]
    Nothing,
    /// What its type requires (`Check`).
    ByType,
    /// Something of each item of a list, or each value of a map.
    Each(Box<Checks>),
    /// Something of each item of a stream, which is checked when it is read.
    Items(Box<Checks>),
}

/// What a valid value fulfils beyond its type. Numbers are the document's own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// At least and at most so many characters, items or properties.
    Length(u64, u64),
    /// From the first of these numbers to the second one, both included.
    Range(String, String),
    /// At least so many characters, items or properties.
    MinLength(u64),
    /// At most so many characters, items or properties.
    MaxLength(u64),
    /// At least this number.
    Minimum(String),
    /// More than this number.
    ExclusiveMinimum(String),
    /// At most this number.
    Maximum(String),
    /// Less than this number.
    ExclusiveMaximum(String),
    /// A multiple of this number.
    MultipleOf(String),
    /// No two items are equal.
    Unique,
    /// One of these values, each as JSON.
    OneOf(Vec<String>),
    /// A part of the text matches this regular expression.
    Pattern(String),
    /// What these keywords of a schema say.
    Satisfies(Vec<Assertion>),
}

/// What is demanded of the values of some branches that hold the same type.
#[derive(Clone, Debug, PartialEq)]
pub struct BranchChecks {
    /// The names of the variants of the branches.
    pub branches: Vec<String>,
    /// A valid value fulfils one of these; empty: nothing is demanded.
    ///
    /// There are several where nothing tells the branches apart when a value is read: it has to fit one of them, whichever it was
    /// read as.
    pub any_of: Vec<Checks>,
}

/// How the check of an object is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectCheck {
    /// As a table of its fields: nothing else of it is checked.
    Table,
    /// As statements, with what is demanded of the number of properties, if anything is.
    Statements(Option<PropertyCount>),
}

impl ObjectCheck {
    /// What is demanded of the number of properties.
    #[must_use]
    pub fn count(&self) -> &[Check] {
        match self {
            Self::Statements(Some(count)) => &count.checks,
            Self::Table | Self::Statements(None) => &[],
        }
    }
}

/// What is demanded of the number of an object's properties, and which of them are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyCount {
    /// The demands.
    pub checks: Vec<Check>,
    /// How many properties are always there: constants and required fields.
    pub certain: usize,
    /// The fields that may be absent, by their names.
    pub optional: Vec<(String, PresenceTest)>,
    /// The field of further properties, which counts as many as it holds.
    pub rest: Option<String>,
}

/// How a field tells that its property is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresenceTest {
    /// `is_some()` of an `Option`.
    IsSome,
    /// Not `is_keep()` of a `Patch`.
    IsNotKeep,
    /// Not `is_absent()` of a `Maybe`.
    IsNotAbsent,
}
