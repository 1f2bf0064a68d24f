//! The walk over a tree along the grammar: from the outside in, to each node whose shape the grammar knows.

use super::{Shape, Version, shape_under};
use crate::syntax::Node;

impl Shape {
    /// The shape of an item, where a list is expected.
    const fn of_item(self) -> Option<Self> {
        match self {
            Self::List(inner) => Some(*inner),
            _ => None,
        }
    }

    /// The shape of what stands under a key, where an object is expected.
    fn of_entry(self, key: &str, version: Version) -> Option<Self> {
        match self {
            Self::Map(inner) | Self::Named(inner) => Some(*inner),
            _ => shape_under(self.kind()?, key, version),
        }
    }
}

/// Visits each node with the shape expected. The visitor may change the node, and says whether to go on with what is in it.
pub(crate) fn visit(
    node: &mut Node,
    shape: Shape,
    version: Version,
    visitor: &mut impl FnMut(&mut Node, Shape) -> bool,
) {
    if !visitor(node, shape) {
        return;
    }
    if let Some(inner) = shape.of_item() {
        node.items_mut().iter_mut().for_each(|item| visit(item, inner, version, visitor));
    }
    for (key, value) in node.entries_mut() {
        if let Some(inner) = shape.of_entry(key.text(), version) {
            visit(value, inner, version, visitor);
        }
    }
}

/// The same for a tree that stays as it is. The visitor also gets the tokens of the JSON pointer to the node, and what it returned for the
/// node around it; for the first node that is `around`.
pub(crate) fn visit_located<T>(
    node: &Node,
    shape: Shape,
    version: Version,
    around: &T,
    visitor: &mut impl FnMut(&Node, Shape, &[String], &T) -> T,
) {
    fn walk<T>(
        node: &Node,
        shape: Shape,
        version: Version,
        tokens: &mut Vec<String>,
        around: &T,
        visitor: &mut impl FnMut(&Node, Shape, &[String], &T) -> T,
    ) {
        let here = visitor(node, shape, tokens, around);
        let items = node.items().iter().enumerate();
        let items = items.filter_map(|(at, item)| Some((at.to_string(), item, shape.of_item()?)));
        let entries = node.entries();
        let entries = entries
            .filter_map(|(key, value)| Some((key.text().to_owned(), value, shape.of_entry(key.text(), version)?)));
        for (token, part, inner) in items.chain(entries) {
            tokens.push(token);
            walk(part, inner, version, tokens, &here, visitor);
            tokens.pop();
        }
    }
    walk(node, shape, version, &mut Vec::new(), around, visitor);
}
