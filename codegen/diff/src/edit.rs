//! One change between two documents, at the place where it was made.

use specie_codegen::source::Span;

use crate::{Relation, Rule};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Edit {
    /// What kind of change it is.
    pub rule: Rule,
    /// How what both documents allow at this place stands to each other.
    pub relation: Relation,
    /// What was changed within the place, such as the name of a property; empty: the place itself.
    pub about: String,
    /// What the old document says, in short.
    pub before: Option<String>,
    /// What the new document says, in short.
    pub after: Option<String>,
    /// Where it stands in the old document.
    pub old: Option<Span>,
    /// Where it stands in the new document.
    pub new: Option<Span>,
}

impl Edit {
    pub(crate) const fn new(rule: Rule, relation: Relation, old: Option<Span>, new: Option<Span>) -> Self {
        Self { rule, relation, about: String::new(), before: None, after: None, old, new }
    }

    pub(crate) fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    pub(crate) fn values(mut self, before: Option<String>, after: Option<String>) -> Self {
        self.before = before;
        self.after = after;
        self
    }
}
