//! Values to show: documented ones where they are valid, else values made from a schema.
//!
//! What is made is valid under its schema by [`instance`], the same in each run, and holds what the schema requires and
//! some of what it allows.

mod at_pointer;
mod generate;
mod lists;
mod numbers;
mod objects;
mod pagination;
mod patterns;
mod responses;
mod texts;
mod unions;

use std::fmt;

use crate::api::{Direction, MediaType, SchemaId, Schemas, Value};
use crate::instance::{self, Fault};

use generate::{Extent, Maker};
pub use patterns::of_lengths as texts_of_pattern;
pub(crate) use responses::rank;
pub use responses::{SampleResponse, choose, of_response, success};

/// Why there is no sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSample {
    /// The schema allows no value.
    Never,
    /// Every value would hold another one of the same schema.
    Endless,
    /// No text was found that matches the pattern and keeps the limits of length.
    Pattern(String),
    /// No value was found within the limits that the schema states.
    Limits,
    /// What was made for every branch of `oneOf` fits another branch as well.
    SeveralBranches,
    /// The schema combines more shapes than are told apart.
    Untold,
    /// The schema needs more steps or a larger value than samples may take.
    TooLarge,
    /// What was made is not valid.
    Unfit(Fault),
    /// There is no response to show.
    NoResponse,
    /// Values of the media type are not made.
    MediaType(String),
}

/// The end of a sentence: `no sample: …`.
impl fmt::Display for NoSample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => formatter.write_str("its schema allows no value"),
            Self::Endless => formatter.write_str("every value of its schema would hold another one"),
            Self::Pattern(pattern) => write!(formatter, "no text was found that matches the pattern {pattern}"),
            Self::Limits => formatter.write_str("no value was found within the limits of its schema"),
            Self::SeveralBranches => formatter.write_str("no value was found that fits just one branch of `oneOf`"),
            Self::Untold => formatter.write_str("its schema combines too many shapes"),
            Self::TooLarge => formatter.write_str("its schema needs too large a value"),
            Self::Unfit(fault) => write!(formatter, "what was made of its schema is not valid: {fault}"),
            Self::NoResponse => formatter.write_str("the document gives no response"),
            Self::MediaType(name) => write!(formatter, "values of {name} are not made"),
        }
    }
}

impl std::error::Error for NoSample {}

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
