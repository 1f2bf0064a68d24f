//! Texts of parameters and forms as the values that their schema means.

use specie_codegen::api::{Direction, Schema, SchemaId, Schemas, Shape, Value};
use specie_codegen::instance;

/// What a schema's values are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Make {
    One,
    List,
    Object,
}

/// What values of a schema are made of; of a union, what its first branch is that is no scalar.
pub(crate) fn make(schemas: &Schemas, id: SchemaId) -> Make {
    match shape(schemas, id).map(Shape::base) {
        Some(Shape::List(_)) => Make::List,
        Some(Shape::Object(_)) => Make::Object,
        Some(Shape::Union(union)) => {
            let branches = union.branches.iter().map(|branch| match shape(schemas, branch.schema).map(Shape::base) {
                Some(Shape::List(_)) => Make::List,
                Some(Shape::Object(_)) => Make::Object,
                _ => Make::One,
            });
            branches.into_iter().find(|make| *make != Make::One).unwrap_or(Make::One)
        }
        _ => Make::One,
    }
}

fn shape(schemas: &Schemas, id: SchemaId) -> Option<&Shape> {
    schemas.get(schemas.resolve(id)).map(|schema: &Schema| &schema.shape)
}

/// The value that a text means: a number where the schema has numbers, and so on; else the text, of which the check says what is wrong.
pub(crate) fn scalar(schemas: &Schemas, id: SchemaId, text: &str) -> Value {
    let as_text = Value::String(text.to_owned());
    let candidates = [number(text), flag(text), Some(as_text.clone()), text.is_empty().then_some(Value::Null)];
    let is_valid = |value: &Value| instance::faults(schemas, id, value, Direction::Request).is_empty();
    let mut candidates = candidates.into_iter().flatten();
    let valid = candidates.clone().find(is_valid);
    // Of values that are all wrong, the one of the right type has the better message.
    let typed = || match shape(schemas, id).map(Shape::base) {
        Some(Shape::Integer { .. } | Shape::Number { .. }) => number(text),
        Some(Shape::Boolean) => flag(text),
        _ => candidates.find(|value| matches!(value, Value::String(_))),
    };
    valid.or_else(typed).unwrap_or(as_text)
}

/// A list of the values that texts mean.
pub(crate) fn list(schemas: &Schemas, id: SchemaId, texts: &[String]) -> Value {
    let item = |at: usize| match shape(schemas, id).map(Shape::base) {
        Some(Shape::List(list)) => list.prefix.get(at).copied().or(list.items),
        Some(Shape::Union(union)) => union.branches.iter().find_map(|branch| match shape(schemas, branch.schema)? {
            Shape::List(list) => list.items,
            _ => None,
        }),
        _ => None,
    };
    let items = texts.iter().enumerate().map(|(at, text)| match item(at) {
        Some(schema) => scalar(schemas, schema, text),
        None => Value::String(text.clone()),
    });
    Value::List(items.collect())
}

/// An object of the values that texts mean; of several texts under one name, a list.
pub(crate) fn object(schemas: &Schemas, id: SchemaId, texts: &[(String, String)]) -> Value {
    let mut members: Vec<(String, Value)> = Vec::new();
    for (name, _) in texts {
        if members.iter().any(|(known, _)| known == name) {
            continue;
        }
        let all: Vec<String> = texts.iter().filter(|(key, _)| key == name).map(|(_, text)| text.clone()).collect();
        let value = match (property(schemas, id, name), all.as_slice()) {
            (Some(schema), all) if make(schemas, schema) == Make::List => list(schemas, schema, all),
            (Some(schema), [only]) => scalar(schemas, schema, only),
            (None, [only]) => Value::String(only.clone()),
            (_, all) => Value::List(all.iter().cloned().map(Value::String).collect()),
        };
        members.push((name.clone(), value));
    }
    Value::Object(members)
}

/// The names of the properties that a schema lists.
pub(crate) fn properties(schemas: &Schemas, id: SchemaId) -> Vec<&str> {
    match shape(schemas, id) {
        Some(Shape::Object(object)) => {
            let listed = object.properties.iter().map(|property| property.name.as_str());
            listed.chain(object.constants.iter().map(|constant| constant.name.as_str())).collect()
        }
        Some(Shape::Union(union)) => {
            union.branches.iter().flat_map(|branch| properties(schemas, branch.schema)).collect()
        }
        _ => Vec::new(),
    }
}

fn property(schemas: &Schemas, id: SchemaId, name: &str) -> Option<SchemaId> {
    match shape(schemas, id)? {
        Shape::Object(object) => object.properties.iter().find(|property| property.name == name).map(|one| one.schema),
        Shape::Union(union) => union.branches.iter().find_map(|branch| match shape(schemas, branch.schema)? {
            Shape::Object(object) => object.properties.iter().find(|one| one.name == name).map(|one| one.schema),
            _ => None,
        }),
        _ => None,
    }
}

/// A text that is a number of JSON.
fn number(text: &str) -> Option<Value> {
    let is_number = serde_json::from_str::<serde_json::Number>(text).is_ok() && text.trim() == text;
    is_number.then(|| Value::Number(text.to_owned()))
}

fn flag(text: &str) -> Option<Value> {
    match text {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        _ => None,
    }
}
