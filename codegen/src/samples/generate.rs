//! Makes the value of a schema by its shape.

use std::collections::HashMap;

use super::NoSample;
use crate::api::{Constraints, Direction, Enumeration, Schema, SchemaId, Schemas, Shape, Untyped, Value};
use crate::instance;

/// How much a value holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// What is required.
    Required,
    /// Some of what is optional as well.
    Some,
}

/// How many schemas are looked at for one sample.
const STEPS: usize = 5_000;

/// How many optional values a sample may have.
const OPTIONAL: usize = 40;

/// How deep optional values may lie.
const OPTIONAL_DEPTH: usize = 4;

/// How deep a value may be.
const DEPTH: usize = 60;

/// What can become of a schema.
pub(super) type Made = Result<Value, NoSample>;

pub(super) struct Maker<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) direction: Direction,
    extent: Extent,
    /// The schemas of which a value is being made, outermost first.
    within: Vec<SchemaId>,
    steps: usize,
    optional: usize,
    /// Samples with required values only, by schema, for reuse, each with the steps that it took: used again, it is as large again.
    known: HashMap<SchemaId, (Value, usize)>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(schemas: &'a Schemas, direction: Direction, extent: Extent) -> Self {
        Self { schemas, direction, extent, within: Vec::new(), steps: STEPS, optional: OPTIONAL, known: HashMap::new() }
    }

    /// Whether a value is valid under a schema.
    pub(super) fn is_valid(&self, schema: SchemaId, value: &Value) -> bool {
        instance::faults(self.schemas, schema, value, self.direction).is_empty()
    }

    /// Whether there is room for a value that nothing requires; takes the room.
    pub(super) fn takes_optional(&mut self) -> bool {
        let takes = self.extent == Extent::Some && self.optional > 0 && self.within.len() <= OPTIONAL_DEPTH;
        if takes {
            self.optional -= 1;
        }
        takes
    }

    pub(super) fn value(&mut self, id: SchemaId) -> Made {
        if let Some((known, steps)) = self.known.get(&id) {
            self.steps = self.steps.checked_sub(*steps).ok_or(NoSample::TooLarge)?;
            return Ok(known.clone());
        }
        let left = self.steps;
        self.steps = left.checked_sub(1).ok_or(NoSample::TooLarge)?;
        if let Some(documented) = self.documented(id) {
            return Ok(documented);
        }
        let target = self.schemas.resolve(id);
        if self.within.contains(&target) {
            return self.or_null(id, NoSample::Endless);
        }
        if self.within.len() == DEPTH {
            return self.or_null(id, NoSample::TooLarge);
        }
        self.within.push(target);
        let made = self.made(id, target);
        self.within.pop();
        match made {
            Ok(value) => {
                if self.extent == Extent::Required {
                    self.known.insert(id, (value.clone(), left - self.steps));
                }
                Ok(value)
            }
            Err(reason) => self.or_null(id, reason),
        }
    }

    fn or_null(&self, id: SchemaId, reason: NoSample) -> Made {
        if self.schemas.is_nullable(id) { Ok(Value::Null) } else { Err(reason) }
    }

    /// The first documented value that is valid; null only where nothing else is documented.
    fn documented(&self, id: SchemaId) -> Option<Value> {
        let of = |schema: &'a Schema| {
            let examples = schema.examples.iter().filter_map(|example| example.value.as_ref());
            examples.chain(&schema.default)
        };
        let documented = self.schemas.chain(id).flat_map(of).filter(|value| !value.is_null());
        documented.into_iter().find(|value| self.is_valid(id, value)).cloned()
    }

    fn made(&mut self, id: SchemaId, target: SchemaId) -> Made {
        let Some(schema) = self.schemas.get(target) else { return Err(NoSample::Never) };
        let stated = self.schemas.chain(id).fold(Constraints::default(), |all, one| all.and(one.constraints.clone()));
        self.shape(id, &schema.shape, &stated)
    }

    fn shape(&mut self, id: SchemaId, shape: &'a Shape, stated: &Constraints) -> Made {
        match shape {
            Shape::Reference(_) => Err(NoSample::Endless),
            Shape::String { format, encoding, .. } => {
                self.text(id, format.as_deref().or(encoding.as_deref()).unwrap_or_default(), stated)
            }
            Shape::Integer { .. } => self.number(id, true, stated),
            Shape::Number { .. } => self.number(id, false, stated),
            Shape::Boolean => self.first_valid(id, [Value::Bool(true), Value::Bool(false)], NoSample::Limits),
            Shape::Null => Ok(Value::Null),
            Shape::Enumeration(listed) => self.listed(id, listed),
            Shape::List(list) => self.list(list, stated),
            Shape::Object(object) => self.object(object, stated),
            Shape::Union(union) => self.union(union),
            Shape::Any(Untyped::Never) => Err(NoSample::Never),
            Shape::Any(Untyped::TooManyShapes) => Err(NoSample::Untold),
            Shape::Any(Untyped::NoType | Untyped::UnknownType) => self.anything(id, stated),
        }
    }

    /// The first of some values that is valid.
    pub(super) fn first_valid(&self, id: SchemaId, values: impl IntoIterator<Item = Value>, reason: NoSample) -> Made {
        values.into_iter().find(|value| self.is_valid(id, value)).ok_or(reason)
    }

    fn listed(&mut self, id: SchemaId, listed: &Enumeration) -> Made {
        let none = if listed.values.is_empty() { NoSample::Never } else { NoSample::Limits };
        self.first_valid(id, listed.values.iter().map(|one| one.value.clone()), none)
    }

    /// A value of a schema without a type: whatever its limits allow.
    fn anything(&mut self, id: SchemaId, stated: &Constraints) -> Made {
        if self.is_valid(id, &Value::Object(Vec::new())) && stated.pattern.is_none() {
            return Ok(Value::Object(Vec::new()));
        }
        let text = self.text(id, "", stated);
        text.or_else(|_| self.first_valid(id, [Value::Bool(true), Value::List(Vec::new())], NoSample::Limits))
    }
}
