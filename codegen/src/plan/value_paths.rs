//! The way to a value of a request or a response, by a runtime expression.

use crate::runtime_expression::{self, Expression};
use crate::rust::{
    EnumValues, Field, Item, ItemKind, Operation, ParameterPlace, Payload, Presence, Source, Status, Success, Type,
    ValuePath, ValueStep,
};

/// Why the types do not give the value of an expression.
pub(super) type Unreachable = &'static str;

/// The value of an expression, as the types of an operation hold it. `response` is the body of the response that it is about.
pub(super) fn of(
    types: &[Item],
    operation: &Operation,
    response: Result<&Type, Unreachable>,
    expression: &Expression,
) -> Result<ValuePath, Unreachable> {
    match expression {
        Expression::Url | Expression::Method | Expression::StatusCode => {
            Err("it is no value of the request or of the body of the response")
        }
        Expression::Request(source) => of_request(types, operation, source),
        Expression::Response(runtime_expression::Source::Body(tokens)) => {
            into(types, (true, Vec::new()), response?, tokens)
        }
        Expression::Response(_) => Err("it is not in the body of the response"),
    }
}

/// The body of the only success of an operation.
pub(super) fn body_of_success(operation: &Operation) -> Result<&Type, Unreachable> {
    match &operation.success {
        Success::One(only) => only.body.as_ref().map(|body| &body.value).ok_or("the response has no body"),
        Success::Several(_) => Err("the document has several successes"),
        Success::Undocumented => Err("the document has no success"),
    }
}

/// The body of the response of a status.
pub(super) fn body_of_status(operation: &Operation, status: Status) -> Result<&Type, Unreachable> {
    let responses = operation.success.responses().iter().chain(operation.error_responses());
    let mut of_status = responses.filter(|response| response.status == status);
    match (of_status.next(), of_status.next()) {
        (Some(only), None) => only.body.as_ref().map(|body| &body.value).ok_or("the response has no body"),
        _ => Err("the response is of one of several media types"),
    }
}

fn of_request(
    types: &[Item],
    operation: &Operation,
    source: &runtime_expression::Source,
) -> Result<ValuePath, Unreachable> {
    let parameter = |place: ParameterPlace, name: &str| {
        let is_it = |wire: &str| match place {
            ParameterPlace::Header => wire.eq_ignore_ascii_case(name),
            _ => wire == name,
        };
        let mut found = operation.parameters().filter(|(field, stated)| stated.place == place && is_it(&field.wire));
        let (field, _) = found.next().ok_or("the request has no such parameter")?;
        Ok(finish(false, vec![step_to(field)], &field.value))
    };
    match source {
        runtime_expression::Source::Header(name) => parameter(ParameterPlace::Header, name),
        runtime_expression::Source::Query(name) => parameter(ParameterPlace::Query, name),
        runtime_expression::Source::Path(name) => parameter(ParameterPlace::Path, name),
        runtime_expression::Source::Body(tokens) => of_request_body(types, operation, tokens),
    }
}

fn of_request_body(types: &[Item], operation: &Operation, tokens: &[String]) -> Result<ValuePath, Unreachable> {
    let body = operation.body.as_ref().ok_or("the request has no body")?;
    match &body.payload {
        Payload::Fields { .. } => {
            let mut tokens = tokens;
            for level in operation.envelope().into_iter().flat_map(|envelope| &envelope.levels) {
                match tokens.split_first() {
                    Some((key, below)) if *key == level.key => tokens = below,
                    _ => return Err("it is not among the fields of the request"),
                }
            }
            let fields = operation.request.fields.iter().filter(|field| matches!(field.source, Source::Property));
            into_fields(types, (false, Vec::new()), fields, tokens)
        }
        Payload::Whole(_) => {
            let mut fields = operation.request.fields.iter();
            let field = fields.find(|field| matches!(field.source, Source::Body)).ok_or("the request has no body")?;
            into(types, (false, vec![step_to(field)]), &field.value, tokens)
        }
        Payload::Choice(_) => Err("the body is of one of several media types"),
    }
}

/// Whether it begins at the response, and the steps so far.
type Way = (bool, Vec<ValueStep>);

/// Follows the tokens of a JSON pointer into a value.
fn into(
    types: &[Item],
    (of_response, mut steps): Way,
    value: &Type,
    tokens: &[String],
) -> Result<ValuePath, Unreachable> {
    let value = resolved(types, value);
    let Some((token, below)) = tokens.split_first() else { return Ok(finish(of_response, steps, value)) };
    match value {
        Type::Boxed(inner) => into(types, (of_response, steps), inner, tokens),
        Type::Named(id) => match types.get(id.0).map(|item| &item.kind) {
            Some(ItemKind::Object(object)) => {
                into_fields(types, (of_response, steps), object.structure.fields.iter(), tokens)
            }
            _ => Err("a value on the way to it is of one of several forms"),
        },
        Type::List(item) => {
            steps.push(ValueStep::Item(token.parse().map_err(|_| "it is in a list")?));
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

fn into_fields<'a>(
    types: &[Item],
    (of_response, mut steps): Way,
    mut fields: impl Iterator<Item = &'a Field>,
    tokens: &[String],
) -> Result<ValuePath, Unreachable> {
    let (token, below) = tokens.split_first().ok_or("it is an object")?;
    let field = fields.find(|field| field.wire == *token).ok_or("the type has no field for it")?;
    steps.push(step_to(field));
    into(types, (of_response, steps), &field.value, below)
}

fn step_to(field: &Field) -> ValueStep {
    let name = field.name.clone();
    match field.presence {
        Presence::Required => ValueStep::Field(name),
        Presence::RequiredNullable | Presence::Optional => ValueStep::OptionalField(name),
        Presence::Patch | Presence::Maybe => ValueStep::NullableField(name),
    }
}

fn finish(is_of_response: bool, steps: Vec<ValueStep>, value: &Type) -> ValuePath {
    ValuePath { is_of_response, steps, value: value.clone() }
}

/// A type, or what it is another name for.
fn resolved<'a>(types: &'a [Item], value: &'a Type) -> &'a Type {
    match value {
        Type::Named(id) => match types.get(id.0).map(|item| &item.kind) {
            Some(ItemKind::Alias { target, .. }) => target,
            _ => value,
        },
        other => other,
    }
}

/// Whether values are written as one text: in an address.
pub(super) fn is_text(types: &[Item], value: &Type) -> bool {
    match resolved(types, value) {
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
