//! The operations of a path item in a tree, for the stages that work on trees.

use crate::http::METHODS;
use crate::syntax::{Key, Node};

/// The key of a path item under which OpenAPI 3.2 has operations of other methods.
pub(crate) const ADDITIONAL: &str = "additionalOperations";

/// Whether a key of a path item holds an operation: one of the eight methods, or `query` (OpenAPI 3.2).
pub(crate) fn is_method(key: &str) -> bool {
    METHODS.contains(&key) || key == "query"
}

/// The operations of a path item, each under its method.
pub(crate) fn operations(item: &Node) -> impl Iterator<Item = (&Key, &Node)> {
    let further = item.get(ADDITIONAL).into_iter().flat_map(Node::entries);
    item.entries().filter(|(key, _)| is_method(key.text())).chain(further)
}

/// The operations of a path item, each under its method, by mutable reference.
pub(crate) fn operations_mut(item: &mut Node) -> impl Iterator<Item = (&Key, &mut Node)> {
    item.entries_mut().flat_map(|(key, node)| {
        let (own, further) = match key.text() {
            ADDITIONAL => (None, Some(node)),
            method => (is_method(method).then_some((key, node)), None),
        };
        own.into_iter().chain(further.into_iter().flat_map(Node::entries_mut))
    })
}
