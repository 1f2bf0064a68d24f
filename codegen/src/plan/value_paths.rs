//! The steps from a request or a response to the value that a runtime expression names.

use super::bodies::payloads::Payload;
use super::members::{Member, MemberSource, OperationMembers};
use super::types::analysis::TypeAnalysis;
use super::types::body_types::body_type;
use crate::runtime_expression::{self, Expression};
use crate::rust::{
    BorrowedType, EnumValues, Field, Item, ItemKind, ParameterLocation, Presence, Status, Type, ValueAccess, ValuePath,
    ValueStep,
};

/// What is known of the types that are made of schemas, and the types as items.
pub(super) type TypesAndItems<'a> = (&'a TypeAnalysis<'a>, &'a [Item]);

/// Why the types do not give the value of an expression.
pub(super) type Unreachable = &'static str;

/// The value of an expression, as the types of an operation hold it. `response` is the body of the response that it is about.
pub(super) fn of(
    types: TypesAndItems<'_>,
    operation: &OperationMembers<'_>,
    response: Result<&Type, Unreachable>,
    expression: &Expression,
) -> Result<ValuePath, Unreachable> {
    match expression {
        Expression::Url | Expression::Method | Expression::StatusCode => {
            Err("it is no value of the request or of the body of the response")
        }
        Expression::Request(source) => of_request(types, operation, source),
        Expression::Response(runtime_expression::ValueSource::Body(tokens)) => {
            into(types, (true, Vec::new()), response?, tokens)
        }
        Expression::Response(_) => Err("it is not in the body of the response"),
    }
}

/// The body of the only success of an operation.
pub(super) fn body_of_success(
    analysis: &TypeAnalysis<'_>,
    operation: &OperationMembers<'_>,
) -> Result<Type, Unreachable> {
    match operation.signature.successes.as_slice() {
        [] => Err("the document has no success"),
        [only] => body_type(analysis.types, only).ok_or("the response has no body"),
        _ => Err("the document has several successes"),
    }
}

/// The body of the response of a status.
pub(super) fn body_of_status(
    analysis: &TypeAnalysis<'_>,
    operation: &OperationMembers<'_>,
    status: Status,
) -> Result<Type, Unreachable> {
    let mut of_status = operation.signature.responses().filter(|response| response.stated.status == status);
    match (of_status.next(), of_status.next()) {
        (Some(only), None) => body_type(analysis.types, only).ok_or("the response has no body"),
        _ => Err("the response is of one of several media types"),
    }
}

fn of_request(
    types: TypesAndItems<'_>,
    operation: &OperationMembers<'_>,
    source: &runtime_expression::ValueSource,
) -> Result<ValuePath, Unreachable> {
    let parameter = |wanted: ParameterLocation, name: &str| {
        let is_it = |member: &&Member| match &member.source {
            MemberSource::Parameter { place: ParameterLocation::Header, .. } if wanted == ParameterLocation::Header => {
                member.wire.eq_ignore_ascii_case(name)
            }
            MemberSource::Parameter { place, .. } => *place == wanted && member.wire == name,
            MemberSource::Body | MemberSource::Property | MemberSource::Part(_) => false,
        };
        let found = operation.members.iter().find(is_it).ok_or("the request has no such parameter")?;
        Ok(finish(false, vec![Holder::of_member(found).step()], &found.ty))
    };
    match source {
        runtime_expression::ValueSource::Header(name) => parameter(ParameterLocation::Header, name),
        runtime_expression::ValueSource::Query(name) => parameter(ParameterLocation::Query, name),
        runtime_expression::ValueSource::Path(name) => parameter(ParameterLocation::Path, name),
        runtime_expression::ValueSource::Body(tokens) => of_request_body(types, operation, tokens),
    }
}

fn of_request_body(
    types: TypesAndItems<'_>,
    operation: &OperationMembers<'_>,
    tokens: &[String],
) -> Result<ValuePath, Unreachable> {
    let body = operation.signature.body.as_ref().ok_or("the request has no body")?;
    let mut members = operation.members.iter();
    match &body.payload {
        Payload::Fields(_, fields) => {
            let mut tokens = tokens;
            for level in &fields.envelope {
                match tokens.split_first() {
                    Some((key, below)) if *key == level.key => tokens = below,
                    _ => return Err("it is not among the fields of the request"),
                }
            }
            let properties = members.filter(|member| matches!(member.source, MemberSource::Property));
            into_one_of(types, (false, Vec::new()), properties.map(Holder::of_member), tokens)
        }
        Payload::Whole(_) => {
            let is_body = |member: &&Member| matches!(member.source, MemberSource::Body);
            let whole = members.find(is_body).ok_or("the request has no body")?;
            into(types, (false, vec![Holder::of_member(whole).step()]), &whole.ty, tokens)
        }
        Payload::Choice(_) => Err("the body is of one of several media types"),
    }
}

