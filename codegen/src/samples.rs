//! Values to show: documented ones where they are valid, else values made from a schema.
//!
//! What is made is valid under its schema by [`instance`], the same in each run, and holds what the schema requires and
//! some of what it allows.

mod at_pointer;
mod distinct_values;
mod generate;
mod lists;
mod no_sample;
mod numbers;
mod objects;
mod pagination;
mod patterns;
mod responses;
mod texts;
mod unions;

use crate::api::{Direction, MediaType, SchemaId, Schemas, Value};
use crate::instance;

use generate::{Extent, Maker};
pub use no_sample::NoSample;
pub(crate) use responses::rank;
pub use responses::{SampleResponse, choose, of_response, success};

/// A value that is valid under a schema and travels in a direction, or why none was found.
///
/// In this order: the schema's `example` and `examples`, its `default`, one of its listed values, a value that is made of what it says. A
/// documented value that is not valid is passed over. Recursion ends where the smallest value ends.
pub fn of_schema(schemas: &Schemas, schema: SchemaId, direction: Direction) -> Result<Value, NoSample> {
    let made = |extent| {
        let value = Maker::new(schemas, direction, extent).value(schema)?;
        match instance::faults(schemas, schema, &value, direction).into_iter().next() {
            Some(fault) => Err(NoSample::Unfit(fault)),
            None => Ok(value),
        }
    };
    made(Extent::Some).or_else(|_| made(Extent::Required))
}

/// A value of a media type: its first example that is valid, else a sample of its schema. Without a schema any value is valid, and this is
/// an empty object.
pub fn of_media_type(schemas: &Schemas, media: &MediaType, direction: Direction) -> Result<Value, NoSample> {
    let is_valid = |value: &&Value| {
        media.schema.is_none_or(|schema| instance::faults(schemas, schema, value, direction).is_empty())
    };
    let documented = media.examples.iter().filter_map(|example| example.value.as_ref()).find(is_valid);
    match (documented, media.schema) {
        (Some(value), _) => Ok(value.clone()),
        (None, Some(schema)) => of_schema(schemas, schema, direction),
        (None, None) => Ok(Value::Object(Vec::new())),
    }
}

#[cfg(test)]
mod tests;
