//! Defaults of properties that a server fills in where they are left out.

use super::untyped_count::UntypedCount;
use super::value::Reader;
use super::{Decode, decode};
use crate::presence::{Maybe, Patch};

/// A field that may be left out.
pub trait Optional: Sized {
    /// The field with the default of the document, as JSON, where nothing was sent. A default that is not of the type is not filled in.
    #[must_use]
    fn filled_in(self, default: &'static str) -> Self;
}

impl<T: Decode> Optional for Option<T> {
    fn filled_in(self, default: &'static str) -> Self {
        self.or_else(|| read(default))
    }
}

impl<T: Decode> Optional for Maybe<T> {
    fn filled_in(self, default: &'static str) -> Self {
        if self.is_absent() { read(default).map_or(self, Self::Value) } else { self }
    }
}

impl<T: Decode> Optional for Patch<T> {
    fn filled_in(self, default: &'static str) -> Self {
        if self.is_keep() { read(default).map_or(self, Self::Set) } else { self }
    }
}

/// The default where a server reads a field that was left out. A client leaves it as it was sent.
pub fn unless_sent<F: Optional>(field: F, default: &'static str) -> F {
    if decode::is_serving() { field.filled_in(default) } else { field }
}

/// Reads a default. It is no part of what was sent, so that it does not count where branches of a union are compared.
fn read<T: Decode>(default: &'static str) -> Option<T> {
    UntypedCount::of(|| Reader::new(default, true)?.whole(|value| T::decode(value)).ok()).0
}
