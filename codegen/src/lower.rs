//! Converts a document to an API in passes: schemas; security and servers; operations and webhooks, which refer to the others by id; then,
//! over the finished API, the JSON in events, which is checked as what it is read as, and secrets, which are known by their names.
//!
//! The passes over schemas, operations and secrets return diagnostics for what has no meaning. All carry over what a document says, whether
//! Rust can have it or not.

mod docs;
mod extensions;
mod media_types;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod secrets;
mod security;
mod servers;
mod size_limit;
mod sse_data;
mod values;

use crate::api::Api;
use crate::diagnostic::Diagnostics;
use crate::document::Resolved;

pub(crate) use schemas::same_id;
pub(crate) use values::{value, value_with};

/// What a document means, and what it says that has no meaning.
///
/// The API is complete in any case; with an error among the diagnostics nothing must be generated from it.
///
/// ```
/// use specie_codegen::{Strictness, document, lower, source::Source, syntax};
///
/// let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'204': {description: Done.}}}}}\n";
/// let source = Source::new("a.yaml", text);
/// let (documents, _) = syntax::read(&source);
/// let (resolved, _) = document::resolved(&source, documents, Strictness::Lenient);
///
/// let (api, found) = lower::api(&resolved.expect("the document is sound"));
/// assert!(found.is_empty());
/// assert_eq!(api.operations[0].label(), "get /a");
/// ```
#[must_use]
pub fn api(resolved: &Resolved) -> (Api, Diagnostics) {
    let document = &resolved.document;
    let (schemas, mut diagnostics) = schemas::schemas(document);
    let security = security::schemes(document);
    let servers = servers::lists(document);
    let context = operations::LowerContext { document, security: &security, servers: &servers };
    let (operations, webhooks, found) = operations::operations(context);
    diagnostics.extend(found);
    let mut api = Api {
        info: docs::info(document),
        tags: docs::tags(document),
        servers: servers.all,
        security_schemes: security.list,
        undeclared_security: resolved.undeclared_security().to_vec(),
        schemas,
        operations,
        webhooks,
    };
    sse_data::mark_typed(document, &mut api);
    diagnostics.extend(secrets::mark(&mut api));
    (api, diagnostics)
}

#[cfg(test)]
mod tests;
