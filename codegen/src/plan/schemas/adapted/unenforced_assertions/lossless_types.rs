//! Whether the values of a type have all that they had on the wire.

use std::collections::HashSet;

use crate::api::{Additional, Object, Schema, SchemaId, Schemas, Shape};
use crate::plan::schemas::elements;

/// Whether two values of a schema that differ on the wire differ as values of its type, too: no property is passed over, and no text is
/// read as something that has several spellings.
pub(super) fn shows_all(schemas: &Schemas, id: SchemaId) -> bool {
    schemas.get(id).is_none_or(|schema| shows_all_of(schemas, schema))
}

/// Whether two values of a schema that differ on the wire differ as values of its type, too.
pub(super) fn shows_all_of(schemas: &Schemas, schema: &Schema) -> bool {
    let mut seen = HashSet::new();
    let mut waiting = vec![schema];
    while let Some(schema) = waiting.pop() {
        if !keeps_own(schemas, schema) {
            return false;
        }
        let held = held(schema).into_iter().filter(|id| seen.insert(*id));
        waiting.extend(held.filter_map(|id| schemas.get(id)));
    }
    true
}

/// Whether a value shows all that it has beside what it holds. The request lacks what is read only.
fn keeps_own(schemas: &Schemas, schema: &Schema) -> bool {
    match schema.shape.base() {
        Shape::Object(object) => {
            let is_sent = |id: SchemaId| !schemas.chain(id).any(|schema| schema.read_only);
            elements::sees_all_properties(object) && object.properties.iter().all(|property| is_sent(property.schema))
        }
        Shape::String { format, encoding, .. } => keeps_text(format.as_deref(), encoding.as_deref()),
        _ => true,
    }
}

/// The schemas of what a value holds, or of what it is.
fn held(schema: &Schema) -> Vec<SchemaId> {
    match schema.shape.base() {
        Shape::Reference(target) => vec![*target],
        Shape::List(list) => list.prefix.iter().chain(&list.items).copied().collect(),
        Shape::Object(object) => of_object(object),
        Shape::Union(union) => union.branches.iter().map(|branch| branch.schema).collect(),
        _ => Vec::new(),
    }
}

fn of_object(object: &Object) -> Vec<SchemaId> {
    let properties = object.properties.iter().map(|property| property.schema);
    let others = object.patterns.iter().map(|(_, schema)| *schema);
    let further = if let Additional::Schema(id) = object.additional { Some(id) } else { None };
    properties.chain(others).chain(further).collect()
}

/// Whether a type keeps the characters of a text.
pub(super) fn keeps_text(format: Option<&str>, encoding: Option<&str>) -> bool {
    encoding.is_none() && !matches!(format, Some("byte" | "base64url" | "decimal"))
}
