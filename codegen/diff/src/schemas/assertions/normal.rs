//! Assertions in one form, without those that say nothing of the values at hand.

use specie_codegen::api::{Assertion, Shape, ValueType};

use super::super::View;
use super::containment::subject;

type Schema = Vec<Assertion>;
type Entries = Vec<(String, Schema)>;

/// Every type.
const ALL: &[ValueType] = &[
    ValueType::Null,
    ValueType::Boolean,
    ValueType::Object,
    ValueType::Array,
    ValueType::Number,
    ValueType::String,
    ValueType::Integer,
];

/// The types that values of a schema have.
pub(super) fn types(view: &View<'_>) -> Vec<ValueType> {
    let own = match view.shape.base() {
        Shape::String { .. } => ValueType::String,
        Shape::Integer { .. } => ValueType::Integer,
        Shape::Number { .. } => ValueType::Number,
        Shape::Boolean => ValueType::Boolean,
        Shape::Null => ValueType::Null,
        Shape::List(_) => ValueType::Array,
        Shape::Object(_) => ValueType::Object,
        _ => return ALL.to_vec(),
    };
    if view.takes_null() { vec![own, ValueType::Null] } else { vec![own] }
}

/// What an assertion says of values of some types, in one form: nothing, or what stands for it.
pub(super) fn of(assertion: &Assertion, types: &[ValueType]) -> Schema {
    use Assertion as A;
    if subject(assertion).is_some_and(|subject| !overlap(subject, types)) {
        return Vec::new();
    }
    match assertion {
        A::Type(stated) if types.iter().all(|one| has(stated, *one)) => Vec::new(),
        A::MinLength(0) | A::MinItems(0) | A::MinProperties(0) | A::Contains(_, 0, None) => Vec::new(),
        A::Required(names) => required(names.clone()),
        A::DependentRequired(entries) => {
            dependent(entries.iter().map(|(name, names)| (name.clone(), required(names.clone()))))
        }
        A::DependentSchemas(entries) => {
            dependent(entries.iter().map(|(name, schema)| (name.clone(), all(schema, types))))
        }
        A::If(condition, then, otherwise) => {
            of_condition(all(condition, types), all(then, types), all(otherwise, types))
        }
        A::Not(schema) => of_not(all(schema, types), types),
        A::PropertyNames(schema) => one(all(schema, &[ValueType::String]), A::PropertyNames),
        A::Contains(schema, least, most) => vec![A::Contains(all(schema, ALL), *least, *most)],
        A::Properties { named, patterns, others } => properties(entries(named), entries(patterns), all(others, ALL)),
        A::Items(places, others) => items(places.iter().map(|place| all(place, ALL)).collect(), all(others, ALL)),
        A::AnyOf(branches) => {
            let branches: Vec<Schema> = branches.iter().map(|branch| all(branch, types)).collect();
            if branches.iter().any(Vec::is_empty) { Vec::new() } else { vec![A::AnyOf(branches)] }
        }
        other => vec![other.clone()],
    }
}

/// What a schema says of values of some types.
fn all(schema: &[Assertion], types: &[ValueType]) -> Schema {
    schema.iter().flat_map(|assertion| of(assertion, types)).collect()
}

fn entries(stated: &[(String, Schema)]) -> Entries {
    stated.iter().map(|(name, schema)| (name.clone(), all(schema, ALL))).collect()
}

/// An assertion of a schema, unless that says nothing.
fn one(schema: Schema, make: impl FnOnce(Schema) -> Assertion) -> Schema {
    if schema.is_empty() { schema } else { vec![make(schema)] }
}

fn required(mut names: Vec<String>) -> Schema {
    names.sort();
    names.dedup();
    if names.is_empty() { Vec::new() } else { vec![Assertion::Required(names)] }
}

/// What holds where a property is there, name by name.
fn dependent(entries: impl Iterator<Item = (String, Schema)>) -> Schema {
    let (mut names, mut schemas): (Vec<(String, Vec<String>)>, Entries) = (Vec::new(), Vec::new());
    for (trigger, schema) in entries {
        match schema.as_slice() {
            [] => {}
            [Assertion::Required(stated)] => {
                let others: Vec<String> = stated.iter().filter(|name| **name != trigger).cloned().collect();
                names.extend((!others.is_empty()).then_some((trigger, others)));
            }
            _ => schemas.push((trigger, schema)),
        }
    }
    names.sort();
    schemas.sort_by(|(one, _), (other, _)| one.cmp(other));
    let names = (!names.is_empty()).then_some(Assertion::DependentRequired(names));
    let schemas = (!schemas.is_empty()).then_some(Assertion::DependentSchemas(schemas));
    names.into_iter().chain(schemas).collect()
}

fn of_condition(condition: Schema, then: Schema, otherwise: Schema) -> Schema {
    match condition.as_slice() {
        [] => then,
        [Assertion::Never, ..] => otherwise,
        _ if then.is_empty() && otherwise.is_empty() => Vec::new(),
        [Assertion::Required(names)] if names.len() == 1 && otherwise.is_empty() => {
            dependent(names.iter().map(|name| (name.clone(), then.clone())))
        }
        _ => vec![Assertion::If(condition, then, otherwise)],
    }
}

fn of_not(mut schema: Schema, types: &[ValueType]) -> Schema {
    for one in &mut schema {
        let Assertion::Enum(values) = one else { continue };
        // What is of another type is not allowed anyway.
        values.retain(|value| overlap(&[type_of(value)], types));
        values.sort();
        values.dedup();
        if values.is_empty() {
            return Vec::new();
        }
    }
    let is_other = |one: &Assertion| matches!(one, Assertion::Type(stated) if !overlap(stated, types));
    if schema.contains(&Assertion::Never) || schema.iter().any(is_other) {
        return Vec::new();
    }
    if schema.is_empty() { vec![Assertion::Never] } else { vec![Assertion::Not(schema)] }
}

/// A property that is said nothing of is like all others, where nothing is said of those.
fn properties(mut named: Entries, mut patterns: Entries, others: Schema) -> Schema {
    if others.is_empty() {
        named.retain(|(_, schema)| !schema.is_empty());
        patterns.retain(|(_, schema)| !schema.is_empty());
        if named.is_empty() && patterns.is_empty() {
            return Vec::new();
        }
    }
    named.sort_by(|(one, _), (other, _)| one.cmp(other));
    vec![Assertion::Properties { named, patterns, others }]
}

fn items(mut places: Vec<Schema>, others: Schema) -> Schema {
    while places.last() == Some(&others) {
        places.pop();
    }
    if places.is_empty() && others.is_empty() { Vec::new() } else { vec![Assertion::Items(places, others)] }
}

/// The type of a value that is written as JSON.
fn type_of(json: &str) -> ValueType {
    match json.as_bytes().first() {
        Some(b'"') => ValueType::String,
        Some(b'{') => ValueType::Object,
        Some(b'[') => ValueType::Array,
        Some(b't' | b'f') => ValueType::Boolean,
        Some(b'n') => ValueType::Null,
        _ => ValueType::Number,
    }
}

/// Whether a value can be of both.
fn overlap(one: &[ValueType], other: &[ValueType]) -> bool {
    one.iter().any(|kind| has(other, *kind)) || other.iter().any(|kind| has(one, *kind))
}

/// Whether all values of a type are of one of the types.
fn has(types: &[ValueType], kind: ValueType) -> bool {
    types.contains(&kind) || kind == ValueType::Integer && types.contains(&ValueType::Number)
}
