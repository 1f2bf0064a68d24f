//! A resolved tree to a document: `openapiv3`'s types, our list of schemas, and where everything stands, in one walk.
//!
//! What is recursive is put together by hand: serde's buffering inside of `openapiv3` copies an object once for each level around it, and
//! tries each level twice when it fails. The leaves are read by serde.

mod components;
mod leaf;
mod operations;
mod parameters;

pub(crate) use operations::status;

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;

use super::path_step::PathStep;
use super::schema::{Parent, Schemas};
use super::source_map::{Field, ObjectId, ObjectSpans, Objects};
use super::{Document, Extensible, ReferenceSite, Refused, Supplement};
use crate::grammar::{EXTENSION_PREFIX, Kind, Version, extension};
use crate::source::Span;
use crate::syntax::{Key, Node};

type Outcome<T> = Result<T, Refused>;

/// Reads a checked and bundled tree.
pub(super) fn read(root: &Node, version: Version) -> Outcome<Document> {
    let mut reader =
        Reader { schemas: Schemas::new(version), objects: Objects::default(), supplement: Supplement::default() };
    let skeleton = reader.document(root)?;
    reader.schemas.link();
    let Reader { schemas, objects, supplement } = reader;
    Ok(Document { skeleton, schemas, objects, supplement })
}

struct Reader {
    schemas: Schemas,
    objects: Objects,
    supplement: Supplement,
}

/// A node that an object is read from, and where it stands.
struct At<'n> {
    node: &'n Node,
    /// What names it.
    name: Span,
    holder: ObjectId,
    step: PathStep,
}

impl<'n> At<'n> {
    /// The value of a key of an object.
    fn under(holder: ObjectId, key: &Key, node: &'n Node, step: PathStep) -> Self {
        Self { node, name: key.span, holder, step }
    }
}

impl Reader {
    fn document(&mut self, root: &Node) -> Outcome<stated::OpenAPI> {
        let start = Span { end: root.span.start, ..root.span };
        let id = self.push(root, Kind::OpenApi, None, start);
        let openapi = text(root, "openapi").unwrap_or_default();
        let info = self.one(id, root, "info", Self::info)?.unwrap_or_default();
        let servers = self.list(id, root, "servers", Self::server)?;
        let paths = self.one(id, root, "paths", Self::paths)?.unwrap_or_default();
        for (key, step) in [("x-webhooks", "x-webhooks"), ("webhooks", "webhooks")] {
            let webhooks = self.map(id, root, key, step, Self::path_item)?;
            self.supplement.webhooks.extend(webhooks);
        }
        Ok(stated::OpenAPI {
            openapi,
            info,
            servers,
            paths,
            components: self.one(id, root, "components", Self::components)?,
            security: self.security(id, root),
            tags: self.list(id, root, "tags", Self::tag)?,
            external_docs: self.external_docs(id, root)?,
            extensions: id.extensions(),
        })
    }

    /// Takes a number for an object.
    fn open(&mut self, at: &At<'_>, kind: Kind) -> ObjectId {
        self.push(at.node, kind, Some((at.holder, at.step.clone())), at.name)
    }

    fn push(&mut self, node: &Node, kind: Kind, parent: Option<(ObjectId, PathStep)>, name: Span) -> ObjectId {
        let mut fields = Vec::with_capacity(node.entries().len());
        let mut extensions = Vec::new();
        for (key, value) in node.entries() {
            let text = key.text();
            if text.starts_with(EXTENSION_PREFIX) {
                extensions.push((key.clone(), value.clone()));
            }
            let known = kind.field(text, self.schemas.version()).map(|field| Cow::Borrowed(field.name));
            let own = || extension(kind, text).map(|row| Cow::Borrowed(row.key));
            let scheme = || (kind == Kind::SecurityRequirement).then(|| Cow::Owned(text.to_owned()));
            if let Some(name) = known.or_else(own).or_else(scheme) {
                fields.push(Field { name, key: key.span, span: value.span });
            }
        }
        let (fields, extensions) = (fields.into(), extensions.into());
        let id = self.objects.push(ObjectSpans { kind, parent, name, span: node.span, fields, extensions });
        self.supplement.keep(id, kind, node);
        id
    }

