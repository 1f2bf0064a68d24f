//! Converts a document to an API in passes, each of which takes finished data and returns what it made:
//!
//! 1. `schemas`: the document to all schemas, under the ids that they have there;
//! 2. `security` and `servers`: the document to schemes and lists of servers, by id;
//! 3. `operations`: the document and these ids to operations and webhooks;
//! 4. `sse_data`: the API to the texts in events that are checked as the JSON that they are read as;
//! 5. `secrets`: the API to the schemas of values that are secrets because they are called so.
//!
//! What the last two find is put into the schemas here. The passes over schemas, operations and secrets also return
//! diagnostics for what has no meaning. All carry over what a document says, whether Rust can have it or not.

mod content;
mod copied_parts;
mod docs;
mod extensions;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod secrets;
mod security;
mod servers;
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
    let security = security::schemes(document);
    let servers = servers::lists(document);
    let context = operations::LowerContext { document, security: &security, servers: &servers };
    // Operations name schemas by the ids that these have in the document, and need none of them.
    let ((schemas, mut diagnostics), (operations, webhooks, found)) =
        rayon::join(|| schemas::schemas(document), || operations::operations(context));
    diagnostics.extend(found);
    let mut api = Api {
        info: docs::info(document),
        tags: docs::tags(document),
        servers: servers.all,
        security_schemes: security.list,
        undeclared_security: resolved.undeclared_security().to_vec(),
        stated_names: resolved.stated_names().to_vec(),
        schemas,
        operations,
        webhooks,
    };
    for id in sse_data::typed_texts(document, &api) {
        api.schemas.change(id, |schema| schema.omitted.retain(|(name, _)| *name != "contentSchema"));
    }
    let (called_secrets, found) = secrets::called_secrets(&api);
    diagnostics.extend(found);
    for id in called_secrets {
        api.schemas.change(id, secrets::make_secret);
    }
    (api, diagnostics)
}

#[cfg(test)]
mod tests;
