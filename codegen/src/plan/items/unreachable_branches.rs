//! Branches of a union that no value is ever read as, because one before them explains all of their values as well.

use super::unions;
use crate::api::{Branch, Constant, Value};
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::plan::schemas::kinds::Kind;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::type_contents::Part;
use crate::rust::{Type, TypeId};

/// How deep types within types are compared.
const DEPTH: usize = 4;

/// Reports such branches of the unions that the crate has.
pub(in crate::plan) fn diagnostics(analysis: &TypeAnalysis<'_>) -> Diagnostics {
    let mut report = Report::default();
    for id in (0..analysis.names.kept).map(TypeId) {
        let Some(contents) = analysis.contents(id) else { continue };
        let Kind::Union(union) = contents.kind else { continue };
        // What does not fit all branches at once is read as one of them.
        if unions::discriminator(union).is_some() || union.together {
            continue;
        }
        let span = |branch: &Branch| analysis.schemas[branch.schema].span;
        let branches: Vec<(&Part, &Branch)> = contents.parts.iter().zip(&union.branches).collect();
        for (place, (part, branch)) in branches.iter().enumerate() {
            let mut before = branches.iter().take(place).enumerate();
            let covers =
                |(_, (earlier, _)): &(usize, &(&Part, &Branch))| covers(analysis, &earlier.ty, &part.ty, DEPTH);
            if let Some((first, (_, earlier))) = before.find(covers) {
                let names = analysis.names.types.get(id.0).map(|named| named.members.as_slice()).unwrap_or_default();
                let name = names.get(first).map(String::as_str).unwrap_or_default();
                report.ambiguous_union(name, span(branch), span(earlier));
            }
        }
    }
    report.diagnostics
}

/// Whether each value of the second type is a value of the first one, which leaves no more of it unexplained.
fn covers(analysis: &TypeAnalysis<'_>, one: &Type, other: &Type, depth: usize) -> bool {
    let (one, other) = (analysis.resolved(one), analysis.resolved(other));
    match (one, other) {
        _ if one == other => true,
        (Type::String, other) => is_text(analysis, other),
        (Type::Decimal | Type::LongDecimal | Type::F64, other) => {
            other.is_plain() && *other != Type::Bool || is_number(other)
        }
        (Type::I64, Type::I32 | Type::U32 | Type::UnixTime) | (Type::U64, Type::U32) => true,
        (Type::List(one), Type::List(other)) | (Type::Map(one), Type::Map(other)) if depth > 0 => {
            covers(analysis, one, other, depth - 1)
        }
        (Type::Secret(one), Type::Secret(other)) => covers(analysis, one, other, depth),
        (Type::Named(one), Type::Named(other)) if depth > 0 => object_covers(analysis, *one, *other, depth - 1),
        _ => false,
    }
}

const fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Decimal | Type::LongDecimal | Type::UnixTime)
}

fn is_text(analysis: &TypeAnalysis<'_>, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => match analysis.kind(*id) {
            Some(Kind::Enum(listed)) => listed.values.iter().all(|one| one.value.as_str().is_some()),
            _ => false,
        },
        Type::QuotedDecimal | Type::Base64 | Type::Base64Url => true,
        other => other.is_formatted(),
    }
}

/// The same for two objects: the second one has all that the first one requires, and no property that the first one would drop.
fn object_covers(analysis: &TypeAnalysis<'_>, one: TypeId, other: TypeId, depth: usize) -> bool {
    let (Some(first), Some(second)) = (analysis.contents(one), analysis.contents(other)) else { return false };
    let (Kind::Struct(one), Kind::Struct(other)) = (first.kind, second.kind) else { return false };
    let parts = || one.properties.iter().zip(&first.parts);
    let others = || other.properties.iter().zip(&second.parts);
    let has_required = parts().filter(|(_, part)| part.presence.required).all(|(property, _)| {
        others().any(|(same, part)| same.name == property.name && part.presence.required)
            || other.constants.iter().any(|constant| constant.name == property.name)
    });
    let takes = |(property, part): (&crate::api::Property, &Part)| {
        parts().any(|(same, taking)| {
            same.name == property.name
                && (taking.presence.nullable || !part.presence.nullable)
                && covers(analysis, &taking.ty, &part.ty, depth)
        })
    };
    let takes_constant = |constant: &Constant| {
        one.constants.contains(constant)
            || parts().any(|(same, part)| same.name == constant.name && takes_value(&part.ty, &constant.value.value()))
    };
    has_required
        && one.constants.iter().all(|constant| other.constants.contains(constant))
        && others().all(takes)
        && other.constants.iter().all(takes_constant)
        && (first.rest.is_some() || second.rest.is_none())
}

/// Whether a value is surely one of a type, and explained by it.
fn takes_value(ty: &Type, value: &Value) -> bool {
    match value {
        Value::String(_) => *ty == Type::String,
        Value::Bool(_) => *ty == Type::Bool,
        Value::Number(_) => matches!(ty, Type::I64 | Type::F64 | Type::Decimal | Type::LongDecimal),
        Value::Null | Value::List(_) | Value::Object(_) => false,
    }
}
