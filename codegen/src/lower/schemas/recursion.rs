//! Lists and maps that hold themselves: `type: array, items: {$ref: …}` with a reference to the list.

use std::collections::BTreeMap;

use crate::api::{Key, Schema, SchemaId, Schemas, Shape};
use crate::strongly_connected::components;

/// The lists and maps that lead back to themselves by lists, maps and references alone. Of those that lead to each other it is the
/// components, to which the document gives a name, unless none is one.
pub(super) fn recursive(schemas: &Schemas) -> Vec<SchemaId> {
    let mut edges: Vec<Vec<usize>> = schemas.iter().map(|(_, schema)| edges(schema)).collect();
    for targets in &mut edges {
        targets.retain(|target| *target < schemas.len());
    }
    let mut circles: BTreeMap<usize, Vec<SchemaId>> = BTreeMap::new();
    for (at, of) in components(&edges).into_iter().enumerate() {
        circles.entry(of).or_default().push(SchemaId(at));
    }
    let leads_back = |members: &Vec<SchemaId>| match members.as_slice() {
        [only] => edges.get(only.0).is_some_and(|targets| targets.contains(&only.0)),
        _ => true,
    };
    circles.into_values().filter(leads_back).flat_map(|members| marked(schemas, &members)).collect()
}

/// Of lists and maps that lead to each other, those that are marked.
fn marked(schemas: &Schemas, members: &[SchemaId]) -> Vec<SchemaId> {
    let of = |wanted: fn(&Schema) -> bool| -> Vec<SchemaId> {
        members.iter().copied().filter(|id| schemas.get(*id).is_some_and(wanted)).collect()
    };
    let components = of(|schema| !schema.is_reference() && matches!(schema.key, Key::Component(_)));
    if components.is_empty() { of(|schema| !schema.is_reference()) } else { components }
}

/// The schemas that a reference, a list or a map leads to.
fn edges(schema: &Schema) -> Vec<usize> {
    let leads_on = match &schema.shape {
        Shape::Reference(_) | Shape::List(_) => true,
        Shape::Object(object) => object.properties.is_empty(),
        _ => false,
    };
    let mut found = Vec::new();
    if leads_on {
        schema.shape.visit_parts(&mut |part| found.push(part.0));
    }
    found
}
