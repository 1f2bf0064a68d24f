//! What a server demands of a value beyond its type.

use super::members::Member;
use super::type_analysis::Tables;
use super::type_kinds::Kind;
use crate::api::Bound;
use crate::rust::{Check, Type};

/// The constraints of a member that its type can violate.
pub(super) fn of_member(tables: &Tables<'_>, member: &Member) -> Vec<Check> {
    let stated = &member.constraints;
    let ty = tables.resolved(&member.ty);
    let mut checks = Vec::new();
    if has_length(ty) {
        checks.extend(stated.min_length.map(Check::MinLength));
        checks.extend(stated.max_length.map(Check::MaxLength));
    }
    if is_number(ty) {
        checks.extend(stated.minimum.clone().map(minimum));
        checks.extend(stated.maximum.clone().map(maximum));
        checks.extend(stated.multiple_of.clone().map(Check::MultipleOf));
    }
    if stated.unique_items && matches!(ty, Type::List(_)) {
        checks.push(Check::Unique);
    }
    checks
}

fn minimum(bound: Bound) -> Check {
    if bound.exclusive { Check::ExclusiveMinimum(bound.value) } else { Check::Minimum(bound.value) }
}

fn maximum(bound: Bound) -> Check {
    if bound.exclusive { Check::ExclusiveMaximum(bound.value) } else { Check::Maximum(bound.value) }
}

/// Whether values of a type can violate anything by themselves.
pub(super) fn demands(tables: &Tables<'_>, ty: &Type) -> bool {
    match tables.resolved(ty) {
        Type::Named(id) => match tables.kind(*id) {
            // A value of a closed enum is always one of the list.
            Some(Kind::Enum(listed)) => tables.is_open(*id) && !listed.open,
            _ => true,
        },
        // The items of a stream are read by the handler, after the request was checked.
        Type::Items(_) | Type::Events(_) => false,
        other => other.is_formatted() || other.inner().is_some_and(|inner| demands(tables, inner)),
    }
}

fn has_length(ty: &Type) -> bool {
    match ty {
        Type::String | Type::List(_) | Type::Map(_) | Type::JsonObject => true,
        Type::Secret(inner) => has_length(inner),
        other => other.is_formatted(),
    }
}

fn is_number(ty: &Type) -> bool {
    match ty {
        Type::Decimal | Type::QuotedDecimal | Type::UnixTime => true,
        Type::Secret(inner) => is_number(inner),
        Type::Bool => false,
        other => other.is_plain(),
    }
}
