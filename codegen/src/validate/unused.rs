//! Components that nothing uses.

use std::collections::{HashMap, HashSet};

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::{Kind, SECTIONS};
use crate::syntax::{Node, pointer};

/// Components that cannot be reached from an operation.
pub(super) fn unused_components(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    // Without operations the document is a collection of components for others.
    if index.operations.is_empty() {
        return;
    }
    let used = used(index);
    for (kind, section) in SECTIONS {
        let entries = index.root.get("components").and_then(|components| components.get(section));
        for (key, node) in entries.into_iter().flat_map(Node::entries) {
            if used.contains(&(*section, key.text())) || *kind == Kind::Schema && extends_a_used_one(index, node, &used)
            {
                continue;
            }
            let message = format!("the {} {} is not used", kind.noun(), quoted(key.text()));
            diagnostics
                .warning(Code::UnusedComponent, message, key.span)
                .help("refer to it from an operation, or remove it");
        }
    }
}

type Name<'a> = (&'a str, &'a str);

fn used<'a>(index: &Index<'a>) -> HashSet<Name<'a>> {
    let mut edges: HashMap<Option<Name<'a>>, Vec<Name<'a>>> = HashMap::new();
    for reference in &index.references {
        let target = component_of(index, reference.text);
        if let Some(target) = target {
            edges.entry(reference.owner).or_default().push(target);
        }
    }
    let schemes = index.all(Kind::SecurityRequirement).iter().flat_map(|found| found.node.entries());
    edges.entry(None).or_default().extend(schemes.map(|(key, _)| ("securitySchemes", key.text())));
    let mut used = HashSet::new();
    let mut next = edges.remove(&None).unwrap_or_default();
    while let Some(name) = next.pop() {
        if used.insert(name) {
            next.extend(edges.get(&Some(name)).into_iter().flatten());
        }
    }
    used
}

/// The component that a reference, or a schema's name in a mapping, means.
fn component_of<'a>(index: &Index<'a>, text: &'a str) -> Option<Name<'a>> {
    let Some(pointer) = text.strip_prefix("#/components/") else { return Some(("schemas", text)) };
    let (section, name) = pointer.split_once('/')?;
    let sections = index.root.get("components")?;
    let (section_key, entries) = sections.entry(section)?;
    let tokens = pointer::tokens(&text[1..])?;
    let name = tokens.last().map_or(name, |token| token.as_ref());
    entries.entry(name).map(|(key, _)| (section_key.text(), key.text()))
}

/// Whether a schema extends one that is used and tells its extensions apart: then values of it appear where the other is named.
fn extends_a_used_one(index: &Index<'_>, node: &Node, used: &HashSet<Name<'_>>) -> bool {
    let parts = node.get("allOf").map_or(&[][..], Node::items);
    parts.iter().filter_map(|part| part.get("$ref")?.as_str()).any(|text| {
        let base = index.named(text).is_some_and(|schema| schema.get("discriminator").is_some());
        base && component_of(index, text).is_some_and(|name| used.contains(&name))
    })
}
