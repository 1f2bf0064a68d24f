//! Members: what the fields of a schema's struct and those of a request struct have in common.

use super::context::{Context, rust_presence};
use crate::ir::{Argument, Constraints, Docs, Field, Operation, Parameter, Payload, StructDef, TypeId, TypeRef};
use crate::rust::Presence;

/// One field of a generated struct.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    /// The Rust name.
    pub(super) name: &'a str,
    /// The name on the wire.
    pub(super) wire: &'a str,
    /// The type of a present, non-null value.
    pub(super) ty: &'a TypeRef,
    /// What absence and null mean.
    pub(super) presence: Presence,
    /// Whether the value is behind a `Box`.
    pub(super) boxed: bool,
    /// What the document says of it.
    pub(super) docs: &'a Docs,
    /// What a valid value fulfils beyond its type.
    pub(super) constraints: &'a Constraints,
    /// Which part of the request it is; `None` in a schema.
    pub(super) source: Option<Source<'a>>,
}

/// Which part of a request a member is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'a> {
    /// A parameter.
    Parameter(&'a Parameter),
    /// A property of the flattened body.
    BodyField,
    /// The body as a whole.
    Body,
}

impl Member<'_> {
    /// Whether `new` asks for it.
    pub(super) fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::RequiredNullable)
    }
}

/// The properties of a schema.
pub(super) fn of_type<'a>(context: &Context<'_>, id: TypeId, object: &'a StructDef) -> Vec<Member<'a>> {
    let member = |(place, field): (usize, &'a Field)| Member {
        boxed: context.is_boxed(id, place),
        ..of_field(field, context.presence(id, field.presence))
    };
    object.fields.iter().enumerate().map(member).collect()
}

fn of_field(field: &Field, presence: Presence) -> Member<'_> {
    Member {
        name: &field.name,
        wire: &field.wire,
        ty: &field.ty,
        presence,
        boxed: false,
        docs: &field.docs,
        constraints: &field.constraints,
        source: None,
    }
}

/// Everything that a request struct holds, in its order.
pub(super) fn of_operation(operation: &Operation) -> Vec<Member<'_>> {
    let mut members: Vec<Member<'_>> =
        operation.arguments.iter().filter_map(|argument| of_argument(operation, *argument)).collect();
    let taken = |name: &str, members: &[Member<'_>]| members.iter().filter(|member| member.name == name).count() > 1;
    if taken(BODY, &members)
        && let Some(body) = members.iter_mut().find(|member| matches!(member.source, Some(Source::Body)))
    {
        body.name = "request_body";
    }
    members
}

fn of_argument(operation: &Operation, argument: Argument) -> Option<Member<'_>> {
    match argument {
        Argument::Parameter(index) => operation.parameters.get(index).map(of_parameter),
        Argument::BodyField(index) => {
            let field = body_fields(operation).get(index)?;
            // A request is only ever written by a client: what may be null there is something to clear.
            let presence = rust_presence(field.presence, true);
            Some(Member { source: Some(Source::BodyField), ..of_field(field, presence) })
        }
        Argument::Body => of_body(operation),
    }
}

/// The properties of a flattened body.
pub(super) fn body_fields(operation: &Operation) -> &[Field] {
    match operation.body.as_ref().map(|body| &body.payload) {
        Some(Payload::Fields { fields, .. }) => fields,
        _ => &[],
    }
}

fn of_parameter(parameter: &Parameter) -> Member<'_> {
    Member {
        name: &parameter.name,
        wire: &parameter.wire,
        ty: &parameter.ty,
        presence: if parameter.required { Presence::Required } else { Presence::Optional },
        boxed: false,
        docs: &parameter.docs,
        constraints: &parameter.constraints,
        source: Some(Source::Parameter(parameter)),
    }
}

fn of_body(operation: &Operation) -> Option<Member<'_>> {
    const UNCONSTRAINED: &Constraints = &Constraints {
        minimum: None,
        maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        unique: false,
    };
    let body = operation.body.as_ref()?;
    let Payload::Whole(ty) = &body.payload else { return None };
    Some(Member {
        name: BODY,
        wire: "",
        ty,
        presence: if body.required { Presence::Required } else { Presence::Optional },
        boxed: false,
        docs: &body.docs,
        constraints: UNCONSTRAINED,
        source: Some(Source::Body),
    })
}

/// The field of a request struct that holds a whole body.
const BODY: &str = "body";

/// The name of the method that sets a member.
///
/// It is the member's own, unless a method of that name means something else to Rust: `with_clone`, `with_new`.
pub(super) fn setter(member: &Member<'_>, members: &[Member<'_>]) -> String {
    let mut name = member.name.to_owned();
    while RESERVED.contains(&name.as_str()) || (name != member.name && members.iter().any(|other| other.name == name)) {
        name.insert_str(0, "with_");
    }
    name
}

/// The variable that holds a parameter while a server reads the request.
///
/// It is called like the member, unless the function that reads has a variable of that name.
pub(super) fn variable(member: &Member<'_>, members: &[Member<'_>]) -> String {
    let mut name = member.name.to_owned();
    while VARIABLES.contains(&name.as_str()) || (name != member.name && members.iter().any(|other| other.name == name))
    {
        name.push_str("_value");
    }
    name
}

/// The variables of the function that reads a request.
const VARIABLES: &[&str] = &["body", "checker", "incoming"];

/// Methods that every generated struct has from elsewhere, and those that operators are made of.
const RESERVED: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "check",
    "clone",
    "decode",
    "default",
    "div",
    "encode",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "mul",
    "new",
    "receive",
    "refuse",
    "rem",
    "respond",
    "serialize",
    "shl",
    "shr",
    "sub",
    "to_owned",
    "try_into",
    "type_id",
];
