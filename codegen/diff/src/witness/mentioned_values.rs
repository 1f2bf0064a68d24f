//! Values made of what the texts of two schemas mention: names of properties, constants and bounds, wherever they stand.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::candidates::{kinds, with};
use super::minimal_values;

/// How many names and values are combined.
const NAMES: usize = 8;
const VALUES: usize = 24;

/// Names of properties that fit usual regular expressions or do not.
const USUAL: &[&str] = &["x-other", "other", "Other", "X-Other", "1", "_"];

/// Values, objects and lists of what two schemas mention; those that are made of more come later, and are made when they are asked for.
pub(super) fn values(old: &Value, new: &Value) -> impl Iterator<Item = Value> {
    let (values, mentioned) = both(old, new);
    let names = with_usual(&mentioned);
    let [lists, wholes, single, pairs] = std::array::from_fn(|_| values.clone().into_iter());
    let lists = lists.flat_map(|value| (1..6).map(move |size| Value::Array(vec![value.clone(); size])));
    let wholes = wholes.map(move |value| {
        let entries = mentioned.iter().map(|name| (name.clone(), value.clone()));
        Value::Object(entries.collect())
    });
    let of_one = names.clone();
    let single = single.flat_map(move |value| objects_of_one(&of_one, &value));
    let pairs = pairs.flat_map(move |value| objects_of_two(&names, &value));
    values.into_iter().chain(wholes).chain(single).chain(lists).chain(pairs)
}

/// Objects of two properties of which the one that stands first has a usual value, and the other one a value that is mentioned.
pub(super) fn turned_around(old: &Value, new: &Value) -> impl Iterator<Item = Value> {
    let (values, mentioned) = both(old, new);
    let mut names = with_usual(&mentioned);
    names.reverse();
    values.into_iter().flat_map(move |value| objects_of_two(&names, &value))
}

/// The values and the names that two schemas mention.
fn both(old: &Value, new: &Value) -> (Vec<Value>, Vec<String>) {
    let mut found = Mentioned::default();
    for schema in [old, new] {
        found.read(schema.get("allOf").unwrap_or(schema));
        // What many other components mention belongs to other changes.
        let components =
            schema.pointer("/components/schemas").filter(|all| all.as_object().is_some_and(|all| all.len() <= NAMES));
        for component in components.and_then(Value::as_object).into_iter().flat_map(Map::values) {
            found.read(component);
            found.values.extend(minimal_values::of_schema(component));
        }
    }
    let mut values = found.values;
    values.extend(kinds());
    values.truncate(VALUES);
    (values, found.names.into_iter().take(NAMES).collect())
}

fn with_usual(mentioned: &[String]) -> Vec<String> {
    mentioned.iter().cloned().chain(USUAL.iter().map(ToString::to_string)).collect()
}

/// Objects with one property of a value.
fn objects_of_one(names: &[String], value: &Value) -> Vec<Value> {
    names.iter().map(|name| with(&Map::new(), name, value.clone())).collect()
}

/// Objects with a property of a value and one that comes later.
fn objects_of_two(names: &[String], value: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let one = Map::from_iter([(name.clone(), value.clone())]);
        for other in names.iter().skip(at + 1) {
            found.extend([json!("text"), json!(7)].map(|text| with(&one, other, text)));
        }
    }
    found
}

/// Texts that a schema of texts mentions.
fn texts(schema: &Value) -> Vec<String> {
    let mut found = Mentioned::default();
    found.read(schema);
    let mentioned = found.values.into_iter().chain(minimal_values::of_schema(schema));
    mentioned.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

#[derive(Default)]
struct Mentioned {
    names: BTreeSet<String>,
    values: Vec<Value>,
}

impl Mentioned {
    fn read(&mut self, schema: &Value) {
        match schema {
            Value::Object(object) => {
                for (keyword, value) in object {
                    self.keyword(keyword, value);
                    self.read(value);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.read(item)),
            _ => {}
        }
    }

    fn keyword(&mut self, keyword: &str, value: &Value) {
        match (keyword, value) {
            ("properties" | "dependentSchemas", Value::Object(all)) => self.names.extend(all.keys().cloned()),
            ("dependentRequired", Value::Object(all)) => {
                let listed = all.values().filter_map(Value::as_array).flatten().filter_map(Value::as_str);
                self.names.extend(all.keys().map(String::as_str).chain(listed).map(str::to_owned));
            }
            ("patternProperties", Value::Object(all)) => {
                self.names.extend(all.keys().filter_map(|pattern| minimal_values::of_pattern(pattern)));
                self.values.extend(all.values().filter_map(minimal_values::of_schema));
            }
            ("propertyNames", names) => self.names.extend(texts(names)),
            ("contains" | "not" | "if" | "unevaluatedProperties" | "unevaluatedItems", schema) => {
                self.values.extend(minimal_values::of_schema(schema));
            }
            ("format", Value::String(format)) => self.values.extend(minimal_values::of_format(format)),
            ("required", Value::Array(names)) => {
                self.names.extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            ("const", value) => self.values.push(value.clone()),
            ("enum", Value::Array(all)) => self.values.extend(all.iter().cloned()),
            ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf", Value::Number(bound)) => {
                self.values.push(value.clone());
                if let Some(bound) = bound.as_i64() {
                    self.values.extend([json!(bound.saturating_sub(1)), json!(bound.saturating_add(1))]);
                } else if let Some(bound) = bound.as_f64() {
                    self.values.extend([json!(bound - 1.0), json!(bound + 1.0)]);
                }
            }
            ("pattern", Value::String(pattern)) => {
                let line_end = pattern.contains('.').then(|| "\n".to_owned());
                self.values.extend(minimal_values::of_pattern(pattern).into_iter().chain(line_end).map(Value::String));
            }
            ("minLength" | "maxLength", Value::Number(size)) => {
                let size = size.as_u64().and_then(|size| usize::try_from(size).ok()).filter(|size| *size < 2_000);
                if let Some(size) = size {
                    self.values.extend([size.saturating_sub(1), size, size + 1].map(|size| json!("a".repeat(size))));
                }
            }
            _ => {}
        }
    }
}
