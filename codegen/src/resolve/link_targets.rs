//! Links that name an operation of another file: in the bundled document they name it by its path and method.

use std::collections::HashMap;

use super::trees::Trees;
use crate::grammar::{Kind, Shape, Version, visit};
use crate::source::{FileId, Span};
use crate::syntax::{Node, pointer};

/// The operation that each `operationRef` names, by the places of the text and of the operation.
pub(super) struct LinkTargets(HashMap<Span, Span>);

impl LinkTargets {
    /// Those of all files, before anything moves. What names nothing is left as it is.
    pub(super) fn of(trees: &Trees<'_>) -> Self {
        let mut found = HashMap::new();
        let mut waiting: Vec<&Node> = trees.all().collect();
        if waiting.len() == 1 {
            return Self(found);
        }
        while let Some(node) = waiting.pop() {
            waiting.extend(node.items());
            for (key, value) in node.entries() {
                let text = value.as_str().filter(|_| key.text() == "operationRef");
                if let Some(operation) = text.and_then(|text| operation(trees, text, value.span)) {
                    found.insert(value.span, operation);
                }
                waiting.push(value);
            }
        }
        Self(found)
    }

    /// Writes each for the bundled document, where the operation stands under `paths`.
    pub(super) fn rewrite(&self, root: &mut Node, version: Version) {
        if self.0.is_empty() {
            return;
        }
        let places = places(root);
        visit(root, Shape::Object(Kind::OpenApi), version, &mut |node, shape| {
            if shape.kind() == Some(Kind::Link)
                && let Some(text) = node.get_mut("operationRef")
                && let Some(place) = self.0.get(&text.span).and_then(|operation| places.get(operation))
                && let Some(scalar) = text.as_scalar_mut()
            {
                scalar.text = place.as_str().into();
            }
            true
        });
    }
}

/// The place of the operation that a text names; `None` where it is a pointer into the root document already.
fn operation(trees: &Trees<'_>, text: &str, span: Span) -> Option<Span> {
    if span.file == FileId::ROOT && text.starts_with('#') {
        return None;
    }
    let location = trees.follow(&trees.target(text, span).ok()?).ok()?;
    trees.node(&location).map(|node| node.span)
}

/// The pointer to each operation by where it stands; of an operation of several paths, the first.
fn places(root: &Node) -> HashMap<Span, String> {
    let mut found = HashMap::new();
    for (path, item) in root.get("paths").into_iter().flat_map(Node::entries) {
        for (method, operation) in item.entries() {
            let place = || format!("#/paths/{}/{}", pointer::escape(path.text()), pointer::escape(method.text()));
            found.entry(operation.span).or_insert_with(place);
        }
    }
    found
}
