//! Values that a function takes out of a request or a response, as the expressions that read them.

use super::Type;

/// The way from a request struct or the body of a response to a value in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ValuePath {
    /// Whether it begins at the response.
    pub is_of_response: bool,
    /// The steps, the first one first.
    pub steps: Vec<ValueStep>,
    /// The type of the value.
    pub value: Type,
}

/// One step to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueStep {
    /// A field that is always there and never null: `.name`.
    Field(String),
    /// A field that is an `Option`: `.name.as_ref()?`.
    OptionalField(String),
    /// A field that is a `Patch` or a `Maybe`: `.name.get()?`.
    NullableField(String),
    /// The first item of a list: `.first()?`.
    FirstItem,
    /// Another item of a list: `.get(2)?`.
    Item(usize),
    /// A value of a map: `.get("key")?`.
    Key(String),
}

/// How an expression takes the value that a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueAccess {
    /// `value`
    Direct,
    /// `&value`
    Borrowed,
    /// `&value.expose()`, of a secret.
    Exposed,
    /// `*value`
    Dereferenced,
    /// `value.clone()`
    Cloned,
    /// `value.to_owned()`
    ToOwned,
    /// `value.to_vec()`
    ToVec,
}

/// How a value that was taken becomes one of the type of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueConversion {
    /// It is of that type.
    None,
    /// It is written as a text: `.to_string()`.
    Text,
    /// `.into()`
    Into,
    /// It is an integer that is converted where it fits: `.try_into().ok()`.
    TryInto,
    /// Its text is read, where it has the form: `.parse().ok()`.
    Parse,
}

/// The type of a parameter that is taken by reference.
#[derive(Clone, Debug, PartialEq)]
pub enum BorrowedType {
    /// `&str`
    Str,
    /// `&[…]`, by the type of the items.
    Slice(Type),
    /// `&…`, by the type itself.
    Reference(Type),
}

impl ValuePath {
    /// Whether the value may not be there.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.steps.iter().any(|step| !matches!(step, ValueStep::Field(_)))
    }

    /// Whether the expression gives a reference to the value: the last step does, or there is no step and the parameter is one.
    #[must_use]
    pub fn is_reference(&self) -> bool {
        !matches!(self.steps.last(), Some(ValueStep::Field(_)))
    }
}

impl ValueConversion {
    /// Whether there may be no value of the type, so that the expression gives an `Option`.
    #[must_use]
    pub const fn is_fallible(self) -> bool {
        matches!(self, Self::TryInto | Self::Parse)
    }
}
