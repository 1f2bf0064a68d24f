//! The types contained in an item.

use super::{Item, ItemKind, Type};

impl Item {
    /// The types of all that a value of the item holds, each as it is stored: fields, branches, places, and what stands beside them in a
    /// map or behind them in a list.
    #[must_use]
    pub fn held_types(&self) -> Vec<Type> {
        let map = |value: &Type| Type::Map(Box::new(value.clone()));
        let list = |value: &Type| Type::List(Box::new(value.clone()));
        match &self.kind {
            ItemKind::Object(object) => {
                let fields = object.structure.fields.iter().map(super::Field::stored);
                fields.chain(object.rest.iter().map(|rest| map(&rest.value))).collect()
            }
            ItemKind::Union(union) => {
                let boxed = |value: &Type| Type::Boxed(Box::new(value.clone()));
                let branches = union.branches.iter();
                branches.map(|branch| if branch.boxed { boxed(&branch.value) } else { branch.value.clone() }).collect()
            }
            ItemKind::Alias { target, .. } => vec![target.clone()],
            ItemKind::Nested(nested) => vec![nested.value.clone()],
            ItemKind::Tuple(tuple) => {
                let places = tuple.places.iter().map(super::Place::stored);
                places.chain(tuple.rest.iter().map(|rest| list(&rest.value))).collect()
            }
            ItemKind::Enum(_) => Vec::new(),
        }
    }
}
