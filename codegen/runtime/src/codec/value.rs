//! A JSON value in an indexed text: [`Value`].

use std::borrow::Cow;
use std::fmt;

use super::index::{Index, Node};
use super::{Decode, Fault};
use crate::decode::DecodeFault;
use crate::json::{Kind, raw};

/// A JSON value in an indexed text. Copying it is cheap.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    index: &'a Index<'a>,
    node: &'a Node,
    at: u32,
}

impl<'a> Value<'a> {
    /// The whole text; `None` where there is no value in it.
    pub(super) fn root(index: &'a Index<'a>) -> Option<Self> {
        Self::at(index, 0)
    }

    fn at(index: &'a Index<'a>, at: u32) -> Option<Self> {
        Some(Self { index, node: index.node(at)?, at })
    }

    /// The JSON text.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.index.text.get(self.node.start as usize..self.node.end as usize).unwrap_or_default()
    }

    /// What kind of value it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        raw::kind(self.text())
    }

    /// Where its text begins in the whole.
    pub(super) fn start(self) -> usize {
        self.node.start as usize
    }

    /// Its place among the nodes of the text.
    pub(super) fn place(self) -> u32 {
        self.at
    }

    /// Another value of the same text.
    pub(super) fn sibling(self, place: u32) -> Option<Self> {
        Self::at(self.index, place)
    }

    /// Whether numbers in it are as the sender wrote them.
    pub(super) fn is_exact(self) -> bool {
        self.index.is_exact
    }

    /// The characters of a string, borrowed where none is escaped; `None` for another kind, and for half of a surrogate pair.
    pub(super) fn string(self) -> Option<Cow<'a, str>> {
        let text = self.text();
        if self.node.escaped {
            return serde_json::from_str(text).ok().map(Cow::Owned);
        }
        text.strip_prefix('"')?.strip_suffix('"').map(Cow::Borrowed)
    }

    /// The items of a list; for an object keys and values in turn.
    pub(super) fn children(self) -> Children<'a> {
        Children { index: self.index, at: self.at + 1, end: self.node.next }
    }

    /// The entries of an object.
    pub(super) fn entries(self) -> impl Iterator<Item = (Self, Self)> {
        let mut children = self.children();
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// Reads a value with the `Deserialize` of its type.
    pub(super) fn with_serde<T: serde::de::DeserializeOwned>(self) -> Result<T, Fault> {
        serde_json::from_str(self.text()).map_err(|error| DecodeFault::of_value(&error).into())
    }

    /// The fault of a value of another kind than the expected one.
    pub(super) fn mistyped(self, expected: impl fmt::Display) -> Fault {
        let found = match self.kind() {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Number if self.text().contains(['.', 'e', 'E']) => "floating point",
            Kind::Number => "integer",
            Kind::String => "string",
            Kind::Array => "sequence",
            Kind::Object => "map",
        };
        Fault::new(format!("invalid type: {found}, expected {expected}"))
    }

    /// The items of a list.
    pub(super) fn items<T: Decode>(self) -> Result<Vec<T>, Fault> {
        if self.kind() != Kind::Array {
            return Err(self.mistyped("a sequence"));
        }
        let mut items = Vec::new();
        for (place, item) in self.children().enumerate() {
            items.push(T::decode(item).map_err(|fault| fault.under(&place.to_string()))?);
        }
        Ok(items)
    }
}

/// Values that follow each other.
pub(super) struct Children<'a> {
    index: &'a Index<'a>,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        if self.at >= self.end {
            return None;
        }
        let value = Value::at(self.index, self.at)?;
        self.at = value.node.next;
        Some(value)
    }
}

/// The kind, never the value.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Value").field(&self.kind()).finish()
    }
}
