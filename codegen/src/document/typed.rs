//! The tree as `openapiv3`'s document model.
//!
//! What is recursive is put together by hand: serde's buffering inside of `openapiv3` copies a schema once for each level around
//! it, and tries each level twice when it fails. The leaves are read by serde.

mod leaf;
mod operation;
mod parameter;
mod schema;

use indexmap::IndexMap;
use openapiv3 as api;
use openapiv3::ReferenceOr;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::source::Span;
use crate::syntax::{Key, Mapping, Node};

/// A place that `openapiv3` does not accept although the grammar does.
pub(crate) struct Refused {
    pub(crate) span: Span,
    pub(crate) reason: String,
}

/// How many entries are converted at a time.
const PORTION: usize = 512;

type Outcome<T> = Result<T, Refused>;

/// Converts a checked and bundled document.
pub(crate) fn typed(root: &Node) -> Outcome<api::OpenAPI> {
    let paths = root.get("paths");
    Ok(api::OpenAPI {
        openapi: text(root, "openapi").unwrap_or_default(),
        info: root.get("info").map(leaf::read).transpose()?.unwrap_or_default(),
        servers: list(root, "servers", leaf::read)?,
        paths: api::Paths {
            paths: each(paths, |key| key.text().starts_with('/'), path_item_or_reference)?,
            extensions: paths.map(extensions).unwrap_or_default(),
        },
        components: root.get("components").map(components).transpose()?,
        security: security(root),
        tags: list(root, "tags", leaf::read)?,
        external_docs: external_docs(root)?,
        extensions: extensions(root),
    })
}

fn components(node: &Node) -> Outcome<api::Components> {
    let all = |_: &Key| true;
    Ok(api::Components {
        schemas: each(node.get("schemas"), all, schema::or_reference)?,
        responses: each(node.get("responses"), all, |node| or_reference(node, operation::response))?,
        parameters: each(node.get("parameters"), all, |node| or_reference(node, parameter::parameter))?,
        examples: each(node.get("examples"), all, |node| or_reference(node, leaf::read))?,
        request_bodies: each(node.get("requestBodies"), all, |node| or_reference(node, operation::request_body))?,
        headers: each(node.get("headers"), all, |node| or_reference(node, parameter::header))?,
        security_schemes: each(node.get("securitySchemes"), all, |node| or_reference(node, leaf::read))?,
        links: operation::links(node.get("links"))?,
        callbacks: each(node.get("callbacks"), all, |node| or_reference(node, operation::callback))?,
        extensions: extensions(node),
    })
}

fn path_item_or_reference(node: &Node) -> Outcome<ReferenceOr<api::PathItem>> {
    or_reference(node, operation::path_item)
}

/// Converts the entries of a large map on all cores.
fn each<T: Send>(
    node: Option<&Node>,
    keep: impl Fn(&Key) -> bool + Sync,
    convert: impl Fn(&Node) -> Outcome<T> + Sync,
) -> Outcome<IndexMap<String, T>> {
    let entries = node.and_then(Node::as_mapping).map_or(&[][..], Mapping::entries);
    let mut map = IndexMap::with_capacity(entries.len());
    // In portions, because what `openapiv3` makes of a path is large, and would be there twice.
    for portion in entries.chunks(PORTION) {
        let kept = portion.par_iter().filter(|(key, _)| keep(key));
        let pairs = kept.map(|(key, node)| Ok((key.text().to_owned(), convert(node)?)));
        map.extend(pairs.collect::<Outcome<Vec<_>>>()?);
    }
    Ok(map)
}

// The two below are loops because schemas recurse through them: iterators would cost several frames for each level.

fn map<T>(node: &Node, key: &str, convert: impl Fn(&Node) -> Outcome<T>) -> Outcome<IndexMap<String, T>> {
    let mut map = IndexMap::new();
    for (key, node) in node.get(key).into_iter().flat_map(Node::entries) {
        map.insert(key.text().to_owned(), convert(node)?);
    }
    Ok(map)
}

fn list<T>(node: &Node, key: &str, convert: impl Fn(&Node) -> Outcome<T>) -> Outcome<Vec<T>> {
    let mut list = Vec::new();
    for item in node.get(key).map_or(&[][..], Node::items) {
        list.push(convert(item)?);
    }
    Ok(list)
}

fn or_reference<T>(node: &Node, convert: impl Fn(&Node) -> Outcome<T>) -> Outcome<ReferenceOr<T>> {
    match text(node, "$ref") {
        Some(reference) => Ok(ReferenceOr::Reference { reference }),
        None => convert(node).map(ReferenceOr::Item),
    }
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_str).map(str::to_owned)
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    let items = node.get(key).map_or(&[][..], Node::items);
    items.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}

fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key).and_then(Node::as_bool)
}

fn security(node: &Node) -> Option<Vec<api::SecurityRequirement>> {
    let items = node.get("security")?.items();
    let scopes = |node: &Node| node.items().iter().filter_map(Node::as_str).map(str::to_owned).collect();
    let requirement = |item: &Node| item.entries().map(|(key, node)| (key.text().to_owned(), scopes(node))).collect();
    Some(items.iter().map(requirement).collect())
}

fn external_docs(node: &Node) -> Outcome<Option<api::ExternalDocumentation>> {
    node.get("externalDocs").map(leaf::read).transpose()
}

fn extensions(node: &Node) -> IndexMap<String, serde_json::Value> {
    let entries = node.entries().filter(|(key, _)| key.text().starts_with("x-"));
    entries.map(|(key, value)| (key.text().to_owned(), value.to_json())).collect()
}

/// Nothing but entries that the document names, in a callback.
fn is_named(key: &Key) -> bool {
    !key.text().starts_with("x-")
}
