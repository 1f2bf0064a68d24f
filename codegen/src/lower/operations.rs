//! Operations, webhooks and callbacks.

use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::docs::{Texts, docs, provenance};
use super::{content, extensions, object, parameters, responses, security, servers};
use crate::api::{Address, Method, Operation};
use crate::document::Document;
use crate::names;

/// What operations refer to.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub document: &'a Document,
    pub schemes: &'a security::Schemes,
    pub servers: &'a servers::Lists,
}

/// The operations under `paths`, in the document's order.
pub fn of_paths(around: Around<'_>) -> Vec<Operation> {
    let paths = around.document.api.paths.paths.iter();
    let found = paths.filter_map(|(path, item)| Some((Address::Path(path.clone()), item.as_item()?)));
    found.flat_map(|(address, item)| of_item(around, &address, item)).collect()
}

/// The operations under `webhooks` and `x-webhooks`.
pub fn of_webhooks(around: Around<'_>) -> Vec<Operation> {
    let webhooks = around.document.supplement.webhooks.iter();
    webhooks.flat_map(|(name, item)| of_item(around, &Address::Webhook(name.clone()), item)).collect()
}

/// The path items under `paths` and `webhooks`.
pub fn path_items(document: &Document) -> impl Iterator<Item = &stated::PathItem> {
    let paths = document.api.paths.paths.values().filter_map(ReferenceOr::as_item);
    paths.chain(document.supplement.webhooks.values())
}

/// The operations of a path item with their methods, in the document's order.
pub fn methods<'a>(document: &'a Document, item: &'a stated::PathItem) -> Vec<(Method, &'a stated::Operation)> {
    let (id, _) = object(document, &item.extensions);
    let known = item.iter().map(|(method, operation)| (Method::new(method.to_ascii_uppercase()), operation));
    let further = document.supplement.operations.get(&id).into_iter().flatten();
    let further = further.map(|(method, operation)| {
        let name = if method == "query" { "QUERY" } else { method };
        (Method::new(name), operation)
    });
    let mut all: Vec<_> = known.chain(further).collect();
    all.sort_by_key(|(_, operation)| object(document, &operation.extensions).1.name.start);
    all
}

fn of_item(around: Around<'_>, address: &Address, item: &stated::PathItem) -> Vec<Operation> {
    let methods = methods(around.document, item);
    methods.into_iter().map(|(method, stated)| operation(around, (method, address.clone()), item, stated)).collect()
}

fn operation(
    around: Around<'_>,
    (method, address): (Method, Address),
    item: &stated::PathItem,
    stated: &stated::Operation,
) -> Operation {
    let Around { document, schemes, servers } = around;
    let (_, at) = object(document, &stated.extensions);
    let (_, item_at) = object(document, &item.extensions);
    let mut docs = docs(at, texts(stated));
    docs.provenance.extend(provenance(item_at));
    let named = at.field("operationId").map_or(at.name, |field| field.span);
    Operation {
        id: stated.operation_id.clone(),
        given_name: extensions::name(at.extension(names::KEY)),
        safe: extensions::is_safe(at, &method),
        idempotency: extensions::idempotency(at, &method),
        method,
        address,
        docs,
        tags: stated.tags.clone(),
        parameters: parameters::parameters(document, item, stated),
        request_body: content::request_body(document, stated),
        responses: responses::responses(document, stated),
        callbacks: callbacks(around, stated),
        security: schemes.of(document, stated),
        servers: servers.of(document, item, stated),
        reconcile: extensions::reconcile(at),
        pagination: extensions::pagination(at),
        signature: extensions::signature(at),
        span: at.name,
        name_span: named,
        callbacks_span: at.field("callbacks").map(|field| field.key),
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
fn callbacks(around: Around<'_>, stated: &stated::Operation) -> Vec<Operation> {
    let named = stated.callbacks.iter().flat_map(|(name, items)| items.iter().map(move |item| (name, item)));
    let found = named.flat_map(|(name, (expression, item))| {
        let address = Address::Callback { name: name.clone(), expression: expression.clone() };
        of_item(around, &address, item)
    });
    found.collect()
}
