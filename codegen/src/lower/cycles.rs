//! Types that contain themselves: which fields need a `Box`.
//!
//! A list or a map is a pointer already; only a chain of plain fields and branches makes a type infinitely large.

use super::usage::parts;
use crate::ir::{TypeDef, TypeId, TypeKind, TypeRef};

/// Boxes the fields and branches that close a cycle.
pub fn break_up(types: &mut [TypeDef]) {
    let component = components(types);
    for index in 0..types.len() {
        let own = component[index];
        let same = |ty: &TypeRef| direct(ty).is_some_and(|id| component[id.0] == own);
        let in_cycle = cyclic(types, index, &component);
        match &mut types[index].kind {
            TypeKind::Struct(structure) => {
                for field in &mut structure.fields {
                    field.boxed = in_cycle && same(&field.ty);
                }
            }
            TypeKind::Union(union) => {
                for branch in &mut union.branches {
                    branch.boxed = in_cycle && same(&branch.ty);
                }
            }
            TypeKind::Enum(_) | TypeKind::Alias(_) => {}
        }
    }
}

/// A type that holds more scalars in place than this is kept behind a pointer wherever it is held.
const LARGE: usize = 1_000;

/// Boxes the fields and branches of large types: two of the last type in each of sixty would be larger than any memory.
pub fn shrink(types: &mut [TypeDef]) {
    let forward: Vec<Vec<usize>> = types.iter().map(edges).collect();
    let mut sizes = vec![0_usize; types.len()];
    // What a type holds comes before it, but for cycles, which have a `Box` in them already.
    for index in finish_order(&forward) {
        let size = |ty: &TypeRef, boxed: &mut bool| {
            let held = direct(ty).map_or(1, |id| sizes[id.0].max(1));
            *boxed |= held > LARGE;
            if *boxed { 1 } else { held }
        };
        sizes[index] = match &mut types[index].kind {
            TypeKind::Struct(structure) => {
                structure.fields.iter_mut().map(|field| size(&field.ty, &mut field.boxed)).sum()
            }
            TypeKind::Union(union) => {
                union.branches.iter_mut().map(|branch| size(&branch.ty, &mut branch.boxed)).max().unwrap_or(1)
            }
            TypeKind::Alias(ty) => direct(ty).map_or(1, |id| sizes[id.0]),
            TypeKind::Enum(_) => 1,
        };
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
    let held: Vec<&TypeRef> = match &definition.kind {
        TypeKind::Struct(structure) => structure.fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Enum(_) => Vec::new(),
    };
    held.into_iter().filter_map(direct).map(|id| id.0).collect()
}

/// Whether a type is part of a cycle at all: its component has another member, or it holds itself.
fn cyclic(types: &[TypeDef], index: usize, component: &[usize]) -> bool {
    let shared = component.iter().filter(|&&other| other == component[index]).count() > 1;
    shared || edges(&types[index]).contains(&index)
}

/// The strongly connected component of each type, by Kosaraju's two passes, with stacks of their own.
fn components(types: &[TypeDef]) -> Vec<usize> {
    let forward: Vec<Vec<usize>> = types.iter().map(edges).collect();
    let mut backward = vec![Vec::new(); types.len()];
    for (from, targets) in forward.iter().enumerate() {
        for &to in targets {
            backward[to].push(from);
        }
    }
    let mut component = vec![usize::MAX; types.len()];
    for start in finish_order(&forward).into_iter().rev() {
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
fn finish_order(edges: &[Vec<usize>]) -> Vec<usize> {
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

/// Whether every value of a type can be compared with `Eq` and hashed; a cycle is, unless something in it is not.
///
/// What is not is carried on to whatever holds it, each type once.
pub fn mark_hashable(types: &mut [TypeDef]) {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut waiting = Vec::new();
    for (index, definition) in types.iter().enumerate() {
        let mut held = Vec::new();
        parts(&definition.kind, &mut held);
        for id in held {
            holders[id.0].push(index);
        }
        if !is_hashable(&definition.kind) {
            waiting.push(index);
        }
    }
    while let Some(index) = waiting.pop() {
        if std::mem::replace(&mut types[index].hashable, false) {
            waiting.append(&mut holders[index]);
        }
    }
}

/// The same, but for the types that it holds.
fn is_hashable(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Struct(structure) => {
            structure.fields.iter().all(|field| plain(&field.ty)) && structure.rest.iter().all(plain)
        }
        TypeKind::Union(union) => !union.open && union.branches.iter().all(|branch| plain(&branch.ty)),
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
