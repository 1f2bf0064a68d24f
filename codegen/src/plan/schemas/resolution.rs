//! Follows references, lists and maps to the named type or scalar at the end. Each schema leads to one other at most.

use super::kinds::{self, Kind, component_name};
use super::{elements, scalars};
use crate::api::{Additional, Schema, SchemaId, Schemas, Shape};
use crate::rust::Type;
use crate::size_limits::DEPTH;

/// A schema, all that it leads to, and where that ends.
#[derive(Debug)]
pub(in crate::plan) struct InPlace<'a> {
    /// The schemas on the way, the first one first.
    pub(in crate::plan) steps: Vec<ResolutionStep<'a>>,
    /// The type or scalar that the last one is.
    pub(in crate::plan) end: End<'a>,
}

/// A schema that was passed, and what was followed there.
#[derive(Debug)]
pub(in crate::plan) struct ResolutionStep<'a> {
    /// The schema as it was read.
    pub(in crate::plan) schema: &'a Schema,
    /// The schema's id.
    pub(in crate::plan) id: SchemaId,
    /// What was followed to the next one.
    pub(in crate::plan) leads_on: LeadsOn,
}

/// How a schema leads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum LeadsOn {
    /// It refers to a component.
    Component,
    /// It refers to a schema that is no component.
    Reference,
    /// It is a list.
    Item,
    /// It is a map.
    Value,
    /// It is the last one.
    Last,
}

/// The schema or type at the end.
#[derive(Debug)]
pub(in crate::plan) enum End<'a> {
    /// At a schema with a type of its own, with the kind of that type.
    Own(SchemaId, Kind<'a>),
    /// At a scalar.
    Scalar(Type),
    /// At any JSON, or any JSON object, with the reason.
    Untyped(Type, &'static str),
    /// Too many references lead from one to the next to follow them.
    TooDeep(SchemaId),
    /// At an id of another API.
    Missing,
}

/// Follows a schema to its end.
pub(in crate::plan) fn follow(schemas: &Schemas, start: SchemaId) -> InPlace<'_> {
    let mut steps = Vec::new();
    let mut at = start;
    let end = loop {
        let Some(schema) = schemas.get(at) else { break End::Missing };
        // Whatever has a type of its own ends this; lists of lists of lists, by references, go on as long as the document.
        if steps.len() == DEPTH {
            break End::TooDeep(at);
        }
        match next(schemas, at, schema) {
            Ok((leads_on, target)) => {
                steps.push(ResolutionStep { schema, id: at, leads_on });
                let component = schemas.get(target).filter(|_| leads_on == LeadsOn::Component);
                if let Some(kind) = component.and_then(kinds::kind) {
                    break End::Own(target, kind);
                }
                at = target;
            }
            Err((leads_on, end)) => {
                steps.push(ResolutionStep { schema, id: at, leads_on });
                break end;
            }
        }
    };
    InPlace { steps, end }
}

/// How a schema leads on and where to, or else how it ends.
fn next<'a>(schemas: &Schemas, id: SchemaId, schema: &'a Schema) -> Result<(LeadsOn, SchemaId), (LeadsOn, End<'a>)> {
    if let Some(kind) = kinds::kind(schema) {
        return Err((LeadsOn::Last, End::Own(id, kind)));
    }
    match kinds::shape(schema) {
        Shape::Reference(target) => {
            let is_component = schemas.get(*target).and_then(component_name).is_some();
            Ok((if is_component { LeadsOn::Component } else { LeadsOn::Reference }, *target))
        }
        Shape::List(list) => match elements::item(list) {
            Some(items) => Ok((LeadsOn::Item, items)),
            None => Err((LeadsOn::Item, End::Untyped(Type::Json, "the list's items have no schema"))),
        },
        Shape::Object(object) => match elements::additional(schemas, object) {
            Additional::Schema(values) => Ok((LeadsOn::Value, values)),
            Additional::Unstated | Additional::Any | Additional::None => {
                Err((LeadsOn::Last, End::Untyped(Type::JsonObject, "an object without stated properties")))
            }
        },
        shape => match scalars::of_schema(schema, shape) {
            Some((ty, _)) => Err((LeadsOn::Last, End::Scalar(ty))),
            None => Err((LeadsOn::Last, End::Untyped(Type::Json, kinds::reason(shape)))),
        },
    }
}