    /// The value of a key.
    fn one<T>(
        &mut self,
        holder: ObjectId,
        node: &Node,
        key: &'static str,
        read: impl FnOnce(&mut Self, &At<'_>) -> Outcome<T>,
    ) -> Outcome<Option<T>> {
        let Some((name, value)) = node.entry(key) else { return Ok(None) };
        read(self, &At::under(holder, name, value, PathStep::to(key))).map(Some)
    }

    /// The items of the list under a key.
    fn list<T>(
        &mut self,
        holder: ObjectId,
        node: &Node,
        key: &'static str,
        read: impl Fn(&mut Self, &At<'_>) -> Outcome<T>,
    ) -> Outcome<Vec<T>> {
        let items = node.get(key).map_or(&[][..], Node::items);
        let mut list = Vec::with_capacity(items.len());
        for (index, node) in items.iter().enumerate() {
            let name = node.entries().next().map_or(node.span, |(key, _)| key.span);
            list.push(read(self, &At { node, name, holder, step: PathStep::item(key, index) })?);
        }
        Ok(list)
    }

    /// The entries of the map under a key, by the names that the document gives them.
    fn map<T>(
        &mut self,
        holder: ObjectId,
        node: &Node,
        key: &str,
        step: &'static str,
        read: impl Fn(&mut Self, &At<'_>) -> Outcome<T>,
    ) -> Outcome<IndexMap<String, T>> {
        let Some(entries) = node.get(key) else { return Ok(IndexMap::new()) };
        let mut map = IndexMap::with_capacity(entries.entries().len());
        for (name, value) in entries.entries() {
            let at = At::under(holder, name, value, PathStep::named(step, name.text()));
            map.insert(name.text().to_owned(), read(self, &at)?);
        }
        Ok(map)
    }

    /// An object, or the reference that stands in its place.
    fn or_reference<T>(
        &mut self,
        at: &At<'_>,
        read: impl FnOnce(&mut Self, &At<'_>) -> Outcome<T>,
    ) -> Outcome<ReferenceOr<T>> {
        let reference = at.node.get("$ref").and_then(|text| Some((text.as_str()?, text.span)));
        let Some((reference, text)) = reference else { return read(self, at).map(ReferenceOr::Item) };
        let siblings = at.node.entries().filter(|(key, _)| key.text() != "$ref");
        let siblings = siblings.map(|(key, node)| (key.clone(), node.clone())).collect();
        let site = ReferenceSite { name: at.name, span: at.node.span, reference: reference.into(), text, siblings };
        self.supplement.refer(at.holder, at.step.clone(), site);
        Ok(ReferenceOr::Reference { reference: reference.to_owned() })
    }

    /// A reference to the schema under a key.
    fn schema(&mut self, holder: ObjectId, node: &Node, key: &'static str) -> Option<ReferenceOr<stated::Schema>> {
        let (name, schema) = node.entry(key)?;
        let id = self.schemas.read(schema, Parent::Object(holder, PathStep::to(key)), name.span);
        Some(ReferenceOr::Reference { reference: id.to_reference() })
    }

    fn security(&mut self, holder: ObjectId, node: &Node) -> Option<Vec<stated::SecurityRequirement>> {
        let scopes = |node: &Node| node.items().iter().filter_map(Node::as_str).map(str::to_owned).collect();
        let requirement = |reader: &mut Self, at: &At<'_>| {
            let id = reader.open(at, Kind::SecurityRequirement);
            let schemes = at.node.entries().map(|(key, node)| (key.text().to_owned(), scopes(node)));
            Ok((id, schemes.collect::<stated::SecurityRequirement>()))
        };
        node.get("security")?;
        let stated = self.list(holder, node, "security", requirement).ok()?;
        let (ids, alternatives) = stated.into_iter().unzip();
        self.supplement.security_requirements.insert(holder, ids);
        Some(alternatives)
    }

    /// An object that serde reads, with its number. What else of it is read here replaces what serde makes of that.
    fn leaf<T: DeserializeOwned + Extensible>(&mut self, at: &At<'_>, kind: Kind) -> Outcome<(ObjectId, T)> {
        let id = self.open(at, kind);
        let mut read: T = leaf::read(at.node)?;
        *read.extensions_mut() = id.extensions();
        Ok((id, read))
    }

    fn external_docs(&mut self, holder: ObjectId, node: &Node) -> Outcome<Option<stated::ExternalDocumentation>> {
        self.one(holder, node, "externalDocs", |reader, at| Ok(reader.leaf(at, Kind::ExternalDocs)?.1))
    }
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_str).map(str::to_owned)
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    let items = node.get(key).map_or(&[][..], Node::items);
    items.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}

fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key).and_then(Node::as_bool)
}
