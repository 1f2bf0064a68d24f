//! Schemas that lead back to themselves without a step into a value: nothing can judge a value by them (JSON Schema 2020-12 Core, 9.4.1).

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::references::named;

/// Keywords whose schemas are applied to the value itself.
const IN_PLACE: &[&str] = &["not", "if", "then", "else"];

/// Keywords that hold lists of such schemas.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf"];

/// How many components a value may be judged by in one place of it, each as often as a way leads to it.
const WAYS: u64 = 5_000;

/// Whether a value is judged by a schema, and by each of its components, in finitely many steps, and not too many.
pub(super) fn is_finite(schema: &Value, components: &Map<String, Value>) -> bool {
    let mut edges: HashMap<&str, Vec<String>> = HashMap::new();
    for (name, schema) in components {
        edges.insert(name, applied(schema));
    }
    let mut left: HashMap<String, u64> = HashMap::new();
    let mut names = applied(schema).into_iter().chain(components.keys().cloned());
    names.all(|name| comes_to_an_end(&name, &edges, &mut left)) && left.values().all(|ways| *ways <= WAYS)
}

/// Whether no way from a component leads back to one on the way; `left` holds those of which it is known, with how many ways lead on.
fn comes_to_an_end(start: &str, edges: &HashMap<&str, Vec<String>>, left: &mut HashMap<String, u64>) -> bool {
    let next = |name: &str| edges.get(name).cloned().unwrap_or_default();
    let mut way = vec![(start.to_owned(), next(start))];
    while let Some((name, pending)) = way.last_mut() {
        let Some(to) = pending.pop() else {
            let ways =
                next(name).iter().filter_map(|to| left.get(to)).fold(1, |sum: u64, ways| sum.saturating_add(*ways));
            left.insert(std::mem::take(name), ways);
            way.pop();
            continue;
        };
        if way.iter().any(|(name, _)| *name == to) {
            return false;
        }
        if !left.contains_key(&to) {
            way.push((to.clone(), next(&to)));
        }
    }
    true
}

/// The components that a schema applies to the value itself.
fn applied(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![schema];
    while let Some(schema) = waiting.pop() {
        found.extend(schema.get("$ref").and_then(Value::as_str).and_then(named));
        waiting.extend(IN_PLACE.iter().filter_map(|keyword| schema.get(keyword)));
        waiting.extend(LISTS.iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten());
        let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
        waiting.extend(dependent.into_iter().flat_map(Map::values));
    }
    found
}
