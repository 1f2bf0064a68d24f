//! What values of a type are like: whether they can be hashed, and which kind of JSON they are.

use super::usage::parts;
use crate::api::Directions;
use crate::ir::{TypeDef, TypeKind, TypeRef};
use crate::rust::JsonKind;

/// Whether values of each type can be compared with `Eq` and hashed; a cycle can, unless something in it cannot.
///
/// What cannot is carried on to whatever holds it, each type once.
pub(super) fn hashable(types: &[TypeDef], directions: &[Directions]) -> Vec<bool> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut waiting = Vec::new();
    for (index, definition) in types.iter().enumerate() {
        let mut held = Vec::new();
        parts(&definition.kind, &mut held);
        for id in held {
            holders[id.0].push(index);
        }
        if !is_hashable(&definition.kind, directions[index]) {
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

/// The same of one type, but for the types that it holds.
fn is_hashable(kind: &TypeKind, directions: Directions) -> bool {
    match kind {
        TypeKind::Struct(structure) => {
            structure.fields.iter().all(|field| plain(&field.ty)) && structure.rest.iter().all(plain)
        }
        // A branch that the document does not list is kept as JSON.
        TypeKind::Union(union) => {
            !(union.discriminator.is_some() && directions.response) && union.branches.iter().all(|of| plain(&of.ty))
        }
        TypeKind::Alias(ty) => plain(ty),
        TypeKind::Enum(_) => true,
    }
}

fn plain(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::F64 | TypeRef::Json | TypeRef::JsonObject => false,
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => plain(inner),
        _ => true,
    }
}

/// The kind of JSON that all values of a type are, if there is just one.
pub(super) fn json_kind(types: &[TypeDef], ty: &TypeRef) -> Option<JsonKind> {
    Some(match ty {
        TypeRef::Named(id) => match types.get(id.0)?.kind {
            TypeKind::Struct(_) => JsonKind::Object,
            TypeKind::Enum(_) => JsonKind::String,
            TypeKind::Union(_) | TypeKind::Alias(_) => return None,
        },
        TypeRef::Secret(inner) => return json_kind(types, inner),
        TypeRef::String | TypeRef::Formatted(_) | TypeRef::QuotedDecimal | TypeRef::Base64 => JsonKind::String,
        TypeRef::Bool => JsonKind::Boolean,
        TypeRef::I32
        | TypeRef::I64
        | TypeRef::U32
        | TypeRef::U64
        | TypeRef::F64
        | TypeRef::Decimal
        | TypeRef::UnixTime => JsonKind::Number,
        TypeRef::JsonObject | TypeRef::Map(_) => JsonKind::Object,
        TypeRef::List(_) => JsonKind::Array,
        TypeRef::Json | TypeRef::Nullable(_) => return None,
    })
}
