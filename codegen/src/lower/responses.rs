//! Responses, their headers and links.

use std::collections::HashMap;

use openapiv3 as stated;
use openapiv3::{LinkOperation, ReferenceOr, StatusCode};

use super::docs::{Texts, docs};
use super::{content, servers, values};
use crate::api::{EntrySpan, Link, LinkTarget, Method, Outcome, Response, Status};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::path_step::{Entry, PathStep};
use crate::document::source_map::{ObjectId, ObjectSpans};
use crate::document::{self, Document, Located};
use crate::extension_keys;
use crate::source::Span;

/// The documented responses of an operation, in the document's order with `default` last, and their diagnostics.
pub(super) fn responses(
    document: &Document,
    stated: &stated::Responses,
    method: &Method,
) -> (Vec<Response>, Diagnostics) {
    leave_out_content(method, all(document, stated))
}

fn all(document: &Document, stated: &stated::Responses) -> Vec<Response> {
    // An operation of OpenAPI 3.1 may have none.
    let Some(holder) = document.id(stated) else { return Vec::new() };
    let references = references(document, holder);
    let by_status = stated.responses.iter().filter_map(|(code, at)| Some((status(code)?, at)));
    let default = stated.default.iter().map(|at| (Status::Default, at));
    let found = by_status.chain(default).filter_map(|(status, at)| {
        let located = document.response(at)?;
        // It is where the operation has its status: the key that names the object, or the key above a reference.
        let span = match at {
            ReferenceOr::Item(_) => located.object.name,
            ReferenceOr::Reference { .. } => *references.get(&status)?,
        };
        Some(response(document, (status, span), located))
    });
    found.collect()
}

/// The keys of the statuses under which there is a reference.
fn references(document: &Document, holder: ObjectId) -> HashMap<Status, Span> {
    let known = |(step, site): (&PathStep, &crate::document::ReferenceSite)| match &step.entry {
        Entry::Name(name) => Some((status_of_key(name)?, site.name)),
        Entry::Only | Entry::Index(_) => None,
    };
    document.supplement.references(holder).filter_map(known).collect()
}

fn status(code: &StatusCode) -> Option<Status> {
    match code {
        StatusCode::Code(code) => Some(Status::Code(*code)),
        StatusCode::Range(range) => u8::try_from(*range).ok().map(Status::Range),
    }
}

/// The status that a key of `responses` means, however it is spelled.
fn status_of_key(key: &str) -> Option<Status> {
    if key == "default" { Some(Status::Default) } else { document::status(key).as_ref().and_then(status) }
}

fn response(document: &Document, (status, span): (Status, Span), located: Located<'_, stated::Response>) -> Response {
    let (stated, object) = (located.stated, located.object);
    let texts = Texts { summary: located.text("summary"), description: Some(&stated.description), ..Texts::default() };
    let key_of = |name: &str| object.field(name).map(|field| field.key);
    let (content, headers) = content::of_response(document, stated);
    let (outcome, outcome_span) = outcome(object);
    Response {
        status,
        content,
        headers,
        links: links(document, &stated.links),
        outcome,
        outcome_span,
        docs: docs(object, texts),
        span,
        headers_span: key_of("headers"),
        links_span: key_of("links"),
    }
}

/// `x-specie-outcome` of a response, and where it stands.
fn outcome(response: &ObjectSpans) -> (Option<Outcome>, Option<EntrySpan>) {
    let stated = response.extension(extension_keys::OUTCOME);
    let outcome = stated.and_then(|(_, node)| match node.text()? {
        "done" => Some(Outcome::Done),
        "refused" => Some(Outcome::Refused),
        "unknown" => Some(Outcome::Unknown),
        "duplicate" => Some(Outcome::Duplicate),
        "none" => Some(Outcome::None),
        _ => None,
    });
    (outcome, stated.map(|(key, node)| key.entry(node)))
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

/// Why a response of a status cannot have a body: to HEAD none has, and of the statuses 204, 205 and 304 none (RFC 9110 sections 9.3.2,
/// 15.3.5, 15.3.6 and 15.4.5).
fn without_body(method: &Method, status: Status) -> Option<String> {
    match status {
        _ if method.as_str() == "HEAD" => Some("a response to HEAD".to_owned()),
        Status::Code(code @ (204 | 205 | 304)) => Some(format!("a response of the status {code}")),
        _ => None,
    }
}

/// Leaves out the `content` of each response that cannot have a body, with a report of each.
fn leave_out_content(method: &Method, responses: Vec<Response>) -> (Vec<Response>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let without_content = |response: Response| match without_body(method, response.status) {
        Some(what) if !response.content.is_empty() => {
            let message = format!("{what} has no body; its `content` is left out");
            diagnostics
                .warning(Code::BodilessResponse, message, response.span)
                .help("remove the `content`; headers are sent");
            Response { content: Vec::new(), ..response }
        }
        _ => response,
    };
    (responses.into_iter().map(without_content).collect(), diagnostics)
}
