//! Estimated sizes of generated types, by which enums are exempt from the lint about large variants.

use super::boxes::Boxes;
use super::type_contents::{Contents, Part};
use crate::api::Presence;
use crate::plan::schemas::kinds::Kind;
use crate::rust::{Type, TypeId};

/// Estimated sizes in bytes of all types, by [`TypeId`].
pub(super) fn of_types(types: &[Contents<'_>], boxes: &Boxes) -> Vec<usize> {
    let mut sizes = vec![None; types.len()];
    for index in 0..types.len() {
        of_type((types, boxes), TypeId(index), &mut sizes, 0);
    }
    sizes.into_iter().map(Option::unwrap_or_default).collect()
}

/// Deeper than types are nested by value; a larger size than this does not matter any more.
const DEEPEST: usize = 64;

fn of_type((types, boxes): (&[Contents<'_>], &Boxes), id: TypeId, sizes: &mut [Option<usize>], depth: usize) -> usize {
    if let Some(Some(known)) = sizes.get(id.0) {
        return *known;
    }
    let Some(contents) = types.get(id.0).filter(|_| depth < DEEPEST) else {
        return POINTER;
    };
    let mut part = |place: usize, part: &Part| {
        if boxes.has(id, place) { POINTER } else { value((types, boxes), &part.ty, sizes, depth + 1) }
    };
    let parts = contents.parts.iter().enumerate();
    let size = match contents.kind {
        Kind::Struct(_) | Kind::Tuple(_) => {
            let fields = parts.map(|(place, field)| {
                let value = part(place, field);
                if field.presence == ALWAYS { value } else { value + POINTER }
            });
            fields.sum::<usize>() + contents.rest.as_ref().map_or(0, |_| TEXT)
        }
        Kind::Union(_) => parts.map(|(place, branch)| part(place, branch)).max().unwrap_or(0).max(TEXT) + POINTER,
        Kind::Enum(_) | Kind::Nested(_) | Kind::Json(_) => TEXT,
    };
    if let Some(slot) = sizes.get_mut(id.0) {
        *slot = Some(size);
    }
    size
}

fn value(types: (&[Contents<'_>], &Boxes), ty: &Type, sizes: &mut [Option<usize>], depth: usize) -> usize {
    match ty {
        Type::Named(id) => of_type(types, *id, sizes, depth),
        Type::Option(inner) => value(types, inner, sizes, depth) + POINTER,
        Type::Secret(inner) => value(types, inner, sizes, depth),
        scalar => of(scalar, &|_| 0),
    }
}

/// The presence of a field that is always there and never null.
const ALWAYS: Presence = Presence { required: true, nullable: false };

/// The size of a type, given those of named ones.
pub(super) fn of(ty: &Type, named: &dyn Fn(TypeId) -> usize) -> usize {
    match ty {
        Type::Named(id) => named(*id),
        Type::Option(inner) => of(inner, named) + POINTER,
        Type::Secret(inner) => of(inner, named),
        Type::UnixTime => POINTER,
        plain if plain.is_plain() => POINTER,
        _ => TEXT,
    }
}

/// A pointer, or a small value with its padding.
const POINTER: usize = 8;

/// A `String`, a list, a map, a decimal.
const TEXT: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Object;
    use crate::plan::schemas::value_constraints::ValueConstraints;

    #[test]
    fn types_that_hold_themselves_have_a_size() {
        let object = Object::default();
        let part = |ty, required| {
            let presence = Presence { required, nullable: false };
            Part { ty, presence, value_constraints: ValueConstraints::default() }
        };
        let parts = vec![part(Type::Named(TypeId(0)), false), part(Type::String, true)];
        let types = [Contents { kind: Kind::Struct(&object), parts, rest: None }];
        assert_eq!(of_types(&types, &Boxes::of(&types)), [40]);
    }
}