/// A field of a struct, or a member that becomes one.
struct Holder<'a> {
    name: &'a str,
    wire: &'a str,
    presence: Presence,
    value: &'a Type,
}

impl<'a> Holder<'a> {
    fn of_member(member: &'a Member) -> Self {
        Self { name: &member.name, wire: &member.wire, presence: member.presence, value: &member.ty }
    }

    fn of_field(field: &'a Field) -> Self {
        Self { name: &field.name, wire: &field.wire, presence: field.presence, value: &field.value }
    }

    fn step(&self) -> ValueStep {
        let name = self.name.to_owned();
        match self.presence {
            Presence::Required => ValueStep::Field(name),
            Presence::RequiredNullable | Presence::Optional => ValueStep::OptionalField(name),
            Presence::Patch | Presence::Maybe => ValueStep::NullableField(name),
        }
    }
}

/// Whether it begins at the response, and the steps so far.
type PathSoFar = (bool, Vec<ValueStep>);

/// Follows the tokens of a JSON pointer into a value.
fn into(
    types: TypesAndItems<'_>,
    (of_response, mut steps): PathSoFar,
    value: &Type,
    tokens: &[String],
) -> Result<ValuePath, Unreachable> {
    let value = types.0.resolved(value);
    let Some((token, below)) = tokens.split_first() else { return Ok(finish(of_response, steps, value)) };
    match value {
        Type::Boxed(inner) => into(types, (of_response, steps), inner, tokens),
        Type::Named(id) => match types.1.get(id.0).map(|item| &item.kind) {
            Some(ItemKind::Object(object)) => {
                into_one_of(types, (of_response, steps), object.structure.fields.iter().map(Holder::of_field), tokens)
            }
            _ => Err("a value on the way to it is of one of several forms"),
        },
        Type::List(item) => {
            let index = token.parse().map_err(|_| "it is in a list")?;
            steps.push(if index == 0 { ValueStep::FirstItem } else { ValueStep::Item(index) });
            into(types, (of_response, steps), item, below)
        }
        Type::Map(item) => {
            steps.push(ValueStep::Key(token.clone()));
            into(types, (of_response, steps), item, below)
        }
        Type::Secret(_) => Err("it is in a secret"),
        _ => Err("a value on the way to it is no object with that property"),
    }
}

fn into_one_of<'a>(
    types: TypesAndItems<'_>,
    (of_response, mut steps): PathSoFar,
    mut holders: impl Iterator<Item = Holder<'a>>,
    tokens: &[String],
) -> Result<ValuePath, Unreachable> {
    let (token, below) = tokens.split_first().ok_or("it is an object")?;
    let holder = holders.find(|holder| holder.wire == token).ok_or("the type has no field for it")?;
    steps.push(holder.step());
    into(types, (of_response, steps), holder.value, below)
}

fn finish(is_of_response: bool, steps: Vec<ValueStep>, value: &Type) -> ValuePath {
    ValuePath { is_of_response, steps, value: value.clone() }
}

/// How a function takes a value by reference.
pub(super) fn borrowed(ty: &Type) -> BorrowedType {
    match ty {
        Type::String => BorrowedType::Str,
        Type::List(item) => BorrowedType::Slice((**item).clone()),
        other => BorrowedType::Reference(other.clone()),
    }
}

/// How a reference to the value at the end of a path is taken.
pub(super) fn reference(path: &ValuePath) -> ValueAccess {
    match &path.value {
        Type::Secret(_) => ValueAccess::Exposed,
        // Where the value is the whole body, it may be a `str`, which is no value of its own.
        _ if path.steps.is_empty() || !path.is_reference() => ValueAccess::Borrowed,
        _ => ValueAccess::Direct,
    }
}

/// Whether values are written as one text: in an address.
pub(super) fn is_text((analysis, types): TypesAndItems<'_>, value: &Type) -> bool {
    match analysis.resolved(value) {
        Type::Named(id) => {
            let kind = types.get(id.0).map(|item| &item.kind);
            matches!(kind, Some(ItemKind::Enum(listed)) if listed.values == EnumValues::Strings)
        }
        Type::Secret(inner) => matches!(**inner, Type::String),
        Type::String
        | Type::Bool
        | Type::I32
        | Type::I64
        | Type::U32
        | Type::U64
        | Type::Decimal
        | Type::LongDecimal => true,
        other => other.is_formatted(),
    }
}
