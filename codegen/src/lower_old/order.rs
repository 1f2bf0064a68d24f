//! The final order: unused types leave, the others stand by name, and every id says where.

use std::collections::{BTreeSet, HashSet};

use super::usage::{named, parts};
use crate::ir::{Api, Operation, Payload, TypeId, TypeKind, TypeRef};

/// Drops the component types that live on only as the fields of request structs, and sorts the rest by name.
pub fn settle(api: &mut Api, flattened: &BTreeSet<TypeId>) {
    let kept = kept(api, flattened);
    let mut order: Vec<usize> = (0..api.types.len()).filter(|&index| kept[index]).collect();
    order.sort_by(|&one, &other| api.types[one].name.cmp(&api.types[other].name));
    let mut places = vec![TypeId(0); api.types.len()];
    for (place, &index) in order.iter().enumerate() {
        places[index] = TypeId(place);
    }
    api.types = order.iter().map(|&index| api.types[index].clone()).collect();
    renumber(api, &places);
    let types: HashSet<&str> = api.types.iter().map(|ty| ty.name.as_str()).collect();
    let operations: HashSet<&str> = api.operations.iter().map(|operation| operation.type_name.as_str()).collect();
    api.census.retain(|untyped| is_of(&types, &operations, &untyped.place));
    api.census.sort_by(|one, other| one.place.cmp(&other.place));
    api.census.dedup();
}

/// Whether a census entry speaks of a type that has stayed, or of an operation, whose name begins the names of its parts.
fn is_of(types: &HashSet<&str>, operations: &HashSet<&str>, place: &str) -> bool {
    let owner = place.split('.').next().unwrap_or_default();
    let mut beginnings = (1..=owner.len()).filter_map(|end| owner.get(..end));
    types.contains(owner) || beginnings.any(|beginning| operations.contains(beginning))
}

/// Everything but flattened bodies, and whatever of those is still reached from what stays.
fn kept(api: &Api, flattened: &BTreeSet<TypeId>) -> Vec<bool> {
    let mut kept = vec![false; api.types.len()];
    let mut waiting: Vec<TypeId> = (0..api.types.len()).map(TypeId).filter(|id| !flattened.contains(id)).collect();
    for operation in &api.operations {
        references(operation, &mut waiting);
    }
    for webhook in &api.webhooks {
        named(&webhook.payload, &mut waiting);
    }
    while let Some(id) = waiting.pop() {
        if !std::mem::replace(&mut kept[id.0], true) {
            parts(&api.types[id.0].kind, &mut waiting);
        }
    }
    kept
}

fn references(operation: &Operation, ids: &mut Vec<TypeId>) {
    let mut types: Vec<&TypeRef> = operation.parameters.iter().map(|parameter| &parameter.ty).collect();
    match operation.body.as_ref().map(|body| &body.payload) {
        Some(Payload::Fields { fields, .. }) => types.extend(fields.iter().map(|field| &field.ty)),
        Some(Payload::Whole(ty)) => types.push(ty),
        None => {}
    }
    let replies = operation.successes.iter().chain(&operation.errors);
    types.extend(replies.filter_map(|reply| reply.body.as_ref().map(|(_, _, ty)| ty)));
    for ty in types {
        named(ty, ids);
    }
}

fn renumber(api: &mut Api, places: &[TypeId]) {
    for definition in &mut api.types {
        match &mut definition.kind {
            TypeKind::Struct(structure) => {
                structure.fields.iter_mut().for_each(|field| replace(&mut field.ty, places));
                structure.rest.iter_mut().for_each(|rest| replace(rest, places));
            }
            TypeKind::Union(union) => union.branches.iter_mut().for_each(|branch| replace(&mut branch.ty, places)),
            TypeKind::Alias(ty) => replace(ty, places),
            TypeKind::Enum(_) => {}
        }
    }
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|parameter| replace(&mut parameter.ty, places));
        match operation.body.as_mut().map(|body| &mut body.payload) {
            Some(Payload::Fields { fields, .. }) => fields.iter_mut().for_each(|field| replace(&mut field.ty, places)),
            Some(Payload::Whole(ty)) => replace(ty, places),
            None => {}
        }
        for reply in operation.successes.iter_mut().chain(&mut operation.errors) {
            if let Some((_, _, ty)) = &mut reply.body {
                replace(ty, places);
            }
        }
    }
    api.webhooks.iter_mut().for_each(|webhook| replace(&mut webhook.payload, places));
}

fn replace(ty: &mut TypeRef, places: &[TypeId]) {
    match ty {
        TypeRef::Named(id) => *id = places[id.0],
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => {
            replace(inner, places);
        }
        _ => {}
    }
}
