//! Responses, their headers and links.

use std::collections::HashMap;

use openapiv3 as stated;
use openapiv3::{LinkOperation, ReferenceOr, StatusCode};

use super::docs::{Texts, docs};
use super::{content, extensions, servers, values};
use crate::api::{Link, LinkTarget, Response, Status};
use crate::document::source_map::ObjectId;
use crate::document::step::{Entry, Step};
use crate::document::{self, Document, Located};
use crate::source::Span;

/// The documented responses of an operation, in the document's order; `default` comes last.
pub(super) fn responses(document: &Document, stated: &stated::Responses) -> Vec<Response> {
    // An operation of OpenAPI 3.1 may have none.
    let Some(holder) = document.id(stated) else { return Vec::new() };
    let references = references(document, holder);
    let by_status = stated.responses.iter().map(|(code, at)| (status(code), at));
    let default = stated.default.iter().map(|at| (Status::Default, at));
    let found = by_status.chain(default).filter_map(|(status, at)| {
        let located = document.response(at)?;
        // It is where the operation has its status: under a reference that is the key above it, or else the key that names the object.
        let span = references.get(&status).copied().unwrap_or(located.object.name);
        Some(response(document, (status, span), located))
    });
    found.collect()
}

/// The keys of the statuses under which there is a reference.
fn references(document: &Document, holder: ObjectId) -> HashMap<Status, Span> {
    let known = |(step, site): (&Step, &crate::document::ReferenceSite)| match &step.entry {
        Entry::Name(name) => Some((status_of_key(name)?, site.name)),
        Entry::Only | Entry::Index(_) => None,
    };
    document.supplement.references(holder).filter_map(known).collect()
}

fn status(code: &StatusCode) -> Status {
    match code {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(range) => Status::Range(u8::try_from(*range).unwrap_or_default()),
    }
}

/// The status that a key of `responses` means, however it is spelled.
fn status_of_key(key: &str) -> Option<Status> {
    if key == "default" { Some(Status::Default) } else { document::status(key).as_ref().map(status) }
}

fn response(document: &Document, (status, span): (Status, Span), located: Located<'_, stated::Response>) -> Response {
    let (stated, object) = (located.stated, located.object);
    let texts = Texts { summary: located.text("summary"), description: Some(&stated.description), ..Texts::default() };
    let key_of = |name: &str| object.field(name).map(|field| field.key);
    let (outcome, outcome_span) = extensions::outcome(object);
    Response {
        status,
        content: content::media_types(document, &stated.content),
        headers: content::headers(document, &stated.headers),
        links: links(document, &stated.links),
        outcome,
        outcome_span,
        docs: docs(object, texts),
        span,
        headers_span: key_of("headers"),
        links_span: key_of("links"),
    }
}

fn links(document: &Document, stated: &indexmap::IndexMap<String, ReferenceOr<stated::Link>>) -> Vec<Link> {
    stated.iter().filter_map(|(name, at)| Some(link(document, name, document.link(at)?))).collect()
}

fn link(document: &Document, name: &str, located: Located<'_, stated::Link>) -> Link {
    let (stated, object) = (located.stated, located.object);
    let parameters = located.value("parameters").into_iter().flat_map(|(_, node)| node.entries());
    let server = stated.server.as_ref().and_then(|server| document.located(server));
    Link {
        name: name.to_owned(),
        target: match &stated.operation {
            LinkOperation::OperationId(id) => LinkTarget::Id(id.clone()),
            LinkOperation::OperationRef(reference) => LinkTarget::Reference(reference.clone()),
        },
        parameters: parameters.map(|(name, node)| (name.text().to_owned(), values::value(node))).collect(),
        request_body: located.value("requestBody").map(|(_, node)| values::value(node)),
        server: server.map(|server| servers::server(document, server)),
        docs: docs(object, Texts::description(stated.description.as_deref())),
        span: object.name,
    }
}
