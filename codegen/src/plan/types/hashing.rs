//! Whether values of a type can be compared with `Eq` and hashed.

use super::type_contents::{Contents, named};
use crate::api::Directions;
use crate::plan::schemas::kinds::Kind;
use crate::rust::Type;

/// Whether values of each type can be hashed, by [`TypeId`](crate::rust::TypeId); a cycle can, unless something in it cannot.
///
/// A type that holds one that cannot be hashed cannot be hashed either.
pub(super) fn hashable(types: &[Contents<'_>], directions: &[Directions]) -> Vec<bool> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut waiting = Vec::new();
    for (index, (contents, directions)) in types.iter().zip(directions).enumerate() {
        for id in contents.types().filter_map(named) {
            holders[id.0].push(index);
        }
        if !is_hashable(contents, *directions) {
            waiting.push(index);
        }
    }
    let mut hashable = vec![true; types.len()];
    while let Some(index) = waiting.pop() {
        if std::mem::replace(&mut hashable[index], false) {
            waiting.append(&mut holders[index]);
        }
    }
    hashable
}

/// Whether a type can derive `Hash`, if all the types that it contains can.
fn is_hashable(contents: &Contents<'_>, directions: Directions) -> bool {
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
