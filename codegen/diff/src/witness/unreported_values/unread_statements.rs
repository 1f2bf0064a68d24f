//! The statements of a schema that the comparison does not read, each with where in the value it stands.

mod texts;

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};
use specie_codegen::api::{Direction, SchemaId};

use super::super::judge::Side;
use super::super::references::named;
use texts::Texts;

/// Keywords whose schemas are not compared schema by schema, each with those that only mean something beside it.
const CONDITIONS: &[&[&str]] = &[
    &["not"],
    &["contains", "minContains", "maxContains"],
    &["if", "then", "else"],
    &["propertyNames"],
    &["dependentSchemas"],
];

/// Keywords that speak of what others have not looked at.
const UNEVALUATED: &[&str] = &["unevaluatedProperties", "unevaluatedItems"];

/// Keywords that may look at properties or items of the same value, where the comparison does not say at which ones.
const LOOKING: &[&str] = &["if", "then", "else", "dependentSchemas", "contains", "$dynamicRef"];

/// Keywords that hold one schema of other values, several by place, and several by name.
const OF_ONE: &[&str] = &["additionalProperties", "items", "unevaluatedProperties", "unevaluatedItems"];
const BY_NAME: &[&str] = &["properties", "patternProperties"];

/// How deep schemas are looked into.
const DEPTH: usize = 24;

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Statement {
    /// Where in the value it is stated, and the last listed property on the way there.
    place: String,
    property: String,
    pub(super) keyword: &'static str,
    text: String,
    /// Whether it is one of a branch of a union.
    pub(super) is_of_branch: bool,
}

/// The statements of a schema, and the properties that it lists.
#[derive(Default)]
pub(super) struct Statements {
    all: BTreeSet<Statement>,
    properties: BTreeSet<String>,
}

/// Whether a document may have such statements.
pub(super) fn may_be_in(document: &Value) -> bool {
    match document {
        Value::Object(all) => {
            all.contains_key("format") && !all.contains_key("type")
                || all.keys().any(|key| is_condition(key) || UNEVALUATED.contains(&key.as_str()))
                || all.values().any(may_be_in)
        }
        Value::Array(items) => items.iter().any(may_be_in),
        _ => false,
    }
}

/// Whether a schema refers to one of some components within a keyword whose schemas are not compared one by one.
pub(super) fn refers(schema: &Value, is_within: bool, components: &HashSet<String>) -> bool {
    match schema {
        Value::Object(all) => {
            let target = all.get("$ref").and_then(Value::as_str).filter(|_| is_within).and_then(named);
            target.is_some_and(|name| components.contains(&name))
                || all.iter().any(|(key, value)| {
                    let is_held = is_condition(key) || UNEVALUATED.contains(&key.as_str());
                    refers(value, is_within || is_held, components)
                })
        }
        Value::Array(items) => items.iter().any(|item| refers(item, is_within, components)),
        _ => false,
    }
}

/// Whether a keyword holds a schema that is not compared as one.
fn is_condition(keyword: &str) -> bool {
    CONDITIONS.iter().flat_map(|all| all.iter()).any(|one| *one == keyword)
}

impl Statements {
    /// The statements of a schema of a document; `None` where it has no text.
    pub(super) fn of(side: &Side<'_>, id: SchemaId, sender: Direction) -> Option<Self> {
        let mut reader = StatementReader { texts: Texts::new(side, sender), found: Self::default() };
        reader.schema(&side.alone(id, sender)?, &SchemaPlace::default(), DEPTH);
        Some(reader.found)
    }

    /// What another schema does not state, of properties that it lists as well: one that is new is a change of its own.
    pub(super) fn beyond(&self, other: &Self) -> Vec<Statement> {
        self.all.difference(&other.all).filter(|one| other.properties.contains(&one.property)).cloned().collect()
    }
}

/// Where a schema stands.
#[derive(Clone, Default)]
struct SchemaPlace {
    path: String,
    property: String,
    is_of_branch: bool,
    /// Whether a schema around it states the type of the same value.
    is_typed: bool,
}

impl SchemaPlace {
    /// The place of values within the values.
    fn within(&self, step: &str) -> Self {
        Self { path: format!("{}/{step}", self.path), is_typed: false, ..self.clone() }
    }
}

struct StatementReader<'r> {
    texts: Texts<'r>,
    found: Statements,
}

impl StatementReader<'_> {
    fn schema(&mut self, schema: &Value, place: &SchemaPlace, depth: usize) {
        let (Value::Object(stated), Some(depth)) = (schema, depth.checked_sub(1)) else { return };
        let place = SchemaPlace { is_typed: place.is_typed || self.texts.states_type(schema, depth), ..place.clone() };
        self.found.properties.insert(place.property.clone());
        self.own(stated, &place);
        self.of_the_same_value(stated, &place, depth);
        for keyword in OF_ONE {
            if let Some(inner) = stated.get(*keyword) {
                self.schema(inner, &place.within(keyword), depth);
            }
        }
        for keyword in BY_NAME {
            for (name, inner) in stated.get(*keyword).and_then(Value::as_object).into_iter().flatten() {
                let mut place = place.within(&format!("{keyword}/{name}"));
                if *keyword == "properties" {
                    place.property.clone_from(&place.path);
                }
                self.schema(inner, &place, depth);
            }
        }
        let places = stated.get("prefixItems").and_then(Value::as_array);
        for (at, inner) in places.into_iter().flatten().enumerate() {
            self.schema(inner, &place.within(&at.to_string()), depth);
        }
    }

    /// What a schema states itself.
    fn own(&mut self, stated: &Map<String, Value>, place: &SchemaPlace) {
        if let Some(format) = stated.get("format").filter(|format| format.is_string() && !place.is_typed) {
            self.state("format", format.to_string(), place);
        }
        for keywords in CONDITIONS {
            let Some(first) = keywords.first().filter(|first| stated.contains_key(**first)) else { continue };
            let (text, is_lossy) = self.texts.of(stated, keywords);
            if is_lossy {
                self.state(first, text, place);
            }
        }
        for keyword in UNEVALUATED {
            if stated.contains_key(*keyword) {
                let (text, _) = self.texts.of(stated, &[&[*keyword], LOOKING].concat());
                self.state(keyword, text, place);
            }
        }
    }

    fn state(&mut self, keyword: &'static str, text: String, place: &SchemaPlace) {
        let SchemaPlace { path: place, property, is_of_branch, .. } = place.clone();
        self.found.all.insert(Statement { place, property, keyword, text, is_of_branch });
    }

    /// The schemas that speak of the same value.
    fn of_the_same_value(&mut self, stated: &Map<String, Value>, place: &SchemaPlace, depth: usize) {
        for part in stated.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.schema(part, place, depth);
        }
        for keyword in ["anyOf", "oneOf"] {
            let branches = stated.get(keyword).and_then(Value::as_array);
            let place = SchemaPlace { is_of_branch: true, is_typed: false, ..place.clone() };
            for branch in branches.into_iter().flatten() {
                self.schema(branch, &place, depth);
            }
        }
        if let Some((name, target)) = self.texts.enter(stated) {
            self.schema(&target, place, depth);
            self.texts.leave(&name);
        }
    }
}
