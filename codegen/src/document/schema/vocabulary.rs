//! The keywords, group by group, as the vocabularies of JSON Schema 2020-12 and of OpenAPI have them.

use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;

use super::keyword::Absent;
use super::{Keyword, Number, SchemaId, Text};
use crate::source::Span;
use crate::syntax::Node;

/// Schemas by name, in the order of the document. The key of each entry stands at [`Schema::name`](super::Schema::name).
pub type SchemaMap = IndexMap<Arc<str>, SchemaId>;

type Flag = Option<Keyword<bool>>;
type Count = Option<Keyword<u64>>;
type Sub = Option<Keyword<SchemaId>>;
type SubList = Option<Keyword<Vec<SchemaId>>>;
type SubMap = Option<Keyword<SchemaMap>>;
type Words = Option<Keyword<Box<str>>>;

/// What a `$ref` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The reference as it stands in the resolved document: `#/components/schemas/Payout`.
    pub text: Box<str>,
    /// The schema; `None` where none of the document is meant.
    pub target: Option<SchemaId>,
}

/// Keywords that apply to numbers (JSON Schema Validation 2020-12, 6.2), by the texts of their values.
///
/// In a document of OpenAPI 3.0 `exclusiveMinimum: true` makes the limit under `minimum` an exclusive one; its spans are those of
/// `minimum` there.
#[derive(Clone, Debug, Default)]
pub struct NumberKeywords {
    /// `multipleOf`.
    pub multiple_of: Option<Keyword<Number>>,
    /// `minimum`.
    pub minimum: Option<Keyword<Number>>,
    /// `maximum`.
    pub maximum: Option<Keyword<Number>>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: Option<Keyword<Number>>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: Option<Keyword<Number>>,
}

/// Keywords that apply to strings (JSON Schema Validation 2020-12, 6.3 and 8). Lengths count characters.
#[derive(Clone, Debug, Default)]
pub struct StringKeywords {
    /// `minLength`.
    pub min_length: Count,
    /// `maxLength`.
    pub max_length: Count,
    /// `pattern`: a regular expression of ECMA-262.
    pub pattern: Words,
    /// `contentEncoding`, such as `base64`.
    pub content_encoding: Words,
    /// `contentMediaType`.
    pub content_media_type: Words,
    /// `contentSchema`: of the value that the text holds.
    pub content_schema: Sub,
}

/// Keywords that apply to arrays (JSON Schema Core 2020-12, 10.3.1 and 11.2; Validation, 6.4).
#[derive(Clone, Debug, Default)]
pub struct ArrayKeywords {
    /// `prefixItems`: a schema for each of the first items.
    pub prefix_items: SubList,
    /// `items`: of all items behind those of `prefixItems`.
    pub items: Sub,
    /// `contains`.
    pub contains: Sub,
    /// `minContains`.
    pub min_contains: Count,
    /// `maxContains`.
    pub max_contains: Count,
    /// `unevaluatedItems`.
    pub unevaluated_items: Sub,
    /// `minItems`.
    pub min_items: Count,
    /// `maxItems`.
    pub max_items: Count,
    /// `uniqueItems`.
    pub unique_items: Flag,
}

/// Keywords that apply to objects (JSON Schema Core 2020-12, 10.2.2.4, 10.3.2 and 11.3; Validation, 6.5).
#[derive(Clone, Debug, Default)]
pub struct ObjectKeywords {
    /// `properties`.
    pub properties: SubMap,
    /// `patternProperties`, by regular expression.
    pub pattern_properties: SubMap,
    /// `additionalProperties`. `true` and `false` are schemas as well.
    pub additional_properties: Sub,
    /// `propertyNames`.
    pub property_names: Sub,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Sub,
    /// `required`.
    pub required: Option<Keyword<Vec<Text>>>,
    /// `minProperties`.
    pub min_properties: Count,
    /// `maxProperties`.
    pub max_properties: Count,
    /// `dependentRequired`: what has to be there where a property is.
    pub dependent_required: Option<Keyword<IndexMap<Arc<str>, Vec<Text>>>>,
    /// `dependentSchemas`.
    pub dependent_schemas: SubMap,
}

/// Keywords that put schemas together (JSON Schema Core 2020-12, 10.2).
#[derive(Clone, Debug, Default)]
pub struct Composition {
    /// `allOf`.
    pub all_of: SubList,
    /// `oneOf`.
    pub one_of: SubList,
    /// `anyOf`.
    pub any_of: SubList,
    /// `not`.
    pub not: Sub,
    /// `if`.
    pub condition: Sub,
    /// `then`.
    pub consequence: Sub,
    /// `else`.
    pub alternative: Sub,
}

