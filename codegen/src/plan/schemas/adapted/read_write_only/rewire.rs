//! From the schemas of responses to those of requests, in whatever refers to them.

use std::collections::HashMap;

use crate::api::{Branch, SchemaId, Schemas, Shape};
use crate::plan::schemas::kinds::component_name;

/// The schemas that have a form of requests beside that of responses, with its id.
pub(super) struct RequestForms(HashMap<SchemaId, SchemaId>);

impl RequestForms {
    /// The forms of requests by those of responses.
    pub(super) const fn new(ids: HashMap<SchemaId, SchemaId>) -> Self {
        Self(ids)
    }

    /// The form of requests of a schema, if it has one of its own.
    pub(super) fn get(&self, id: SchemaId) -> Option<SchemaId> {
        self.0.get(&id).copied()
    }

    /// All of them.
    pub(super) fn into_ids(self) -> HashMap<SchemaId, SchemaId> {
        self.0
    }

    fn rewire(&self, id: &mut SchemaId) {
        *id = self.get(*id).unwrap_or(*id);
    }

    /// Lets a shape name the forms of requests of the schemas that it is made of, and those that its properties are from.
    pub(super) fn rewire_shape(&self, schemas: &Schemas, shape: &mut Shape) {
        match shape {
            Shape::Enumeration(listed) => return self.rewire_shape(schemas, &mut listed.base),
            Shape::Object(object) => {
                object.properties.iter_mut().filter_map(|of| of.owner.as_mut()).for_each(|owner| self.rewire(owner));
                object.additional_owner.iter_mut().chain(&mut object.parts).for_each(|part| self.rewire(part));
            }
            Shape::Union(union) => union.branches.iter_mut().for_each(|branch| Self::keep_name(schemas, branch)),
            _ => {}
        }
        shape.visit_parts_mut(&mut |part| self.rewire(part));
    }

    /// A variant keeps the name that it has in responses.
    fn keep_name(schemas: &Schemas, branch: &mut Branch) {
        let referred = match schemas.get(branch.schema).map(|schema| &schema.shape) {
            Some(Shape::Reference(target)) => *target,
            _ => branch.schema,
        };
        let is_component = schemas.get(referred).and_then(component_name).is_some();
        branch.component = branch.component.or(is_component.then_some(referred));
    }
}
