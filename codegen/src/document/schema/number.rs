//! Numbers of keywords, by their text.

use crate::syntax::scalar;

/// A number as JSON writes it, digit for digit: `0.10` stays `0.10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(Box<str>);

impl Number {
    /// The number that a scalar is; `text` is its text as JSON writes it.
    pub(super) fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number where it is whole, also when it is written `100.0`.
    #[must_use]
    pub fn to_integer(&self) -> Option<i128> {
        scalar::as_integer(&self.0)
    }
}