impl Composition {
    /// The parts under `allOf`; none where it is absent.
    #[must_use]
    pub fn all_of(&self) -> &[SchemaId] {
        ids(self.all_of.as_ref())
    }

    /// The branches under `oneOf`; none where it is absent.
    #[must_use]
    pub fn one_of(&self) -> &[SchemaId] {
        ids(self.one_of.as_ref())
    }

    /// The branches under `anyOf`; none where it is absent.
    #[must_use]
    pub fn any_of(&self) -> &[SchemaId] {
        ids(self.any_of.as_ref())
    }
}

impl ObjectKeywords {
    /// The properties by name, in the order of the document; none where `properties` is absent.
    #[must_use]
    pub fn properties(&self) -> impl ExactSizeIterator<Item = (&str, SchemaId)> {
        let map = self.properties.as_ref().map_or(&*NO_SCHEMAS, |properties| &properties.value);
        map.iter().map(|(name, id)| (&**name, *id))
    }

    /// A property.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<SchemaId> {
        self.properties.as_ref()?.value.get(name).copied()
    }

    /// The names under `required`; none where it is absent.
    #[must_use]
    pub fn required(&self) -> &[Text] {
        self.required.as_ref().map_or(&[], |names| &names.value)
    }
}

static NO_SCHEMAS: LazyLock<SchemaMap> = LazyLock::new(SchemaMap::default);

fn ids(list: Option<&Keyword<Vec<SchemaId>>>) -> &[SchemaId] {
    list.map_or(&[], |list| &list.value)
}

/// Keywords that describe (JSON Schema Validation 2020-12, 9; OpenAPI 3.1, Schema Object).
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    /// `title`.
    pub title: Words,
    /// `description`.
    pub description: Words,
    /// `default`.
    pub default: Option<Keyword<Node>>,
    /// `example` (OpenAPI).
    pub example: Option<Keyword<Node>>,
    /// `examples`.
    pub examples: Option<Keyword<Vec<Node>>>,
    /// `deprecated`.
    pub deprecated: Flag,
    /// `readOnly`.
    pub read_only: Flag,
    /// `writeOnly`.
    pub write_only: Flag,
    /// `externalDocs` (OpenAPI).
    pub external_docs: Option<Keyword<ExternalDocs>>,
    /// `xml` (OpenAPI).
    pub xml: Option<Keyword<Xml>>,
    /// `$comment`.
    pub comment: Words,
}

/// Keywords that name a schema or hold others (JSON Schema Core 2020-12, 8).
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// `$schema`.
    pub dialect: Words,
    /// `$vocabulary`.
    pub vocabulary: Option<Keyword<Node>>,
    /// `$id`.
    pub id: Words,
    /// `$anchor`.
    pub anchor: Words,
    /// `$dynamicAnchor`.
    pub dynamic_anchor: Words,
    /// `$dynamicRef`: depends on the way to the schema, so that no one target is known.
    pub dynamic_reference: Words,
    /// `$defs`.
    pub definitions: SubMap,
}

/// `discriminator` (OpenAPI 3.0.4, 4.7.25).
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// `propertyName`.
    pub property_name: Text,
    /// `mapping`: from values of the property to schemas, in the order of the document.
    pub mapping: IndexMap<Arc<str>, Mapping>,
    /// `defaultMapping` (OpenAPI 3.2).
    pub default_mapping: Option<Mapping>,
}

/// What a value of a discriminator leads to.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Where the value stands.
    pub key: Span,
    /// The schema's name, or a reference to it.
    pub name: Text,
    /// The schema; `None` where there is none of that name.
    pub target: Option<SchemaId>,
}

/// `externalDocs` (OpenAPI 3.0.4, 4.7.11).
#[derive(Clone, Debug, Default)]
pub struct ExternalDocs {
    /// `url`.
    pub url: Option<Text>,
    /// `description`.
    pub description: Option<Text>,
}

/// `xml` (OpenAPI 3.0.4, 4.7.26).
#[derive(Clone, Debug, Default)]
pub struct Xml {
    /// `name`.
    pub name: Option<Text>,
    /// `namespace`.
    pub namespace: Option<Text>,
    /// `prefix`.
    pub prefix: Option<Text>,
    /// `attribute`; false where it is absent.
    pub attribute: bool,
    /// `wrapped`; false where it is absent.
    pub wrapped: bool,
    /// `nodeType` (OpenAPI 3.2).
    pub node_type: Option<Text>,
}

macro_rules! absent {
    ($($group:ty),*) => {$(
        impl Absent for $group {
            fn absent() -> &'static Self {
                static ABSENT: LazyLock<$group> = LazyLock::new(Default::default);
                &ABSENT
            }
        }
    )*};
}

absent!(NumberKeywords, StringKeywords, ArrayKeywords, ObjectKeywords, Composition, Annotations, Identity);
