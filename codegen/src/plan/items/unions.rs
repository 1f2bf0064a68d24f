//! Schemas that are one of several shapes.

use super::{checks, structs};
use crate::api;
use crate::names::{Scope, value_name};
use crate::plan::docs::paragraphs;
use crate::plan::schemas::kinds::Kind;
use crate::plan::schemas::value_constraints::ValueConstraints;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::type_contents::Part;
use crate::plan::{member_names, stated_docs};
use crate::rust::{
    Branch, BranchChecks, Conversion, Decoding, Docs, JsonKind, Lint, Text, Type, TypeId, Union, UnknownVariant,
};

/// Methods that every union has by its traits, and that must keep their meaning.
const TAKEN: &[&str] =
    &["borrow", "check", "clone", "eq", "fmt", "from", "hash", "into", "ne", "serialize", "to_owned", "type_id"];

/// The enum of several shapes.
pub(super) fn union(analysis: &TypeAnalysis<'_>, id: TypeId, docs: Docs, stated: &api::Union) -> Union {
    let shapes = shapes(analysis, id, stated);
    let otherwise = otherwise(analysis, stated);
    let open = analysis.is_open(id) && discriminator(stated).is_some() && otherwise.is_none();
    let types: Vec<Type> = shapes.iter().map(|shape| analysis.canonical(shape.ty)).collect();
    let mut methods = Scope::reserving(TAKEN);
    let branches = shapes.iter().zip(&types).enumerate().map(|(place, (shape, ty))| {
        let alone = types.iter().filter(|other| *other == ty).count() == 1;
        let accessor = methods.claim(&value_name(shape.name)).name;
        let fallback = fallback(analysis, stated, shape, otherwise == Some(place));
        branch(analysis, shape, fallback, (accessor, alone))
    });
    let branches: Vec<Branch> = branches.collect();
    let boxed: Vec<bool> = shapes.iter().map(|shape| shape.boxed).collect();
    let decoding = decoding(analysis, (stated, otherwise), &shapes, open.then(|| unknown(&branches)));
    let checks = branch_checks(&branches, same(&types, &boxed), &decoding, open);
    let in_place = shapes.iter().filter(|shape| !shape.boxed);
    Union {
        docs,
        // A branch that is kept as JSON has no `Eq`.
        derives: structs::derives(analysis.has_eq(id) && !open),
        lints: lints(in_place.map(|shape| analysis.size(shape.ty)).max()),
        checks,
        decoding,
        branches,
    }
}

/// The variant of values whose discriminator names no branch.
fn unknown(branches: &[Branch]) -> UnknownVariant {
    let names: Vec<String> = branches.iter().map(|branch| branch.name.clone()).collect();
    let tags: Vec<String> = branches.iter().flat_map(|branch| &branch.tags).map(|tag| format!("`{tag}`")).collect();
    let violation = format!("must be one of {}", tags.join(", "));
    UnknownVariant { name: member_names::unknown(&names), value: Type::Json, violation }
}

/// A branch by its name and its type.
struct Shape<'a> {
    stated: &'a api::Branch,
    name: &'a str,
    ty: &'a Type,
    value_constraints: &'a ValueConstraints,
    boxed: bool,
}

fn shapes<'a>(analysis: &'a TypeAnalysis<'_>, id: TypeId, stated: &'a api::Union) -> Vec<Shape<'a>> {
    let (Some(contents), Some(named)) = (analysis.contents(id), analysis.names.types.get(id.0)) else {
        return Vec::new();
    };
    let branches = stated.branches.iter().zip(&named.members).zip(&contents.parts).enumerate();
    let shape = |(place, ((stated, name), part))| {
        let part: &'a Part = part;
        let name: &'a String = name;
        Shape {
            stated,
            name,
            ty: &part.ty,
            value_constraints: &part.value_constraints,
            boxed: analysis.is_boxed(id, place),
        }
    };
    branches.map(shape).collect()
}

/// The `From` impl of a variant; there is none where another variant has the same type.
pub(in crate::plan) fn conversion(alone: bool, ty: &Type) -> Conversion {
    match ty {
        _ if !alone => Conversion::None,
        Type::String => Conversion::Text,
        _ => Conversion::Value,
    }
}

/// The exemption from `large_enum_variant`, where the largest variant may be that large.
pub(in crate::plan) fn lints(largest: Option<usize>) -> Vec<Lint> {
    if largest.unwrap_or(0) > 200 { vec![Lint::LargeVariant] } else { Vec::new() }
}

/// The discriminator property; `None` also where none of its values names a branch.
pub(super) fn discriminator(union: &api::Union) -> Option<&str> {
    let named = union.branches.iter().any(|branch| !branch.tags.is_empty());
    union.discriminator.as_ref().map(|stated| stated.property.as_str()).filter(|_| named)
}

fn branch(analysis: &TypeAnalysis<'_>, shape: &Shape<'_>, fallback: Text, (accessor, alone): (String, bool)) -> Branch {
    let stated_docs =
        analysis.schemas.get(shape.stated.schema).map(|schema| stated_docs::of(&schema.docs)).unwrap_or_default();
    Branch {
        name: shape.name.to_owned(),
        docs: paragraphs::of_value(
            &stated_docs,
            paragraphs::constraints(analysis.resolved(shape.ty), shape.value_constraints),
            fallback,
        ),
        value: shape.ty.clone(),
        boxed: shape.boxed,
        tags: shape.stated.tags.clone(),
        accessor,
        conversion: conversion(alone, analysis.resolved(shape.ty)),
        checks: checks::of_value(analysis, shape.ty, shape.value_constraints),
    }
}

