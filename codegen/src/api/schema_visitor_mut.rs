//! The parts of a shape in the order of the [visitor](super::schema_visitor), by mutable reference: the shape can name other schemas.

use super::{Additional, Object, SchemaId, Shape};

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
          application/json:
            schema: {type: object, properties: {x: {type: string}}, additionalProperties: {type: integer}}
      responses:
        '200':
          description: Ok.
          content: {application/json: {schema: {oneOf: [{type: string}, {type: integer}]}}}
";

    #[test]
    fn both_visitors_go_the_same_way() {
        let (read, found) = crate::api_and_document(&Source::new("a.yaml", DOCUMENT), Strictness::Lenient, &[]);
        let api = read.unwrap_or_else(|| panic!("{found:?}")).api;
        let (mut read, mut written) = (Vec::new(), Vec::new());
        for mut shape in api.schemas.iter().map(|(_, schema)| schema.shape.clone()) {
            shape.visit_parts(&mut |id| read.push(id));
            shape.visit_parts_mut(&mut |id| written.push(*id));
        }
        assert!(read.len() > 4, "{read:?}");
        assert_eq!(read, written);
    }
}
