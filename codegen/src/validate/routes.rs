//! Paths that match the same request.

use std::collections::HashMap;

use openapiv3::PathItem;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::grammar::template_names;
use crate::source::Span;

/// The most pairs of paths that are compared. A document with more is compared in part.
const LIMIT: usize = 1_000_000;

/// A path, cut into segments.
struct Route<'a> {
    path: &'a str,
    /// Where the path stands.
    span: Span,
    item: &'a PathItem,
    segments: Vec<Segment<'a>>,
    /// How many of them are parameters.
    parameters: usize,
}

#[derive(Clone, Copy)]
struct Segment<'a> {
    text: &'a str,
    is_parameter: bool,
}

impl<'a> Route<'a> {
    fn new(path: &'a str, span: Span, item: &'a PathItem) -> Self {
        let segment = |text| Segment { text, is_parameter: is_parameter(text) };
        let segments: Vec<_> = path.split('/').skip(1).map(segment).collect();
        let parameters = segments.iter().filter(|segment| segment.is_parameter).count();
        Self { path, span, item, segments, parameters }
    }

    /// The text of the first segment, unless that is a parameter.
    fn beginning(&self) -> Option<&'a str> {
        self.segments.first().filter(|segment| !segment.is_parameter).map(|segment| segment.text)
    }
}

/// Templates that differ only in the names of parameters, and templates that overlap.
pub(super) fn paths_that_match_the_same_request(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    // Malformed templates were reported.
    let paths = index.paths().filter(|(path, ..)| template_names(path).is_ok());
    let routes: Vec<Route<'_>> = paths.map(|(path, span, item)| Route::new(path, span, item)).collect();
    let mut seen: HashMap<String, &Route<'_>> = HashMap::new();
    let mut distinct = Vec::new();
    for route in &routes {
        let shape = shape(route);
        if let Some(first) = seen.get(&shape) {
            let message = format!("{} matches what {} matches", quoted(route.path), quoted(first.path));
            diagnostics
                .push(Diagnostic::new(Code::DuplicatePath, index.strictness.severity(), message, route.span))
                .label(first.span, "this one")
                .help("put the operations of both under one path");
        } else {
            seen.insert(shape, route);
            distinct.push(route);
        }
    }
    overlapping(&distinct, diagnostics);
}

/// The template without its names.
fn shape(route: &Route<'_>) -> String {
    let segments = route.segments.iter().map(|segment| if segment.is_parameter { "{}" } else { segment.text });
    segments.collect::<Vec<_>>().join("/")
}

fn overlapping(routes: &[&Route<'_>], diagnostics: &mut Diagnostics) {
    // Paths overlap only if they have as many segments, if one of them has a parameter, and if their first segments are the same text or one
    // of these is a parameter.
    let mut by_length: HashMap<usize, Vec<&Route<'_>>> = HashMap::new();
    let mut by_beginning: HashMap<(usize, Option<&str>), Vec<&Route<'_>>> = HashMap::new();
    for route in routes {
        by_length.entry(route.segments.len()).or_default().push(route);
        by_beginning.entry((route.segments.len(), route.beginning())).or_default().push(route);
    }
    let mut left = LIMIT;
    for route in routes.iter().filter(|route| route.parameters > 0) {
        let length = route.segments.len();
        let others = match route.beginning() {
            Some(text) => [by_beginning.get(&(length, Some(text))), by_beginning.get(&(length, None))],
            None => [by_length.get(&length), None],
        };
        for other in others.into_iter().flatten().flatten() {
            left = left.saturating_sub(1);
            if left == 0 {
                return;
            }
            if is_reported_here(route, other) && overlap(route, other) && share_a_method(route, other) {
                report(route, other, diagnostics);
            }
        }
    }
}

fn report(route: &Route<'_>, other: &Route<'_>, diagnostics: &mut Diagnostics) {
    let message = format!("{} also matches {}", quoted(route.path), quoted(other.path));
    let help = "requests go to the path with fewer parameters; give one of them another segment if that is not meant";
    diagnostics.warning(Code::OverlappingPaths, message, route.span).label(other.span, "this path").help(help);
}

/// A pair is reported once: at the path with more parameters, or at the later one.
fn is_reported_here(route: &Route<'_>, other: &Route<'_>) -> bool {
    let (here, there) = (route.parameters, other.parameters);
    here > there || here == there && route.span > other.span
}

fn overlap(route: &Route<'_>, other: &Route<'_>) -> bool {
    let mut differ = false;
    for (left, right) in route.segments.iter().zip(&other.segments) {
        match (left.is_parameter, right.is_parameter) {
            (true, true) => {}
            (false, false) if left.text == right.text => {}
            (false, false) => return false,
            // A parameter matches at least one character.
            _ if left.text.is_empty() || right.text.is_empty() => return false,
            _ => differ = true,
        }
    }
    differ
}

fn share_a_method(route: &Route<'_>, other: &Route<'_>) -> bool {
    route.item.iter().any(|(method, _)| other.item.iter().any(|(same, _)| method == same))
}

/// Whether a segment is nothing but a parameter.
fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}') && segment.matches('{').count() == 1
}
