//! Parameters, headers and media types.

use indexmap::IndexMap;
use openapiv3 as api;
use openapiv3::ReferenceOr;

use super::{At, Outcome, Reader, flag, text};
use crate::document::path_step::PathStep;
use crate::document::schema::Parent;
use crate::document::source_map::ObjectId;
use crate::grammar::Kind;
use crate::syntax::Node;

impl Reader {
    pub(super) fn parameter(&mut self, at: &At<'_>) -> Outcome<api::Parameter> {
        let id = self.open(at, Kind::Parameter);
        let node = at.node;
        let parameter_data = api::ParameterData {
            name: text(node, "name").unwrap_or_default(),
            description: text(node, "description"),
            required: Self::required(node),
            deprecated: flag(node, "deprecated"),
            format: self.format(id, at)?,
            example: None,
            examples: self.examples(id, node)?,
            explode: flag(node, "explode"),
            extensions: id.extensions(),
        };
        let place = node.get("in").and_then(Node::as_str);
        if place == Some("querystring") {
            self.supplement.query_strings.insert(id);
        }
        Ok(match place {
            Some("header") => api::Parameter::Header { parameter_data, style: api::HeaderStyle::Simple },
            Some("path") => api::Parameter::Path { parameter_data, style: path_style(node) },
            Some("cookie") => api::Parameter::Cookie { parameter_data, style: api::CookieStyle::Form },
            _ => api::Parameter::Query {
                parameter_data,
                allow_reserved: flag(node, "allowReserved").unwrap_or_default(),
                style: query_style(node).unwrap_or_default(),
                allow_empty_value: flag(node, "allowEmptyValue"),
            },
        })
    }

    fn header(&mut self, at: &At<'_>) -> Outcome<api::Header> {
        let id = self.open(at, Kind::Header);
        let node = at.node;
        Ok(api::Header {
            description: text(node, "description"),
            style: api::HeaderStyle::Simple,
            required: Self::required(node),
            deprecated: flag(node, "deprecated"),
            format: self.format(id, at)?,
            example: None,
            examples: self.examples(id, node)?,
            extensions: id.extensions(),
        })
    }

    /// The schema of a parameter or header, or its content. One that has neither takes any value.
    fn format(&mut self, id: ObjectId, at: &At<'_>) -> Outcome<api::ParameterSchemaOrContent> {
        if at.node.get("content").is_some() && at.node.get("schema").is_none() {
            return self.content(id, at.node).map(api::ParameterSchemaOrContent::Content);
        }
        let schema = self.schema(id, at.node, "schema").unwrap_or_else(|| {
            let anything = Node::mapping(Vec::new(), at.node.span);
            let id = self.schemas.read(&anything, Parent::Object(id, PathStep::to("schema")), at.name);
            ReferenceOr::Reference { reference: id.to_reference() }
        });
        Ok(api::ParameterSchemaOrContent::Schema(schema))
    }

    pub(super) fn content(&mut self, holder: ObjectId, node: &Node) -> Outcome<api::Content> {
        self.map(holder, node, "content", "content", Self::media_type)
    }

    fn media_type(&mut self, at: &At<'_>) -> Outcome<api::MediaType> {
        let id = self.open(at, Kind::MediaType);
        let node = at.node;
        let schema = self.schema(id, node, "schema");
        if let Some((key, items)) = node.entry("itemSchema") {
            let schema = self.schemas.read(items, Parent::Object(id, PathStep::to("itemSchema")), key.span);
            self.supplement.item_schemas.insert(id, schema);
        }
        Ok(api::MediaType {
            schema,
            example: None,
            examples: self.examples(id, node)?,
            encoding: self.map(id, node, "encoding", "encoding", Self::encoding)?,
            extensions: id.extensions(),
        })
    }

    fn encoding(&mut self, at: &At<'_>) -> Outcome<api::Encoding> {
        let id = self.open(at, Kind::Encoding);
        let node = at.node;
        Ok(api::Encoding {
            content_type: text(node, "contentType"),
            headers: self.headers(id, node)?,
            style: query_style(node),
            explode: flag(node, "explode").unwrap_or_default(),
            allow_reserved: flag(node, "allowReserved").unwrap_or_default(),
            extensions: id.extensions(),
        })
    }

    pub(super) fn headers(
        &mut self,
        holder: ObjectId,
        node: &Node,
    ) -> Outcome<IndexMap<String, ReferenceOr<api::Header>>> {
        self.map(holder, node, "headers", "headers", |reader, at| reader.or_reference(at, Self::header))
    }
}

fn path_style(node: &Node) -> api::PathStyle {
    match node.get("style").and_then(Node::as_str) {
        Some("matrix") => api::PathStyle::Matrix,
        Some("label") => api::PathStyle::Label,
        _ => api::PathStyle::Simple,
    }
}

fn query_style(node: &Node) -> Option<api::QueryStyle> {
    Some(match node.get("style")?.as_str()? {
        "spaceDelimited" => api::QueryStyle::SpaceDelimited,
        "pipeDelimited" => api::QueryStyle::PipeDelimited,
        "deepObject" => api::QueryStyle::DeepObject,
        _ => api::QueryStyle::Form,
    })
}
