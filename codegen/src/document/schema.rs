//! The schemas of a document, in the terms of JSON Schema 2020-12, whichever version of OpenAPI they are written in.
//!
//! Every schema of a document stands in one list, [`Schemas`], and is known by its number there, a [`SchemaId`]. A schema holds other
//! schemas by their numbers, so that recursion costs nothing and two schemas are one where their numbers are. `Schemas::read` turns a
//! node into schemas; `Schemas::link` then finds what each reference names.

mod applied_schemas;
mod arena;
mod keyword;
mod listed_value;
mod number;
mod reachable;
mod reading;
mod types;
mod vocabulary;

pub use arena::{Parent, Schemas};
pub use keyword::{Group, Keyword, Text};
pub use listed_value::ListedValue;
pub use number::Number;
pub(crate) use reachable::reachable;
pub use types::{Type, TypeSet};
pub use vocabulary::{
    Annotations, ArrayKeywords, Composition, Discriminator, ExternalDocs, Identity, Mapping, NumberKeywords,
    ObjectKeywords, Reference, SchemaMap, StringKeywords, Xml,
};

use std::sync::LazyLock;

use crate::extension_keys;
use crate::source::Span;
use crate::syntax::{Key, Node};

/// The number of a schema in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(u32);

/// A schema at one place of the document, before its references are followed.
#[derive(Clone, Debug)]
pub struct Schema {
    /// What holds it: a component's name, another schema, or an object of the document.
    pub parent: Parent,
    /// What names it: the key that it stands under, or its own first key where it is an item of a list.
    pub name: Span,
    /// The first key in it, or all of it where it has none.
    pub first: Span,
    /// From its first to its last byte.
    pub span: Span,
    /// What it says.
    pub body: Body,
}

/// What a schema says.
#[derive(Clone, Debug)]
pub enum Body {
    /// `true` allows every value, `false` none (JSON Schema Core 2020-12, 4.3.2).
    Boolean(bool),
    /// An object of keywords.
    Keywords(Box<Keywords>),
}

/// The keywords of a schema. Those that few schemas have stand in groups, which take no room where they are absent.
#[derive(Clone, Debug, Default)]
pub struct Keywords {
    /// `$ref`, or else `$dynamicRef`. Beside `$ref` a document of OpenAPI 3.0 has nothing but texts.
    pub reference: Option<Keyword<Reference>>,
    /// `type`, and `nullable: true` beside it in OpenAPI 3.0.
    pub types: Option<Keyword<TypeSet>>,
    /// Whether `nullable: true` stands there (OpenAPI 3.0), beside a `type` or without one.
    pub nullable: bool,
    /// `format`.
    pub format: Option<Keyword<Box<str>>>,
    /// `enum`: the values, each with its own text and span. Beside `nullable: true`, null is allowed although it may not be listed.
    pub enumeration: Option<Keyword<Vec<Node>>>,
    /// `const`.
    pub constant: Option<Box<Keyword<Node>>>,
    /// Keywords that apply to numbers.
    pub number: Group<NumberKeywords>,
    /// Keywords that apply to strings.
    pub string: Group<StringKeywords>,
    /// Keywords that apply to arrays.
    pub array: Group<ArrayKeywords>,
    /// Keywords that apply to objects.
    pub object: Group<ObjectKeywords>,
    /// Keywords that put schemas together.
    pub composition: Group<Composition>,
    /// `discriminator` (OpenAPI).
    pub discriminator: Option<Box<Keyword<Discriminator>>>,
    /// Keywords that describe and allow or forbid nothing.
    pub annotations: Group<Annotations>,
    /// Keywords that name the schema, or hold others for reuse.
    pub identity: Group<Identity>,
    /// The keys that start with `x-`, ours and others, in the order of the document.
    pub extensions: Vec<(Key, Node)>,
    /// The keys that mean nothing, in the order of the document; each was reported.
    pub unknown: Vec<Key>,
}

static EMPTY: LazyLock<Keywords> = LazyLock::new(Keywords::default);

impl Schema {
    /// The keywords; none where it is `true` or `false`.
    #[must_use]
    pub fn keywords(&self) -> &Keywords {
        match &self.body {
            Body::Boolean(_) => &EMPTY,
            Body::Keywords(keywords) => keywords,
        }
    }

    /// Whether it is written as `true` or `false`.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self.body {
            Body::Boolean(value) => Some(value),
            Body::Keywords(_) => None,
        }
    }

    /// Whether it is a part of an `allOf`, `oneOf`, `anyOf` or `not`.
    #[must_use]
    pub fn is_branch(&self) -> bool {
        self.parent.step().is_some_and(|step| matches!(step.key, "allOf" | "oneOf" | "anyOf" | "not"))
    }
}

impl Keywords {
    /// Whether there is `nullable: true` without a `type`: null is allowed beside all that the other keywords allow, as under
    /// `anyOf: [{…}, {type: "null"}]`.
    #[must_use]
    pub const fn adds_null(&self) -> bool {
        self.nullable && self.types.is_none()
    }

