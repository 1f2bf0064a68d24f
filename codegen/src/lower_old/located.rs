//! The typed document and the located tree, walked hand in hand: openapiv3 gives the structure, the node gives the
//! place, the exact text of numbers and values, and our own keys.

use std::sync::Arc;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use crate::document::schema::{Keyword, Keywords, SchemaId, Schemas};
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
    Inline(SchemaId),
}

/// The folder of all component schemas.
const SCHEMAS: &str = "#/components/schemas/";

impl<'a> SchemaAt<'a> {
    /// A schema or a reference to one.
    pub fn new(schemas: &'a Schemas, id: SchemaId, node: &'a Node) -> Self {
        let link = match &schemas[id].keywords().reference {
            Some(reference) => {
                let text = &*reference.value.text;
                Link::Component(text.strip_prefix(SCHEMAS).unwrap_or(text))
            }
            None => Link::Inline(id),
        };
        Self { link, node }
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

/// A schema with its parts side by side.
#[derive(Clone, Debug)]
pub struct Facets<'a> {
    /// Its node.
    pub node: &'a Node,
    /// Its number.
    pub id: SchemaId,
    /// Its keywords.
    pub keywords: &'a Keywords,
    /// `type`.
    pub kind: Option<&'a str>,
    /// `format`.
    pub format: Option<&'a str>,
    /// `properties`, in the document's order.
    pub properties: Vec<(&'a str, SchemaAt<'a>)>,
    /// `required`.
    pub required: Vec<&'a str>,
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
    pub fn of(schemas: &'a Schemas, id: SchemaId, node: &'a Node) -> Self {
        let keywords = schemas[id].keywords();
        let (object, composition) = (&*keywords.object, &*keywords.composition);
        let below = Below { schemas, node };
        let properties = object.properties.as_ref().map(|properties| &properties.value);
        let places = node.get("properties");
        let property =
            |(name, id): (&'a Arc<str>, &SchemaId)| Some((&**name, SchemaAt::new(schemas, *id, places?.get(name)?)));
        let one_of = below.list("oneOf", composition.one_of.as_ref());
        let branches = if one_of.is_empty() { below.list("anyOf", composition.any_of.as_ref()) } else { one_of };
        Self {
            node,
            id,
            keywords,
            kind: node.get("type").and_then(Node::text),
            format: node.get("format").and_then(Node::text),
            properties: properties.into_iter().flatten().filter_map(property).collect(),
            required: object.required.iter().flat_map(|names| &names.value).map(|name| &*name.text).collect(),
            additional: below.additional(object.additional_properties.as_ref()),
            items: below.one("items", keywords.array.items.as_ref()),
            all_of: below.list("allOf", composition.all_of.as_ref()),
            branches,
            values: node.get("enum").map(Node::items),
        }
    }

    /// `nullable: true`, here or as a null among the values.
    pub fn is_nullable(&self) -> bool {
        self.keywords.names_null()
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

/// The schemas under the keywords of one.
struct Below<'a> {
    schemas: &'a Schemas,
    node: &'a Node,
}

impl<'a> Below<'a> {
    fn one(&self, key: &str, keyword: Option<&Keyword<SchemaId>>) -> Option<SchemaAt<'a>> {
        Some(SchemaAt::new(self.schemas, keyword?.value, self.node.get(key)?))
    }

    fn list(&self, key: &str, keyword: Option<&Keyword<Vec<SchemaId>>>) -> Vec<SchemaAt<'a>> {
        let nodes = self.node.get(key).map_or(&[][..], Node::items);
        let ids = keyword.map_or(&[][..], |list| &list.value);
        ids.iter().zip(nodes).map(|(id, node)| SchemaAt::new(self.schemas, *id, node)).collect()
    }

    /// `additionalProperties: {}` says no more than `true`.
    fn additional(&self, keyword: Option<&Keyword<SchemaId>>) -> Additional<'a> {
        let Some(schema) = self.one("additionalProperties", keyword) else { return Additional::Unstated };
        match keyword.map(|keyword| &self.schemas[keyword.value]) {
            Some(stated) if stated.as_bool() == Some(false) => Additional::None,
            Some(stated) if stated.keywords().is_empty() => Additional::Free,
            _ => Additional::Typed(schema),
        }
    }
}
