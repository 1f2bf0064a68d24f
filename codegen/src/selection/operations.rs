//! The operations of a document, found by its outline alone.

use crate::extension_keys;
use crate::path_item_operations;
use crate::syntax::Node;
use crate::syntax::reference_lookup::{Trees, reference};

/// The maps of path items in the root of a document.
pub(super) const HOLDERS: &[&str] = &["paths", "webhooks", "x-webhooks"];

/// One operation.
pub(super) struct Operation<'a> {
    /// Which of [`HOLDERS`] it is in.
    pub(super) holder: &'static str,
    /// The key of its path item.
    pub(super) item: &'a str,
    /// Its own key, as it is written.
    pub(super) key: &'a str,
    /// Its method in upper case.
    pub(super) method: String,
    /// Its path; webhooks have none.
    pub(super) path: Option<&'a str>,
    pub(super) node: &'a Node,
}

impl<'a> Operation<'a> {
    /// Its `operationId`; of a webhook that has none, its key.
    pub(super) fn id(&self) -> Option<&'a str> {
        let stated = self.node.get("operationId").and_then(Node::text);
        stated.or_else(|| self.path.is_none().then_some(self.item))
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = &'a str> {
        self.node.get("tags").map_or(&[][..], Node::items).iter().filter_map(Node::text)
    }

    /// The id of the operation that tells whether this one happened.
    pub(super) fn asks(&self) -> Option<&'a str> {
        self.node.get(extension_keys::RECONCILE)?.get("operation")?.text()
    }
}

/// Every operation, in the order of the document.
pub(super) fn all(trees: Trees<'_>) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    let Some(root) = trees.root() else { return found };
    for holder in HOLDERS {
        for (item, node) in root.get(holder).into_iter().flat_map(Node::entries) {
            let whole = resolved(trees, node);
            // What stands beside a reference is its own, unless what is named has it too.
            let beside = path_item_operations::operations(node)
                .filter(|(key, _)| reference(node).is_some() && whole.get(key.text()).is_none());
            for (key, node) in path_item_operations::operations(whole).chain(beside) {
                let path = (*holder == "paths").then(|| item.text());
                let method = key.text().to_ascii_uppercase();
                found.push(Operation { holder, item: item.text(), key: key.text(), method, path, node });
            }
        }
    }
    found
}

/// What a path item is, which may be written as a reference.
pub(super) fn resolved<'a>(trees: Trees<'a>, item: &'a Node) -> &'a Node {
    let target = reference(item).and_then(|(text, span)| trees.node(&trees.destination(text, span)?));
    target.unwrap_or(item)
}
