//! Links of responses: functions that make the request of one operation of what another one sent and received.

use super::{BorrowedType, Docs, OperationId, ValueAccess, ValueConversion, ValuePath};

/// One link.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The function, `snake_case`.
    pub function: String,
    /// The operation that has the link, where the link takes something of its request.
    pub request: Option<OperationId>,
    /// The body of the response that has the link, where the link takes something of it.
    pub response: Option<BorrowedType>,
    /// The operation that the link names, whose request it makes.
    pub target: OperationId,
    /// The fields of that request, all of them.
    pub fields: Vec<LinkField>,
    /// Whether a value may not be there that the operation requires; the link then leads nowhere.
    pub is_optional: bool,
    /// The documentation of the function.
    pub docs: Docs,
}

/// A field of the request that a link makes.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkField {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub value: LinkValue,
    /// The closure that gives the value, where a part on the way to it may be absent: the name of a local variable.
    pub closure: Option<String>,
}

/// What stands in a field of the request that a link makes.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkValue {
    /// Nothing: it is optional, and the link does not give it. It is `Default::default()`.
    Absent,
    /// The expression as it is.
    Plain(LinkSource),
    /// The expression in `Some`.
    InSome(LinkSource),
    /// What the expression gives, which is an `Option`; without it the function ends with `None`.
    Tried(LinkSource),
}

/// An expression: where a value comes from, and how it becomes one of the type of the field.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkSource {
    /// Where the value comes from.
    pub origin: LinkOrigin,
    /// How it is taken from there.
    pub access: ValueAccess,
    /// How what was taken becomes a value of the field's type.
    pub conversion: ValueConversion,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkOrigin {
    /// A flag of the document.
    Bool(bool),
    /// An integer of the document.
    Integer(i128),
    /// A text of the document.
    Text(String),
    /// A value of the request or of the response.
    Value(ValuePath),
}

impl LinkValue {
    /// The expression, if anything is given.
    #[must_use]
    pub const fn source(&self) -> Option<&LinkSource> {
        match self {
            Self::Absent => None,
            Self::Plain(source) | Self::InSome(source) | Self::Tried(source) => Some(source),
        }
    }
}

impl LinkSource {
    /// The way to the value, where it is one of the request or of the response.
    #[must_use]
    pub const fn path(&self) -> Option<&ValuePath> {
        match &self.origin {
            LinkOrigin::Value(path) => Some(path),
            LinkOrigin::Bool(_) | LinkOrigin::Integer(_) | LinkOrigin::Text(_) => None,
        }
    }
}
