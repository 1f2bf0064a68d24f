//! Who sends a type: decides which enums are open, and where absence can mean "keep".

use super::members::body_fields;
use crate::api::{Direction, Directions};
use crate::ir::{Api, Operation, Payload, TypeDef, TypeId, TypeKind, TypeRef};

/// In which directions the values of each type travel, by [`TypeId`].
pub(super) fn directions(api: &Api) -> Vec<Directions> {
    let mut spread = Spread { found: vec![Directions::default(); api.types.len()], types: &api.types };
    for operation in &api.operations {
        spread.operation(operation);
    }
    for webhook in &api.webhooks {
        spread.visit(&webhook.payload, Direction::Response);
    }
    spread.found
}

/// Which objects and unions are values of parameters, or items of lists that are, by [`TypeId`].
pub(super) fn in_parameters(api: &Api) -> Vec<bool> {
    let mut found = vec![false; api.types.len()];
    for parameter in api.operations.iter().flat_map(|operation| &operation.parameters) {
        let mut ty = &parameter.ty;
        loop {
            ty = match ty {
                TypeRef::List(inner) | TypeRef::Nullable(inner) => inner,
                TypeRef::Named(id) => match &api.types[id.0].kind {
                    TypeKind::Alias(target) => target,
                    TypeKind::Enum(_) => break,
                    TypeKind::Struct(_) | TypeKind::Union(_) => {
                        found[id.0] = true;
                        break;
                    }
                },
                _ => break,
            }
        }
    }
    found
}

/// The walk from operations to every type they reach.
struct Spread<'a> {
    found: Vec<Directions>,
    types: &'a [TypeDef],
}

impl Spread<'_> {
    fn operation(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            self.visit(&parameter.ty, Direction::Request);
        }
        for field in body_fields(operation) {
            self.visit(&field.ty, Direction::Request);
        }
        if let Some(Payload::Whole(ty)) = operation.body.as_ref().map(|body| &body.payload) {
            self.visit(ty, Direction::Request);
        }
        for reply in operation.successes.iter().chain(&operation.errors) {
            if let Some((_, _, ty)) = &reply.body {
                self.visit(ty, Direction::Response);
            }
        }
    }

    fn visit(&mut self, ty: &TypeRef, direction: Direction) {
        let mut ids = Vec::new();
        named(ty, &mut ids);
        for id in ids {
            self.visit_type(id, direction);
        }
    }

    /// Walks with a stack of its own: types nest as deep as a document likes.
    fn visit_type(&mut self, id: TypeId, direction: Direction) {
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            if self.found[id.0].add(direction) {
                parts(&self.types[id.0].kind, &mut waiting);
            }
        }
    }
}

/// The named types that a kind of type is made of.
pub(super) fn parts(kind: &TypeKind, ids: &mut Vec<TypeId>) {
    match kind {
        TypeKind::Struct(structure) => {
            structure.fields.iter().for_each(|field| named(&field.ty, ids));
            structure.rest.iter().for_each(|rest| named(rest, ids));
        }
        TypeKind::Union(union) => union.branches.iter().for_each(|branch| named(&branch.ty, ids)),
        TypeKind::Alias(ty) => named(ty, ids),
        TypeKind::Enum(_) => {}
    }
}

/// The named types inside a type.
pub(super) fn named(ty: &TypeRef, ids: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Named(id) => ids.push(*id),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => {
            named(inner, ids);
        }
        _ => {}
    }
}
