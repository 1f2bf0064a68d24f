//! Which place of the document a node is marked at: diagnostics point at keys, and nodes know only their values.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::source::Span;
use crate::syntax::Node;

/// The keys of a document's nodes, looked up when the first one is asked for.
pub struct Places<'a> {
    root: &'a Node,
    keys: OnceCell<HashMap<Span, Span>>,
}

impl<'a> Places<'a> {
    /// The places of a document.
    pub fn of_document(root: &'a Node) -> Self {
        Self { root, keys: OnceCell::new() }
    }

    /// What names a node: itself if it is a scalar, its key, or for an item of a list its `name` or first key.
    pub fn of(&self, node: &Node) -> Span {
        let first = || node.entries().next().map_or(node.span, |(key, _)| key.span);
        self.key_of(node.span).unwrap_or_else(|| node.get("name").map_or_else(first, |name| name.span))
    }

    /// The key of the object or list at a place.
    pub fn key_of(&self, value: Span) -> Option<Span> {
        self.keys.get_or_init(|| keys(self.root)).get(&value).copied()
    }
}

fn keys(root: &Node) -> HashMap<Span, Span> {
    let mut keys = HashMap::new();
    let mut ahead = vec![root];
    while let Some(node) = ahead.pop() {
        for (key, value) in node.entries() {
            if value.text().is_none() {
                // What a YAML alias repeats is marked where it stands first.
                keys.entry(value.span).or_insert(key.span);
                ahead.push(value);
            }
        }
        ahead.extend(node.items());
    }
    keys
}
