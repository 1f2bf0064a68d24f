//! Media types of bodies, and the headers of responses and parts.

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::{ParameterSchemaOrContent, QueryStyle, ReferenceOr};

use super::docs::{Texts, docs};
use super::schemas::schema_id;
use super::{extensions, values};
use crate::api::{Content, Encoding, MediaType, Parameter, ParameterPlace, RequestBody, Style};
use crate::document::Document;
use crate::document::source_map::{Object, ObjectId};
use crate::syntax::Node;

/// The body of an operation's request.
pub(super) fn request_body(document: &Document, operation: &stated::Operation) -> Option<RequestBody> {
    let stated = document.request_body(operation.request_body.as_ref()?)?;
    let (_, at) = document.object(&stated.extensions);
    Some(RequestBody {
        required: stated.required,
        content: media_types(document, &stated.content),
        docs: docs(at, Texts::description(stated.description.as_deref())),
        span: at.name,
    })
}

/// Every media type of a body.
pub(super) fn media_types(document: &Document, content: &stated::Content) -> Vec<MediaType> {
    content.iter().map(|(name, stated)| media_type(document, name, stated)).collect()
}

fn media_type(document: &Document, name: &str, stated: &stated::MediaType) -> MediaType {
    let (id, at) = document.object(&stated.extensions);
    let encoding = stated.encoding.iter().map(|(property, stated)| encoding(document, property, stated));
    MediaType {
        name: name.to_owned(),
        schema: stated.schema.as_ref().and_then(|schema| schema_id(document, schema)),
        item_schema: document.supplement.item_schemas.get(&id).map(|id| super::schemas::same_id(*id)),
        encoding: encoding.collect(),
        examples: values::examples(document, id, &stated.examples),
        envelope: extensions::envelope(at),
        span: at.name,
    }
}

fn encoding(document: &Document, property: &str, stated: &stated::Encoding) -> Encoding {
    let (id, at) = document.object(&stated.extensions);
    let nested = ["encoding", "prefixEncoding", "itemEncoding"].into_iter();
    let mut nested = nested.filter_map(|key| document.supplement.value(id, key)).map(|(key, _)| key.span);
    Encoding {
        property: property.to_owned(),
        content_type: stated.content_type.clone(),
        headers: headers(document, &stated.headers),
        style: stated.style.as_ref().map(query_style),
        explode: at.field("explode").map(|_| stated.explode),
        allow_reserved: stated.allow_reserved,
        nested: nested.next(),
        span: at.name,
    }
}

/// How a style of the query is called.
pub(super) const fn query_style(stated: &QueryStyle) -> Style {
    match stated {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// The headers of a response or a part.
pub(super) fn headers(document: &Document, stated: &IndexMap<String, ReferenceOr<stated::Header>>) -> Vec<Parameter> {
    let found = stated.iter().filter_map(|(name, at)| {
        let stated = document.header(at)?;
        header(document, name, stated)
    });
    found.collect()
}

fn header(document: &Document, name: &str, stated: &stated::Header) -> Option<Parameter> {
    let (id, at) = document.object(&stated.extensions);
    let explode = document.supplement.value(id, "explode").and_then(|(_, node)| node.as_bool());
    let written = Written { style: Style::Simple, explode, allow_reserved: false };
    let texts = Texts {
        description: stated.description.as_deref(),
        deprecated: stated.deprecated.unwrap_or_default(),
        ..Texts::default()
    };
    Some(Parameter {
        name: name.to_owned(),
        place: ParameterPlace::Header,
        any_path: false,
        content: content(document, at, &stated.format, &written)?,
        required: stated.required,
        docs: docs(at, texts),
        examples: values::examples(document, id, &stated.examples),
        span: at.name,
        name_span: at.name,
    })
}

/// How a parameter or header is written, where it has a schema.
pub(super) struct Written {
    pub(super) style: Style,
    /// `explode`, if it is stated.
    pub(super) explode: Option<bool>,
    pub(super) allow_reserved: bool,
}

/// What a parameter or header holds.
pub(super) fn content(
    document: &Document,
    at: &Object,
    format: &ParameterSchemaOrContent,
    written: &Written,
) -> Option<Content> {
    Some(match format {
        ParameterSchemaOrContent::Schema(schema) => Content::Schema {
            schema: schema_id(document, schema)?,
            style: written.style,
            // OpenAPI 3.0.4, 4.7.12.2: what only `form` has by default, and in 3.2 `cookie`, which is like it.
            explode: written.explode.unwrap_or(matches!(written.style, Style::Form | Style::Cookie)),
            allow_reserved: written.allow_reserved,
        },
        ParameterSchemaOrContent::Content(content) => {
            let (name, stated) = content.first()?;
            let media_type = Box::new(media_type(document, name, stated));
            Content::Media { media_type, span: at.field("content").map_or(at.name, |field| field.key) }
        }
    })
}

/// A text that `openapiv3` has no room for.
pub(super) fn kept<'a>(document: &'a Document, id: ObjectId, key: &str) -> Option<&'a str> {
    document.supplement.value(id, key).and_then(|(_, node)| Node::text(node))
}
