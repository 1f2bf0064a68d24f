//! Operations with the same `operationId`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::{Kind, Shape, Version, shape_under, visit};
use crate::source::Span;
use crate::syntax::Node;

/// Drops an `operationId` from all operations that have it, where there are several: they are called by method and path, whichever of
/// them comes first.
pub(super) fn drop_repeated(root: &mut Node, version: Version, diagnostics: &mut Diagnostics) {
    let places = repeated(root, version);
    if places.is_empty() {
        return;
    }
    for (id, spans) in &places {
        report(id, spans, diagnostics);
    }
    visit_operations(root, Shape::Object(Kind::OpenApi), version, &mut |operation| {
        let id = operation.get("operationId").and_then(Node::as_str);
        if id.is_some_and(|id| places.contains_key(id))
            && let Some(mapping) = operation.as_mapping_mut()
        {
            mapping.retain(|(key, _)| key.text() != "operationId");
        }
    });
}

/// The names that several operations have, and where each of them stands.
fn repeated(root: &mut Node, version: Version) -> BTreeMap<String, Vec<Span>> {
    let mut places: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut note = |operation: &Node, is_shared: bool| {
        let Some((id, span)) = operation.get("operationId").and_then(|id| Some((id.as_str()?, id.span))) else {
            return;
        };
        let spans = places.entry(id.to_owned()).or_default();
        // A callback of several operations is one, described once.
        if !(is_shared && spans.contains(&span)) {
            spans.push(span);
        }
    };
    // What stands under `components` was copied to where it is used.
    for (key, node) in root.entries_mut().filter(|(key, _)| key.text() != "components") {
        let Some(shape) = shape_under(Kind::OpenApi, key.text(), version) else { continue };
        visit(node, shape, version, &mut |node, shape| match shape.kind() {
            Some(Kind::Operation) => {
                note(node, false);
                true
            }
            Some(Kind::Callback) => {
                visit_operations(node, shape, version, &mut |operation| note(operation, true));
                false
            }
            kind => kind != Some(Kind::Schema),
        });
    }
    places.retain(|_, spans| spans.len() > 1);
    places
}

fn visit_operations(node: &mut Node, shape: Shape, version: Version, visitor: &mut impl FnMut(&mut Node)) {
    visit(node, shape, version, &mut |node, shape| {
        if shape.kind() == Some(Kind::Operation) {
            visitor(node);
        }
        shape.kind() != Some(Kind::Schema)
    });
}

fn report(id: &str, spans: &[Span], diagnostics: &mut Diagnostics) {
    let Some((first, others)) = spans.split_first() else { return };
    for again in others {
        let message = format!("several operations are called {}, and go by method and path", quoted(id));
        let found = diagnostics.warning(Code::DuplicateOperationId, message, *again);
        // A path item that several paths refer to stands in one place.
        if again != first {
            found.mark("again here").label(*first, "first here");
        }
        found.help("give each of them a name of its own");
    }
}
