//! The same way through an API as the [visitor](super::schema_visitor) goes, to let positions name other schemas.

use super::{Additional, Api, Content, Direction, MediaType, Object, Operation, SchemaId, Shape};

impl Api {
    /// Visits each position outside of schemas that names one, in the order of [`Api::visit_schemas`].
    pub(crate) fn visit_schemas_mut(&mut self, visit: &mut impl FnMut(&mut SchemaId, Direction)) {
        for operation in &mut self.operations {
            operation.visit_schemas_mut(Direction::Request, visit);
        }
        for webhook in &mut self.webhooks {
            webhook.visit_schemas_mut(Direction::Response, visit);
        }
    }
}

impl Operation {
    fn visit_schemas_mut(&mut self, sender: Direction, visit: &mut impl FnMut(&mut SchemaId, Direction)) {
        for parameter in &mut self.parameters {
            of_content(&mut parameter.content, sender, visit);
        }
        for media_type in self.request_body.iter_mut().flat_map(|body| &mut body.content) {
            of_media_type(media_type, sender, visit);
        }
        for response in &mut self.responses {
            for media_type in &mut response.content {
                of_media_type(media_type, sender.reverse(), visit);
            }
            for header in &mut response.headers {
                of_content(&mut header.content, sender.reverse(), visit);
            }
        }
        for callback in &mut self.callbacks {
            callback.visit_schemas_mut(sender.reverse(), visit);
        }
    }
}

fn of_content(content: &mut Content, sender: Direction, visit: &mut impl FnMut(&mut SchemaId, Direction)) {
    match content {
        Content::Schema { schema, .. } => visit(schema, sender),
        Content::Media { media_type, .. } => of_media_type(media_type, sender, visit),
    }
}

fn of_media_type(media_type: &mut MediaType, sender: Direction, visit: &mut impl FnMut(&mut SchemaId, Direction)) {
    let schemas = [&mut media_type.schema, &mut media_type.item_schema, &mut media_type.data_schema];
    schemas.into_iter().flatten().for_each(|schema| visit(schema, sender));
    for header in media_type.encoding.iter_mut().flat_map(|encoding| &mut encoding.headers) {
        of_content(&mut header.content, sender, visit);
    }
}

impl Shape {
    /// Visits the schemas that this one is made of, in the order of [`Shape::visit_parts`].
    pub(crate) fn visit_parts_mut(&mut self, visit: &mut impl FnMut(&mut SchemaId)) {
        match self {
            Self::Reference(target) => visit(target),
            Self::Enumeration(listed) => listed.base.visit_parts_mut(visit),
            Self::List(list) => list.prefix.iter_mut().chain(&mut list.items).for_each(visit),
            Self::Object(object) => object.visit_parts_mut(visit),
            Self::Union(union) => {
                union.branches.iter_mut().for_each(|branch| visit(&mut branch.schema));
                union.discriminator.iter_mut().filter_map(|stated| stated.default.as_mut()).for_each(visit);
            }
            Self::String { .. }
            | Self::Integer { .. }
            | Self::Number { .. }
            | Self::Boolean
            | Self::Null
            | Self::Any(_) => {}
        }
    }
}

impl Object {
    fn visit_parts_mut(&mut self, visit: &mut impl FnMut(&mut SchemaId)) {
        self.properties.iter_mut().for_each(|property| visit(&mut property.schema));
        self.patterns.iter_mut().for_each(|(_, schema)| visit(schema));
        if let Additional::Schema(schema) = &mut self.additional {
            visit(schema);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Strictness;
    use crate::source::Source;

    const DOCUMENT: &str = "\
openapi: 3.0.4
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: a
      parameters: [{name: p, in: query, schema: {type: array, items: {type: string}}}]
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {x: {type: string}}, additionalProperties: {type: integer}}
            encoding: {x: {headers: {X-A: {schema: {type: string}}}}}
      responses:
        '200':
          description: Ok.
          headers: {X-B: {schema: {type: integer}}}
          content: {application/json: {schema: {oneOf: [{type: string}, {type: integer}]}}}
      callbacks:
        told:
          '{$request.query.p}':
            post:
              operationId: b
              requestBody: {content: {application/json: {schema: {type: boolean}}}}
              responses: {'204': {description: Ok.}}
";

    #[test]
    fn both_visitors_go_the_same_way() {
        let (meaning, found) = crate::meaning(&Source::new("a.yaml", DOCUMENT), Strictness::Lenient, &[]);
        let mut api = meaning.unwrap_or_else(|| panic!("{found:?}")).api;
        let (mut read, mut written) = (Vec::new(), Vec::new());
        api.visit_schemas(&mut |id, sender| read.push((id, sender)));
        api.visit_schemas_mut(&mut |id, sender| written.push((*id, sender)));
        assert!(read.len() > 5, "{read:?}");
        assert_eq!(read, written);
        let (mut read, mut written) = (Vec::new(), Vec::new());
        for mut shape in api.schemas.iter().map(|(_, schema)| schema.shape.clone()) {
            shape.visit_parts(&mut |id| read.push(id));
            shape.visit_parts_mut(&mut |id| written.push(*id));
        }
        assert!(read.len() > 4, "{read:?}");
        assert_eq!(read, written);
    }
}
