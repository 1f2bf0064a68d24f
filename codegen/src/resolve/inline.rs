//! Copies to their places what `openapiv3` cannot hold as a reference: path items, and the callbacks of operations.

use super::trees::Trees;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::path_item_operations::{operations, operations_mut};
use crate::size_limits::COPIES;
use crate::source::{FileId, Span};
use crate::syntax::reference_lookup::{Location, reference};
use crate::syntax::{Key, Node};

/// How many path items may hold each other.
const NESTED: usize = 8;

/// Inlines all path items of the root document; `None` after an error.
pub(super) fn path_items(trees: &mut Trees<'_>, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut work = vec![];
    let paths = [
        vec!["paths"],
        vec!["x-webhooks"],
        vec!["webhooks"],
        vec!["components", "pathItems"],
        vec!["components", "callbacks"],
    ];
    for tokens in paths {
        let holder = Location { file: FileId::ROOT, tokens: tokens.iter().map(|&token| token.to_owned()).collect() };
        let deep = tokens.last() == Some(&"callbacks");
        let Some(node) = trees.node(&holder) else { continue };
        for (key, value) in
            node.entries().filter(|(key, _)| !key.text().starts_with("x-") || tokens != ["paths"] && !deep)
        {
            // A component may be a reference; its target is a component as well.
            let names: Vec<_> =
                if deep { value.entries().map(|(key, _)| key.text().to_owned()).collect() } else { Vec::new() };
            let here = child(&holder, key.text());
            if deep && reference(value).is_none() {
                work.extend(names.iter().map(|name| child(&here, name)));
            } else if !deep {
                work.push(here);
            }
        }
    }
    let mut inliner = Inliner { diagnostics, copied: 0, around: Vec::new() };
    for location in work {
        if !needs_work(trees.node(&location)?) {
            continue;
        }
        let mut item = trees.node(&location)?.clone();
        inliner.path_item(trees, &mut item)?;
        *trees.node_mut(&location)? = item;
    }
    Some(())
}

fn child(location: &Location, token: &str) -> Location {
    let mut child = location.clone();
    child.tokens.push(token.to_owned());
    child
}

/// Whether a path item is a reference or holds callbacks: few do, and the others are not copied.
fn needs_work(item: &Node) -> bool {
    reference(item).is_some() || operations(item).any(|(_, operation)| operation.get("callbacks").is_some())
}

/// The fields that stand beside a reference; none where there is no reference.
fn beside_reference(item: &Node) -> Vec<(Key, Node)> {
    let is_other = |(key, _): &(&Key, &Node)| key.text() != "$ref" && reference(item).is_some();
    item.entries().filter(is_other).map(|(key, value)| (key.clone(), value.clone())).collect()
}

struct Inliner<'a> {
    diagnostics: &'a mut Diagnostics,
    copied: usize,
    /// The references that the node at hand was copied for, from the outside in.
    around: Vec<Location>,
}

impl Inliner<'_> {
    fn path_item(&mut self, trees: &Trees<'_>, item: &mut Node) -> Option<()> {
        let depth = self.around.len();
        let own = beside_reference(item);
        self.replace(trees, item)?;
        self.keep_own_fields(item, own);
        for (_, operation) in operations_mut(item) {
            for (_, callback) in operation.get_mut("callbacks").into_iter().flat_map(Node::entries_mut) {
                let outer = self.around.len();
                self.replace(trees, callback)?;
                for (key, inner) in callback.entries_mut() {
                    if !key.text().starts_with("x-") {
                        self.path_item(trees, inner)?;
                    }
                }
                self.around.truncate(outer);
            }
        }
        self.around.truncate(depth);
        Some(())
    }

    /// Puts the fields that stand beside the reference of a path item beside those that it names (OpenAPI 3.2.0, Path Item Object).
    fn keep_own_fields(&mut self, item: &mut Node, own: Vec<(Key, Node)>) {
        let Some(fields) = item.as_mapping_mut() else { return };
        for (key, value) in own {
            if fields.position(key.text()).is_none() {
                fields.push(key, value);
            } else if !key.text().starts_with("x-") {
                let message = format!("{} stands beside a `$ref`, and in what that names", quoted(key.text()));
                self.diagnostics
                    .warning(Code::RefSiblings, message, key.span)
                    .help("leave it out here: what the reference names holds");
            }
        }
    }

    /// Puts a copy of what a reference names into its place.
    fn replace(&mut self, trees: &Trees<'_>, node: &mut Node) -> Option<()> {
        let Some((text, span)) = reference(node) else { return Some(()) };
        let target = trees.target(text, span).ok()?;
        let location = trees.follow(&target).ok()?;
        if self.around.contains(&location) {
            let message = format!("{} holds itself, by way of a callback", quoted(text));
            self.diagnostics
                .error(Code::CircularReference, message, span)
                .help("write the inner path item out, without callbacks");
            return None;
        }
        if self.around.len() >= NESTED {
            let message = format!("more than {NESTED} path items hold each other, by way of callbacks");
            self.diagnostics.error(Code::TooDeep, message, span).help("let fewer path items hold each other");
            return None;
        }
        let found = trees.node(&location)?;
        self.count(found, span)?;
        *node = found.clone();
        self.around.push(location);
        Some(())
    }

    fn count(&mut self, node: &Node, span: Span) -> Option<()> {
        self.copied += node.size();
        if self.copied <= COPIES {
            return Some(());
        }
        let message = format!("references to path items and callbacks copy more than {COPIES} nodes");
        self.diagnostics.error(Code::TooLarge, message, span).help("let fewer path items hold each other");
        None
    }
}
