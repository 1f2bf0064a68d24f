//! How large generated types are, roughly: decides which enums say that their variants differ much in size.

use super::boxes::Boxes;
use crate::ir::{Api, Presence, TypeId, TypeKind, TypeRef};

/// Estimated sizes in bytes of all types, by [`TypeId`].
pub(super) fn of_types(api: &Api, boxes: &Boxes) -> Vec<usize> {
    let mut sizes = vec![None; api.types.len()];
    for index in 0..api.types.len() {
        of_type((api, boxes), TypeId(index), &mut sizes, 0);
    }
    sizes.into_iter().map(Option::unwrap_or_default).collect()
}

/// Deeper than types are nested by value; a larger size than this does not matter any more.
const DEEPEST: usize = 64;

fn of_type((api, boxes): (&Api, &Boxes), id: TypeId, sizes: &mut Vec<Option<usize>>, depth: usize) -> usize {
    if let Some(Some(context)) = sizes.get(id.0) {
        return *context;
    }
    let Some(def) = api.types.get(id.0).filter(|_| depth < DEEPEST) else {
        return POINTER;
    };
    let mut part = |ty: &TypeRef| part((api, boxes), ty, sizes, depth + 1);
    let size = match &def.kind {
        TypeKind::Struct(object) => {
            let fields: usize = object
                .fields
                .iter()
                .enumerate()
                .map(|(place, field)| {
                    let value = if boxes.has(id, place) { POINTER } else { part(&field.ty) };
                    if field.presence == ALWAYS { value } else { value + POINTER }
                })
                .sum();
            fields + object.rest.as_ref().map_or(0, |_| TEXT)
        }
        TypeKind::Enum(_) => TEXT,
        TypeKind::Union(union) => {
            let largest = union
                .branches
                .iter()
                .enumerate()
                .map(|(place, branch)| if boxes.has(id, place) { POINTER } else { part(&branch.ty) })
                .max();
            largest.unwrap_or(0).max(TEXT) + POINTER
        }
        TypeKind::Alias(ty) => part(ty),
    };
    if let Some(slot) = sizes.get_mut(id.0) {
        *slot = Some(size);
    }
    size
}

fn part(types: (&Api, &Boxes), ty: &TypeRef, sizes: &mut Vec<Option<usize>>, depth: usize) -> usize {
    match ty {
        TypeRef::Named(id) => of_type(types, *id, sizes, depth),
        TypeRef::Nullable(inner) => part(types, inner, sizes, depth) + POINTER,
        TypeRef::Secret(inner) => part(types, inner, sizes, depth),
        scalar => of(scalar, &|_| 0),
    }
}

/// A field that needs nothing to say whether it is there.
const ALWAYS: Presence = Presence { required: true, nullable: false };

/// The size of a type, given those of named ones.
pub(super) fn of(ty: &TypeRef, named: &dyn Fn(TypeId) -> usize) -> usize {
    match ty {
        TypeRef::Named(id) => named(*id),
        TypeRef::Nullable(inner) => of(inner, named) + POINTER,
        TypeRef::Secret(inner) => of(inner, named),
        TypeRef::Bool
        | TypeRef::I32
        | TypeRef::I64
        | TypeRef::U32
        | TypeRef::U64
        | TypeRef::F64
        | TypeRef::UnixTime => POINTER,
        _ => TEXT,
    }
}

/// A pointer, or a small value with its padding.
const POINTER: usize = 8;

/// A `String`, a list, a map, a decimal.
const TEXT: usize = 24;

#[cfg(test)]
mod tests {
    use super::{Boxes, TypeId, TypeRef, of_types};
    use crate::emit::fixtures;
    use crate::rust::Presence;

    #[test]
    fn types_that_hold_themselves_have_a_size() {
        let mut api = fixtures::api();
        api.types.push(fixtures::structure(
            "Node",
            vec![
                fixtures::field("next", TypeRef::Named(TypeId(0)), Presence::Optional),
                fixtures::field("name", TypeRef::String, Presence::Required),
            ],
        ));
        assert_eq!(of_types(&api, &Boxes::of(&api.types)), [40]);
    }
}
