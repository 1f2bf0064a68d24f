//! Schemas that are one of several shapes.

use std::collections::BTreeSet;

use super::context::Context;
use super::{checks, docs, enums, kinds};
use crate::ir::{self, TypeDef, TypeId, TypeRef, UnionDef};
use crate::names::{Scope, value_name};
use crate::rust::{Branch, Conversion, Decoding, Derive, Derives, Docs, JsonKind, Lint, Text, Union};

/// Methods that every union has by its traits, and that must keep their meaning.
const TAKEN: &[&str] =
    &["borrow", "check", "clone", "eq", "fmt", "from", "hash", "into", "ne", "serialize", "to_owned", "type_id"];

/// The enum of several shapes.
pub(super) fn union(context: &Context<'_>, id: TypeId, def: &TypeDef, union: &UnionDef) -> Union {
    let open = context.is_open(id) && discriminator(union).is_some();
    let boxed: Vec<bool> = (0..union.branches.len()).map(|place| context.is_boxed(id, place)).collect();
    let types: Vec<TypeRef> = union.branches.iter().map(|branch| context.canonical(&branch.ty)).collect();
    let mut methods = Scope::reserving(TAKEN);
    let branches: Vec<Branch> = union
        .branches
        .iter()
        .zip(types.iter().zip(&boxed))
        .map(|(stated, (ty, boxed))| {
            let alone = types.iter().filter(|other| *other == ty).count() == 1;
            let accessor = methods.claim(&value_name(&stated.name)).name;
            Branch { boxed: *boxed, accessor, ..branch(context, union, stated, alone) }
        })
        .collect();
    let same = same(&types, &boxed);
    let in_place = union.branches.iter().zip(&boxed).filter(|(_, boxed)| !**boxed);
    let largest = in_place.map(|(branch, _)| context.size(&branch.ty)).max();
    Union {
        docs: docs::of_type(def),
        // A branch that is kept as JSON cannot be hashed.
        derives: Derives::of(&[(Derive::Hash, context.is_hashable(id) && !open)]),
        lints: lints(largest),
        same_as_unknown: same
            .iter()
            .position(|group| group.first().is_some_and(|&first| types[first] == TypeRef::Json && !boxed[first])),
        same,
        unknown: open.then(|| enums::catch_all(branches.iter().map(|branch| branch.name.as_str()))),
        decoding: decoding(context, union),
        branches,
    }
}

/// Which values become an enum as a variant that may be the only one of its type.
pub(super) fn conversion(alone: bool, ty: &TypeRef) -> Conversion {
    match ty {
        _ if !alone => Conversion::None,
        TypeRef::String => Conversion::Text,
        _ => Conversion::Value,
    }
}

/// Says that variants differ in size, where they may.
pub(super) fn lints(largest: Option<usize>) -> Vec<Lint> {
    if largest.unwrap_or(0) > 200 { vec![Lint::LargeVariant] } else { Vec::new() }
}

/// The property that decides; one whose values name no branch decides nothing.
fn discriminator(union: &UnionDef) -> Option<&str> {
    let named = union.branches.iter().any(|branch| !branch.tags.is_empty());
    union.discriminator.as_deref().filter(|_| named)
}

fn branch(context: &Context<'_>, union: &UnionDef, stated: &ir::Branch, alone: bool) -> Branch {
    Branch {
        name: stated.name.clone(),
        docs: docs::document(Docs::default(), &stated.docs).or(fallback(context, union, stated)),
        value: context.rust_type(&stated.ty),
        boxed: false,
        tags: stated.tags.clone(),
        accessor: String::new(),
        conversion: conversion(alone, context.resolved(&stated.ty)),
        checks_value: checks::demands(context, &stated.ty),
    }
}

/// The values that lead to a branch, or else its name.
fn fallback(context: &Context<'_>, union: &UnionDef, branch: &ir::Branch) -> Text {
    match discriminator(union) {
        Some(property) if !branch.tags.is_empty() => {
            let tags = Text::joined(branch.tags.iter().map(|tag| Text::of_code(tag)), " or ");
            Text::from("Where ").code(property).words(" is ").and(tags).words(".")
        }
        _ => match context.resolved(&branch.ty) {
            TypeRef::Named(id) => {
                Text::from("A ").and(docs::named(context.definition(*id).map_or("", |def| &def.name)))
            }
            _ => docs::named(&branch.name),
        },
    }
}

/// Branches that hold the same type, in the order of the first of each.
fn same(types: &[TypeRef], boxed: &[bool]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, ty) in types.iter().enumerate() {
        let is_same = |group: &Vec<usize>| {
            group.first().is_some_and(|&first| types[first] == *ty && boxed[first] == boxed[index])
        };
        match groups.iter_mut().find(|group| is_same(group)) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

fn decoding(context: &Context<'_>, union: &UnionDef) -> Decoding {
    let Some(property) = discriminator(union) else {
        return Decoding::Shape(union.branches.iter().map(|branch| own_kind(context, union, branch)).collect());
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let arms = union.branches.iter().enumerate().filter_map(|(index, branch)| {
        let own: Vec<String> = branch.tags.iter().filter(|tag| seen.insert(tag)).cloned().collect();
        (!own.is_empty()).then_some((index, own))
    });
    Decoding::Tag { property: property.to_owned(), arms: arms.collect() }
}

/// The JSON kind of a branch, if no other branch can have it.
fn own_kind(context: &Context<'_>, union: &UnionDef, branch: &ir::Branch) -> Option<JsonKind> {
    let kind_of = |branch: &ir::Branch| kinds::json_kind(&context.api.types, &branch.ty);
    let kind = kind_of(branch)?;
    let mut others = union.branches.iter().filter(|other| !std::ptr::eq(*other, branch));
    others.all(|other| kind_of(other).is_some_and(|other| other != kind)).then_some(kind)
}
