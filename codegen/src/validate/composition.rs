//! Schemas that are composed of others: `allOf`, `oneOf` and `anyOf`.

use std::collections::HashSet;

use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::source::Span;
use crate::syntax::Node;

const COMPOSERS: &[&str] = &["allOf", "oneOf", "anyOf"];

/// How many schemas one `allOf` may gather; whoever has more is believed.
const LIMIT: usize = 64;

/// Components that are composed of themselves, with no property or item in between.
pub(super) fn endless_composition(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    let schemas = survey.root.get("components").and_then(|components| components.get("schemas"));
    let mut left = HashSet::new();
    for (key, node) in schemas.into_iter().flat_map(Node::entries) {
        if let Some(span) = way_back(survey, node, &mut left) {
            diagnostics
                .error(Code::RecursiveComposition, format!("{} is composed of itself", quoted(key.text())), span)
                .label(key.span, "this schema")
                .help("refer to it from a property or from `items` instead");
        }
    }
}

/// The reference that leads back to a schema on the way to it. Schemas, told by their places, that were left once are passed by.
///
/// The way is a list and not the stack of the thread: a chain of schemas may be as long as the document.
fn way_back<'a>(survey: &Survey<'a>, start: &'a Node, left: &mut HashSet<Span>) -> Option<Span> {
    let mut around = HashSet::new();
    let mut way: Vec<(Span, Vec<&'a Node>)> = Vec::new();
    let mut next = Some(start);
    let mut back = None;
    loop {
        if let Some(node) = next.take() {
            let schema = survey.target(node);
            if around.contains(&schema.span) {
                back = back.or(Some(node.get("$ref").map_or(node.span, |text| text.span)));
            } else if left.insert(schema.span) {
                around.insert(schema.span);
                let branches = COMPOSERS.iter().filter_map(|key| schema.get(key)).flat_map(Node::items);
                way.push((schema.span, branches.collect()));
            }
        }
        let Some((span, branches)) = way.last_mut() else { return back };
        next = branches.pop();
        if next.is_none() {
            around.remove(span);
            way.pop();
        }
    }
}

/// The schema and everything that its `allOf` adds to it.
pub(super) fn parts_of<'a>(survey: &Survey<'a>, schema: &'a Node) -> Vec<&'a Node> {
    let mut parts = Vec::new();
    gather(survey, schema, &mut parts, &mut HashSet::new());
    parts
}

fn gather<'a>(survey: &Survey<'a>, node: &'a Node, parts: &mut Vec<&'a Node>, seen: &mut HashSet<Span>) {
    let schema = survey.target(node);
    if parts.len() >= LIMIT || !seen.insert(schema.span) {
        return;
    }
    parts.push(schema);
    for branch in schema.get("allOf").map_or(&[][..], Node::items) {
        gather(survey, branch, parts, seen);
    }
}
