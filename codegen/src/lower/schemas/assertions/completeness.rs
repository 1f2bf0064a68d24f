//! Whether the values of a type have all that they had on the wire.

use std::collections::HashSet;

use super::applicability::{counts_all, keeps_text};
use crate::api::{Additional, Object, Schema, SchemaId, Schemas, Shape};

/// Whether two values of a schema that differ on the wire differ as values of its type, too: no property is passed over, and no text is
/// read as something that has several spellings.
pub(super) fn shows_all(schemas: &Schemas, id: SchemaId) -> bool {
    let mut seen = HashSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(schema) = schemas.get(id) else { continue };
        if !keeps_own(schema) {
            return false;
        }
        waiting.extend(held(schema));
    }
    true
}

/// Whether a value shows all that it has beside what it holds. The request lacks what is read only.
fn keeps_own(schema: &Schema) -> bool {
    !schema.read_only
        && match schema.shape.base() {
            Shape::Object(object) => counts_all(object),
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
