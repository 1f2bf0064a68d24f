//! Which types the crate has, and in which order; what it says of free JSON.

use std::collections::HashSet;

use super::usage::{named, parts};
use crate::ir::{Api, Operation, Payload, TypeId, TypeRef};
use crate::rust::Untyped;

/// The types that the crate has, by name; those that live on only as the fields of requests are left out.
pub(super) fn types(api: &Api) -> Vec<TypeId> {
    let kept = kept(api);
    let mut order: Vec<TypeId> = (0..api.types.len()).map(TypeId).filter(|id| kept[id.0]).collect();
    order.sort_by(|one, other| api.types[one.0].name.cmp(&api.types[other.0].name));
    order
}

/// The places typed as free JSON in those types and in the operations, by place, each once.
pub(super) fn untyped(api: &Api, types: &[TypeId]) -> Vec<Untyped> {
    let types: HashSet<&str> = types.iter().map(|id| api.types[id.0].name.as_str()).collect();
    let operations: HashSet<&str> = api.operations.iter().map(|operation| operation.type_name.as_str()).collect();
    let all = api.census.iter().filter(|untyped| is_of(&types, &operations, &untyped.place));
    let mut untyped: Vec<Untyped> =
        all.map(|untyped| Untyped { place: untyped.place.clone(), reason: untyped.reason.clone() }).collect();
    untyped.sort_by(|one, other| one.place.cmp(&other.place));
    untyped.dedup();
    untyped
}

/// Whether a place is in a type that the crate has, or in an operation, whose name begins the names of its parts.
fn is_of(types: &HashSet<&str>, operations: &HashSet<&str>, place: &str) -> bool {
    let owner = place.split('.').next().unwrap_or_default();
    let mut beginnings = (1..=owner.len()).filter_map(|end| owner.get(..end));
    types.contains(owner) || beginnings.any(|beginning| operations.contains(beginning))
}

/// Everything but flattened bodies, and whatever of those is still reached from what stays.
fn kept(api: &Api) -> Vec<bool> {
    let mut kept = vec![false; api.types.len()];
    let mut waiting: Vec<TypeId> = (0..api.types.len()).map(TypeId).filter(|id| !api.flattened.contains(id)).collect();
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
