//! The items of a generated crate as code outside of it sees them.

use std::collections::BTreeMap;

use super::{Needs, Origin};

/// Whose code names an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Users {
    pub(super) client: bool,
    pub(super) server: bool,
}

impl Users {
    pub(super) const CLIENT: Self = Self { client: true, server: false };
    pub(super) const SERVER: Self = Self { client: false, server: true };
    pub(super) const BOTH: Self = Self { client: true, server: true };

    pub(super) const fn or(self, other: Self) -> Self {
        Self { client: self.client || other.client, server: self.server || other.server }
    }

    /// Those on the other side; both where neither is known.
    pub(super) const fn others(self) -> Self {
        if self.client || self.server { Self { client: self.server, server: self.client } } else { Self::BOTH }
    }

    /// The same, or both where neither is known.
    pub(super) const fn or_both(self) -> Self {
        if self.client || self.server { self } else { Self::BOTH }
    }

    /// What is asked of each of them, of the client's users first.
    pub(super) const fn need(self, needs: Needs) -> [Needs; 2] {
        [if self.client { needs } else { Needs::Nothing }, if self.server { needs } else { Needs::Nothing }]
    }
}

/// What kind of item it is. Items of two kinds are never the same one under another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ApiItemKind {
    /// A type.
    Type,
    /// A trait that a type derives or implements.
    Implementation,
    /// A field.
    Field,
    /// A function that makes a value.
    Constructor,
    /// A method that sets a field.
    Setter,
    /// A variant.
    Variant,
    /// A type that a trait of the runtime asks for.
    AssociatedType,
    /// A method of the client, of its builder or of credentials.
    Method,
    /// A method that implementations of the server trait have to have.
    Required,
    /// A function.
    Function,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(super) kind: ApiItemKind,
    /// The item that it belongs to, and comes and goes with.
    pub(super) parent: Option<String>,
    /// What the compiler sees.
    pub(super) code: String,
    /// What it stands for on the wire, where code that names it means that.
    pub(super) meaning: Option<String>,
    /// What of the document it is made of.
    pub(super) origin: Origin,
    /// Whose code names it.
    pub(super) users: Users,
    /// Whose code does not compile once it is there: those that have to name all items of its kind.
    pub(super) exhaustive: Users,
}

impl Item {
    pub(super) fn new(kind: ApiItemKind, code: impl Into<String>, origin: Origin, users: Users) -> Self {
        Self { kind, parent: None, code: code.into(), meaning: None, origin, users, exhaustive: Users::default() }
    }

    pub(super) fn of(mut self, parent: &str) -> Self {
        self.parent = Some(parent.to_owned());
        self
    }

    pub(super) fn meaning(mut self, meaning: impl Into<String>) -> Self {
        self.meaning = Some(meaning.into());
        self
    }

    pub(super) const fn exhaustive(mut self, users: Users) -> Self {
        self.exhaustive = users;
        self
    }
}

/// The items of a crate by their paths.
pub(crate) type Items = BTreeMap<String, Item>;
