//! Who sends a type: decides which enums are open and where absence can mean "keep".

use crate::ir::{Api, Field, Operation, Payload, Presence, TypeDef, TypeId, TypeKind, TypeRef, Usage};

/// Marks every type with its senders, then opens enums and unions, and makes `Maybe` a `Patch` where only clients write.
pub fn mark(api: &mut Api) {
    let mut spread = Spread { usages: vec![Usage::default(); api.types.len()], types: &api.types };
    for operation in &api.operations {
        spread.operation(operation);
    }
    for webhook in &api.webhooks {
        spread.visit(&webhook.payload, Usage { sent_by_client: false, sent_by_server: true });
    }
    let usages = spread.usages;
    for (definition, usage) in api.types.iter_mut().zip(usages) {
        apply(definition, usage);
    }
}

/// The walk from operations to every type they reach.
struct Spread<'a> {
    usages: Vec<Usage>,
    types: &'a [TypeDef],
}

impl Spread<'_> {
    fn operation(&mut self, operation: &Operation) {
        let request = Usage { sent_by_client: true, sent_by_server: false };
        let answer = Usage { sent_by_client: false, sent_by_server: true };
        for parameter in &operation.parameters {
            self.visit(&parameter.ty, request);
        }
        match operation.body.as_ref().map(|body| &body.payload) {
            Some(Payload::Fields { fields, .. }) => fields.iter().for_each(|field| self.visit(&field.ty, request)),
            Some(Payload::Whole(ty)) => self.visit(ty, request),
            None => {}
        }
        for reply in operation.successes.iter().chain(&operation.errors) {
            if let Some((_, _, ty)) = &reply.body {
                self.visit(ty, answer);
            }
        }
    }

    fn visit(&mut self, ty: &TypeRef, usage: Usage) {
        let mut ids = Vec::new();
        named(ty, &mut ids);
        for id in ids {
            self.visit_type(id, usage);
        }
    }

    /// Walks with a stack of its own: types nest as deep as a document likes.
    fn visit_type(&mut self, id: TypeId, usage: Usage) {
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            let known = &mut self.usages[id.0];
            let merged = Usage {
                sent_by_client: known.sent_by_client || usage.sent_by_client,
                sent_by_server: known.sent_by_server || usage.sent_by_server,
            };
            if merged != *known {
                *known = merged;
                parts(&self.types[id.0].kind, &mut waiting);
            }
        }
    }
}

/// The named types that a kind of type is made of.
pub fn parts(kind: &TypeKind, ids: &mut Vec<TypeId>) {
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
pub fn named(ty: &TypeRef, ids: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Named(id) => ids.push(*id),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => {
            named(inner, ids);
        }
        _ => {}
    }
}

fn apply(definition: &mut TypeDef, usage: Usage) {
    definition.usage = usage;
    match &mut definition.kind {
        TypeKind::Enum(values) => values.open = usage.sent_by_server,
        TypeKind::Union(union) => union.open = usage.sent_by_server && union.discriminator.is_some(),
        TypeKind::Struct(structure) if usage.sent_by_client && !usage.sent_by_server => {
            structure.fields.iter_mut().for_each(patch);
        }
        TypeKind::Struct(_) | TypeKind::Alias(_) => {}
    }
}

fn patch(field: &mut Field) {
    if field.presence == Presence::Maybe {
        field.presence = Presence::Patch;
    }
}
