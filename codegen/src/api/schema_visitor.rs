//! The traversal of an API without context: every position that names a schema, who sends its values, and what schemas are made of.

use super::{
    Additional, Api, Content, MediaType, Object, Operation, Parameter, Presence, Property, Schema, SchemaId, Schemas,
    Shape,
};

/// Who sends a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// A client: it stands in a request, or in the response to a webhook.
    Request,
    /// The API: it stands in a response, a webhook or a callback.
    Response,
}

impl Direction {
    /// The opposite direction.
    #[must_use]
    pub const fn reverse(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
        }
    }
}

/// In which directions values of a schema travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Directions {
    /// A client sends them.
    pub request: bool,
    /// The API sends them.
    pub response: bool,
}

impl Directions {
    /// Whether values travel in a direction.
    #[must_use]
    pub const fn has(self, direction: Direction) -> bool {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
        }
    }

    /// Adds a direction; whether it was new.
    pub fn add(&mut self, direction: Direction) -> bool {
        let known = match direction {
            Direction::Request => &mut self.request,
            Direction::Response => &mut self.response,
        };
        !std::mem::replace(known, true)
    }
}

/// A position outside of schemas that names one or more.
#[derive(Clone, Copy, Debug)]
pub enum Position<'a> {
    /// A parameter of a request.
    Parameter(&'a Parameter),
    /// A header of a response, or of a part of a body.
    Header(&'a Parameter),
    /// A media type of a body, or of what a parameter holds.
    Media(&'a MediaType),
}

impl Api {
    /// Visits each position outside of schemas, in the document's order, with who sends its values.
    pub fn visit_positions<'a>(&'a self, visit: &mut impl FnMut(Position<'a>, Direction)) {
        for operation in &self.operations {
            operation.visit_positions(Direction::Request, visit);
        }
        for webhook in &self.webhooks {
            webhook.visit_positions(Direction::Response, visit);
        }
    }

    /// Visits each schema that a position names, in the document's order, with who sends its values.
    pub fn visit_schemas(&self, visit: &mut impl FnMut(SchemaId, Direction)) {
        self.visit_positions(&mut |position, sender| position.visit_schemas(sender, visit));
    }
}

impl Position<'_> {
    fn visit_schemas(self, sender: Direction, visit: &mut impl FnMut(SchemaId, Direction)) {
        match self {
            Position::Parameter(stated) | Position::Header(stated) => {
                if let Content::Schema { schema, .. } = &stated.content {
                    visit(*schema, sender);
                }
            }
            Position::Media(stated) => {
                let schemas = [stated.schema, stated.item_schema, stated.data_schema];
                schemas.into_iter().flatten().for_each(|schema| visit(schema, sender));
            }
        }
    }
}

impl Operation {
    /// Visits each schema that a position of the operation names; `sender` sends the request.
    pub fn visit_schemas(&self, sender: Direction, visit: &mut impl FnMut(SchemaId, Direction)) {
        self.visit_positions(sender, &mut |position, sender| position.visit_schemas(sender, visit));
    }

    /// Visits each position of the operation.
    fn visit_positions<'a>(&'a self, sender: Direction, visit: &mut impl FnMut(Position<'a>, Direction)) {
        for parameter in &self.parameters {
            visit(Position::Parameter(parameter), sender);
            of_content(&parameter.content, sender, visit);
        }
        for media_type in self.request_body.iter().flat_map(|body| &body.content) {
            of_media_type(media_type, sender, visit);
        }
        for response in &self.responses {
            for media_type in &response.content {
                of_media_type(media_type, sender.reverse(), visit);
            }
            for header in &response.headers {
                visit(Position::Header(header), sender.reverse());
                of_content(&header.content, sender.reverse(), visit);
            }
        }
        for callback in &self.callbacks {
            callback.visit_positions(sender.reverse(), visit);
        }
    }
}

fn of_content<'a>(content: &'a Content, sender: Direction, visit: &mut impl FnMut(Position<'a>, Direction)) {
    if let Content::Media { media_type, .. } = content {
        of_media_type(media_type, sender, visit);
    }
}

fn of_media_type<'a>(media_type: &'a MediaType, sender: Direction, visit: &mut impl FnMut(Position<'a>, Direction)) {
    visit(Position::Media(media_type), sender);
    for header in media_type.encoding.iter().flat_map(|encoding| &encoding.headers) {
        visit(Position::Header(header), sender);
        of_content(&header.content, sender, visit);
    }
}

impl Shape {
    /// Visits the schemas that this one is made of, in the document's order.
    pub fn visit_parts(&self, visit: &mut impl FnMut(SchemaId)) {
        match self {
            Self::Reference(target) => visit(*target),
            Self::Enumeration(listed) => listed.base.visit_parts(visit),
            Self::List(list) => list.prefix.iter().copied().chain(list.items).for_each(visit),
            Self::Object(object) => object.visit_parts(visit),
            Self::Union(union) => {
                union.branches.iter().for_each(|branch| visit(branch.schema));
                union.discriminator.iter().filter_map(|stated| stated.default).for_each(visit);
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
    fn visit_parts(&self, visit: &mut impl FnMut(SchemaId)) {
        self.properties.iter().for_each(|property| visit(property.schema));
        self.patterns.iter().for_each(|(_, schema)| visit(*schema));
        if let Additional::Schema(schema) = self.additional {
            visit(schema);
        }
    }
}

impl Schemas {
    /// What absence and null mean for a property in one direction; `None`: it is not there (`readOnly`, `writeOnly`).
    #[must_use]
    pub fn presence(&self, property: &Property, direction: Direction) -> Option<Presence> {
        let is_absent = |schema: &Schema| match direction {
            Direction::Request => schema.read_only,
            Direction::Response => schema.write_only,
        };
        let is_absent = self.chain(property.schema).any(is_absent);
        (!is_absent).then(|| Presence { required: property.required, nullable: self.is_nullable(property.schema) })
    }
}

/// In which directions the values of each schema travel, by id, where values of some are sent, each in a direction, and of no others but
/// those that they are made of.
///
/// Walks with a stack of its own: schemas nest as deep as a document likes.
#[must_use]
pub fn directions_from(schemas: &Schemas, sent: Vec<(SchemaId, Direction)>) -> Vec<Directions> {
    let mut found = vec![Directions::default(); schemas.len()];
    let mut waiting = sent;
    while let Some((id, direction)) = waiting.pop() {
        let is_new = found.get_mut(id.0).is_some_and(|known| known.add(direction));
        if is_new && let Some(schema) = schemas.get(id) {
            schema.shape.visit_parts(&mut |part| waiting.push((part, direction)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{EntrySpan, Info, Key, List, Span};

    fn schema(name: &str, shape: Shape) -> Schema {
        Schema::of(Key::Component(name.into()), shape, Span::START)
    }

    fn property(schema: SchemaId) -> Property {
        Property {
            name: "p".into(),
            schema,
            required: true,
            required_span: None,
            owner: None,
            given_name: None,
            span: EntrySpan::START,
        }
    }

    #[test]
    fn references_are_followed_and_end() {
        let mut schemas = Schemas::default();
        let text = schemas.add(Schema { nullable: true, ..schema("Text", Shape::Boolean) });
        let alias = schemas.add(schema("Alias", Shape::Reference(text)));
        let circle = schemas.add(schema("Circle", Shape::Reference(SchemaId(2))));
        assert_eq!(schemas.resolve(alias), text);
        assert!(schemas.is_nullable(alias));
        assert!(!schemas.is_nullable(circle));
        assert_eq!(schemas.find(&Key::Component("Alias".into())), Some(alias));
    }

    #[test]
    fn what_is_read_only_is_not_in_requests() {
        let mut schemas = Schemas::default();
        let id = schemas.add(Schema { read_only: true, ..schema("Id", Shape::Boolean) });
        let property = property(id);
        assert_eq!(schemas.presence(&property, Direction::Request), None);
        let expected = Presence { required: true, nullable: false };
        assert_eq!(schemas.presence(&property, Direction::Response), Some(expected));
    }

    #[test]
    fn directions_reach_everything_below() {
        let mut schemas = Schemas::default();
        let inner = schemas.add(schema("Inner", Shape::Boolean));
        let list = schemas.add(schema("List", Shape::List(List { prefix: Vec::new(), items: Some(inner) })));
        let node = schemas.add(schema("Node", Shape::Null));
        let object = Object { properties: vec![property(node), property(list)], ..Object::default() };
        schemas.change(node, |schema| schema.shape = Shape::Object(object));
        let alone = schemas.add(schema("Alone", Shape::Boolean));
        let api = Api {
            info: Info::default(),
            tags: Vec::new(),
            servers: Vec::new(),
            security_schemes: Vec::new(),
            undeclared_security: Vec::new(),
            stated_names: Vec::new(),
            schemas,
            operations: Vec::new(),
            webhooks: vec![crate::api::operation::webhook_of("paid", node)],
        };
        let mut sent = Vec::new();
        api.visit_schemas(&mut |schema, direction| sent.push((schema, direction)));
        let found = directions_from(&api.schemas, sent);
        let sent = Directions { request: false, response: true };
        assert_eq!([found[inner.0], found[list.0], found[node.0]], [sent; 3]);
        assert_eq!(found[alone.0], Directions::default());
    }
}
