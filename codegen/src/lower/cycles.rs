//! Types that contain themselves: which fields need a `Box`.
//!
//! A list or a map is a pointer already; only a chain of plain fields and branches makes a type infinitely large.

use super::usage::named;
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
pub fn mark_hashable(types: &mut [TypeDef]) {
    loop {
        let hashable: Vec<bool> = types.iter().map(|definition| definition.hashable).collect();
        let mut changed = false;
        for definition in types.iter_mut() {
            let still = parts_hashable(&definition.kind, &hashable);
            changed |= definition.hashable && !still;
            definition.hashable &= still;
        }
        if !changed {
            return;
        }
    }
}

fn parts_hashable(kind: &TypeKind, hashable: &[bool]) -> bool {
    let all = |ty: &TypeRef| {
        let mut ids = Vec::new();
        named(ty, &mut ids);
        plain(ty) && ids.iter().all(|id| hashable[id.0])
    };
    match kind {
        TypeKind::Struct(structure) => {
            structure.fields.iter().all(|field| all(&field.ty)) && structure.rest.iter().all(all)
        }
        TypeKind::Union(union) => !union.open && union.branches.iter().all(|branch| all(&branch.ty)),
        TypeKind::Alias(ty) => all(ty),
        TypeKind::Enum(_) => true,
    }
}

fn plain(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::F32 | TypeRef::F64 | TypeRef::Json | TypeRef::JsonObject => false,
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => plain(inner),
        _ => true,
    }
}
