//! What a server requires of a value beyond its type.

use crate::api::{Asserted, Assertion, Bound, Constraints, SchemaId, Schemas, Shape};
use crate::plan::schemas::elements;
use crate::plan::schemas::kinds::Kind;
use crate::plan::schemas::value_constraints::ValueConstraints;
use crate::plan::types::analysis::TypeAnalysis;
use crate::rust::{Check, Checks, ObjectCheck, Presence, PresenceTest, PropertyCount, Rest, Struct, Type, Within};

/// The constraints of a value that are not guaranteed by its type.
pub(in crate::plan) fn of_value(
    analysis: &TypeAnalysis<'_>,
    ty: &Type,
    value_constraints: &ValueConstraints,
) -> Checks {
    let ty = analysis.resolved(ty);
    if let Type::Items(item) = ty {
        // The handler reads the items after the request was checked; each is checked then.
        let each = of_value(analysis, item, value_constraints.each.as_deref().unwrap_or(&ValueConstraints::default()));
        let within = if each.is_empty() { Within::Nothing } else { Within::Items(Box::new(each)) };
        return Checks { own: Vec::new(), within };
    }
    let each = value_constraints.each.as_deref().zip(element(ty));
    let each = each.map(|(value_constraints, ty)| of_value(analysis, ty, value_constraints)).filter(Checks::are_own);
    let within = match each {
        Some(each) => Within::Each(Box::new(each)),
        None if can_be_violated(analysis, ty) => Within::ByType,
        None => Within::Nothing,
    };
    let listed = value_constraints.listed.iter().cloned().map(Check::OneOf);
    let is_checked = |check: &Check| *check != Check::Unique || !value_constraints.are_incomparable;
    let own = own(ty, &value_constraints.own).into_iter().filter(is_checked);
    Checks { own: own.chain(listed).collect(), within }
}

/// The type of what a list or map holds.
fn element(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(inner) | Type::Map(inner) => Some(inner),
        Type::Option(inner) | Type::Secret(inner) => element(inner),
        _ => None,
    }
}

/// The constraints of a value that its type can violate.
fn own(ty: &Type, stated: &Constraints) -> Vec<Check> {
    let mut checks = Vec::new();
    if has_length(ty) {
        checks.extend(length(stated.min_length, stated.max_length));
    }
    if is_number(ty) {
        checks.extend(range(stated.minimum.clone(), stated.maximum.clone()));
        checks.extend(stated.multiple_of.clone().map(Check::MultipleOf));
    }
    if stated.unique_items && is_list(ty) {
        checks.push(Check::Unique);
    }
    if is_json(ty) {
        checks.extend(asserted(ty, stated));
    }
    checks
}

/// What is asserted of a value. A pattern says nothing of numbers.
fn asserted(ty: &Type, stated: &Constraints) -> Vec<Check> {
    let (mut patterns, mut others) = (Vec::new(), Vec::new());
    for assertion in assertions(stated) {
        match assertion {
            Assertion::Pattern(_) if is_number(ty) => {}
            Assertion::Pattern(pattern) => patterns.push(Check::Pattern(pattern)),
            other => others.push(other),
        }
    }
    patterns.extend((!others.is_empty()).then_some(Check::Satisfies(others)));
    patterns
}

/// What is asserted of the values of a type that is made of a schema, and stands in its own check.
pub(in crate::plan) fn of_type(schemas: &Schemas, id: SchemaId) -> Vec<Assertion> {
    let schema = schemas.get(schemas.resolve(id));
    schema.map(|schema| assertions(&schema.constraints)).unwrap_or_default()
}

fn assertions(stated: &Constraints) -> Vec<Assertion> {
    let mut found: Vec<Assertion> = Vec::new();
    for Asserted { assertion, .. } in &stated.asserted {
        if !found.contains(assertion) {
            found.push(assertion.clone());
        }
    }
    found
}

/// Whether values of a type are JSON.
fn is_json(ty: &Type) -> bool {
    let is_own = !matches!(
        ty,
        Type::Bytes | Type::Body | Type::File | Type::Items(_) | Type::Events(_) | Type::MediaEnum(_) | Type::Parts(_)
    );
    is_own && ty.inner().is_none_or(is_json)
}

