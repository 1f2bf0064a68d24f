//! Path items, operations, request bodies and responses.

use indexmap::IndexMap;
use openapiv3 as api;
use openapiv3::ReferenceOr;

use super::parameter::{content, headers, parameter};
use super::{Outcome, extensions, external_docs, flag, is_named, leaf, list, map, or_reference, security, text, texts};
use crate::syntax::Node;

pub(super) fn path_item(node: &Node) -> Outcome<api::PathItem> {
    let method = |name| node.get(name).map(operation).transpose();
    Ok(api::PathItem {
        summary: text(node, "summary"),
        description: text(node, "description"),
        get: method("get")?,
        put: method("put")?,
        post: method("post")?,
        delete: method("delete")?,
        options: method("options")?,
        head: method("head")?,
        patch: method("patch")?,
        trace: method("trace")?,
        servers: list(node, "servers", leaf::read)?,
        parameters: parameters(node)?,
        extensions: extensions(node),
    })
}

fn operation(node: &Node) -> Outcome<api::Operation> {
    Ok(api::Operation {
        tags: texts(node, "tags"),
        summary: text(node, "summary"),
        description: text(node, "description"),
        external_docs: external_docs(node)?,
        operation_id: text(node, "operationId"),
        parameters: parameters(node)?,
        request_body: node.get("requestBody").map(|body| or_reference(body, request_body)).transpose()?,
        responses: node.get("responses").map(responses).transpose()?.unwrap_or_default(),
        callbacks: map(node, "callbacks", callback)?,
        deprecated: flag(node, "deprecated").unwrap_or_default(),
        security: security(node),
        servers: list(node, "servers", leaf::read)?,
        extensions: extensions(node),
    })
}

fn parameters(node: &Node) -> Outcome<Vec<ReferenceOr<api::Parameter>>> {
    list(node, "parameters", |node| or_reference(node, parameter))
}

pub(super) fn request_body(node: &Node) -> Outcome<api::RequestBody> {
    Ok(api::RequestBody {
        description: text(node, "description"),
        content: content(node)?,
        required: flag(node, "required").unwrap_or_default(),
        extensions: extensions(node),
    })
}

fn responses(node: &Node) -> Outcome<api::Responses> {
    let mut found = api::Responses { extensions: extensions(node), ..api::Responses::default() };
    for (key, value) in node.entries() {
        if key.text() == "default" {
            found.default = Some(or_reference(value, response)?);
        } else if let Some(status) = status(key.text()) {
            found.responses.insert(status, or_reference(value, response)?);
        }
    }
    Ok(found)
}

fn status(text: &str) -> Option<api::StatusCode> {
    match text.parse() {
        Ok(code) => Some(api::StatusCode::Code(code)),
        Err(_) => match text.as_bytes() {
            [first @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(api::StatusCode::Range(u16::from(first - b'0'))),
            _ => None,
        },
    }
}

pub(super) fn response(node: &Node) -> Outcome<api::Response> {
    Ok(api::Response {
        description: text(node, "description").unwrap_or_default(),
        headers: headers(node)?,
        content: content(node)?,
        links: links(node.get("links"))?,
        extensions: extensions(node),
    })
}

/// Links that name an operation; `openapiv3` takes no others, and they say nothing.
pub(super) fn links(node: Option<&Node>) -> Outcome<IndexMap<String, ReferenceOr<api::Link>>> {
    let named = |node: &Node| ["$ref", "operationId", "operationRef"].iter().any(|key| node.get(key).is_some());
    let entries = node.into_iter().flat_map(Node::entries).filter(|(_, node)| named(node));
    entries.map(|(key, node)| Ok((key.text().to_owned(), or_reference(node, leaf::read)?))).collect()
}

pub(super) fn callback(node: &Node) -> Outcome<api::Callback> {
    let items = node.entries().filter(|(key, _)| is_named(key));
    items.map(|(key, node)| Ok((key.text().to_owned(), path_item(node)?))).collect::<Outcome<IndexMap<_, _>>>()
}
