//! References in places where OpenAPI has none, as in `paths: { $ref: ./paths.yaml }`: what they name is copied there.

use std::collections::HashMap;

use super::trees::Trees;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::{Shape, Version, visit};
use crate::size_limits::{COPIES, DEPTH};
use crate::source::Span;
use crate::syntax::Node;
use crate::syntax::reference_lookup::Location;

/// Copies that lead to further copies more often than this never end.
const ROUNDS: usize = 20;

#[derive(Default)]
pub(super) struct Expansion {
    copied: usize,
    /// How many copies deep the location at hand is.
    pub(super) rounds: usize,
}

impl Expansion {
    /// Copies what references name into their places below a location; returns whether something was copied.
    pub(super) fn apply(
        &mut self,
        trees: &mut Trees<'_>,
        location: &Location,
        (shape, version): (Shape, Version),
        references: HashMap<Span, Box<str>>,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let mut copies = HashMap::new();
        let mut references: Vec<_> = references.into_iter().collect();
        references.sort_unstable_by_key(|(span, _)| *span);
        self.rounds += 1;
        for (span, text) in references {
            if let Some(node) = self.copy(trees, span, &text, diagnostics) {
                copies.insert(span, node);
            }
        }
        let Some(node) = trees.node_mut(location).filter(|_| !copies.is_empty()) else { return false };
        visit(node, shape, version, &mut |node, _| {
            let span = node.get("$ref").map(|text| text.span);
            let Some(copy) = span.and_then(|span| copies.get(&span)) else { return true };
            replace(node, copy.clone());
            // References in the copy are found, and followed, when it is checked.
            false
        });
        if node.depth() > DEPTH {
            let span = Span { end: node.span.start, ..node.span };
            let message = format!("with what its references copy, this has more than {DEPTH} levels");
            diagnostics.error(Code::TooDeep, message, span).help("refer to components instead");
            return false;
        }
        true
    }

    fn copy(&mut self, trees: &Trees<'_>, span: Span, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
        let target = trees.target(text, span);
        let found = target.ok().and_then(|target| trees.follow(&target).ok());
        let Some(node) = found.and_then(|location| trees.node(&location)) else {
            diagnostics
                .error(Code::DanglingReference, format!("{} names nothing that can be read", quoted(text)), span)
                .help("write the object itself here");
            return None;
        };
        self.copied += node.size();
        if self.copied > COPIES {
            diagnostics
                .error(Code::TooLarge, format!("misplaced references copy more than {COPIES} nodes"), span)
                .help("refer to components instead");
            return None;
        }
        if self.rounds > ROUNDS {
            diagnostics
                .error(Code::CircularReference, format!("{} holds itself", quoted(text)), span)
                .help("one of the references on the way has to be an object");
            return None;
        }
        Some(node.clone())
    }
}

/// Puts a copy into the place of a reference; entries beside the reference stay.
fn replace(node: &mut Node, copy: Node) {
    let old = std::mem::replace(node, copy);
    let beside = old.entries().filter(|(key, _)| key.text() != "$ref");
    let beside: Vec<_> = beside.map(|(key, value)| (key.clone(), value.clone())).collect();
    if let Some(mapping) = node.as_mapping_mut() {
        mapping.retain(|(key, _)| beside.iter().all(|(other, _)| other.text() != key.text()));
        for (key, value) in beside {
            mapping.push(key, value);
        }
    }
}
