//! Operations, webhooks and callbacks.

use openapiv3 as stated;

use super::docs::{Texts, docs, provenance};
use super::{extensions, media_types, parameters, responses, security, servers, size_limit};
use crate::api::{Address, Method, Operation};
use crate::diagnostic::Diagnostics;
use crate::document::source_map::ObjectId;
use crate::document::{Document, Implementer, Located};
use crate::path_item_operations;
use crate::syntax::TAKEN_OVER;

/// What operations refer to.
#[derive(Clone, Copy)]
pub(super) struct LowerContext<'a> {
    pub(super) document: &'a Document,
    pub(super) security: &'a security::Schemes,
    pub(super) servers: &'a servers::Lists,
}

/// The operations under `paths`, those under `webhooks` and `x-webhooks`, and what there is to say; each in the
/// document's order.
pub(super) fn operations(context: LowerContext<'_>) -> (Vec<Operation>, Vec<Operation>, Diagnostics) {
    let document = context.document;
    let mut budget = Budget::default();
    let (mut of_paths, mut of_webhooks) = (Vec::new(), Vec::new());
    for (name, implementer, item) in document.named_path_items() {
        let (address, found) = match implementer {
            Implementer::Api => (Address::Path(name.to_owned()), &mut of_paths),
            Implementer::User => (Address::Webhook(name.to_owned()), &mut of_webhooks),
        };
        found.extend(of_item(context, &address, item, &mut budget));
    }
    (of_paths, of_webhooks, budget.diagnostics)
}

/// The size of the operations so far. Shared components are copied into each of them, so a short document could grow beyond any
/// memory.
#[derive(Default)]
struct Budget {
    taken: usize,
    diagnostics: Diagnostics,
}

impl Budget {
    const fn is_left(&self) -> bool {
        self.taken <= TAKEN_OVER
    }

    /// Counts an operation; where there is too much with it, says so once.
    fn take(&mut self, operation: &Operation) {
        let was_left = self.is_left();
        self.taken = self.taken.saturating_add(operation.size());
        if was_left && !self.is_left() {
            size_limit::report_too_large(operation.span, &mut self.diagnostics);
        }
    }
}

/// The method of an operation. Those that OpenAPI has fields for are written in small letters there.
fn method(name: &str) -> Method {
    if path_item_operations::is_method(name) { Method::new(name.to_ascii_uppercase()) } else { Method::new(name) }
}

fn of_item(
    context: LowerContext<'_>,
    address: &Address,
    item: Located<'_, stated::PathItem>,
    budget: &mut Budget,
) -> Vec<Operation> {
    let mut found = Vec::new();
    for (name, stated) in context.document.methods(item) {
        if budget.is_left() {
            let operation = operation(context, (method(name), address.clone()), item, stated, budget);
            budget.take(&operation);
            found.push(operation);
        }
    }
    found
}

fn operation(
    context: LowerContext<'_>,
    (method, address): (Method, Address),
    item: Located<'_, stated::PathItem>,
    located: Located<'_, stated::Operation>,
    budget: &mut Budget,
) -> Operation {
    let LowerContext { document, security, servers } = context;
    let (stated, object) = (located.stated, located.object);
    let extensions = extensions::of_operation(document.supplement.operation_extensions(located.id), &method);
    let mut docs = docs(object, texts(stated));
    docs.provenance.extend(provenance(item.object));
    let mut responses = responses::responses(document, &stated.responses);
    responses::leave_out_content(&method, &mut responses, &mut budget.diagnostics);
    Operation {
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
        docs,
        tags: stated.tags.clone(),
        parameters: parameters::parameters(document, &item.stated.parameters, &stated.parameters),
        request_body: media_types::request_body(document, stated),
        responses,
        callbacks: callbacks(context, stated, budget),
        security: security.of(document, located),
        security_span: [object, &document.objects[ObjectId::ROOT]]
            .into_iter()
            .find_map(|holder| holder.field("security"))
            .map(|field| field.key),
        has_own_security: object.field("security").is_some(),
        servers: servers.of(item.id, located.id),
        span: object.name,
        name_span: object.name_span("operationId"),
        callbacks_span: object.field("callbacks").map(|field| field.key),
    }
}

fn texts(stated: &stated::Operation) -> Texts<'_> {
    Texts {
        summary: stated.summary.as_deref(),
        description: stated.description.as_deref(),
        external_docs: stated.external_docs.as_ref(),
        deprecated: stated.deprecated,
    }
}

/// The requests that the API sends on account of an operation.
fn callbacks(context: LowerContext<'_>, stated: &stated::Operation, budget: &mut Budget) -> Vec<Operation> {
    let mut found = Vec::new();
    for (name, items) in &stated.callbacks {
        for (expression, item) in items {
            let address = Address::Callback { name: name.clone(), expression: expression.clone() };
            if let Some(item) = context.document.located(item) {
                found.extend(of_item(context, &address, item, budget));
            }
        }
    }
    found
}
