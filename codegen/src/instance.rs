//! Whether a value is valid under a schema of the API, and every place where it is not.
//!
//! Keywords that the API does not have ([`Schema::omitted`](crate::api::Schema)) are not looked at, and a value is given the benefit
//! of the doubt: a pattern that cannot be read, a format that is only an annotation and whatever lies too deep are no faults.

mod assertions;
mod elements;
mod formats;
mod numbers;
mod scalars;

use std::fmt;

use crate::api::{Direction, SchemaId, Schemas, Shape, Union, Untyped, Value};
use crate::patterns::Pattern;
use crate::pointer;

pub use numbers::{Exact, integer_range};
use scalars::is_integer;
pub(crate) use scalars::is_same;

/// How many schemas are compared with one value and its parts. After that the value is taken to be valid.
const FUEL: usize = 20_000;

/// How deep schemas are followed into each other. Below that a value is taken to be valid.
const DEPTH: usize = 100;

/// A place of a value that is not as its schema says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Why: `is below the minimum 1`.
    pub reason: String,
}

/// `/amount is below the minimum 1`.
impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            write!(formatter, "the value {}", self.reason)
        } else {
            write!(formatter, "{} {}", self.pointer, self.reason)
        }
    }
}

/// Every fault of a value that travels in a direction; none where it is valid.
///
/// ```
/// use specie_codegen::api::{Constraints, Value};
/// use specie_codegen::{Strictness, instance, source::Source};
///
/// let document = "
/// openapi: 3.1.0
/// info: {title: T, version: '1'}
/// components: {schemas: {Amount: {type: integer, minimum: 1}}}
/// ";
/// let (read, _) = specie_codegen::api_and_document(&Source::new("t.yaml", document), Strictness::Lenient, &[]);
/// let api = read.expect("a valid document").api;
/// let (amount, _) = api.schemas.iter().next().expect("a schema");
/// let faults = instance::faults(&api.schemas, amount, &Value::Number("0".into()), specie_codegen::api::Direction::Request);
/// assert_eq!(faults[0].to_string(), "the value is below the minimum 1");
/// ```
#[must_use]
pub fn faults(schemas: &Schemas, schema: SchemaId, value: &Value, direction: Direction) -> Vec<Fault> {
    let mut check = Check { schemas, direction, fuel: FUEL, depth: 0, pointer: String::new(), found: Vec::new() };
    check.value(schema, value);
    check.found
}

/// Whether some part of a text matches a regular expression of a document; `None` where it cannot be read.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> Option<bool> {
    Pattern::read(pattern).map(|pattern| pattern.matches(text))
}

/// How many branches of a union a value fits.
pub(crate) fn fitting_branches(schemas: &Schemas, union: &Union, value: &Value, direction: Direction) -> usize {
    union.branches.iter().filter(|branch| faults(schemas, branch.schema, value, direction).is_empty()).count()
}

/// What a check knows and has found so far.
struct Check<'a> {
    schemas: &'a Schemas,
    direction: Direction,
    fuel: usize,
    depth: usize,
    pointer: String,
    found: Vec<Fault>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, reason: impl Into<String>) {
        self.found.push(Fault { pointer: self.pointer.clone(), reason: reason.into() });
    }

    /// Checks a part of the value under its name or index.
    fn part(&mut self, name: &str, schema: SchemaId, value: &Value) {
        self.at(name, |check| check.value(schema, value));
    }

    /// What `check` finds stands under a name or index.
    fn at(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let before = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&pointer::escape(name));
        check(self);
        self.pointer.truncate(before);
    }

    fn value(&mut self, id: SchemaId, value: &Value) {
        if self.fuel == 0 || self.depth == DEPTH {
            return;
        }
        self.fuel -= 1;
        self.depth += 1;
        if value.is_null() {
            self.null(id);
        } else {
            // Keywords beside a reference hold as well as what it refers to.
            for schema in self.schemas.chain(id) {
                self.constraints(&schema.constraints, value);
                self.asserted(&schema.constraints.asserted, value);
                self.shape(&schema.shape, value);
            }
        }
        self.depth -= 1;
    }

    /// Whether a value is valid, apart from this check.
    fn fits(&mut self, id: SchemaId, value: &Value) -> bool {
        let found = std::mem::take(&mut self.found);
        self.value(id, value);
        std::mem::replace(&mut self.found, found).is_empty()
    }

    fn null(&mut self, id: SchemaId) {
        let shape = self.schemas.get(self.schemas.resolve(id)).map(|schema| &schema.shape);
        let is_any = matches!(
            shape,
            Some(Shape::Null | Shape::Any(Untyped::NoType | Untyped::UnknownType | Untyped::TooManyShapes))
        );
        if !is_any && !self.schemas.is_nullable(id) && !self.has_null_branch(shape) {
            self.fault("is null, which the schema does not allow");
        }
    }

    fn has_null_branch(&mut self, shape: Option<&'a Shape>) -> bool {
        let Some(Shape::Union(union)) = shape else { return false };
        union.branches.iter().any(|branch| self.fits(branch.schema, &Value::Null))
    }

    fn shape(&mut self, shape: &'a Shape, value: &Value) {
        match (shape, value) {
            (Shape::Any(Untyped::Never), _) => self.fault("is not allowed, as no value is"),
            (Shape::Reference(_) | Shape::Any(_), _)
            | (Shape::Boolean, Value::Bool(_))
            | (Shape::Number { .. }, Value::Number(_)) => {}
            (Shape::Enumeration(listed), _) => self.listed(listed, value),
            (Shape::String { format, encoding, .. }, Value::String(text)) => {
                self.text(format.as_deref(), encoding.as_deref(), text);
            }
            (Shape::Integer { format }, Value::Number(number)) if is_integer(number) => {
                self.integer(format.as_deref(), number);
            }
            (Shape::List(list), Value::List(items)) => self.list(list, items),
            (Shape::Object(object), Value::Object(entries)) => self.object(object, entries),
            (Shape::Union(union), _) => self.union(union, value),
            (shape, _) => self.fault(format!("is not {}", type_words(shape))),
        }
    }

    /// A value of a union fits the branch that its discriminator names, or else one of the branches.
    ///
    /// That it fits just one of `oneOf` is not asked for: branches may differ in what is not carried.
    fn union(&mut self, union: &'a Union, value: &Value) {
        if let Some(stated) = &union.discriminator
            && let Some(tag) = member(value, &stated.property).and_then(Value::as_str)
        {
            let named = union.branches.iter().find(|branch| branch.tags.iter().any(|one| one == tag));
            if let Some(schema) = named.map(|branch| branch.schema).or(stated.default) {
                return self.value(schema, value);
            }
        }
        if !union.branches.iter().any(|branch| self.fits(branch.schema, value)) {
            self.fault("fits no branch of `oneOf` or `anyOf`");
        }
    }
}

/// The member of an object.
pub(crate) fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(entries) => entries.iter().find(|(key, _)| key == name).map(|(_, value)| value),
        _ => None,
    }
}

/// What a value of a shape is, for a sentence.
fn type_words(shape: &Shape) -> &'static str {
    match shape {
        Shape::String { .. } => "a string",
        Shape::Integer { .. } => "an integer",
        Shape::Number { .. } => "a number",
        Shape::Boolean => "true or false",
        Shape::Null => "null",
        Shape::List(_) => "a list",
        Shape::Object(_) => "an object",
        Shape::Reference(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Any(_) => "such a value",
    }
}

#[cfg(test)]
pub(crate) mod tests;
