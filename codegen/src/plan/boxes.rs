//! Which fields and branches are behind a `Box`: those by which a type contains itself, and those that are large.
//!
//! A list or a map is a pointer already; only a chain of plain fields and branches makes a type infinitely large.

use crate::ir::{TypeDef, TypeId, TypeKind, TypeRef};

/// For each type, which of its fields or branches are behind a `Box`.
pub(super) struct Boxes(Vec<Vec<bool>>);

impl Boxes {
    /// The fields and branches that close a cycle, and those of large types: two of the last type in each of sixty would
    /// be larger than any memory.
    pub(super) fn of(types: &[TypeDef]) -> Self {
        let forward: Vec<Vec<usize>> = types.iter().map(edges).collect();
        let mut boxes = Self(in_cycles(types, &forward));
        boxes.shrink(types, &forward);
        boxes
    }

    /// Whether a field or branch is behind a `Box`, by the type and its place in it.
    pub(super) fn has(&self, id: TypeId, place: usize) -> bool {
        self.0.get(id.0).and_then(|boxes| boxes.get(place)).copied().unwrap_or_default()
    }

    fn shrink(&mut self, types: &[TypeDef], forward: &[Vec<usize>]) {
        let mut sizes = vec![0_usize; types.len()];
        // What a type holds comes before it, but for cycles, which have a `Box` in them already.
        for index in finish_order(forward) {
            let held = held(&types[index]).into_iter().zip(&mut self.0[index]).map(|(ty, boxed)| {
                let size = direct(ty).map_or(1, |id| sizes[id.0].max(1));
                *boxed |= size > LARGE;
                if *boxed { 1 } else { size }
            });
            let held: Vec<usize> = held.collect();
            sizes[index] = match &types[index].kind {
                TypeKind::Struct(_) => held.iter().sum(),
                TypeKind::Union(_) => held.iter().copied().max().unwrap_or(1),
                TypeKind::Alias(ty) => direct(ty).map_or(1, |id| sizes[id.0]),
                TypeKind::Enum(_) => 1,
            };
        }
    }
}

/// A type that holds more scalars in place than this is kept behind a pointer wherever it is held.
const LARGE: usize = 1_000;

/// The fields and branches that lead back to their own type.
fn in_cycles(types: &[TypeDef], forward: &[Vec<usize>]) -> Vec<Vec<bool>> {
    let component = components(forward);
    let mut members = vec![0_usize; types.len()];
    for &of in &component {
        members[of] += 1;
    }
    let boxes = types.iter().enumerate().map(|(index, definition)| {
        let own = component[index];
        // A type is part of a cycle if its component has another member, or it holds itself.
        let is_cyclic = members[own] > 1 || forward[index].contains(&index);
        let closes = |ty: &TypeRef| is_cyclic && direct(ty).is_some_and(|id| component[id.0] == own);
        held(definition).into_iter().map(closes).collect()
    });
    boxes.collect()
}

/// The types of the fields or branches.
fn held(definition: &TypeDef) -> Vec<&TypeRef> {
    match &definition.kind {
        TypeKind::Struct(structure) => structure.fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
        TypeKind::Alias(_) | TypeKind::Enum(_) => Vec::new(),
    }
}

/// The type that a value holds in place, without a pointer between.
fn direct(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Nullable(inner) | TypeRef::Secret(inner) => direct(inner),
        _ => None,
    }
}

fn edges(definition: &TypeDef) -> Vec<usize> {
    let alias = match &definition.kind {
        TypeKind::Alias(ty) => Some(ty),
        _ => None,
    };
    held(definition).into_iter().chain(alias).filter_map(direct).map(|id| id.0).collect()
}

/// The strongly connected component of each type, by Kosaraju's two passes, with stacks of their own.
pub(super) fn components(forward: &[Vec<usize>]) -> Vec<usize> {
    let mut backward = vec![Vec::new(); forward.len()];
    for (from, targets) in forward.iter().enumerate() {
        for &to in targets {
            backward[to].push(from);
        }
    }
    let mut component = vec![usize::MAX; forward.len()];
    for start in finish_order(forward).into_iter().rev() {
        let mut waiting = vec![start];
        while let Some(index) = waiting.pop() {
            if component[index] == usize::MAX {
                component[index] = start;
                waiting.extend(backward[index].iter().copied().filter(|&next| component[next] == usize::MAX));
            }
        }
    }
    component
}

/// The types in the order in which a depth-first walk leaves them.
pub(super) fn finish_order(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; edges.len()];
    let mut order = Vec::with_capacity(edges.len());
    for start in 0..edges.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut path = vec![(start, 0)];
        while let Some((index, next)) = path.pop() {
            match edges[index].get(next) {
                Some(&target) => {
                    path.push((index, next + 1));
                    if !std::mem::replace(&mut seen[target], true) {
                        path.push((target, 0));
                    }
                }
                None => order.push(index),
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixtures::{field, structure};
    use crate::rust::Presence::Required;

    #[test]
    fn what_leads_back_to_itself_is_boxed() {
        let named = |id: usize| TypeRef::Named(TypeId(id));
        let types = [
            structure("A", vec![field("b", named(1), Required), field("c", named(2), Required)]),
            structure("B", vec![field("a", TypeRef::Nullable(Box::new(named(0))), Required)]),
            structure("C", vec![field("c", TypeRef::List(Box::new(named(2))), Required)]),
        ];
        assert_eq!(Boxes::of(&types).0, [vec![true, false], vec![true], vec![false]]);
    }

    #[test]
    fn what_is_large_is_boxed_once() {
        let scalars = |count: usize| (0..count).map(|n| field(&format!("f{n}"), TypeRef::Bool, Required)).collect();
        let types = [
            structure("Large", scalars(LARGE + 1)),
            structure("Holder", vec![field("large", TypeRef::Named(TypeId(0)), Required)]),
            structure("Outer", vec![field("holder", TypeRef::Named(TypeId(1)), Required)]),
        ];
        let boxes = Boxes::of(&types);
        assert!(boxes.has(TypeId(1), 0) && !boxes.has(TypeId(2), 0));
    }
}
