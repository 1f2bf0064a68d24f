//! Which fields and branches are behind a `Box`: those by which a type contains itself, and those that are large.
//!
//! A list or a map is a pointer already; only a chain of plain fields and branches makes a type infinitely large.

use super::type_contents::{Contents, Part, in_place};
use crate::plan::schemas::kinds::Kind;
use crate::rust::TypeId;
use crate::strongly_connected::{components, finish_order};

/// For each type, which of its fields or branches are behind a `Box`.
pub(in crate::plan) struct Boxes(Vec<Vec<bool>>);

impl Boxes {
    /// Boxes the fields and branches that close a cycle, and those whose type would be too large in place: each level of structs that
    /// holds the next one twice doubles the size.
    pub(super) fn of(types: &[Contents<'_>]) -> Self {
        let forward: Vec<Vec<usize>> = types.iter().map(edges).collect();
        let mut boxes = Self(in_cycles(types, &forward));
        boxes.shrink(types, &forward);
        boxes
    }

    /// Whether a field or branch is behind a `Box`, by the type and its place in it.
    pub(super) fn has(&self, id: TypeId, place: usize) -> bool {
        self.0.get(id.0).and_then(|boxes| boxes.get(place)).copied().unwrap_or_default()
    }

    fn shrink(&mut self, types: &[Contents<'_>], forward: &[Vec<usize>]) {
        let mut sizes = vec![0_usize; types.len()];
        // What a type holds comes before it, but for cycles, which have a `Box` in them already.
        for index in finish_order(forward) {
            let held = types[index].parts.iter().zip(&mut self.0[index]).map(|(part, boxed)| {
                let size = in_place(&part.ty).map_or(1, |id| sizes[id.0].max(1));
                *boxed |= size > LARGE;
                if *boxed { 1 } else { size }
            });
            let held: Vec<usize> = held.collect();
            sizes[index] = match types[index].kind {
                Kind::Struct(_) | Kind::Tuple(_) => held.iter().sum(),
                Kind::Union(_) => held.iter().copied().max().unwrap_or(1),
                Kind::Enum(_) | Kind::Nested(_) | Kind::Json(_) => 1,
            };
        }
    }
}

/// A type with more scalars than this, not counting those behind pointers, is boxed wherever another type holds it.
const LARGE: usize = 1_000;

/// The fields and branches that lead back to their own type.
fn in_cycles(types: &[Contents<'_>], forward: &[Vec<usize>]) -> Vec<Vec<bool>> {
    let component = components(forward);
    let mut members = vec![0_usize; types.len()];
    for &of in &component {
        members[of] += 1;
    }
    let boxes = types.iter().enumerate().map(|(index, contents)| {
        let own = component[index];
        // A type is part of a cycle if its component has another member, or it holds itself.
        let is_cyclic = members[own] > 1 || forward[index].contains(&index);
        let closes = |part: &Part| is_cyclic && in_place(&part.ty).is_some_and(|id| component[id.0] == own);
        contents.parts.iter().map(closes).collect()
    });
    boxes.collect()
}

fn edges(contents: &Contents<'_>) -> Vec<usize> {
    contents.parts.iter().filter_map(|part| in_place(&part.ty)).map(|id| id.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Object, Presence};
    use crate::plan::schemas::value_constraints::ValueConstraints;
    use crate::rust::Type;

    /// A struct with fields of some types.
    fn structure(object: &Object, types: Vec<Type>) -> Contents<'_> {
        let presence = Presence { required: true, nullable: false };
        let part = |ty| Part { ty, presence, value_constraints: ValueConstraints::default() };
        Contents { kind: Kind::Struct(object), parts: types.into_iter().map(part).collect(), rest: None }
    }

    #[test]
    fn what_leads_back_to_itself_is_boxed() {
        let named = |id: usize| Type::Named(TypeId(id));
        let object = Object::default();
        let types = [
            structure(&object, vec![named(1), named(2)]),
            structure(&object, vec![Type::Option(Box::new(named(0)))]),
            structure(&object, vec![Type::List(Box::new(named(2)))]),
        ];
        assert_eq!(Boxes::of(&types).0, [vec![true, false], vec![true], vec![false]]);
    }

    #[test]
    fn what_is_large_is_boxed_once() {
        let object = Object::default();
        let types = [
            structure(&object, vec![Type::Bool; LARGE + 1]),
            structure(&object, vec![Type::Named(TypeId(0))]),
            structure(&object, vec![Type::Named(TypeId(1))]),
        ];
        let boxes = Boxes::of(&types);
        assert!(boxes.has(TypeId(1), 0) && !boxes.has(TypeId(2), 0));
    }
}
