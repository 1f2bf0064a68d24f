//! Defaults that a server fills in where a property is left out.

use crate::api::{Constraints, Property, Schema, SchemaId, Schemas, Shape, Value, order};
use crate::plan::types::tables::Tables;

/// The default of a property of an object, as JSON, where a server that receives the object fills it in: what the handler then gets fits
/// the schema, whatever else was sent.
pub(super) fn of_property(tables: &Tables<'_>, object: SchemaId, property: &Property) -> Option<String> {
    let schemas = &tables.api.schemas;
    let holder = schemas.get(schemas.resolve(object))?;
    let counts = &holder.constraints;
    let is_free = counts.asserted.is_empty() && counts.max_properties.is_none() && counts.min_properties.is_none();
    if property.required || !is_free || tables.is_partial(object) {
        return None;
    }
    let stated = schemas.chain(property.schema).find_map(|schema| schema.default.as_ref())?;
    let is_allowed = schemas.chain(property.schema).all(|schema| fits(schemas, schema, stated));
    (is_allowed && !stated.is_null()).then(|| stated.to_string())
}

/// Whether it is plain that a schema allows a value. Only scalars and what is empty is looked at.
fn fits(schemas: &Schemas, schema: &Schema, value: &Value) -> bool {
    let stated = &schema.constraints;
    let is_shaped = match (&schema.shape, value) {
        (Shape::Reference(_), _) | (Shape::Boolean, Value::Bool(_)) => true,
        (Shape::String { format, encoding, .. }, Value::String(text)) => {
            encoding.is_none() && format.as_deref().is_none_or(is_plain) && has_length(stated, text)
        }
        (Shape::Integer { .. }, Value::Number(text)) => text.parse::<i64>().is_ok() && is_within(stated, text),
        (Shape::Number { .. }, Value::Number(text)) => is_within(stated, text),
        (Shape::Enumeration(listed), value) => listed.values.iter().any(|one| one.value == *value),
        (Shape::List(list), Value::List(items)) => {
            items.is_empty() && list.prefix.is_empty() && stated.min_items.unwrap_or_default() == 0
        }
        (Shape::Object(object), Value::Object(entries)) => {
            let asks = object.properties.iter().any(|property| property.required) || !object.constants.is_empty();
            entries.is_empty() && !asks && stated.min_properties.unwrap_or_default() == 0
        }
        (Shape::Union(union), value) => {
            union.discriminator.is_none()
                && union.branches.iter().any(|branch| schemas.chain(branch.schema).all(|one| fits(schemas, one, value)))
        }
        _ => false,
    };
    is_shaped && stated.asserted.is_empty()
}

/// Whether a format says nothing that a text could violate.
fn is_plain(format: &str) -> bool {
    matches!(format, "password" | "string" | "char" | "html" | "commonmark" | "email" | "hostname")
}

fn has_length(stated: &Constraints, text: &str) -> bool {
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    stated.min_length.is_none_or(|least| length >= least) && stated.max_length.is_none_or(|most| length <= most)
}

fn is_within(stated: &Constraints, number: &str) -> bool {
    let is_above = stated.minimum.as_ref().is_none_or(|bound| {
        let order = order(number, &bound.value);
        order.is_gt() || order.is_eq() && !bound.exclusive
    });
    let is_below = stated.maximum.as_ref().is_none_or(|bound| {
        let order = order(number, &bound.value);
        order.is_lt() || order.is_eq() && !bound.exclusive
    });
    is_above && is_below && stated.multiple_of.is_none()
}
