//! Names of the types that schemas become.
//!
//! A component is called as the document calls it. A schema without a name is called after the first place that leads to it:
//! components come first, by name, then operations, by name; so the order of the document changes nothing.

mod collect;
mod hint;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::{SchemaId, Schemas};
use crate::diagnostic::Diagnostics;
use crate::names::companion_name;
use crate::plan::operation_signatures::operation_names::free;
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operation_signatures::webhook_names::NamedWebhook;
use crate::plan::part_limit::PartCount;
use crate::plan::schemas::kinds::Kind;
use crate::rust::{TypeId, Untyped};
use crate::source::Span;
use collect::{Free, NamedSchema, TypeTraversal, TypesFound};
use hint::Owner;

/// The types of a crate by name, and what was met on the way to them.
pub(in crate::plan) struct TypeNames<'a> {
    /// Every type: first those that the crate has, ordered by name, so that a [`TypeId`] is an index; then those that live on only
    /// as the fields of requests.
    pub(in crate::plan) types: Vec<NamedType<'a>>,
    /// How many of them the crate has.
    pub(in crate::plan) kept: usize,
    /// The types by their schemas.
    ids: HashMap<SchemaId, TypeId>,
    /// Every schema that a type or an operation holds, where it stands there.
    pub(in crate::plan) held: Vec<SchemaId>,
    /// What is free JSON in those types, operations and webhooks, ordered by place.
    pub(in crate::plan) untyped: Vec<Untyped>,
    /// Where the names stand that the document gave to types and their fields.
    pub(in crate::plan) stated: HashSet<Span>,
}

/// A type with its names.
#[derive(Clone, Debug)]
pub(in crate::plan) struct NamedType<'a> {
    /// The schema that becomes the type.
    pub(in crate::plan) schema: SchemaId,
    /// Which kind of type it becomes.
    pub(in crate::plan) kind: Kind<'a>,
    /// Its name.
    pub(in crate::plan) name: String,
    /// The name of the struct of its required fields.
    pub(in crate::plan) required: String,
    /// The names of its fields or variants, in the document's order.
    pub(in crate::plan) members: Vec<String>,
}

impl TypeNames<'_> {
    /// The type that a schema becomes.
    pub(super) fn id(&self, schema: SchemaId) -> Option<TypeId> {
        self.ids.get(&schema).copied()
    }

    /// The name behind an id.
    pub(in crate::plan) fn name(&self, id: TypeId) -> &str {
        self.types.get(id.0).map_or("", |named| &named.name)
    }
}

/// Names the types that the schemas of an API become. `part_count` counts the parts of its operations already.
pub(in crate::plan) fn names<'a>(
    schemas: &'a Schemas,
    operations: &[&OperationSignature<'_>],
    webhooks: &[NamedWebhook<'_>],
    part_count: PartCount,
) -> (TypeNames<'a>, Diagnostics) {
    let mut walk = TypeTraversal::new(schemas, part_count);
    walk.components();
    for operation in operations {
        walk.operation(operation);
    }
    for webhook in webhooks {
        walk.webhook(webhook);
    }
    let flattened: HashSet<SchemaId> =
        operations.iter().filter_map(|of| of.body.as_ref()).flat_map(|body| body.flattened.iter().copied()).collect();
    let (types_found, report) = walk.end();
    (ordered(types_found, &flattened), report.diagnostics)
}

/// Orders the types and leaves out those that live on only as the fields of requests.
fn ordered<'a>(types_found: TypesFound<'a>, flattened: &HashSet<SchemaId>) -> TypeNames<'a> {
    let kept = kept(&types_found.found, &types_found.roots, flattened);
    let untyped = untyped(&types_found, &kept);
    let all = || types_found.found.iter().zip(&kept);
    let taken: BTreeSet<&str> = all().filter(|(_, kept)| **kept).map(|(found, _)| found.name.as_str()).collect();
    let named = |found: &NamedSchema<'a>| NamedType {
        schema: found.schema,
        kind: found.kind,
        required: free(&taken, &companion_name(&found.name, "Required")),
        name: found.name.clone(),
        members: found.members.clone(),
    };
    let mut types: Vec<(bool, NamedType<'_>)> = all().map(|(found, kept)| (!kept, named(found))).collect();
    types.sort_by(|(left, one), (right, other)| (left, &one.name).cmp(&(right, &other.name)));
    let types: Vec<NamedType<'_>> = types.into_iter().map(|(_, named)| named).collect();
    let ids = types.iter().enumerate().map(|(place, named)| (named.schema, TypeId(place))).collect();
    TypeNames { kept: taken.len(), types, ids, untyped, held: types_found.held, stated: types_found.stated }
}

/// Everything but flattened bodies, and whatever of those is still reached from what stays.
fn kept(found: &[NamedSchema<'_>], roots: &[usize], flattened: &HashSet<SchemaId>) -> Vec<bool> {
    let mut kept = vec![false; found.len()];
    let stays = |&index: &usize| !flattened.contains(&found[index].schema);
    let mut waiting: Vec<usize> = (0..found.len()).filter(stays).chain(roots.iter().copied()).collect();
    while let Some(index) = waiting.pop() {
        if !std::mem::replace(&mut kept[index], true) {
            waiting.extend(&found[index].held);
        }
    }
    kept
}

/// The places of free JSON, by place, each once. What is free in a component is free in a request that has its fields.
fn untyped(types_found: &TypesFound<'_>, kept: &[bool]) -> Vec<Untyped> {
    let is_there = |free: &&Free| match free.owner {
        Owner::Type(index) => kept[index],
        Owner::Operation | Owner::Webhook => true,
    };
    let own = types_found.free.iter().filter(is_there).map(|free| (free.place.clone(), free.reason));
    let moved = types_found.with_component_fields.iter().flat_map(|(request, component)| {
        let name = &types_found.found[*component].name;
        let parts = types_found.free.iter().filter(|free| free.owner == Owner::Type(*component));
        parts.map(move |free| (format!("{request}{}", free.place.get(name.len()..).unwrap_or_default()), free.reason))
    });
    let all: BTreeSet<(String, &str)> = own.chain(moved).collect();
    all.into_iter().map(|(place, reason)| Untyped { place, reason: reason.to_owned() }).collect()
}
