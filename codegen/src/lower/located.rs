//! The typed document and the located tree, walked hand in hand: openapiv3 gives the structure, the node gives the
//! place, the exact text of numbers and values, and our own keys.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use crate::syntax::Node;

/// A part of the document with the node it was read from.
#[derive(Debug)]
pub struct At<'a, T> {
    /// The part, typed.
    pub value: &'a T,
    /// The same part, located.
    pub node: &'a Node,
}

impl<T> Clone for At<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for At<'_, T> {}

impl<'a, T> At<'a, T> {
    /// Puts the two together.
    pub fn new(value: &'a T, node: &'a Node) -> Self {
        Self { value, node }
    }

    /// A part of this part, under a key of the node.
    pub fn child<U>(self, value: &'a U, key: &str) -> At<'a, U> {
        At { value, node: self.node.get(key).unwrap_or(self.node) }
    }
}

/// The component that a reference of a section leads to, through further references if need be.
pub fn component<'a, T>(
    root: &'a Node,
    section: &str,
    all: &'a IndexMap<String, ReferenceOr<T>>,
    reference: &str,
) -> Option<At<'a, T>> {
    let nodes = root.get("components")?.get(section)?;
    let mut reference = reference;
    // A chain is never longer than there are components; a circular one was refused.
    for _ in 0..=all.len() {
        let name = reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')?;
        match all.get(name)? {
            ReferenceOr::Item(item) => return Some(At::new(item, nodes.get(name)?)),
            ReferenceOr::Reference { reference: next } => reference = next,
        }
    }
    None
}

/// A schema where it stands: a reference to a component, or the schema itself.
#[derive(Clone, Copy, Debug)]
pub struct SchemaAt<'a> {
    /// What stands there.
    pub link: Link<'a>,
    /// Its node.
    pub node: &'a Node,
}

/// What stands where a schema is expected.
#[derive(Clone, Copy, Debug)]
pub enum Link<'a> {
    /// The name of a component.
    Component(&'a str),
    /// The schema.
    Inline(&'a Schema),
}

/// The folder of all component schemas.
const SCHEMAS: &str = "#/components/schemas/";

impl<'a> SchemaAt<'a> {
    /// A schema that stands in the document as it is.
    pub fn inline(schema: &'a Schema, node: &'a Node) -> Self {
        Self { link: Link::Inline(schema), node }
    }

    /// A schema or a reference to one.
    pub fn of(at: At<'a, ReferenceOr<Schema>>) -> Self {
        match at.value {
            ReferenceOr::Reference { reference } => Self::component(reference, at.node),
            ReferenceOr::Item(schema) => Self::inline(schema, at.node),
        }
    }

    /// The same for the boxed form that properties and items have.
    pub fn of_boxed(at: At<'a, ReferenceOr<Box<Schema>>>) -> Self {
        match at.value {
            ReferenceOr::Reference { reference } => Self::component(reference, at.node),
            ReferenceOr::Item(schema) => Self::inline(schema, at.node),
        }
    }

    fn component(reference: &'a str, node: &'a Node) -> Self {
        let name = reference.strip_prefix(SCHEMAS).unwrap_or(reference);
        Self { link: Link::Component(name), node }
    }
}

/// What `additionalProperties` says.
#[derive(Clone, Copy, Debug)]
pub enum Additional<'a> {
    /// Nothing: further properties are allowed and not looked at.
    Unstated,
    /// `true`: further properties with any value.
    Free,
    /// `false`.
    None,
    /// Further properties with values of one schema.
    Typed(SchemaAt<'a>),
}

/// A schema with its parts side by side, whichever of openapiv3's forms it has.
#[derive(Clone, Debug)]
pub struct Facets<'a> {
    /// Its node.
    pub node: &'a Node,
    /// Title, description, `nullable`, discriminator and the like.
    pub data: &'a SchemaData,
    /// `type`.
    pub kind: Option<&'a str>,
    /// `format`.
    pub format: Option<&'a str>,
    /// `properties`, in the document's order.
    pub properties: Vec<(&'a str, SchemaAt<'a>)>,
    /// `required`.
    pub required: &'a [String],
    /// `additionalProperties`.
    pub additional: Additional<'a>,
    /// `items`.
    pub items: Option<SchemaAt<'a>>,
    /// `allOf`.
    pub all_of: Vec<SchemaAt<'a>>,
    /// `oneOf`, or `anyOf` where that is what stands there.
    pub branches: Vec<SchemaAt<'a>>,
    /// `enum`, each value located.
    pub values: Option<&'a [Node]>,
}