/// Bounds of a length. Every length is at least zero.
pub(super) fn length(least: Option<u64>, most: Option<u64>) -> Option<Check> {
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) => Some(Check::Length(least, most)),
        (Some(least), None) => Some(Check::MinLength(least)),
        (None, most) => most.map(Check::MaxLength),
    }
}

/// Bounds of a number.
fn range(least: Option<Bound>, most: Option<Bound>) -> Vec<Check> {
    match (least, most) {
        (Some(least), Some(most)) if !least.exclusive && !most.exclusive => {
            vec![Check::Range(least.value, most.value)]
        }
        (least, most) => least.map(minimum).into_iter().chain(most.map(maximum)).collect(),
    }
}

fn minimum(bound: Bound) -> Check {
    if bound.exclusive { Check::ExclusiveMinimum(bound.value) } else { Check::Minimum(bound.value) }
}

fn maximum(bound: Bound) -> Check {
    if bound.exclusive { Check::ExclusiveMaximum(bound.value) } else { Check::Maximum(bound.value) }
}

/// What is demanded of how many properties an object of a schema has that becomes a struct, where all of them are seen.
pub(in crate::plan) fn of_size(schemas: &Schemas, id: SchemaId) -> Vec<Check> {
    let Some(schema) = schemas.get(schemas.resolve(id)) else { return Vec::new() };
    match &schema.shape {
        Shape::Object(object) if elements::sees_all_properties(object) => {
            let stated = Constraints { asserted: Vec::new(), ..schema.constraints.clone() };
            own(&Type::JsonObject, &ValueConstraints::stated(&stated, &schema.shape, &Type::JsonObject).own)
        }
        _ => Vec::new(),
    }
}

/// How an object is checked: only statements count its properties, or look at it as a whole or at its further properties.
pub(super) fn of_object(
    structure: &Struct,
    constants: usize,
    rest: Option<&Rest>,
    (size, assertions): (Vec<Check>, Vec<Assertion>),
) -> ObjectCheck {
    let are_fields_all = assertions.is_empty() && size.is_empty() && rest.is_none_or(|rest| rest.checks.is_empty());
    if are_fields_all {
        return ObjectCheck::Table;
    }
    let optional =
        structure.fields.iter().filter_map(|field| Some((field.name.clone(), presence_test(field.presence)?)));
    let count = (!size.is_empty()).then(|| PropertyCount {
        checks: size,
        certain: structure.required().count() + constants,
        optional: optional.collect(),
        rest: rest.map(|rest| rest.name.clone()),
    });
    ObjectCheck::Statements(count)
}

/// How a field tells that its property is there; `None` where it always is.
const fn presence_test(presence: Presence) -> Option<PresenceTest> {
    match presence {
        Presence::Required | Presence::RequiredNullable => None,
        Presence::Optional => Some(PresenceTest::IsSome),
        Presence::Patch => Some(PresenceTest::IsNotKeep),
        Presence::Maybe => Some(PresenceTest::IsNotAbsent),
    }
}

/// Whether values of a type can violate anything by themselves.
fn can_be_violated(analysis: &TypeAnalysis<'_>, ty: &Type) -> bool {
    match analysis.resolved(ty) {
        Type::Named(id) => match analysis.kind(*id) {
            // A value of a closed enum is always one of the list.
            Some(Kind::Enum(listed)) => analysis.is_open(*id) && !listed.open,
            _ => true,
        },
        // What a stream holds is no part of a value that is checked as a whole.
        Type::Items(_) | Type::Events(_) => false,
        other => other.is_formatted() || other.inner().is_some_and(|inner| can_be_violated(analysis, inner)),
    }
}

fn is_list(ty: &Type) -> bool {
    match ty {
        Type::List(_) => true,
        Type::Option(inner) => is_list(inner),
        _ => false,
    }
}

fn has_length(ty: &Type) -> bool {
    match ty {
        Type::String | Type::List(_) | Type::Map(_) | Type::JsonObject => true,
        Type::Secret(inner) | Type::Option(inner) => has_length(inner),
        other => other.is_formatted(),
    }
}

fn is_number(ty: &Type) -> bool {
    match ty {
        Type::Decimal | Type::QuotedDecimal | Type::UnixTime => true,
        Type::Secret(inner) | Type::Option(inner) => is_number(inner),
        Type::Bool => false,
        other => other.is_plain(),
    }
}
