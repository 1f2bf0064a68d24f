//! Paths, path items, operations, request bodies and responses.

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::{At, Outcome, Reader, flag, text, texts};
use crate::document::path_step::PathStep;
use crate::document::source_map::ObjectId;
use crate::grammar::Kind;
use crate::syntax::{Key, Node};

impl Reader {
    pub(super) fn paths(&mut self, at: &At<'_>) -> Outcome<stated::Paths> {
        let id = self.open(at, Kind::Paths);
        let mut paths = IndexMap::with_capacity(at.node.entries().len());
        for (key, node) in at.node.entries().filter(|(key, _)| key.text().starts_with('/')) {
            let at = At::under(id, key, node, PathStep::named("", key.text()));
            paths.insert(key.text().to_owned(), self.or_reference(&at, Self::path_item)?);
        }
        Ok(stated::Paths { paths, extensions: id.extensions() })
    }

    pub(super) fn path_item(&mut self, at: &At<'_>) -> Outcome<stated::PathItem> {
        let id = self.open(at, Kind::PathItem);
        let node = at.node;
        let parameters = self.parameters(id, node)?;
        let mut further = self.map(id, node, "additionalOperations", "additionalOperations", Self::operation)?;
        if let Some(query) = self.one(id, node, "query", Self::operation)? {
            further.insert("query".to_owned(), query);
        }
        if !further.is_empty() {
            self.supplement.operations.insert(id, further);
        }
        Ok(stated::PathItem {
            summary: text(node, "summary"),
            description: text(node, "description"),
            get: self.one(id, node, "get", Self::operation)?,
            put: self.one(id, node, "put", Self::operation)?,
            post: self.one(id, node, "post", Self::operation)?,
            delete: self.one(id, node, "delete", Self::operation)?,
            options: self.one(id, node, "options", Self::operation)?,
            head: self.one(id, node, "head", Self::operation)?,
            patch: self.one(id, node, "patch", Self::operation)?,
            trace: self.one(id, node, "trace", Self::operation)?,
            servers: self.list(id, node, "servers", Self::server)?,
            parameters,
            extensions: id.extensions(),
        })
    }

    fn operation(&mut self, at: &At<'_>) -> Outcome<stated::Operation> {
        let id = self.open(at, Kind::Operation);
        self.supplement.keep_extensions(id, &self.objects[id].extensions);
        let node = at.node;
        Ok(stated::Operation {
            tags: texts(node, "tags"),
            summary: text(node, "summary"),
            description: text(node, "description"),
            external_docs: self.external_docs(id, node)?,
            operation_id: text(node, "operationId"),
            parameters: self.parameters(id, node)?,
            request_body: self
                .one(id, node, "requestBody", |reader, at| reader.or_reference(at, Self::request_body))?,
            responses: self.one(id, node, "responses", Self::responses)?.unwrap_or_default(),
            callbacks: self.map(id, node, "callbacks", "callbacks", Self::callback)?,
            deprecated: flag(node, "deprecated").unwrap_or_default(),
            security: self.security(id, node),
            servers: self.list(id, node, "servers", Self::server)?,
            extensions: id.extensions(),
        })
    }

    fn parameters(&mut self, holder: ObjectId, node: &Node) -> Outcome<Vec<ReferenceOr<stated::Parameter>>> {
        self.list(holder, node, "parameters", |reader, at| reader.or_reference(at, Self::parameter))
    }

    pub(super) fn request_body(&mut self, at: &At<'_>) -> Outcome<stated::RequestBody> {
        let id = self.open(at, Kind::RequestBody);
        Ok(stated::RequestBody {
            description: text(at.node, "description"),
            content: self.content(id, at.node)?,
            required: Self::required(at.node),
            extensions: id.extensions(),
        })
    }

    fn responses(&mut self, at: &At<'_>) -> Outcome<stated::Responses> {
        let id = self.open(at, Kind::Responses);
        let mut found = stated::Responses { extensions: id.extensions(), ..stated::Responses::default() };
        for (key, node) in at.node.entries().filter(|(key, _)| is_named(key)) {
            let at = At::under(id, key, node, PathStep::named("", key.text()));
            if key.text() == "default" {
                found.default = Some(self.or_reference(&at, Self::response)?);
            } else if let Some(status) = status(key.text()) {
                found.responses.insert(status, self.or_reference(&at, Self::response)?);
            }
        }
        Ok(found)
    }

    pub(super) fn response(&mut self, at: &At<'_>) -> Outcome<stated::Response> {
        let id = self.open(at, Kind::Response);
        Ok(stated::Response {
            description: text(at.node, "description").unwrap_or_default(),
            headers: self.headers(id, at.node)?,
            content: self.content(id, at.node)?,
            links: self.links(id, at.node)?,
            extensions: id.extensions(),
        })
    }

    pub(super) fn callback(&mut self, at: &At<'_>) -> Outcome<stated::Callback> {
        let id = self.open(at, Kind::Callback);
        let mut items = IndexMap::new();
        for (key, node) in at.node.entries().filter(|(key, _)| is_named(key)) {
            let at = At::under(id, key, node, PathStep::named("", key.text()));
            items.insert(key.text().to_owned(), self.path_item(&at)?);
        }
        Ok(items)
    }
}

/// The status that a key of `responses` means, however it is spelled.
pub(crate) fn status(text: &str) -> Option<stated::StatusCode> {
    match text.parse() {
        Ok(code) => Some(stated::StatusCode::Code(code)),
        Err(_) => match text.as_bytes() {
            [first @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(stated::StatusCode::Range(u16::from(first - b'0'))),
            _ => None,
        },
    }
}

/// Whether a key is a name that the document chose, and no extension.
fn is_named(key: &Key) -> bool {
    !key.text().starts_with("x-")
}
