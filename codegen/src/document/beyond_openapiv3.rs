//! What a document may say that `openapiv3`'s types have no room for.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::operation_extensions::OperationExtensions;
use super::path_step::PathStep;
use super::schema::SchemaId;
use super::source_map::ObjectId;
use crate::grammar::Kind;
use crate::source::Span;
use crate::syntax::{Key, Node};

/// What stands beside `openapiv3`'s types, by the numbers of the objects that it belongs to.
///
/// The spelling of a status is the name in the last [`PathStep`] of its response or of the reference to it.
#[derive(Clone, Debug, Default)]
pub struct Supplement {
    /// `webhooks`, or `x-webhooks` in a document of OpenAPI 3.0, in the order of the document.
    pub webhooks: IndexMap<String, stated::PathItem>,
    /// `components.pathItems` (OpenAPI 3.1).
    pub path_items: IndexMap<String, ReferenceOr<stated::PathItem>>,
    /// The operations of path items beside those of the eight methods: `query` and `additionalOperations` (OpenAPI 3.2), by method.
    pub operations: HashMap<ObjectId, IndexMap<String, stated::Operation>>,
    /// `itemSchema` of media types (OpenAPI 3.2).
    pub item_schemas: HashMap<ObjectId, SchemaId>,
    /// The parameters that are the whole query (`in: querystring`, OpenAPI 3.2); they stand among those of the query.
    pub query_strings: HashSet<ObjectId>,
    /// Security schemes that `openapiv3` does not know, by name, with their type (`mutualTLS`, OpenAPI 3.1).
    pub security_schemes: IndexMap<String, ObjectId>,
    /// The device flows of OAuth by the object that holds the flows (OpenAPI 3.2): `authorization_url` is their `deviceAuthorizationUrl`.
    pub device_flows: HashMap<ObjectId, stated::AuthorizationCodeOAuth2Flow>,
    /// The ids of the security requirements of the document and of operations, by what states them, in the order in which they stand there:
    /// the maps of `openapiv3` have no room for them. [`Document::security`](super::Document::security) reads both together.
    pub(super) security_requirements: HashMap<ObjectId, Vec<ObjectId>>,
    operation_extensions: HashMap<ObjectId, OperationExtensions>,
    /// Values under keys that `openapiv3` has no field for, or whose text it would lose: examples, and keys of later versions.
    values: HashMap<ObjectId, Vec<(Key, Node)>>,
    references: HashMap<ObjectId, IndexMap<PathStep, ReferenceSite>>,
}

/// A reference to an object that is no schema.
#[derive(Clone, Debug)]
pub struct ReferenceSite {
    /// What names it: the key that it stands under, or its own first key in a list.
    pub name: Span,
    /// From its first to its last byte.
    pub span: Span,
    /// The reference itself, such as `#/components/parameters/Limit`.
    pub reference: Box<str>,
    /// Where the text of the reference stands.
    pub text: Span,
    /// What stands beside it, such as `summary` and `description` (OpenAPI 3.1).
    pub siblings: Vec<(Key, Node)>,
}

/// The keys whose values are kept as they are written, by the kind of object that has them.
pub(super) const VALUES: &[(Kind, &[&str])] = &[
    (Kind::OpenApi, &["jsonSchemaDialect", "$self"]),
    (Kind::Info, &["summary"]),
    (Kind::License, &["identifier"]),
    (Kind::Server, &["name"]),
    (Kind::Tag, &["summary", "parent", "kind"]),
    (Kind::Parameter, &["example", "style"]),
    (Kind::Header, &["example", "style", "explode", "allowReserved", "allowEmptyValue"]),
    (Kind::MediaType, &["example", "prefixEncoding", "itemEncoding"]),
    (Kind::Encoding, &["explode", "allowReserved", "encoding", "prefixEncoding", "itemEncoding"]),
    (Kind::Response, &["summary"]),
    (Kind::Example, &["value", "dataValue", "serializedValue"]),
    (Kind::Link, &["parameters", "requestBody"]),
    (Kind::SecurityScheme, &["deprecated", "oauth2MetadataUrl"]),
];

impl Supplement {
    /// A value that `openapiv3` has no room for, such as `example` of a media type: where its key stands, and itself.
    #[must_use]
    pub fn value(&self, object: ObjectId, key: &str) -> Option<(&Key, &Node)> {
        self.values(object).iter().find(|(name, _)| name.text() == key).map(|(name, node)| (name, node))
    }

    /// What an operation declares under our own extension keys.
    #[must_use]
    pub fn operation_extensions(&self, operation: ObjectId) -> &OperationExtensions {
        self.operation_extensions.get(&operation).unwrap_or_else(|| OperationExtensions::absent())
    }

    /// The texts among the `parameters` of a link and its `requestBody`, which may be runtime expressions.
    pub fn texts_of_link(&self, link: ObjectId) -> impl Iterator<Item = (&str, Span)> {
        let value = |key| self.value(link, key).map(|(_, node)| node);
        let parameters = value("parameters").into_iter().flat_map(Node::entries).map(|(_, node)| node);
        parameters.chain(value("requestBody")).filter_map(|node| Some((node.as_str()?, node.span)))
    }

    /// All values of an object that `openapiv3` has no room for.
    pub(super) fn values(&self, object: ObjectId) -> &[(Key, Node)] {
        self.values.get(&object).map_or(&[], Vec::as_slice)
    }

    /// The references that an object holds, by the way to them, in the order of the document.
    pub fn references(&self, holder: ObjectId) -> impl Iterator<Item = (&PathStep, &ReferenceSite)> {
        self.references.get(&holder).into_iter().flatten()
    }

    /// Every reference with the object that holds it, in no order.
    pub fn all_references(&self) -> impl Iterator<Item = (ObjectId, &PathStep, &ReferenceSite)> {
        self.references.iter().flat_map(|(holder, sites)| sites.iter().map(|(step, site)| (*holder, step, site)))
    }

    /// The reference that stands at a step from an object.
    #[must_use]
    pub fn reference(&self, holder: ObjectId, step: &PathStep) -> Option<&ReferenceSite> {
        self.references.get(&holder)?.get(step)
    }

    /// Keeps the values of an object that `openapiv3` has no room for.
    pub(super) fn keep(&mut self, object: ObjectId, kind: Kind, node: &Node) {
        let Some((_, keys)) = VALUES.iter().find(|(other, _)| *other == kind) else { return };
        let entries = keys.iter().filter_map(|key| node.entry(key));
        let kept: Vec<_> = entries.map(|(key, value)| (key.clone(), value.clone())).collect();
        if !kept.is_empty() {
            self.values.insert(object, kept);
        }
    }

    /// Keeps what an operation declares under our own extension keys.
    pub(super) fn keep_extensions(&mut self, operation: ObjectId, extensions: &[(Key, Node)]) {
        if let Some(read) = OperationExtensions::read(extensions) {
            self.operation_extensions.insert(operation, read);
        }
    }

    pub(super) fn refer(&mut self, holder: ObjectId, step: PathStep, site: ReferenceSite) {
        self.references.entry(holder).or_default().insert(step, site);
    }
}
