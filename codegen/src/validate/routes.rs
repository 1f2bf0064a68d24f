//! Paths that match the same request.

use std::collections::HashMap;

use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::document::grammar::METHODS;
use crate::document::{Key, Node, template_names};

/// Comparisons that a document of a sane size never needs.
const LIMIT: usize = 1_000_000;

/// A path, cut into segments.
struct Route<'a> {
    key: &'a Key,
    item: &'a Node,
    segments: Vec<&'a str>,
}

/// Templates that are the same but for names (an error), and templates that overlap (a warning).
pub(super) fn paths_that_match_the_same_request(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    let paths = survey.root.get("paths").into_iter().flat_map(Node::entries);
    // What is no path was reported.
    let paths = paths.filter(|(key, _)| key.text().starts_with('/') && template_names(key.text()).is_ok());
    let routes: Vec<Route<'_>> =
        paths.map(|(key, item)| Route { key, item, segments: key.text().split('/').skip(1).collect() }).collect();
    let mut seen: HashMap<String, &Route<'_>> = HashMap::new();
    let mut distinct = Vec::new();
    for route in &routes {
        let shape = shape(route);
        if let Some(first) = seen.get(&shape) {
            let message = format!("{} matches what {} matches", quoted(route.key.text()), quoted(first.key.text()));
            diagnostics
                .push(Diagnostic::new(Code::DuplicatePath, survey.strictness.severity(), message, route.key.place))
                .label(first.key.place, "this one")
                .help("put the operations of both under one path: of two with one method, a server reaches the first by name");
        } else {
            seen.insert(shape, route);
            distinct.push(route);
        }
    }
    overlapping(&distinct, diagnostics);
}

/// The template without its names.
fn shape(route: &Route<'_>) -> String {
    let segments = route.segments.iter().map(|segment| if is_parameter(segment) { "{}" } else { *segment });
    segments.collect::<Vec<_>>().join("/")
}

fn overlapping(routes: &[&Route<'_>], diagnostics: &mut Diagnostics) {
    // Only paths of one length can overlap, and only where one of them has a parameter.
    let mut by_length: HashMap<usize, Vec<&Route<'_>>> = HashMap::new();
    for route in routes {
        by_length.entry(route.segments.len()).or_default().push(route);
    }
    let mut left = LIMIT;
    for route in routes.iter().filter(|route| route.segments.iter().any(|segment| is_parameter(segment))) {
        for other in by_length.get(&route.segments.len()).into_iter().flatten() {
            left = left.saturating_sub(1);
            if left == 0 {
                return;
            }
            if is_reported_here(route, other) && overlap(route, other) && share_a_method(route, other) {
                let message = format!("{} also matches {}", quoted(route.key.text()), quoted(other.key.text()));
                diagnostics
                    .warning(Code::OverlappingPaths, message, route.key.place)
                    .label(other.key.place, "this path")
                    .help("requests go to the path with fewer parameters; give one of them another segment if that is not meant");
            }
        }
    }
}

/// A pair is reported once: at the path with more parameters, or at the later one.
fn is_reported_here(route: &Route<'_>, other: &Route<'_>) -> bool {
    let parameters = |route: &Route<'_>| route.segments.iter().filter(|segment| is_parameter(segment)).count();
    let (here, there) = (parameters(route), parameters(other));
    here > there || here == there && route.key.place > other.key.place
}

fn overlap(route: &Route<'_>, other: &Route<'_>) -> bool {
    let mut differ = false;
    for (left, right) in route.segments.iter().zip(&other.segments) {
        match (is_parameter(left), is_parameter(right)) {
            (true, true) => {}
            (false, false) if left == right => {}
            (false, false) => return false,
            // A parameter never matches nothing.
            _ if left.is_empty() || right.is_empty() => return false,
            _ => differ = true,
        }
    }
    differ
}

fn share_a_method(route: &Route<'_>, other: &Route<'_>) -> bool {
    METHODS.iter().any(|method| route.item.get(method).is_some() && other.item.get(method).is_some())
}

/// Whether a segment is nothing but a parameter.
fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}') && segment.matches('{').count() == 1
}
