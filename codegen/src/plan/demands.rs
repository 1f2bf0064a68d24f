//! What valid values fulfil beyond their types: themselves, and what they hold.

use super::scalars;
use crate::api::{Constraints, Shape};
use crate::rust::Type;

/// What a valid value fulfils beyond its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Demands {
    /// Of the value itself.
    pub(super) own: Constraints,
    /// Of each item of a list and each value of a map; `None` where nothing is demanded of them.
    pub(super) each: Option<Box<Self>>,
}

impl Demands {
    /// What a schema demands of a value of a type that holds nothing.
    pub(super) fn stated(stated: &Constraints, shape: &Shape, ty: &Type) -> Self {
        Self { own: scalars::constraints(stated.clone(), shape, ty), each: None }
    }

    /// With what is demanded of each item or value.
    pub(super) fn of_each(self, each: Self) -> Self {
        let each = (each != Self::default()).then(|| Box::new(each));
        Self { each, ..self }
    }

    /// With what another schema demands of the same value, beside what it demands of what the value holds.
    pub(super) fn and(self, own: Constraints) -> Self {
        Self { own: self.own.and(own), ..self }
    }
}
