//! Links that name an operation of another file: in the bundled document they name it by its path and method.

use std::collections::HashMap;

use super::trees::Trees;
use crate::grammar::{Kind, Shape, Version, visit};
use crate::pointer;
use crate::source::{FileId, Source, Span};
use crate::syntax::Node;

/// What each `operationRef` names.
pub(super) struct LinkTargets<'a> {
    source: &'a Source,
    /// The place of the operation by that of the text.
    operations: HashMap<Span, Span>,
}

impl<'a> LinkTargets<'a> {
    /// Those of all files, before anything moves.
    pub(super) fn of(trees: &Trees<'a>) -> Self {
        let mut found = HashMap::new();
        let mut waiting: Vec<&Node> = trees.all().collect();
        if waiting.len() == 1 {
            return Self { source: trees.source, operations: found };
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
        Self { source: trees.source, operations: found }
    }

    /// Writes each for the bundled document: by the path and method of an operation that the document has, else with the name of the file
    /// that it stands in, where it would name an operation of the document.
    pub(super) fn rewrite(&self, root: &mut Node, version: Version) {
        if self.source.files.len() == 1 {
            return;
        }
        let places = places(root);
        visit(root, Shape::Object(Kind::OpenApi), version, &mut |node, shape| {
            if shape.kind() == Some(Kind::Link)
                && let Some(text) = node.get_mut("operationRef")
                && let Some(new) = self.text(text, &places)
                && let Some(scalar) = text.as_scalar_mut()
            {
                scalar.text = new.into();
            }
            true
        });
    }

    /// What is written for a text; `None` where it stays.
    fn text(&self, text: &Node, places: &HashMap<Span, String>) -> Option<String> {
        let place = self.operations.get(&text.span).and_then(|operation| places.get(operation));
        let is_of_root = text.span.file == FileId::ROOT;
        let of_file = || {
            let pointer = text.as_str().filter(|text| !is_of_root && text.starts_with('#'))?;
            Some(format!("{}{pointer}", self.source.name(text.span.file)))
        };
        place.cloned().or_else(of_file)
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
