//! Defaults that a server fills in where a property is left out.

use crate::api::{Branch, Direction, Property, Schema, SchemaId, Schemas, Shape, Value};
use crate::instance;
use crate::plan::types::tables::Tables;

/// The default of a property of an object, as JSON, where a server that receives the object fills it in: what the handler then gets fits
/// the schema, whatever else was sent.
pub(super) fn of_property(tables: &Tables<'_>, object: SchemaId, property: &Property) -> Option<String> {
    let schemas = tables.schemas;
    let holder = schemas.get(schemas.resolve(object))?;
    let counts = &holder.constraints;
    let is_free = counts.asserted.is_empty() && counts.max_properties.is_none() && counts.min_properties.is_none();
    if property.required || !is_free || tables.is_partial(object) {
        return None;
    }
    let stated = schemas.chain(property.schema).find_map(|schema| schema.default.as_ref())?;
    let is_told = schemas.chain(property.schema).all(|schema| is_told(schemas, schema, stated));
    let is_allowed = is_told && instance::faults(schemas, property.schema, stated, Direction::Request).is_empty();
    (is_allowed && !stated.is_null()).then(|| stated.to_string())
}

/// Whether [`instance`] leaves nothing open about a value, and the type holds what it allows. Only scalars and what is empty is looked at.
fn is_told(schemas: &Schemas, schema: &Schema, value: &Value) -> bool {
    let stated = &schema.constraints;
    let is_shaped = match (&schema.shape, value) {
        (Shape::Reference(_), _) | (Shape::Boolean, Value::Bool(_)) | (Shape::Number { .. }, Value::Number(_)) => true,
        (Shape::String { format, encoding, .. }, Value::String(_)) => {
            encoding.is_none() && format.as_deref().is_none_or(is_plain)
        }
        (Shape::Integer { .. }, Value::Number(text)) => text.parse::<i64>().is_ok(),
        (Shape::Enumeration(listed), value) => listed.values.iter().any(|one| one.value == *value),
        (Shape::List(list), Value::List(items)) => items.is_empty() && list.prefix.is_empty(),
        (Shape::Object(object), Value::Object(entries)) => {
            entries.is_empty() && object.properties.iter().all(|property| !property.required)
        }
        (Shape::Union(union), value) => {
            let is_told_of = |branch: &Branch| {
                schemas.chain(branch.schema).all(|one| is_told(schemas, one, value))
                    && instance::faults(schemas, branch.schema, value, Direction::Request).is_empty()
            };
            union.discriminator.is_none() && union.branches.iter().any(is_told_of)
        }
        _ => false,
    };
    is_shaped && stated.asserted.is_empty() && stated.multiple_of.is_none()
}

/// Whether a format says nothing that a text could violate.
fn is_plain(format: &str) -> bool {
    matches!(format, "password" | "string" | "char" | "html" | "commonmark" | "email" | "hostname")
}
