//! Schemas that lead back to themselves without a step into a value: nothing can judge a value by them (JSON Schema 2020-12 Core, 9.4.1).

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

/// Keywords whose schemas are applied to the value itself.
const IN_PLACE: &[&str] = &["not", "if", "then", "else"];

/// Keywords that hold lists of such schemas.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf"];

/// How a component begins that a reference leads to.
const COMPONENTS: &str = "#/components/schemas/";

/// Whether a value is judged by a schema, and by each of its components, in finitely many steps.
pub(super) fn is_finite(schema: &Value, components: &Map<String, Value>) -> bool {
    let mut edges: HashMap<&str, Vec<String>> = HashMap::new();
    for (name, schema) in components {
        edges.insert(name, applied(schema));
    }
    let mut left: HashSet<String> = HashSet::new();
    applied(schema).into_iter().chain(components.keys().cloned()).all(|name| comes_to_an_end(&name, &edges, &mut left))
}

/// Whether no way from a component leads back to one on the way; `left` holds those of which it is known.
fn comes_to_an_end(start: &str, edges: &HashMap<&str, Vec<String>>, left: &mut HashSet<String>) -> bool {
    let next = |name: &str| edges.get(name).cloned().unwrap_or_default();
    let mut way = vec![(start.to_owned(), next(start))];
    while let Some((name, pending)) = way.last_mut() {
        let Some(to) = pending.pop() else {
            left.insert(std::mem::take(name));
            way.pop();
            continue;
        };
        if way.iter().any(|(name, _)| *name == to) {
            return false;
        }
        if !left.contains(&to) {
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
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix(COMPONENTS));
        found.extend(target.map(|name| name.replace("~1", "/").replace("~0", "~").replace("%20", " ")));
        waiting.extend(IN_PLACE.iter().filter_map(|keyword| schema.get(keyword)));
        waiting.extend(LISTS.iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten());
        let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
        waiting.extend(dependent.into_iter().flat_map(Map::values));
    }
    found
}
