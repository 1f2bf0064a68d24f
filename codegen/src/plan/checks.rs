//! What a server demands of a value beyond its type.

use super::context::{Context, is_plain};
use super::members::Member;
use crate::ir::{TypeKind, TypeRef};
use crate::rust::Check;

/// The constraints of a member that its type can violate.
pub(super) fn of_member(context: &Context<'_>, member: &Member<'_>) -> Vec<Check> {
    let stated = member.constraints;
    let ty = context.resolved(member.ty);
    let mut checks = Vec::new();
    if has_length(ty) {
        checks.extend(stated.min_length.map(Check::MinLength));
        checks.extend(stated.max_length.map(Check::MaxLength));
    }
    if is_number(ty) {
        checks.extend(
            stated.minimum.clone().map(
                |(bound, exclusive)| {
                    if exclusive { Check::ExclusiveMinimum(bound) } else { Check::Minimum(bound) }
                },
            ),
        );
        checks.extend(
            stated.maximum.clone().map(
                |(bound, exclusive)| {
                    if exclusive { Check::ExclusiveMaximum(bound) } else { Check::Maximum(bound) }
                },
            ),
        );
        checks.extend(stated.multiple_of.clone().map(Check::MultipleOf));
    }
    if stated.unique && matches!(ty, TypeRef::List(_)) {
        checks.push(Check::Unique);
    }
    checks
}

/// Whether values of a type can violate anything by themselves.
pub(super) fn demands(context: &Context<'_>, ty: &TypeRef) -> bool {
    match context.resolved(ty) {
        TypeRef::Formatted(_) => true,
        TypeRef::Named(id) => match context.definition(*id).map(|def| &def.kind) {
            // A value of a closed enum is always one of the list.
            Some(TypeKind::Enum(values)) => context.is_open(*id) && !values.open,
            _ => true,
        },
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => {
            demands(context, inner)
        }
        _ => false,
    }
}

fn has_length(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::String | TypeRef::Formatted(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::JsonObject => true,
        TypeRef::Secret(inner) => has_length(inner),
        _ => false,
    }
}

fn is_number(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Decimal | TypeRef::QuotedDecimal | TypeRef::UnixTime => true,
        TypeRef::Secret(inner) => is_number(inner),
        TypeRef::Bool => false,
        other => is_plain(other),
    }
}
