//! Schemas: one table of all of them, each with what its values look like.

use std::collections::HashMap;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use super::{Constraints, Docs, EntrySpan, Enumeration, Example, List, Object, Span, Union, Value};

/// The index of a schema in [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub usize);

/// Every schema at every position of a document, by id; recursion is kept as ids. A copy shares the schemas that are not changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas {
    all: Vec<Arc<Schema>>,
    ids: Ids,
}

/// The ids by key, which are worked out of the schemas once they are asked for: a copy works out its own, and none differs by them.
#[derive(Debug, Default)]
struct Ids(OnceLock<HashMap<Key, SchemaId>>);

impl Clone for Ids {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Ids {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The schema behind an id that this table gave out.
impl Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.all[id.0]
    }
}

impl Schemas {
    /// An empty table with room for so many schemas.
    #[must_use]
    pub fn with_capacity(schemas: usize) -> Self {
        Self { all: Vec::with_capacity(schemas), ids: Ids::default() }
    }

    /// Adds a schema and gives it an id; what has the key already keeps it.
    pub fn add(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId(self.all.len());
        self.ids = Ids::default();
        self.all.push(Arc::new(schema));
        id
    }

    /// The schema behind an id, where this table gave it out.
    #[must_use]
    pub fn get(&self, id: SchemaId) -> Option<&Schema> {
        self.all.get(id.0).map(AsRef::as_ref)
    }

    /// Changes the schema behind an id, where this table gave it out. Its key has to stay as it is, by which others find it.
    pub fn change(&mut self, id: SchemaId, make: impl FnOnce(&mut Schema)) {
        if let Some(schema) = self.all.get_mut(id.0) {
            make(Arc::make_mut(schema));
        }
    }

    /// The schema that is known by a key.
    #[must_use]
    pub fn find(&self, key: &Key) -> Option<SchemaId> {
        let ids = self.ids.0.get_or_init(|| {
            // Of several with one key, the first one has it.
            self.all.iter().enumerate().rev().map(|(index, schema)| (schema.key.clone(), SchemaId(index))).collect()
        });
        ids.get(key).copied()
    }

    /// Every schema with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.all.iter().enumerate().map(|(index, schema)| (SchemaId(index), schema.as_ref()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A schema, and those that it refers to, one after the other; a chain that leads back to itself ends.
    pub fn chain(&self, id: SchemaId) -> impl Iterator<Item = &Schema> + Clone {
        self.chain_ids(id).filter_map(|id| self.get(id))
    }

    /// The ids of [`chain`](Self::chain).
    pub fn chain_ids(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> + Clone {
        let next = |id: &SchemaId| match self.get(*id)?.shape {
            Shape::Reference(target) => Some(target),
            _ => None,
        };
        // No chain is longer than there are schemas.
        std::iter::successors(Some(id), next).take(self.all.len())
    }

    /// The schema at the end of a chain of references; one that leads back to itself ends where it closes.
    #[must_use]
    pub fn resolve(&self, id: SchemaId) -> SchemaId {
        self.chain_ids(id).last().unwrap_or(id)
    }

    /// Where a schema, or one that it refers to, says that its values are secrets.
    #[must_use]
    pub fn secret(&self, id: SchemaId) -> Option<Span> {
        self.chain(id).find_map(|schema| match schema.sensitivity {
            Sensitivity::Secret(span) => Some(span),
            Sensitivity::Plain(_) | Sensitivity::Unstated => None,
        })
    }

    /// Whether null is a value of a schema, by itself or by what it refers to.
    #[must_use]
    pub fn is_nullable(&self, id: SchemaId) -> bool {
        self.chain(id).any(|schema| schema.nullable)
    }
}

/// What a schema is known by, wherever it moves in the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// The name of a component: `Payout`.
    Component(String),
    /// A JSON pointer from the document's root: `/paths/~1payouts/post/requestBody/content/application~1json/schema`.
    Pointer(String),
}

/// Whether a list or map contains itself through lists, maps and references alone, as `A: {type: array, items: {$ref: A}}` does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nesting {
    /// It does not contain itself.
    #[default]
    Finite,
    /// It contains itself: its values nest to any depth.
    Recursive,
}