/// The values that lead to a branch, or else its name; `is_otherwise`: so do values that lead to no other, and their lack.
fn fallback(analysis: &TypeAnalysis<'_>, union: &api::Union, shape: &Shape<'_>, is_otherwise: bool) -> Text {
    let tags = &shape.stated.tags;
    match discriminator(union) {
        Some(property) if is_otherwise || !tags.is_empty() => {
            let others = match (tags.is_empty(), is_otherwise) {
                (true, _) => "another value than those of the others, or is not there.",
                (false, true) => ", another value than those of the others, or is not there.",
                (false, false) => ".",
            };
            let tags = Text::joined(tags.iter().map(|tag| Text::of_code(tag)), " or ");
            Text::from("Where ").code(property).words(" is ").and(tags).words(others)
        }
        _ => match analysis.resolved(shape.ty) {
            Type::Named(id) => Text::from("A ").and(paragraphs::named(analysis.names.name(*id))),
            _ => paragraphs::named(shape.name),
        },
    }
}

/// Groups of branches that hold the same type.
fn same(types: &[Type], boxed: &[bool]) -> Vec<Vec<usize>> {
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

/// What is demanded of the branches of each group, whose values are of one type. What nothing is demanded of stands in the last row.
fn branch_checks(
    branches: &[Branch],
    groups: Vec<Vec<usize>>,
    decoding: &Decoding,
    is_open: bool,
) -> Vec<BranchChecks> {
    if branches.iter().all(|branch| branch.checks.is_empty()) && !is_open {
        return Vec::new();
    }
    let rows = groups.into_iter().flat_map(|group| match decoding {
        Decoding::Tag { .. } => by_checks(branches, &group),
        Decoding::Shape(_) => {
            let names =
                group.iter().filter_map(|place| branches.get(*place)).map(|branch| branch.name.clone()).collect();
            let any_of = by_checks(branches, &group).into_iter().flat_map(|row| row.any_of).collect();
            vec![BranchChecks { branches: names, any_of }]
        }
    });
    let demands = |row: &BranchChecks| row.any_of.iter().all(|checks| !checks.is_empty());
    let (mut rows, unchecked): (Vec<_>, Vec<_>) = rows.partition(demands);
    let unchecked: Vec<String> = unchecked.into_iter().flat_map(|row| row.branches).collect();
    rows.extend((!unchecked.is_empty()).then_some(BranchChecks { branches: unchecked, any_of: Vec::new() }));
    rows
}

/// A row for each set of constraints, with the branches that have it.
fn by_checks(branches: &[Branch], group: &[usize]) -> Vec<BranchChecks> {
    let mut rows: Vec<BranchChecks> = Vec::new();
    for branch in group.iter().filter_map(|place| branches.get(*place)) {
        match rows.iter_mut().find(|row| row.any_of.contains(&branch.checks)) {
            Some(row) => row.branches.push(branch.name.clone()),
            None => {
                rows.push(BranchChecks { branches: vec![branch.name.clone()], any_of: vec![branch.checks.clone()] });
            }
        }
    }
    rows
}

fn decoding(
    analysis: &TypeAnalysis<'_>,
    (union, otherwise): (&api::Union, Option<usize>),
    shapes: &[Shape<'_>],
    unknown: Option<UnknownVariant>,
) -> Decoding {
    let Some(property) = discriminator(union) else {
        let kinds: Vec<Option<JsonKind>> = shapes.iter().map(|shape| json_kind(analysis, shape.ty)).collect();
        return Decoding::Shape((0..kinds.len()).map(|place| own_kind(&kinds, place)).collect());
    };
    Decoding::Tag { property: property.to_owned(), otherwise, unknown }
}

/// The place of the branch of values that the discriminator does not name (`defaultMapping`).
fn otherwise(analysis: &TypeAnalysis<'_>, union: &api::Union) -> Option<usize> {
    let schemas = analysis.schemas;
    let default = schemas.resolve(union.discriminator.as_ref()?.default?);
    let is_default = |id| schemas.resolve(id) == default;
    union.branches.iter().position(|branch| is_default(branch.schema) || branch.component.is_some_and(is_default))
}

/// The JSON kind of a branch, if no other branch can have it.
fn own_kind(kinds: &[Option<JsonKind>], place: usize) -> Option<JsonKind> {
    let kind = kinds.get(place).copied().flatten()?;
    let mut others = kinds.iter().enumerate().filter(|(other, _)| *other != place);
    others.all(|(_, other)| other.is_some_and(|other| other != kind)).then_some(kind)
}

/// The kind of JSON that all values of a type are, if there is just one.
fn json_kind(analysis: &TypeAnalysis<'_>, ty: &Type) -> Option<JsonKind> {
    match ty {
        Type::Named(id) => match analysis.kind(*id)? {
            Kind::Enum(listed) if matches!(*listed.base, api::Shape::Integer { .. }) => Some(JsonKind::Number),
            Kind::Enum(_) => Some(JsonKind::String),
            Kind::Nested(api::Shape::List(_)) | Kind::Tuple(_) => Some(JsonKind::Array),
            Kind::Struct(_) | Kind::Nested(_) => Some(JsonKind::Object),
            Kind::Union(_) | Kind::Json(_) => None,
        },
        Type::Secret(inner) => json_kind(analysis, inner),
        Type::String | Type::QuotedDecimal | Type::Base64 | Type::Base64Url => Some(JsonKind::String),
        Type::Bool => Some(JsonKind::Boolean),
        Type::Decimal | Type::LongDecimal | Type::UnixTime => Some(JsonKind::Number),
        Type::JsonObject | Type::Map(_) => Some(JsonKind::Object),
        Type::List(_) => Some(JsonKind::Array),
        text if text.is_formatted() => Some(JsonKind::String),
        number if number.is_plain() => Some(JsonKind::Number),
        _ => None,
    }
}
