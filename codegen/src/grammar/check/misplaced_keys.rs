//! The object that a misplaced key belongs to. Many stand too far out: the nearest object further in that has such a key is named.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use crate::grammar::{Kind, Shape, Version};

/// How many objects further in are searched. From a response to the schema of its content there are two, and so there are from the
/// document to an operation.
pub(super) const LEVELS: usize = 3;

/// The searches made so far with their results: a document may repeat one mistake a million times.
pub(super) struct Owners {
    version: Version,
    known: HashMap<(Kind, Box<str>, usize), Option<String>>,
}

impl Owners {
    /// No searches yet, in a document of a version.
    pub(super) fn of(version: Version) -> Self {
        Self { version, known: HashMap::new() }
    }

    /// The help that names the nearest object with a key, so many objects further in than one of a kind.
    pub(super) fn within(&mut self, kind: Kind, key: &str, levels: RangeInclusive<usize>) -> Option<String> {
        if !Kind::ALL.iter().any(|kind| kind.field(key, self.version).is_some()) {
            return None;
        }
        let entry = self.known.entry((kind, key.into(), *levels.end()));
        let version = self.version;
        entry.or_insert_with(|| within(kind, key, levels, version)).clone()
    }
}

fn within(kind: Kind, key: &str, levels: RangeInclusive<usize>, version: Version) -> Option<String> {
    let mut seen = HashSet::from([kind]);
    let mut level = vec![(kind, String::new())];
    for depth in 1..=*levels.end() {
        let inner: Vec<_> = level.iter().flat_map(|(outer, way)| steps(*outer, way, version)).collect();
        level = inner.into_iter().filter(|(inner, _)| seen.insert(*inner)).collect();
        if levels.contains(&depth)
            && let Some((home, way)) = level.iter().find(|(inner, _)| inner.field(key, version).is_some())
        {
            return Some(format!("this belongs on {}, under `{way}`", home.name()));
        }
    }
    None
}

/// The kinds of objects one level within a kind, each with the way to it; `*` stands for a key of the document's choice.
fn steps(outer: Kind, way: &str, version: Version) -> Vec<(Kind, String)> {
    let way = |key: &str, rest: &str| {
        let dot = if way.is_empty() { "" } else { "." };
        format!("{way}{dot}{key}{rest}")
    };
    let fields = outer.fields(version).filter_map(|field| {
        let (inner, rest) = match field.shape {
            Shape::Map(inner) | Shape::Named(inner) => (inner.kind()?, ".*"),
            Shape::List(inner) => (inner.kind()?, "[]"),
            shape => (shape.kind()?, ""),
        };
        Some((inner, way(field.name, rest)))
    });
    let free = outer.object().rest.shape().and_then(Shape::kind).map(|inner| (inner, way("*", "")));
    let mut steps: Vec<_> = fields.chain(free).filter(|(inner, _)| !is_incidental(*inner)).collect();
    // The one body of an operation is a nearer guess than one of its parameters.
    steps.sort_by_key(|(_, way)| way.ends_with("[]"));
    steps
}

/// What stands on many objects, so that its keys are no hint.
const fn is_incidental(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ExternalDocs
            | Kind::Xml
            | Kind::Info
            | Kind::Server
            | Kind::Header
            | Kind::Link
            | Kind::Example
            | Kind::Encoding
            | Kind::Callback
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_home_is_named() {
        let home = |kind, key| within(kind, key, 1..=LEVELS, Version::V30).unwrap_or_default();
        assert_eq!(home(Kind::Parameter, "type"), "this belongs on a schema, under `schema`");
        assert_eq!(home(Kind::Response, "type"), "this belongs on a schema, under `content.*.schema`");
        assert_eq!(home(Kind::OpenApi, "operationId"), "this belongs on an operation, under `paths.*.get`");
        assert_eq!(home(Kind::Operation, "content"), "this belongs on a request body, under `requestBody`");
        assert_eq!(home(Kind::Operation, "in"), "this belongs on a parameter, under `parameters[]`");
        assert_eq!(home(Kind::Schema, "nonsense"), "");
    }
}
