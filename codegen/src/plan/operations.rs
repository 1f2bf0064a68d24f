//! Operations: the request struct, the responses, and what the runtime has to know.

use super::context::{Context, required};
use super::members::{self, Member, Source};
use super::{operation_docs, reconcile, responses, structs};
use crate::api::Method;
use crate::ir::{self, Operation, ParameterPlace, TypeId, TypeRef};
use crate::rust::{
    Body, Envelope, EnvelopeLevel, Idempotency, OneOrList, Pages, PaginationStyle, Paragraph, Payload, Requirement,
    Safety, Step,
};

/// What else a call of an operation with pages has.
const PAGES: &str = "The list comes in pages: `.pages()` gives one at a time, `.items()` the items of all.";

/// One operation by its place.
pub(super) fn operation(context: &Context<'_>, index: usize) -> crate::rust::Operation {
    let (stated, names) = (&context.api.operations[index], context.names(index));
    let members = members::of_operation(stated);
    let asking = reconcile::reconcile(context, stated);
    let request_docs = operation_docs::of_request(context, stated, names, asking.as_ref());
    let method = Method::new(stated.http_method.as_str());
    let implied = if method.is_idempotent() { Idempotency::Natural } else { Idempotency::None };
    let server_docs = operation_docs::of_method(stated);
    let mut client_docs = server_docs.clone();
    client_docs.paragraphs.extend(stated.pagination.as_ref().map(|_| Paragraph::Text(PAGES.into())));
    crate::rust::Operation {
        id: stated.id.clone(),
        method_name: stated.method_name.clone(),
        http_method: stated.http_method.clone(),
        path: stated.path.clone(),
        tags: stated.tags.clone(),
        deprecated: stated.docs.deprecated,
        base: stated.base,
        security: stated.security.iter().map(|of| Requirement { schemes: of.schemes.clone() }).collect(),
        idempotency_is_implied: stated.idempotency == implied,
        idempotency: stated.idempotency.clone(),
        safety: match (stated.harmless, method.is_safe()) {
            (false, _) => Safety::Unsafe,
            (true, true) => Safety::Implied,
            (true, false) => Safety::Stated,
        },
        outcomes: stated.outcomes.iter().map(|rule| (rule.status, rule.outcome)).collect(),
        request: structs::structure(context, (&stated.type_name, &names.required), request_docs, &[], &members),
        request_from_text: only_text(context, &members),
        body: stated.body.as_ref().map(|body| self::body(stated, body)),
        success: responses::success(context, stated, names),
        errors: responses::errors(context, stated, names),
        reconcile: asking,
        pages: pages(context, stated),
        client_docs,
        server_docs,
    }
}

/// The one text that a request needs, if it needs nothing else: the id in its path.
fn only_text(context: &Context<'_>, members: &[Member<'_>]) -> Option<usize> {
    let required = required(members);
    let [only] = required.as_slice() else { return None };
    let in_path = matches!(only.source, Some(Source::Parameter(parameter)) if parameter.place == ParameterPlace::Path);
    let is_text = in_path && *context.resolved(only.ty) == TypeRef::String;
    is_text.then(|| members.iter().position(|member| std::ptr::eq(member, *only))).flatten()
}

fn body(operation: &Operation, stated: &ir::Body) -> Body {
    Body {
        media_type: stated.media_type.clone(),
        kind: responses::body_kind(stated.kind),
        required: stated.required,
        payload: match &stated.payload {
            ir::Payload::Fields { envelope, closed, .. } => {
                Payload::Fields { envelope: self::envelope(operation, envelope), closed: *closed }
            }
            ir::Payload::Whole(_) => Payload::Whole,
        },
    }
}

fn envelope(operation: &Operation, stated: &ir::Envelope) -> Option<Envelope> {
    let level =
        |level: &ir::EnvelopeLevel| EnvelopeLevel { key: level.key.clone(), constants: level.constants.clone() };
    (!stated.levels.is_empty()).then(|| Envelope {
        constant: format!("{}_ENVELOPE", operation.method_name.to_uppercase()),
        levels: stated.levels.iter().map(level).collect(),
    })
}

/// How the list is given out; nothing where the operation has no pages.
fn pages(context: &Context<'_>, operation: &Operation) -> Option<Pages> {
    let (Some(stated), Some(Ok(found))) = (&operation.pagination, operation.page_items(context.api)) else {
        return None;
    };
    let (style, pointer) = match stated.clone() {
        ir::Pagination::Page { number, size, items, total } => (PaginationStyle::Page { number, size, total }, items),
        ir::Pagination::Link { next, items } => (PaginationStyle::Link { next }, items),
        ir::Pagination::Cursor { parameter, next, items } => (PaginationStyle::Cursor { parameter, next }, items),
    };
    let step = |(id, field): &(TypeId, &ir::Field)| Step {
        name: field.name.clone(),
        presence: context.presence(*id, field.presence),
    };
    let alone = found.alone.map(|alone| OneOrList {
        union: context.rust_type(&TypeRef::Named(alone.union)),
        one: alone.one.1.name.clone(),
        boxed: context.is_boxed(alone.union, alone.one.0),
        list: alone.list.name.clone(),
    });
    let steps = found.steps.iter().map(step).collect();
    Some(Pages { style, pointer, steps, item: context.rust_type(found.item), alone })
}
