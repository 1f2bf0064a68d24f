//! Parameters, headers and media types.

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::{At, Outcome, Reader, flag, text};
use crate::document::path_step::PathStep;
use crate::document::schema::Parent;
use crate::document::source_map::ObjectId;
use crate::grammar::Kind;
use crate::syntax::Node;

impl Reader {
    pub(super) fn parameter(&mut self, at: &At<'_>) -> Outcome<stated::Parameter> {
        let id = self.open(at, Kind::Parameter);
        let node = at.node;
        let parameter_data = stated::ParameterData {
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
            Some("header") => stated::Parameter::Header { parameter_data, style: stated::HeaderStyle::Simple },
            Some("path") => stated::Parameter::Path { parameter_data, style: path_style(node) },
            Some("cookie") => stated::Parameter::Cookie { parameter_data, style: stated::CookieStyle::Form },
            _ => stated::Parameter::Query {
                parameter_data,
                allow_reserved: flag(node, "allowReserved").unwrap_or_default(),
                style: query_style(node).unwrap_or_default(),
                allow_empty_value: flag(node, "allowEmptyValue"),
            },
        })
    }

    fn header(&mut self, at: &At<'_>) -> Outcome<stated::Header> {
        let id = self.open(at, Kind::Header);
        let node = at.node;
        Ok(stated::Header {
            description: text(node, "description"),
            style: stated::HeaderStyle::Simple,
            required: Self::required(node),
            deprecated: flag(node, "deprecated"),
            format: self.format(id, at)?,
            example: None,
            examples: self.examples(id, node)?,
            extensions: id.extensions(),
        })
    }

    /// The schema of a parameter or header, or its content. One that has neither takes any value.
    fn format(&mut self, id: ObjectId, at: &At<'_>) -> Outcome<stated::ParameterSchemaOrContent> {
        if at.node.get("content").is_some() && at.node.get("schema").is_none() {
            return self.content(id, at.node).map(stated::ParameterSchemaOrContent::Content);
        }
        let schema = self.schema(id, at.node, "schema").unwrap_or_else(|| {
            let anything = Node::mapping(Vec::new(), at.node.span);
            let id = self.schemas.read(&anything, Parent::Object(id, PathStep::to("schema")), at.name);
            ReferenceOr::Reference { reference: id.to_reference() }
        });
        Ok(stated::ParameterSchemaOrContent::Schema(schema))
    }

    pub(super) fn content(&mut self, holder: ObjectId, node: &Node) -> Outcome<stated::Content> {
        self.map(holder, node, "content", "content", Self::media_type)
    }

    fn media_type(&mut self, at: &At<'_>) -> Outcome<stated::MediaType> {
        let id = self.open(at, Kind::MediaType);
        let node = at.node;
        let schema = self.schema(id, node, "schema");
        if let Some((key, items)) = node.entry("itemSchema") {
            let schema = self.schemas.read(items, Parent::Object(id, PathStep::to("itemSchema")), key.span);
            self.supplement.item_schemas.insert(id, schema);
        }
        Ok(stated::MediaType {
            schema,
            example: None,
            examples: self.examples(id, node)?,
            encoding: self.map(id, node, "encoding", "encoding", Self::encoding)?,
            extensions: id.extensions(),
        })
    }

    fn encoding(&mut self, at: &At<'_>) -> Outcome<stated::Encoding> {
        let id = self.open(at, Kind::Encoding);
        let node = at.node;
        Ok(stated::Encoding {
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
    ) -> Outcome<IndexMap<String, ReferenceOr<stated::Header>>> {
        self.map(holder, node, "headers", "headers", |reader, at| reader.or_reference(at, Self::header))
    }
}

fn path_style(node: &Node) -> stated::PathStyle {
    match node.get("style").and_then(Node::as_str) {
        Some("matrix") => stated::PathStyle::Matrix,
        Some("label") => stated::PathStyle::Label,
        _ => stated::PathStyle::Simple,
    }
}

fn query_style(node: &Node) -> Option<stated::QueryStyle> {
    Some(match node.get("style")?.as_str()? {
        "spaceDelimited" => stated::QueryStyle::SpaceDelimited,
        "pipeDelimited" => stated::QueryStyle::PipeDelimited,
        "deepObject" => stated::QueryStyle::DeepObject,
        _ => stated::QueryStyle::Form,
    })
}
