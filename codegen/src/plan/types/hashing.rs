//! Whether values of a type can be compared with `Eq` and hashed.

use super::type_contents::{Contents, named};
use crate::api::Directions;
use crate::plan::schemas::kinds::Kind;
use crate::rust::Type;

/// Whether values of each type can be compared with `Eq`, by [`TypeId`](crate::rust::TypeId); those of a cycle can, unless something in
/// it cannot.
pub(super) fn with_eq(types: &[Contents<'_>], directions: &[Directions]) -> Vec<bool> {
    unless_held(types, |index, contents| !has_eq(contents, directions[index]))
}

/// Whether values of each type can be hashed, by [`TypeId`](crate::rust::TypeId), among those that can be compared with `Eq`.
///
/// Maps are keyed by scalars and by lists of them. Objects are kept by an id of theirs, and no impl is compiled for them.
pub(super) fn hashable(types: &[Contents<'_>], with_eq: &[bool]) -> Vec<bool> {
    unless_held(types, |index, contents| !with_eq[index] || matches!(contents.kind, Kind::Struct(_) | Kind::Union(_)))
}

/// Whether a type has a property which each type has that neither lacks it nor holds one that lacks it.
fn unless_held(types: &[Contents<'_>], lacks: impl Fn(usize, &Contents<'_>) -> bool) -> Vec<bool> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut waiting = Vec::new();
    for (index, contents) in types.iter().enumerate() {
        for id in contents.types().filter_map(named) {
            holders[id.0].push(index);
        }
        if lacks(index, contents) {
            waiting.push(index);
        }
    }
    let mut has = vec![true; types.len()];
    while let Some(index) = waiting.pop() {
        if std::mem::replace(&mut has[index], false) {
            waiting.append(&mut holders[index]);
        }
    }
    has
}

/// Whether a type can derive `Eq`, if all the types that it contains can.
fn has_eq(contents: &Contents<'_>, directions: Directions) -> bool {
    match contents.kind {
        // A branch that the document does not list is kept as JSON.
        Kind::Union(union) if union.discriminator.is_some() && directions.response => false,
        Kind::Json(_) => false,
        Kind::Struct(_) | Kind::Union(_) | Kind::Enum(_) | Kind::Nested(_) | Kind::Tuple(_) => {
            contents.types().all(is_plain)
        }
    }
}

fn is_plain(ty: &Type) -> bool {
    match ty {
        Type::F64 | Type::Json | Type::JsonObject => false,
        other => other.inner().is_none_or(is_plain),
    }
}
