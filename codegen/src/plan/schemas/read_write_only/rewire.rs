//! From the schemas of responses to those of requests, in whatever refers to them.

use std::collections::HashMap;

use crate::api::{Additional, Api, Branch, Content, Direction, MediaType, Object, Operation, SchemaId, Schemas, Shape};
use crate::plan::schemas::kinds::component_name;

/// The schemas that have a copy for requests, with it.
pub(super) struct Copies(HashMap<SchemaId, SchemaId>);

impl Copies {
    /// The copies by the originals.
    pub(super) const fn new(copies: HashMap<SchemaId, SchemaId>) -> Self {
        Self(copies)
    }

    /// The copy of a schema.
    pub(super) fn get(&self, id: SchemaId) -> Option<SchemaId> {
        self.0.get(&id).copied()
    }

    fn rewire(&self, id: &mut SchemaId) {
        *id = self.get(*id).unwrap_or(*id);
    }

    /// Lets every position of a request name the copy.
    pub(super) fn rewire_api(&self, api: &mut Api) {
        for operation in &mut api.operations {
            self.rewire_operation(operation, Direction::Request);
        }
        for webhook in &mut api.webhooks {
            self.rewire_operation(webhook, Direction::Response);
        }
    }

    fn rewire_operation(&self, operation: &mut Operation, sender: Direction) {
        let is_request = sender == Direction::Request;
        if is_request {
            operation.parameters.iter_mut().for_each(|parameter| self.rewire_content(&mut parameter.content));
            let body = operation.request_body.iter_mut().flat_map(|body| &mut body.content);
            body.for_each(|media_type| self.rewire_media_type(media_type));
        } else {
            for response in &mut operation.responses {
                response.content.iter_mut().for_each(|media_type| self.rewire_media_type(media_type));
                response.headers.iter_mut().for_each(|header| self.rewire_content(&mut header.content));
            }
        }
        for callback in &mut operation.callbacks {
            self.rewire_operation(callback, sender.reverse());
        }
    }

    fn rewire_content(&self, content: &mut Content) {
        match content {
            Content::Schema { schema, .. } => self.rewire(schema),
            Content::Media { media_type, .. } => self.rewire_media_type(media_type),
        }
    }

    fn rewire_media_type(&self, media_type: &mut MediaType) {
        let schemas = media_type.schema.iter_mut().chain(&mut media_type.item_schema);
        schemas.for_each(|schema| self.rewire(schema));
        let headers = media_type.encoding.iter_mut().flat_map(|encoding| &mut encoding.headers);
        headers.for_each(|header| self.rewire_content(&mut header.content));
    }

    /// Lets a shape name the copies of the schemas that it is made of.
    pub(super) fn rewire_shape(&self, schemas: &Schemas, shape: &mut Shape) {
        match shape {
            Shape::Reference(target) => self.rewire(target),
            Shape::Enumeration(listed) => self.rewire_shape(schemas, &mut listed.base),
            Shape::List(list) => list.prefix.iter_mut().chain(&mut list.items).for_each(|item| self.rewire(item)),
            Shape::Object(object) => self.rewire_object(object),
            Shape::Union(union) => {
                union.branches.iter_mut().for_each(|branch| self.rewire_branch(schemas, branch));
                let default = union.discriminator.as_mut().and_then(|stated| stated.default.as_mut());
                if let Some(default) = default {
                    self.rewire(default);
                }
            }
            Shape::String { .. }
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::Boolean
            | Shape::Null
            | Shape::Any(_) => {}
        }
    }

    fn rewire_object(&self, object: &mut Object) {
        for property in &mut object.properties {
            self.rewire(&mut property.schema);
            property.owner.iter_mut().for_each(|owner| self.rewire(owner));
        }
        object.patterns.iter_mut().for_each(|(_, schema)| self.rewire(schema));
        if let Additional::Schema(schema) = &mut object.additional {
            self.rewire(schema);
        }
        object.additional_owner.iter_mut().chain(&mut object.parts).for_each(|part| self.rewire(part));
    }

    /// A variant keeps the name that it has in responses.
    fn rewire_branch(&self, schemas: &Schemas, branch: &mut Branch) {
        let referred = match schemas.get(branch.schema).map(|schema| &schema.shape) {
            Some(Shape::Reference(target)) => *target,
            _ => branch.schema,
        };
        let is_component = schemas.get(referred).and_then(component_name).is_some();
        branch.component = branch.component.or(is_component.then_some(referred));
        self.rewire(&mut branch.schema);
    }
}
