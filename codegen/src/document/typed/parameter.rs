//! Parameters, headers and media types.

use indexmap::IndexMap;
use openapiv3 as api;
use openapiv3::ReferenceOr;

use super::{Outcome, extensions, flag, leaf, map, or_reference, schema, text};
use crate::syntax::Node;

pub(super) fn parameter(node: &Node) -> Outcome<api::Parameter> {
    let parameter_data = api::ParameterData {
        name: text(node, "name").unwrap_or_default(),
        description: text(node, "description"),
        required: flag(node, "required").unwrap_or_default(),
        deprecated: flag(node, "deprecated"),
        format: format(node)?,
        example: node.get("example").map(Node::to_json),
        examples: examples(node)?,
        explode: flag(node, "explode"),
        extensions: extensions(node),
    };
    Ok(match node.get("in").and_then(Node::as_str) {
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

pub(super) fn header(node: &Node) -> Outcome<api::Header> {
    Ok(api::Header {
        description: text(node, "description"),
        style: api::HeaderStyle::Simple,
        required: flag(node, "required").unwrap_or_default(),
        deprecated: flag(node, "deprecated"),
        format: format(node)?,
        example: node.get("example").map(Node::to_json),
        examples: examples(node)?,
        extensions: extensions(node),
    })
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

fn format(node: &Node) -> Outcome<api::ParameterSchemaOrContent> {
    if node.get("content").is_some() && node.get("schema").is_none() {
        return content(node).map(api::ParameterSchemaOrContent::Content);
    }
    let any = || api::Schema {
        schema_data: api::SchemaData::default(),
        schema_kind: api::SchemaKind::Any(api::AnySchema::default()),
    };
    let found = node.get("schema").map(schema::or_reference).transpose()?;
    Ok(api::ParameterSchemaOrContent::Schema(found.unwrap_or_else(|| ReferenceOr::Item(any()))))
}

pub(super) fn content(node: &Node) -> Outcome<api::Content> {
    map(node, "content", media_type)
}

fn media_type(node: &Node) -> Outcome<api::MediaType> {
    Ok(api::MediaType {
        schema: node.get("schema").map(schema::or_reference).transpose()?,
        example: node.get("example").map(Node::to_json),
        examples: examples(node)?,
        encoding: map(node, "encoding", encoding)?,
        extensions: extensions(node),
    })
}

fn encoding(node: &Node) -> Outcome<api::Encoding> {
    Ok(api::Encoding {
        content_type: text(node, "contentType"),
        headers: headers(node)?,
        style: query_style(node),
        explode: flag(node, "explode").unwrap_or_default(),
        allow_reserved: flag(node, "allowReserved").unwrap_or_default(),
        extensions: extensions(node),
    })
}

pub(super) fn headers(node: &Node) -> Outcome<IndexMap<String, ReferenceOr<api::Header>>> {
    map(node, "headers", |node| or_reference(node, header))
}

fn examples(node: &Node) -> Outcome<IndexMap<String, ReferenceOr<api::Example>>> {
    map(node, "examples", |node| or_reference(node, leaf::read))
}
