//! Whether objects hold nothing but what their schemas list.

use std::cell::Cell;

use specie_codegen::api::{Additional, Branch, Combination, Direction, Object, SchemaId, Schemas, Shape, Union, Value};
use specie_codegen::instance;

use crate::schemas::View;

/// How deep values are looked into.
const DEPTH: usize = 8;

/// How many schemas are looked at for one value. What lies beyond is taken to be listed.
const LOOKS: usize = 2_000;

/// Whether a value of a schema holds no property that the schema says nothing of. What an open object holds beside its properties was not
/// meant, so that it is no proof of a change (JSON Schema Core 2020-12, 10.3.2.3 allows it).
pub(super) fn holds_only_listed(schemas: &Schemas, id: SchemaId, value: &Value, sender: Direction) -> bool {
    Listed { schemas, sender, by: By::One, left: Cell::new(LOOKS) }.value(id, value, DEPTH)
}

/// Whether all branches of a `oneOf` that a value fits list each property of it: then it fits several because they say so, and not because
/// they are open.
pub(super) fn is_listed_by_each(schemas: &Schemas, id: SchemaId, value: &Value, sender: Direction) -> bool {
    Listed { schemas, sender, by: By::Each, left: Cell::new(LOOKS) }.value(id, value, DEPTH)
}

/// Whether the branches of a union that a value fits list each property of it together.
pub(super) fn is_listed_together(schemas: &Schemas, id: SchemaId, value: &Value, sender: Direction) -> bool {
    Listed { schemas, sender, by: By::All, left: Cell::new(LOOKS) }.value(id, value, DEPTH)
}

/// Which of the branches of a `oneOf` that a value fits have to list its properties.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// Any one of them.
    One,
    /// Each of them.
    Each,
    /// All of them together.
    All,
}

struct Listed<'a> {
    schemas: &'a Schemas,
    sender: Direction,
    by: By,
    /// How many schemas may still be looked at.
    left: Cell<usize>,
}

impl Listed<'_> {
    fn value(&self, id: SchemaId, value: &Value, depth: usize) -> bool {
        let (Some(depth), Some(left)) = (depth.checked_sub(1), self.left.get().checked_sub(1)) else { return true };
        self.left.set(left);
        let view = View::of(self.schemas, id);
        match (view.shape.base(), value) {
            (Shape::Object(object), Value::Object(entries)) => {
                entries.iter().all(|(name, value)| self.property(object, name, value, depth))
            }
            (Shape::List(list), Value::List(items)) => items.iter().enumerate().all(|(at, item)| {
                let schema = list.prefix.get(at).copied().or(list.items);
                schema.is_none_or(|schema| self.value(schema, item, depth))
            }),
            (Shape::Union(union), Value::Object(_) | Value::List(_)) => self.union(union, value, depth),
            _ => true,
        }
    }

    fn union(&self, union: &Union, value: &Value, depth: usize) -> bool {
        let fits = |branch: &&Branch| instance::faults(self.schemas, branch.schema, value, self.sender).is_empty();
        let fitting: Vec<SchemaId> = union.branches.iter().filter(fits).map(|branch| branch.schema).collect();
        if union.combination == Combination::One && self.by == By::Each {
            return !fitting.is_empty() && fitting.iter().all(|branch| self.value(*branch, value, depth));
        }
        fitting.iter().any(|branch| self.value(*branch, value, depth))
            || (union.combination == Combination::Any || self.by == By::All) && self.together(&fitting, value, depth)
    }

    /// Whether each property of an object is listed by one of several branches, all of which it fits.
    fn together(&self, fitting: &[SchemaId], value: &Value, depth: usize) -> bool {
        let Value::Object(entries) = value else { return false };
        let lists = |branch: &SchemaId, name: &str, value: &Value| match View::of(self.schemas, *branch).shape.base() {
            Shape::Object(object) => self.property(object, name, value, depth),
            _ => false,
        };
        entries.iter().all(|(name, value)| fitting.iter().any(|branch| lists(branch, name, value)))
    }

    fn property(&self, object: &Object, name: &str, value: &Value, depth: usize) -> bool {
        if let Some(property) = object.properties.iter().find(|property| property.name == name) {
            // One that only travels in the other direction is not sent.
            let travels = self.schemas.presence(property, self.sender).is_some();
            return travels && self.value(property.schema, value, depth);
        }
        let is_required = object.required_beside.iter().any(|(required, _)| required == name);
        if is_required || object.constants.iter().any(|constant| constant.name == name) {
            return true;
        }
        let mut matched = object.patterns.iter().filter(|(pattern, _)| instance::matches(pattern, name) != Some(false));
        if let Some((_, schema)) = matched.next() {
            return self.value(*schema, value, depth) && matched.all(|(_, schema)| self.value(*schema, value, depth));
        }
        match object.additional {
            Additional::Schema(schema) => self.value(schema, value, depth),
            Additional::Unstated | Additional::Any | Additional::None => false,
        }
    }
}
