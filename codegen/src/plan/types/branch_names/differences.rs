//! What branches with the same name do not have in common: it is added to their names.

use std::collections::{BTreeMap, HashSet};

use super::{PROPERTIES, held, object, required_first};
use crate::api::{Constraints, Schema, SchemaId, Schemas, Shape, Union};
use crate::names::type_name;
use crate::plan::member_names::word;

/// What tells a branch from those of the same text and name, by the first kind of difference that all of them have; one of them may have
/// none of it. `None` where nothing does, and where no other branch has both.
pub(super) fn of_equal(schemas: &Schemas, union: &Union, known: &[(&str, &str)]) -> Vec<Option<String>> {
    let mut places: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (place, text_and_name) in known.iter().enumerate() {
        places.entry(*text_and_name).or_default().push(place);
    }
    let mut found = vec![None; known.len()];
    for places in places.into_values().filter(|places| places.len() > 1) {
        let branches = places.iter().filter_map(|place| union.branches.get(*place));
        let own: Vec<[String; KINDS]> = branches.map(|branch| of(schemas, branch.schema)).collect();
        let is_own = |kind: &usize| own.iter().map(|of| &of[*kind]).collect::<HashSet<_>>().len() == own.len();
        let Some(kind) = (0..KINDS).find(is_own) else { continue };
        for (place, mut own) in places.into_iter().zip(own) {
            found[place] = Some(std::mem::take(&mut own[kind]));
        }
    }
    found
}

/// How many kinds of differences there are.
const KINDS: usize = 5;

/// Format, listed values, further properties, what the properties hold, and limits; empty where a branch states none.
fn of(schemas: &Schemas, branch: SchemaId) -> [String; KINDS] {
    let Some(schema) = schemas.get(schemas.resolve(branch)) else { return Default::default() };
    let [format, value] = [format(schema), value(schema)].map(|text| name(&text));
    let [properties, limits] = [properties(schemas, branch), limits(&schema.constraints)].map(|text| name(&text));
    [format, value, properties, held_by_properties(schemas, branch), limits]
}

/// The name that a text makes, where there is one.
fn name(text: &str) -> String {
    if text.is_empty() { String::new() } else { type_name(text) }
}

fn format(schema: &Schema) -> String {
    match schema.shape.base() {
        Shape::String { format: Some(format), .. }
        | Shape::Integer { format: Some(format) }
        | Shape::Number { format: Some(format) } => format.clone(),
        _ => String::new(),
    }
}

/// The first of the listed values.
fn value(schema: &Schema) -> String {
    let Shape::Enumeration(listed) = &schema.shape else { return String::new() };
    let first = listed.values.first().and_then(|one| one.given_name.as_deref().or(one.value.scalar_text()));
    first.unwrap_or_default().to_owned()
}

/// The properties behind those that stand in the name.
fn properties(schemas: &Schemas, branch: SchemaId) -> String {
    let further = object(schemas, branch).into_iter().flat_map(required_first).skip(PROPERTIES);
    further.take(PROPERTIES).map(word).collect::<Vec<_>>().join(" ")
}

/// What the properties that stand in the name hold: `IntegerString`.
fn held_by_properties(schemas: &Schemas, branch: SchemaId) -> String {
    let named = object(schemas, branch).into_iter().flat_map(required_first).take(PROPERTIES);
    named.map(|property| held(schemas, schemas.resolve(property.schema), 1)).collect()
}

/// The limits of values: `minLength 3`.
fn limits(of: &Constraints) -> String {
    let count = |keyword: &str, limit: Option<u64>| limit.map(|limit| format!("{keyword} {limit}"));
    let bound = |keyword: &str, limit: Option<&str>| limit.map(|limit| format!("{keyword} {limit}"));
    let limits = [
        bound("minimum", of.minimum.as_ref().map(|bound| bound.value.as_str())),
        bound("maximum", of.maximum.as_ref().map(|bound| bound.value.as_str())),
        bound("multiple of", of.multiple_of.as_deref()),
        count("min length", of.min_length),
        count("max length", of.max_length),
        count("min items", of.min_items),
        count("max items", of.max_items),
    ];
    limits.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
