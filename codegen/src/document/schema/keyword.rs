//! What a keyword is: a value with two spans.

use std::ops::Deref;
use std::sync::Arc;

use crate::source::{EntrySpan, Span};
use crate::syntax::{Key, Node};

/// A keyword of a schema: what it says, and where its key and its value stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword<T> {
    /// Where its key stands.
    pub key: Span,
    /// Where its value stands.
    pub span: Span,
    /// What it says.
    pub value: T,
}

impl<T> Keyword<T> {
    /// The keyword that an entry of an object is, with a value that was made of it.
    pub(in crate::document) fn new(key: &Key, node: &Node, value: T) -> Self {
        Self { key: key.span, span: node.span, value }
    }

    /// Where its key and its value stand.
    #[must_use]
    pub const fn entry(&self) -> EntrySpan {
        EntrySpan { key: self.key, value: self.span }
    }

    /// From the start of the key to the end of the value.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.key.to(self.span)
    }
}

/// A text with its span, where texts stand in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

/// Keywords that go together. They can be read as if they were always there; where a schema has none of them, they take no room.
#[derive(Clone, Debug)]
pub struct Group<T>(Option<Box<T>>);

impl<T> Default for Group<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Group<T> {
    /// Whether the schema has none of them.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: Default> Group<T> {
    /// The group to write a keyword into.
    pub(super) fn fill(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

/// What a group is read as where it is absent.
pub trait Absent: 'static {
    /// The group without a keyword.
    fn absent() -> &'static Self;
}

impl<T: Absent> Deref for Group<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(group) => group,
            None => T::absent(),
        }
    }
}
