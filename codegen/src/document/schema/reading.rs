//! A node of a document to schemas.

mod applicators;
mod assertions;
mod openapi_3_0;

use std::sync::Arc;

use super::vocabulary::{Discriminator, ExternalDocs, Mapping, Reference, SchemaMap, Xml};
use super::{Body, Keyword, Keywords, Parent, Schema, SchemaId, Schemas, Text};
use crate::document::path_step::PathStep;
use crate::grammar::Kind;
use crate::grammar::Version;
use crate::source::Span;
use crate::syntax::{Key, Node};

impl Schemas {
    /// Reads the schemas under `components.schemas` of a resolved document.
    pub(in crate::document) fn read_components(&mut self, schemas: &Node) {
        for (key, node) in schemas.entries() {
            let name: Arc<str> = key.text().into();
            let id = self.read(node, Parent::Component(Arc::clone(&name)), key.span);
            self.components.entry(name).or_insert(id);
        }
    }

    /// Reads a schema and all schemas in it. `name` is where the key stands that it is the value of.
    ///
    /// The node is one that the grammar has accepted: what is of another type than a keyword asks for is passed over.
    pub(crate) fn read(&mut self, node: &Node, parent: Parent, name: Span) -> SchemaId {
        let id = SchemaId::from_index(self.list.len());
        let first = node.entries().next().map_or(node.span, |(key, _)| key.span);
        let body = Body::Boolean(node.as_bool().unwrap_or(true));
        // What is in it comes behind it in the list.
        self.list.push(Schema { parent, name, first, span: node.span, body });
        if node.is_mapping() {
            let keywords = self.keywords(node, id);
            self.list[id.index()].body = Body::Keywords(keywords);
        }
        id
    }

    fn keywords(&mut self, node: &Node, id: SchemaId) -> Box<Keywords> {
        let mut keywords = Box::<Keywords>::default();
        let is_reference = self.version == Version::V30 && node.get("$ref").is_some();
        for (key, value) in node.entries() {
            let text = key.text();
            if text.starts_with("x-") {
                keywords.extensions.push((key.clone(), value.clone()));
            } else if self.version == Version::V30 && is_of_later_version(text) {
                keywords.unknown.push(key.clone());
            } else if assertions::describes(&mut keywords, key, value) {
                // Texts may stand beside a reference, also where they mean nothing to others.
            } else if text == "$ref" {
                let text = value.as_str().unwrap_or_default().into();
                keywords.reference = Some(Keyword::new(key, value, Reference { text, target: None }));
            } else if !is_reference {
                self.keyword(&mut keywords, key, value, id);
            }
        }
        if !is_reference {
            openapi_3_0::settle(&mut keywords, node);
        }
        // In one document it leads where `$ref` to the same name would, unless several schemas have the anchor.
        if let (Some(named), None) = (&keywords.identity.dynamic_reference, &keywords.reference) {
            let reference = Reference { text: named.value.clone(), target: None };
            keywords.reference = Some(Keyword { key: named.key, span: named.span, value: reference });
        }
        keywords
    }

    fn keyword(&mut self, keywords: &mut Keywords, key: &Key, value: &Node, id: SchemaId) {
        let known = assertions::asserts(keywords, key, value)
            || applicators::in_objects(self, keywords, key, value, id)
            || applicators::in_place(self, keywords, key, value, id)
            || applicators::in_arrays_and_strings(self, keywords, key, value, id)
            || assertions::identifies(keywords, key, value);
        match key.text() {
            "$defs" => keywords.identity.fill().definitions = Some(self.map(key, value, "$defs", id)),
            "discriminator" => keywords.discriminator = discriminator(key, value).map(Box::new),
            "nullable" => {}
            _ if known => {}
            _ => keywords.unknown.push(key.clone()),
        }
    }

    /// The schema under a keyword.
    fn one(&mut self, key: &Key, value: &Node, keyword: &'static str, holder: SchemaId) -> Keyword<SchemaId> {
        let id = self.read(value, Parent::Schema(holder, PathStep::to(keyword)), key.span);
        Keyword::new(key, value, id)
    }

    /// The list of schemas under a keyword.
    fn list(&mut self, key: &Key, value: &Node, keyword: &'static str, holder: SchemaId) -> Keyword<Vec<SchemaId>> {
        let mut ids = Vec::with_capacity(value.items().len());
        for (index, item) in value.items().iter().enumerate() {
            let name = item.entries().next().map_or(item.span, |(key, _)| key.span);
            ids.push(self.read(item, Parent::Schema(holder, PathStep::item(keyword, index)), name));
        }
        Keyword::new(key, value, ids)
    }

    /// The schemas by name under a keyword.
    fn map(&mut self, key: &Key, value: &Node, keyword: &'static str, holder: SchemaId) -> Keyword<SchemaMap> {
        let mut ids = SchemaMap::with_capacity(value.entries().len());
        for (inner, schema) in value.entries() {
            let name: Arc<str> = inner.text().into();
            let id = self.read(schema, Parent::Schema(holder, PathStep::named(keyword, Arc::clone(&name))), inner.span);
            ids.entry(name).or_insert(id);
        }
        Keyword::new(key, value, ids)
    }
}

/// Whether a keyword came with OpenAPI 3.1, and a document that says 3.0 cannot mean it. `const` has one meaning in every version.
fn is_of_later_version(keyword: &str) -> bool {
    keyword != "const" && Kind::Schema.later_field(keyword, Version::V30).is_some()
}

/// The text of a scalar that is a string.
fn text_of(node: &Node) -> Option<Text> {
    node.as_str().map(|text| Text { text: text.into(), span: node.span })
}

fn text_under(node: &Node, key: &str) -> Option<Text> {
    node.get(key).and_then(text_of)
}

fn discriminator(key: &Key, value: &Node) -> Option<Keyword<Discriminator>> {
    let mapping = |key: &Key, node: &Node| Some(Mapping { key: key.span, name: text_of(node)?, target: None });
    let entries = value.get("mapping").into_iter().flat_map(Node::entries);
    let read = Discriminator {
        property_name: text_under(value, "propertyName")?,
        mapping: entries.filter_map(|(key, node)| Some((key.text().into(), mapping(key, node)?))).collect(),
        default_mapping: value.entry("defaultMapping").and_then(|(key, node)| mapping(key, node)),
    };
    Some(Keyword::new(key, value, read))
}

fn external_docs(value: &Node) -> ExternalDocs {
    ExternalDocs { url: text_under(value, "url"), description: text_under(value, "description") }
}

fn xml(value: &Node) -> Xml {
    let flag = |key| value.get(key).and_then(Node::as_bool).unwrap_or_default();
    Xml {
        name: text_under(value, "name"),
        namespace: text_under(value, "namespace"),
        prefix: text_under(value, "prefix"),
        attribute: flag("attribute"),
        wrapped: flag("wrapped"),
        node_type: text_under(value, "nodeType"),
    }
}
