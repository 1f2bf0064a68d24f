//! Links of responses: functions that make the request of one operation of what another one sent and received.

use super::{Docs, Type, ValuePath};

/// One link.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The function, `snake_case`.
    pub function: String,
    /// The request struct of the operation that has the link, where the link takes something of it.
    pub request: Option<String>,
    /// The body of the response that has the link, where the link takes something of it.
    pub response: Option<Type>,
    /// The request struct of the operation that the link names.
    pub target: String,
    /// The fields of that struct, all of them.
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
    /// Nothing: it is optional, and the link does not give it.
    Absent,
    /// A value that is required.
    Required(LinkSource),
    /// A value that is left out where it is not there.
    Optional(LinkSource),
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkSource {
    /// A constant of the document.
    Constant(String, ValueConversion),
    /// A value of the request or of the response.
    Value(ValuePath, ValueConversion),
}

/// How a value becomes one of the type of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueConversion {
    /// It is of that type, and is copied.
    Copied,
    /// It is of that type, and is cloned.
    Cloned,
    /// It is written as a text.
    Text,
    /// It is cloned and converted: `Into`.
    Converted,
    /// It is an integer that is converted where it fits: `TryInto`.
    Integer,
    /// Its text is read, where it has the form: `FromStr`.
    Parsed,
    /// It stands in code as it is: a number or a flag.
    Literal,
}

impl ValueConversion {
    /// Whether there may be no value of the type.
    #[must_use]
    pub const fn is_fallible(self) -> bool {
        matches!(self, Self::Integer | Self::Parsed)
    }
}

impl LinkSource {
    /// How the value becomes one of the type of the field.
    #[must_use]
    pub const fn conversion(&self) -> ValueConversion {
        match self {
            Self::Constant(_, conversion) | Self::Value(_, conversion) => *conversion,
        }
    }

    /// Whether the way to the value may end before it.
    #[must_use]
    pub fn has_optional_way(&self) -> bool {
        matches!(self, Self::Value(path, _) if path.is_optional())
    }

    /// Whether there may be no value.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.has_optional_way() || self.conversion().is_fallible()
    }
}