impl<'a> Facets<'a> {
    /// Spreads a schema out.
    pub fn of(schema: &'a Schema, node: &'a Node) -> Self {
        let mut facets = Self {
            node,
            data: &schema.schema_data,
            kind: node.get("type").and_then(Node::text),
            format: node.get("format").and_then(Node::text),
            properties: Vec::new(),
            required: &[],
            additional: Additional::Unstated,
            items: None,
            all_of: Vec::new(),
            branches: Vec::new(),
            values: node.get("enum").map(Node::items),
        };
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                facets.object(&object.properties, &object.required, object.additional_properties.as_ref());
            }
            SchemaKind::Type(Type::Array(array)) => facets.items = facets.boxed(array.items.as_ref(), "items"),
            SchemaKind::OneOf { one_of } => facets.branches = facets.list(one_of, "oneOf"),
            SchemaKind::AnyOf { any_of } => facets.branches = facets.list(any_of, "anyOf"),
            SchemaKind::AllOf { all_of } => facets.all_of = facets.list(all_of, "allOf"),
            SchemaKind::Type(_) | SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => facets.any(any),
        }
        facets
    }

    /// The form openapiv3 uses when keywords of several kinds stand together.
    fn any(&mut self, any: &'a AnySchema) {
        self.object(&any.properties, &any.required, any.additional_properties.as_ref());
        self.items = self.boxed(any.items.as_ref(), "items");
        self.all_of = self.list(&any.all_of, "allOf");
        self.branches = self.list(&any.one_of, "oneOf");
        if self.branches.is_empty() {
            self.branches = self.list(&any.any_of, "anyOf");
        }
    }

    fn object(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        additional: Option<&'a AdditionalProperties>,
    ) {
        let places = self.node.get("properties").unwrap_or(self.node);
        self.properties = properties
            .iter()
            .map(|(name, schema)| {
                (name.as_str(), SchemaAt::of_boxed(At::new(schema, places.get(name).unwrap_or(places))))
            })
            .collect();
        self.required = required;
        self.additional = match additional {
            None => Additional::Unstated,
            Some(AdditionalProperties::Any(true)) => Additional::Free,
            Some(AdditionalProperties::Any(false)) => Additional::None,
            Some(AdditionalProperties::Schema(schema)) => {
                let node = self.node.get("additionalProperties").unwrap_or(self.node);
                typed_or_free(SchemaAt::of(At::new(schema, node)))
            }
        };
    }

    fn boxed(&self, schema: Option<&'a ReferenceOr<Box<Schema>>>, key: &str) -> Option<SchemaAt<'a>> {
        let node = self.node.get(key).unwrap_or(self.node);
        schema.map(|schema| SchemaAt::of_boxed(At::new(schema, node)))
    }

    fn list(&self, schemas: &'a [ReferenceOr<Schema>], key: &str) -> Vec<SchemaAt<'a>> {
        let nodes = self.node.get(key).map(Node::items).unwrap_or_default();
        schemas
            .iter()
            .enumerate()
            .map(|(index, schema)| SchemaAt::of(At::new(schema, nodes.get(index).unwrap_or(self.node))))
            .collect()
    }

    /// `nullable: true`, here or as a null among the values.
    pub fn is_nullable(&self) -> bool {
        self.data.nullable || self.values.is_some_and(|values| values.iter().any(Node::is_null))
    }

    /// Whether it describes an object, by its type or by its properties.
    pub fn is_object(&self) -> bool {
        match self.kind {
            Some(kind) => kind == "object",
            None => !self.properties.is_empty() || !matches!(self.additional, Additional::Unstated),
        }
    }

    /// A keyword's own text, for numbers.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key).and_then(Node::text)
    }

    /// One of our keys, or any other, as a flag.
    pub fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }
}

/// `additionalProperties: {}` says no more than `true`.
fn typed_or_free(schema: SchemaAt<'_>) -> Additional<'_> {
    match schema.link {
        Link::Inline(_) if schema.node.entries().next().is_none() => Additional::Free,
        _ => Additional::Typed(schema),
    }
}
