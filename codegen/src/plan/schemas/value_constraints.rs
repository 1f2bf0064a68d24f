//! Constraints that a Rust type does not enforce, on a value and on its elements.

use super::scalars;
use crate::api::{Constraints, Enumeration, Shape, Untyped, Value};
use crate::rust::Type;

/// What a valid value fulfils beyond its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::plan) struct ValueConstraints {
    /// Of the value itself.
    pub(in crate::plan) own: Constraints,
    /// Whether items that are to differ are not compared: what their type keeps of them may be equal.
    pub(in crate::plan) are_incomparable: bool,
    /// The only values, each as JSON, where they are no Rust enum; `None` where they are not listed.
    pub(in crate::plan) listed: Option<Vec<String>>,
    /// Of each item of a list and each value of a map; `None` where nothing is demanded of them.
    pub(in crate::plan) each: Option<Box<Self>>,
}

impl ValueConstraints {
    /// What a schema requires of a value of a type that holds nothing.
    pub(in crate::plan) fn stated(stated: &Constraints, shape: &Shape, ty: &Type) -> Self {
        Self { own: scalars::constraints(stated.clone(), shape, ty), ..Self::default() }
    }

    /// With the values that a schema lists.
    pub(in crate::plan) fn of_listed(self, shape: &Shape) -> Self {
        let Shape::Enumeration(listed) = shape else { return self };
        let texts = || listed.values.iter().map(|one| one.value.to_string()).collect();
        Self { listed: are_checked(listed).then(texts), ..self }
    }

    /// With whether items that are to differ are not compared.
    pub(in crate::plan) fn of_items(self, are_incomparable: bool) -> Self {
        Self { are_incomparable: self.are_incomparable || are_incomparable, ..self }
    }

    /// With what is demanded of each item or value.
    pub(in crate::plan) fn of_each(self, each: Self) -> Self {
        let each = (each != Self::default()).then(|| Box::new(each));
        Self { each, ..self }
    }

    /// With what another schema requires of the same value, beside what it requires of what the value holds.
    pub(in crate::plan) fn and(self, own: Constraints) -> Self {
        Self { own: self.own.and(own), ..self }
    }
}

/// Whether a server checks that a value is one of those that are listed, where they are no Rust enum. It does not where a value is
/// listed that the type does not have: what such a list means is not plain.
pub(in crate::plan) fn are_checked(listed: &Enumeration) -> bool {
    !listed.open && listed.values.iter().all(|one| is_of(&one.value, &listed.base))
}

/// Whether a scalar of a shape can be the value.
fn is_of(value: &Value, shape: &Shape) -> bool {
    match shape {
        Shape::Any(reason) => *reason == Untyped::NoType,
        Shape::String { .. } => value.as_str().is_some(),
        Shape::Integer { .. } | Shape::Number { .. } => matches!(value, Value::Number(_)),
        Shape::Boolean => matches!(value, Value::Bool(_)),
        _ => false,
    }
}
