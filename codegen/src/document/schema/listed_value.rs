//! The values under `enum` as rules compare them.

use super::{Keywords, Type, TypeSet};
use crate::source::Span;
use crate::syntax::{Node, ScalarKind};

/// One value of `enum`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedValue {
    /// The value as compact JSON, by which values are told apart.
    pub json: String,
    /// The types that it is of: a whole number is an integer and a number, however it is written.
    pub types: TypeSet,
    /// Where it stands.
    pub span: Span,
}

impl ListedValue {
    /// Whether it is null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        self.types.contains(Type::Null)
    }

    /// Whether it is of one of some types.
    #[must_use]
    pub fn is_of(&self, types: TypeSet) -> bool {
        types.iter().any(|one| self.types.contains(one))
    }
}

impl Keywords {
    /// The values of `enum`, in the order of the document.
    pub fn listed_values(&self) -> impl Iterator<Item = ListedValue> {
        let listed = self.enumeration.iter().flat_map(|list| &list.value);
        listed.map(|node| ListedValue { json: node.to_json_text(), types: types_of(node), span: node.span })
    }
}

fn types_of(value: &Node) -> TypeSet {
    let whole = value.as_integer().map(|_| Type::Integer);
    let one = match value.kind() {
        Some(ScalarKind::Null) => Type::Null,
        Some(ScalarKind::Bool) => Type::Boolean,
        Some(ScalarKind::Integer | ScalarKind::Float) => Type::Number,
        Some(ScalarKind::String) => Type::String,
        None if value.is_sequence() => Type::Array,
        None => Type::Object,
    };
    whole.into_iter().chain([one]).collect()
}