/// One schema (JSON Schema 2020-12 as OpenAPI 3.2.0 uses it; schemas of OpenAPI 3.0 are read in the same terms).
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// What it is known by.
    pub key: Key,
    /// `x-specie-name`: what its type, or the property that it is the schema of, is called in code.
    pub given_name: Option<Name>,
    /// What its values look like, null aside.
    pub shape: Shape,
    /// Whether null is a value of it: `type: [string, "null"]`, `nullable: true`, a null in `enum`, a null branch.
    pub nullable: bool,
    /// Whether its values are lists or maps that hold such values again.
    pub nesting: Nesting,
    /// What a value fulfils beyond its shape.
    pub constraints: Constraints,
    /// Where the keywords of `constraints` stand, and `type`, `format`, `default`, `additionalProperties` and `unevaluatedProperties`, each by
    /// its name; parts of an `allOf` may have the same one.
    pub keyword_spans: Vec<(&'static str, EntrySpan)>,
    /// `readOnly`: only in responses.
    pub read_only: bool,
    /// `writeOnly`: only in requests.
    pub write_only: bool,
    /// Whether a value is a secret, as far as this schema says so itself; [`Schemas::secret`] asks what it refers to as well.
    pub sensitivity: Sensitivity,
    /// `default`.
    pub default: Option<Value>,
    /// `example` and `examples`.
    pub examples: Vec<Example>,
    /// What it describes.
    pub role: SchemaRole,
    /// Keywords whose meaning stands nowhere in this model, such as `contentSchema`, and where they stand.
    pub omitted: Vec<(&'static str, Span)>,
    /// What the document says of it.
    pub docs: Docs,
    /// `title`, which names the branch of a union that has no other name.
    pub title: Option<String>,
    /// `xml`.
    pub xml: Option<Box<Xml>>,
    /// Where it stands.
    pub span: Span,
}

/// How a value is written in XML (OpenAPI 3.2.0, XML Object).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xml {
    /// `name`: that of the element or attribute.
    pub name: Option<String>,
    /// `namespace`
    pub namespace: Option<String>,
    /// `prefix`
    pub prefix: Option<String>,
    /// `nodeType`, which `attribute` and `wrapped` stated before OpenAPI 3.2: `attribute`, `element`.
    pub node: Option<String>,
}

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaRole {
    /// It describes whole values.
    Whole,
    /// It is a condition (`if`, `not`, …) or a part of an `allOf` written in place: the schema that it belongs to reports of it.
    Part,
}

impl Schema {
    /// A schema that says of its values what they look like, and nothing else.
    #[must_use]
    pub fn of(key: Key, shape: Shape, span: Span) -> Self {
        Self {
            key,
            given_name: None,
            shape,
            nullable: false,
            nesting: Nesting::Finite,
            constraints: Constraints::default(),
            keyword_spans: Vec::new(),
            read_only: false,
            write_only: false,
            sensitivity: Sensitivity::Unstated,
            default: None,
            examples: Vec::new(),
            role: SchemaRole::Whole,
            omitted: Vec::new(),
            docs: Docs::default(),
            title: None,
            xml: None,
            span,
        }
    }

    /// Whether it is another schema under another name.
    #[must_use]
    pub const fn is_reference(&self) -> bool {
        matches!(self.shape, Shape::Reference(_))
    }
}

/// A name that the document gives for code (`x-specie-name`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Whether a value is a secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sensitivity {
    /// The schema does not say.
    #[default]
    Unstated,
    /// It is never to be shown (`x-specie-sensitive: true`, `format: password`).
    Secret(Span),
    /// It is no secret, whatever it is called (`x-specie-sensitive: false`).
    Plain(Span),
}

/// What the values of a schema look like.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// What another schema says: a `$ref`, perhaps with keywords beside it, an `allOf` or union of just one, or the
    /// narrowest of the schemas that the parts of an `allOf` give one property.
    Reference(SchemaId),
    /// A string.
    String {
        /// `format`.
        format: Option<String>,
        /// `contentEncoding` (RFC 4648), such as `base64`.
        encoding: Option<String>,
        /// `contentMediaType`.
        media_type: Option<String>,
    },
    /// An integer.
    Integer {
        /// `format`.
        format: Option<String>,
    },
    /// A number.
    Number {
        /// `format`.
        format: Option<String>,
    },
    /// `true` or `false`.
    Boolean,
    /// Nothing but null.
    Null,
    /// One of listed values (`enum`, `const`).
    Enumeration(Enumeration),
    /// A list.
    List(List),
    /// An object; what `allOf` puts together is one object.
    Object(Object),
    /// One of several shapes.
    Union(Union),
    /// Any JSON, because the document allows nothing narrower or this is not carried further.
    Any(Untyped),
}

impl Shape {
    /// What is said of the values beside listing them.
    #[must_use]
    pub fn base(&self) -> &Self {
        match self {
            Self::Enumeration(listed) => &listed.base,
            shape => shape,
        }
    }
}

/// Why a value is any JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Untyped {
    /// The schema states no type.
    NoType,
    /// The schema's type is not one of JSON's.
    UnknownType,
    /// Several `oneOf` or `anyOf` give too many shapes together.
    TooManyShapes,
    /// There is no value: the schema is `false`, or its parts have none in common.
    Never,
}

#[cfg(test)]
mod tests {
    use super::{Key, Schema, SchemaId, Schemas, Shape, Span};

    fn named(name: &str, shape: Shape) -> Schema {
        Schema::of(Key::Component(name.to_owned()), shape, Span::START)
    }

    #[test]
    fn the_first_schema_with_a_key_is_known_by_it_and_later_ones_are_found_too() {
        let mut schemas = Schemas::with_capacity(2);
        let first = schemas.add(named("A", Shape::Boolean));
        schemas.add(named("A", Shape::Null));
        assert_eq!(schemas.find(&Key::Component("A".to_owned())), Some(first));
        let third = schemas.add(named("B", Shape::Null));
        assert_eq!(schemas.find(&Key::Component("B".to_owned())), Some(third));
    }

    #[test]
    fn what_is_changed_in_a_copy_stays_in_the_original() {
        let mut original = Schemas::default();
        let id = original.add(named("A", Shape::Boolean));
        let mut copy = original.clone();
        copy.change(id, |schema| schema.nullable = true);
        copy.add(named("B", Shape::Null));
        assert_eq!((original[id].nullable, copy[id].nullable), (false, true));
        assert_eq!((original.len(), copy.len()), (1, 2));
        assert_eq!(original.get(SchemaId(1)), None);
    }
}