    /// The one type beside null, where `type` names just one.
    #[must_use]
    pub fn only_type(&self) -> Option<Type> {
        self.types.as_ref()?.value.without(Type::Null).only()
    }

    /// Whether the keywords of this schema say of themselves that null is allowed. What a reference or `allOf` adds is not looked at.
    #[must_use]
    pub fn names_null(&self) -> bool {
        let typed = self.types.as_ref().is_some_and(|types| types.value.contains(Type::Null));
        self.adds_null() || self.lists_null().unwrap_or(typed)
    }

    /// Whether null is among the values that `const` or `enum` allows; `None` where neither stands there. `nullable: true` adds null to an
    /// `enum`.
    #[must_use]
    pub fn lists_null(&self) -> Option<bool> {
        let constant = self.constant.as_ref().map(|constant| constant.value.is_null());
        let listed = || self.enumeration.as_ref().map(|list| self.nullable || list.value.iter().any(Node::is_null));
        constant.or_else(listed)
    }

    /// Whether nothing but null is allowed, by type or by value.
    #[must_use]
    pub fn is_only_null(&self) -> bool {
        let typed = self.types.as_ref().is_some_and(|types| types.value.only() == Some(Type::Null));
        let listed = |list: &Keyword<Vec<Node>>| !list.value.is_empty() && list.value.iter().all(Node::is_null);
        typed
            || self.enumeration.as_ref().is_some_and(listed)
            || self.constant.as_ref().is_some_and(|constant| constant.value.is_null())
    }

    /// Whether this is a reference that nothing but texts stands beside.
    #[must_use]
    pub fn is_alias(&self) -> bool {
        self.reference.is_some() && self.is_silent()
    }

    /// Whether no keyword but `$ref` allows or forbids any value.
    fn is_silent(&self) -> bool {
        self.types.is_none() && self.object.is_empty() && self.is_silent_beside_objects()
    }

    /// Whether no keyword but `$ref`, `type` and those for objects allows or forbids any value.
    fn is_silent_beside_objects(&self) -> bool {
        !self.adds_null()
            && self.format.is_none()
            && self.enumeration.is_none()
            && self.constant.is_none()
            && self.number.is_empty()
            && self.string.is_empty()
            && self.array.is_empty()
            && self.composition.is_empty()
    }

    /// Whether this says nothing but which properties an object must have, perhaps with texts.
    #[must_use]
    pub fn only_requires(&self) -> bool {
        let object = &self.object;
        let is_more_than_required = object.properties.is_some()
            || object.pattern_properties.is_some()
            || object.additional_properties.is_some()
            || object.property_names.is_some()
            || object.unevaluated_properties.is_some()
            || object.min_properties.is_some()
            || object.max_properties.is_some()
            || object.dependent_required.is_some()
            || object.dependent_schemas.is_some();
        let is_object = self.types.as_ref().is_none_or(|types| types.value.only() == Some(Type::Object));
        is_object
            && self.reference.is_none()
            && self.is_silent_beside_objects()
            && self.discriminator.is_none()
            && !is_more_than_required
    }

    /// Whether no keyword is there at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reference.is_none()
            && self.is_silent()
            && self.discriminator.is_none()
            && self.annotations.is_empty()
            && self.identity.is_empty()
            && self.extensions.is_empty()
            && self.unknown.is_empty()
    }

    /// Whether `enum` or `const` stands there.
    #[must_use]
    pub const fn lists_values(&self) -> bool {
        self.enumeration.is_some() || self.constant.is_some()
    }

    /// The key and the value of an extension, such as `x-specie-sensitive`.
    #[must_use]
    pub fn extension(&self, name: &str) -> Option<(&Key, &Node)> {
        self.extensions.iter().find(|(key, _)| key.text() == name).map(|(key, value)| (key, value))
    }

    /// `x-specie-sensitive`, with where its value stands.
    #[must_use]
    pub fn stated_sensitivity(&self) -> Option<(bool, Span)> {
        let (_, node) = self.extension(extension_keys::SENSITIVE)?;
        Some((node.as_bool()?, node.span))
    }

    /// Where `format` is `password`.
    #[must_use]
    pub fn password(&self) -> Option<Span> {
        self.format.as_ref().filter(|format| &*format.value == "password").map(|format| format.span)
    }

    /// `x-specie-sensitive: true`, or `format: password`.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.stated_sensitivity().is_some_and(|(is_secret, _)| is_secret) || self.password().is_some()
    }

    /// Whether `readOnly` is true.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.annotations.read_only.as_ref().is_some_and(|flag| flag.value)
    }

    /// Whether `writeOnly` is true.
    #[must_use]
    pub fn is_write_only(&self) -> bool {
        self.annotations.write_only.as_ref().is_some_and(|flag| flag.value)
    }

    /// Whether `deprecated` is true.
    #[must_use]
    pub fn is_deprecated(&self) -> bool {
        self.annotations.deprecated.as_ref().is_some_and(|flag| flag.value)
    }
}

#[cfg(test)]
mod tests;
