//! Operations, webhooks and callbacks.

use openapiv3 as stated;

use super::copied_parts::CopiedParts;
use super::docs::{Texts, docs, provenance};
use super::{content, extensions, parameters, responses, security, servers};
use crate::api::{Address, Docs, Method, Operation};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Implementer, Located};
use crate::path_item_operations;

/// What operations refer to.
#[derive(Clone, Copy)]
pub(super) struct LowerContext<'a> {
    pub(super) document: &'a Document,
    pub(super) security: &'a security::Schemes,
    pub(super) servers: &'a servers::Lists,
}

/// The operations under `paths`, and those under `webhooks` and `x-webhooks`, each in the document's order, with the diagnostics.
pub(super) fn operations(context: LowerContext<'_>) -> (Vec<Operation>, Vec<Operation>, Diagnostics) {
    let mut all = CountedOperations::default();
    for (name, implementer, item) in context.document.named_path_items() {
        let address = match implementer {
            Implementer::Api => Address::Path(name.to_owned()),
            Implementer::User => Address::Webhook(name.to_owned()),
        };
        all.extend(of_item(context, &address, item, all.size));
    }
    let is_of_path = |operation: &Operation| matches!(operation.address, Address::Path(_));
    let (of_paths, of_webhooks) = all.list.into_iter().partition(is_of_path);
    (of_paths, of_webhooks, all.diagnostics)
}

/// Operations with their size and the diagnostics. Shared components are copied into each operation, so a short document could
/// grow beyond any memory.
#[derive(Default)]
struct CountedOperations {
    list: Vec<Operation>,
    /// The size of the operations and of their callbacks.
    size: CopiedParts,
    diagnostics: Diagnostics,
}

impl CountedOperations {
    fn extend(&mut self, others: Self) {
        self.list.extend(others.list);
        self.size = self.size.and(others.size);
        self.diagnostics.extend(others.diagnostics);
    }
}

/// The method of an operation. Those that OpenAPI has fields for are written in small letters there.
fn method(name: &str) -> Method {
    if path_item_operations::is_method(name) { Method::new(name.to_ascii_uppercase()) } else { Method::new(name) }
}

/// The operations of a path item, until with those before it, which have the size `before`, there are too many.
fn of_item(
    context: LowerContext<'_>,
    address: &Address,
    item: Located<'_, stated::PathItem>,
    before: CopiedParts,
) -> CountedOperations {
    let mut found = CountedOperations::default();
    for (name, stated) in context.document.methods(item) {
        let before = before.and(found.size);
        if before.are_too_many() {
            break;
        }
        found.extend(with_callbacks(context, (method(name), address.clone()), item, stated, before));
    }
    found
}

/// An operation and its callbacks. The one with which there is too much is reported.
fn with_callbacks(
    context: LowerContext<'_>,
    target: (Method, Address),
    item: Located<'_, stated::PathItem>,
    located: Located<'_, stated::Operation>,
    before: CopiedParts,
) -> CountedOperations {
    let callbacks = callbacks(context, located.stated, before);
    let before = before.and(callbacks.size);
    let (operation, mut diagnostics) = operation(context, target, item, located, callbacks.list);
    diagnostics.extend(callbacks.diagnostics);
    let size = CopiedParts(operation.part_count());
    if let Some(too_large) = before.exceeded_by(size, operation.span) {
        diagnostics.push(too_large);
    }
    CountedOperations { list: vec![operation], size: callbacks.size.and(size), diagnostics }
}

fn operation(
    context: LowerContext<'_>,
    (method, address): (Method, Address),
    item: Located<'_, stated::PathItem>,
    located: Located<'_, stated::Operation>,
    callbacks: Vec<Operation>,
) -> (Operation, Diagnostics) {
    let LowerContext { document, security, servers } = context;
    let (stated, object) = (located.stated, located.object);
    let extensions = extensions::of_operation(document.supplement.operation_extensions(located.id), &method);
    let parameters = parameters::parameters(document, &item.stated.parameters, &stated.parameters);
    let request_body = content::request_body(document, stated);
    let (responses, diagnostics) = responses::responses(document, &stated.responses, &method);
    let operation = Operation {
        id: stated.operation_id.clone(),
        given_name: extensions.given_name,
        safe: extensions.safe,
        outcome_span: extensions.outcome_span,
        idempotency: extensions.idempotency,
        idempotency_span: extensions.idempotency_span,
        reconcile: extensions.reconcile,
        pagination: extensions.pagination,
        signature: extensions.signature,
        method,
        address,
        docs: docs_of(item, located),
        tags: stated.tags.clone(),
        parameters,
        request_body,
        responses,
        callbacks,
        security: security.of(document, located),
        security_span: security::span(document, object),
        has_own_security: object.field("security").is_some(),
        servers: servers.of(item.id, located.id),
        span: object.name,
        name_span: object.name_span("operationId"),
        callbacks_span: object.field("callbacks").map(|field| field.key),
    };
    (operation, diagnostics)
}

/// The documentation of an operation. The provenance of its path item counts as its own.
fn docs_of(item: Located<'_, stated::PathItem>, located: Located<'_, stated::Operation>) -> Docs {
    let stated = located.stated;
    let texts = Texts {
        summary: stated.summary.as_deref(),
        description: stated.description.as_deref(),
        external_docs: stated.external_docs.as_ref(),
        deprecated: stated.deprecated,
    };
    let mut docs = docs(located.object, texts);
    docs.provenance.extend(provenance(item.object));
    docs
}

/// The callbacks of an operation: the requests that the API sends because of it.
fn callbacks(context: LowerContext<'_>, stated: &stated::Operation, before: CopiedParts) -> CountedOperations {
    let mut found = CountedOperations::default();
    for (name, items) in &stated.callbacks {
        for (expression, item) in items {
            let address = Address::Callback { name: name.clone(), expression: expression.clone() };
            if let Some(item) = context.document.located(item) {
                found.extend(of_item(context, &address, item, before.and(found.size)));
            }
        }
    }
    found
}
