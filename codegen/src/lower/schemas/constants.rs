//! Properties whose value is known: `const`, and discriminators of objects that one value leads to.
//!
//! They are no choice of whoever makes the object, so they are kept apart from its other properties.

use std::collections::HashMap;

use crate::api::{Constant, Enumeration, Property, Schema, SchemaId, Schemas, Sensitivity, Shape, Value};

/// The values by which unions know an object, by its schema and the name of the discriminator.
type Tags = HashMap<(SchemaId, String), Vec<String>>;

/// Takes the properties with one value out of those that are given.
pub fn separate(schemas: &mut Schemas) {
    let tags = tags(schemas);
    let ids: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        let found = constants(schemas, id, &tags);
        let Some(Shape::Object(object)) = schemas.get_mut(id).map(|schema| &mut schema.shape) else { continue };
        object.properties.retain(|property| found.iter().all(|constant| constant.name != property.name));
        object.constants = found;
    }
}

fn tags(schemas: &Schemas) -> Tags {
    let mut tags = Tags::new();
    for (_, schema) in schemas.iter() {
        let Shape::Union(union) = &schema.shape else { continue };
        let Some(discriminator) = &union.discriminator else { continue };
        for branch in &union.branches {
            let key = (schemas.resolve(branch.schema), discriminator.property.clone());
            tags.entry(key).or_default().extend(branch.tags.iter().cloned());
        }
    }
    tags
}

/// The constants of a schema that is an object.
fn constants(schemas: &Schemas, id: SchemaId, tags: &Tags) -> Vec<Constant> {
    let Some(Shape::Object(object)) = schemas.get(id).map(|schema| &schema.shape) else { return Vec::new() };
    let constant = |property: &Property| {
        let (value, is_const) = only_value(schemas, property)?;
        let named = tags.get(&(id, property.name.clone())).map(Vec::as_slice).unwrap_or_default();
        // Where a union knows the object by another value, the document contradicts itself, and whoever makes the object has to choose.
        let is_tag = !named.is_empty() && named.iter().all(|tag| value.as_str() == Some(tag));
        let is_contradicted = !named.is_empty() && !is_tag;
        ((is_const || is_tag) && !is_contradicted).then(|| Constant { name: property.name.clone(), value })
    };
    object.properties.iter().filter_map(constant).collect()
}

/// The only value of a property that is always there, and whether no later version of the API adds another: it is given as `const`, or
/// it is a flag.
fn only_value(schemas: &Schemas, property: &Property) -> Option<(Value, bool)> {
    let id = property.schema;
    let is_one_way = |schema: &Schema| schema.read_only || schema.write_only;
    let is_hidden = |schema: &Schema| matches!(schema.sensitivity, Sensitivity::Secret(_));
    let is_given = property.required && !schemas.is_nullable(id);
    if !is_given || property.given_name.is_some() || schemas.chain(id).any(|one| is_one_way(one) || is_hidden(one)) {
        return None;
    }
    let Shape::Enumeration(Enumeration { values, open: false, constant, .. }) =
        &schemas.get(schemas.resolve(id))?.shape
    else {
        return None;
    };
    let [only] = values.as_slice() else { return None };
    let is_written = match &only.value {
        Value::String(_) | Value::Bool(_) => true,
        Value::Number(text) => text.parse::<i64>().is_ok(),
        Value::Null | Value::List(_) | Value::Object(_) => false,
    };
    is_written.then(|| (only.value.clone(), *constant || matches!(only.value, Value::Bool(_))))
}
