//! Components that allow the same values in two documents.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use specie_codegen::pointer;

use super::super::references::{COMPONENTS, references};
use super::normalize::Normalizer;
use super::read::FormReader;

/// How many components that refer to themselves are compared by their forms.
const MOST: usize = 24;

type Components = Map<String, Value>;

/// The components of the same text, with all that they refer to.
pub(super) fn of_one_text(one: &Components, other: &Components) -> BTreeSet<String> {
    let is_same = |name: &String, schema: &Value| other.get(name) == Some(schema);
    let mut found: BTreeSet<String> =
        one.iter().filter(|(name, schema)| is_same(name, schema)).map(|(name, _)| name.clone()).collect();
    loop {
        let is_kept = |name: &String| targets(one, name).is_some_and(|all| all.iter().all(|one| found.contains(one)));
        let kept: BTreeSet<String> = found.iter().filter(|name| is_kept(name)).cloned().collect();
        if kept.len() == found.len() {
            return kept;
        }
        found = kept;
    }
}

/// The components that refer to themselves and have one form, with those of `equal`. They are taken to be the same as long as that is
/// compared: what they hold at a further place is the same, where it is the same at each place before.
pub(super) fn of_one_form(one: &Components, other: &Components, equal: &BTreeSet<String>) -> BTreeSet<String> {
    let is_open = |name: &&String| !equal.contains(*name) && other.contains_key(*name) && refers_to_itself(one, name);
    let mut found: BTreeSet<String> = one.keys().filter(is_open).take(MOST).cloned().collect();
    loop {
        let assumed: BTreeSet<String> = found.union(equal).cloned().collect();
        let form = |components, name: &str| {
            let reference = json!({"$ref": format!("{COMPONENTS}{}", pointer::escape(name))});
            Normalizer::new().form(FormReader::new(components, &assumed).whole(&reference)?)
        };
        let is_kept = |name: &&String| form(one, name).is_some_and(|own| form(other, name) == Some(own));
        let kept: BTreeSet<String> = found.iter().filter(is_kept).cloned().collect();
        if kept.len() == found.len() {
            return assumed;
        }
        found = kept;
    }
}

fn targets(components: &Components, name: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    references(components.get(name)?, &mut found)?;
    Some(found)
}

fn refers_to_itself(components: &Components, name: &str) -> bool {
    let mut waiting = targets(components, name).unwrap_or_default();
    let mut seen = BTreeSet::new();
    while let Some(next) = waiting.pop() {
        if next == name {
            return true;
        }
        if seen.insert(next.clone()) {
            waiting.extend(targets(components, &next).unwrap_or_default());
        }
    }
    false
}
