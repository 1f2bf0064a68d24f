//! The values under `enum` as rules compare them.

use super::{Keywords, Type, TypeSet};
use crate::number_text;
use crate::source::Span;
use crate::syntax::{Key, Node, ScalarKind};

/// One value of `enum`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedValue {
    /// The value as compact JSON, as the document writes it.
    pub json: String,
    /// A text that two values have in common just where they are equal (JSON Schema 2020-12, Core, 4.2.2): `1` and `1.0` are.
    pub canonical: String,
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
    /// Where `enum` or `const` lists values of which none has one of these texts.
    #[must_use]
    pub fn listing_without(&self, texts: &[&str]) -> Option<Span> {
        let lacks = |node: &Node| !texts.contains(&node.text().unwrap_or_default());
        let listed = self.enumeration.as_ref().filter(|list| list.value.iter().all(lacks)).map(|list| list.key);
        listed.or_else(|| self.constant.as_ref().filter(|one| lacks(&one.value)).map(|one| one.key))
    }

    /// The values of `enum`, in the order of the document.
    pub fn listed_values(&self) -> impl Iterator<Item = ListedValue> {
        let listed = self.enumeration.iter().flat_map(|list| &list.value);
        listed.map(|node| ListedValue {
            json: node.to_json_text(),
            canonical: canonical(node),
            types: types_of(node),
            span: node.span,
        })
    }
}

fn canonical(value: &Node) -> String {
    match value.kind() {
        Some(ScalarKind::Integer | ScalarKind::Float) => number_text::canonical(&value.to_json_text()),
        Some(ScalarKind::Null | ScalarKind::Bool | ScalarKind::String) => value.to_json_text(),
        None if value.is_sequence() => {
            format!("[{}]", value.items().iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        None => {
            let member = |(key, value): (&Key, &Node)| format!("{:?}:{}", key.text(), canonical(value));
            let mut members: Vec<String> = value.entries().map(member).collect();
            members.sort_unstable();
            format!("{{{}}}", members.join(","))
        }
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
