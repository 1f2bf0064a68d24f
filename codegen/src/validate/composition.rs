//! `allOf`, `oneOf` and `anyOf`.

use std::collections::{HashMap, HashSet};

use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Node;
use crate::document::grammar::Kind;
use crate::source::Place;

const COMPOSERS: &[&str] = &["allOf", "oneOf", "anyOf"];

/// How many schemas one `allOf` may gather; whoever has more is believed.
const LIMIT: usize = 64;

/// Components that are composed of themselves, with no property or item in between.
pub(super) fn endless_composition(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    let schemas = survey.root.get("components").and_then(|components| components.get("schemas"));
    let mut left = HashSet::new();
    for (key, node) in schemas.into_iter().flat_map(Node::entries) {
        if let Some(place) = way_back(survey, node, &mut left) {
            diagnostics
                .error(Code::RecursiveComposition, format!("{} is composed of itself", quoted(key.text())), place)
                .label(key.place, "this schema")
                .help("refer to it from a property or from `items` instead");
        }
    }
}

/// The reference that leads back to a schema on the way to it. Schemas, told by their places, that were left once are passed by.
///
/// The way is a list and not the stack of the thread: a chain of schemas may be as long as the document.
fn way_back<'a>(survey: &Survey<'a>, start: &'a Node, left: &mut HashSet<Place>) -> Option<Place> {
    let mut around = HashSet::new();
    let mut way: Vec<(Place, Vec<&'a Node>)> = Vec::new();
    let mut next = Some(start);
    let mut back = None;
    loop {
        if let Some(node) = next.take() {
            let schema = survey.target(node);
            if around.contains(&schema.place) {
                back = back.or(Some(node.get("$ref").map_or(node.place, |text| text.place)));
            } else if left.insert(schema.place) {
                around.insert(schema.place);
                let branches = COMPOSERS.iter().filter_map(|key| schema.get(key)).flat_map(Node::items);
                way.push((schema.place, branches.collect()));
            }
        }
        let Some((place, branches)) = way.last_mut() else { return back };
        next = branches.pop();
        if next.is_none() {
            around.remove(place);
            way.pop();
        }
    }
}

/// Parts of an `allOf` of which no value can be both.
pub(super) fn contradictions_in_all_of(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        if found.node.get("allOf").is_none() {
            continue;
        }
        let mut parts = Vec::new();
        gather(survey, found.node, &mut parts, &mut HashSet::new());
        if let Some((first, second)) = contradiction(&parts, |part| part.get("type")) {
            report(diagnostics, "the parts of this `allOf` have different types", first, second);
            continue;
        }
        let mut declared: HashMap<&str, Vec<&Node>> = HashMap::new();
        for part in &parts {
            for (key, property) in part.get("properties").into_iter().flat_map(Node::entries) {
                declared.entry(key.text()).or_default().push(survey.target(property));
            }
        }
        let mut repeated: Vec<_> = declared.into_iter().filter(|(_, list)| list.len() > 1).collect();
        repeated.sort_unstable_by_key(|(name, _)| *name);
        for (name, list) in repeated {
            if let Some((first, second)) = contradiction(&list, |property| property.get("type")) {
                report(diagnostics, &format!("{} has two types in this `allOf`", quoted(name)), first, second);
            }
        }
    }
}

/// The schema and everything that its `allOf` adds to it.
fn gather<'a>(survey: &Survey<'a>, node: &'a Node, parts: &mut Vec<&'a Node>, seen: &mut HashSet<Place>) {
    let schema = survey.target(node);
    if parts.len() >= LIMIT || !seen.insert(schema.place) {
        return;
    }
    parts.push(schema);
    for branch in schema.get("allOf").map_or(&[][..], Node::items) {
        gather(survey, branch, parts, seen);
    }
}

fn contradiction<'a>(
    schemas: &[&'a Node],
    word: impl Fn(&'a Node) -> Option<&'a Node>,
) -> Option<(&'a Node, &'a Node)> {
    let words: Vec<&Node> = schemas.iter().filter_map(|schema| word(schema)).collect();
    let first = words.first()?;
    let differs = |other: &&&Node| {
        let (left, right) = (first.as_str(), other.as_str());
        // An integer is a number.
        let numbers = [Some("integer"), Some("number")];
        left != right && !(numbers.contains(&left) && numbers.contains(&right))
    };
    words.iter().find(differs).map(|second| (*first, *second))
}

fn report(diagnostics: &mut Diagnostics, message: &str, first: &Node, second: &Node) {
    diagnostics
        .error(Code::ContradictingAllOf, message, second.place)
        .label(first.place, "the other one")
        .help("no value is both; give both the same type, or use `oneOf`");
}
