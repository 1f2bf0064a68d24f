//! What is known of the type of values that have to satisfy several schemas.

use super::analysis::{AnalyzedSchemas, Conjuncts};
use crate::document::schema::{Keywords, Type, TypeSet};

/// What is known of the type of values, null aside.
#[derive(Clone, Copy)]
pub(super) enum KnownType {
    /// No schema says anything of it.
    Nothing,
    /// No type is stated, and keywords for objects or lists are there.
    Assumed(Type),
    /// The types that are stated have none in common.
    None,
    /// Nothing but null is allowed.
    Null,
    /// One type.
    One(Type),
    /// Several types.
    Several(TypeSet),
}

impl KnownType {
    /// What all schemas say of the type; `kinds` are the types of the values that they list.
    pub(super) fn of(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts, kinds: Option<TypeSet>) -> Self {
        match stated_or_assumed(schemas, all, kinds) {
            Self::Several(types) if allows_all(schemas, all, types) => Self::Nothing,
            known => known,
        }
    }
}

fn stated_or_assumed(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts, kinds: Option<TypeSet>) -> KnownType {
    let Some(stated) = all.types else {
        return match (kinds, assumed(schemas, all)) {
            (Some(kinds), _) if !kinds.is_empty() => several(kinds),
            (_, Some(one)) => KnownType::Assumed(one),
            (_, None) => KnownType::Nothing,
        };
    };
    let mut present = stated.without(Type::Null);
    if let Some(kinds) = kinds.map(|kinds| kinds.common(present)).filter(|kinds| !kinds.is_empty()) {
        let is_listed = |one: &Type| kinds.overlaps(TypeSet::default().with(*one));
        present = present.iter().filter(is_listed).collect();
    }
    match (present.is_empty(), stated.contains(Type::Null)) {
        (true, true) => KnownType::Null,
        (true, false) => KnownType::None,
        (false, _) => several(present),
    }
}

/// Whether these are all types, perhaps without null, and no keyword restricts the values of any of them.
fn allows_all(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts, types: TypeSet) -> bool {
    let says_nothing = |keywords: &Keywords| {
        keywords.format.is_none()
            && keywords.number.is_empty()
            && keywords.string.is_empty()
            && keywords.array.is_empty()
            && keywords.object.is_empty()
    };
    [Type::Boolean, Type::Object, Type::Array, Type::Number, Type::String].iter().all(|one| types.contains(*one))
        && all.list.iter().all(|one| says_nothing(schemas[one.id].keywords))
}

fn several(types: TypeSet) -> KnownType {
    let types = if types.contains(Type::Number) { types.without(Type::Integer) } else { types };
    types.only().map_or(KnownType::Several(types), KnownType::One)
}

/// The type that a schema without `type` is taken to mean: that of its type-specific keywords, such as `properties` or `items`.
fn assumed(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> Option<Type> {
    let mut described = all.list.iter().map(|one| &schemas[one.id].described);
    if described.clone().any(|described| described.object) {
        return Some(Type::Object);
    }
    described.any(|described| described.list).then_some(Type::Array)
}
