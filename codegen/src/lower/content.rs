//! The content of request bodies, responses, parameters and headers: their media types with schemas, encodings and examples. The headers
//! of responses and encodings are read here too, because media types and headers contain each other.

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::{ParameterSchemaOrContent, QueryStyle, ReferenceOr};

use super::docs::{Texts, docs};
use super::schemas::{same_id, schema_id};
use super::{sse_data, values};
use crate::api::{
    Content, Encoding, EntrySpan, Envelope, Media, MediaType, Parameter, ParameterLocation, RequestBody, Style,
};
use crate::document::schema::SchemaId;
use crate::document::source_map::ObjectSpans;
use crate::document::{Document, Located};
use crate::extension_keys;

/// The body of an operation's request.
pub(super) fn request_body(document: &Document, operation: &stated::Operation) -> Option<RequestBody> {
    let Located { stated, object, .. } = document.request_body(operation.request_body.as_ref()?)?;
    Some(RequestBody {
        required: stated.required,
        content: media_types(document, &stated.content),
        docs: docs(object, Texts::description(stated.description.as_deref())),
        span: object.name,
    })
}

/// The media types and the headers of a response.
pub(super) fn of_response(document: &Document, stated: &stated::Response) -> (Vec<MediaType>, Vec<Parameter>) {
    (media_types(document, &stated.content), headers(document, &stated.headers))
}

/// Every media type of a body.
fn media_types(document: &Document, content: &stated::Content) -> Vec<MediaType> {
    content.iter().filter_map(|(name, stated)| Some(media_type(document, name, document.located(stated)?))).collect()
}

fn media_type(document: &Document, name: &str, located: Located<'_, stated::MediaType>) -> MediaType {
    let stated = located.stated;
    let encodings = stated.encoding.iter();
    let item_schema = document.supplement.item_schemas.get(&located.id).copied();
    MediaType {
        name: name.to_owned(),
        schema: stated.schema.as_ref().and_then(|schema| schema_id(document, schema)),
        item_schema: item_schema.map(same_id),
        data_schema: item_schema.and_then(|event| sse_data::json(document, name, event)).map(same_id),
        encoding: encodings
            .filter_map(|(property, stated)| Some(encoding(document, property, document.located(stated)?)))
            .chain(parts_of_bytes(document, name, stated))
            .collect(),
        examples: values::examples(document, located.value("example"), &stated.examples),
        envelope: envelope(located.object),
        span: located.object.name,
    }
}

/// `x-specie-envelope` of a media type.
fn envelope(media_type: &ObjectSpans) -> Option<Envelope> {
    let (_, stated) = media_type.extension(extension_keys::ENVELOPE)?;
    let keys = stated.text()?.split('.').map(str::to_owned).collect();
    Some(Envelope { keys, span: stated.span })
}

fn encoding(document: &Document, property: &str, located: Located<'_, stated::Encoding>) -> Encoding {
    let (stated, object) = (located.stated, located.object);
    let nested = ["encoding", "prefixEncoding", "itemEncoding"].into_iter();
    Encoding {
        property: property.to_owned(),
        content_type: stated.content_type.clone(),
        headers: headers(document, &stated.headers),
        style: stated.style.as_ref().map(query_style),
        explode: object.field("explode").map(|_| stated.explode),
        allow_reserved: stated.allow_reserved,
        nested: nested.filter_map(|key| located.value(key)).map(|(key, _)| key.span).next(),
        span: object.name,
    }
}

/// The media types of the parts of a multipart body that are bytes: a schema with `contentMediaType` and without a type (OpenAPI 3.1.1,
/// Working with Binary Data). An encoding that names a media type goes first.
fn parts_of_bytes(document: &Document, name: &str, media_type: &stated::MediaType) -> Vec<Encoding> {
    let body = media_type.schema.as_ref().filter(|_| Media::of(name) == Media::Multipart);
    let Some(body) = body.and_then(|body| document.schema(body)) else { return Vec::new() };
    let schemas = &document.schemas;
    let part = |(property, schema): (&str, SchemaId)| {
        let keywords = schemas[schemas.target(schema)].keywords();
        let named = keywords.string.content_media_type.as_ref().filter(|_| keywords.types.is_none())?;
        (!media_type.encoding.contains_key(property)).then(|| Encoding {
            property: property.to_owned(),
            content_type: Some(named.value.to_string()),
            headers: Vec::new(),
            style: None,
            explode: None,
            allow_reserved: false,
            nested: None,
            span: named.key,
        })
    };
    schemas[schemas.target(body)].keywords().object.properties().filter_map(part).collect()
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
    object: &ObjectSpans,
    format: &ParameterSchemaOrContent,
    written: &Written,
) -> Option<Content> {
    Some(match format {
        ParameterSchemaOrContent::Schema(schema) => Content::Schema {
            schema: schema_id(document, schema)?,
            style: written.style,
            explode: written.explode.unwrap_or_else(|| written.style.explodes_by_default()),
            allow_reserved: written.allow_reserved,
        },
        ParameterSchemaOrContent::Content(content) => {
            let (name, stated) = content.first()?;
            let media_type = Box::new(media_type(document, name, document.located(stated)?));
            Content::Media { media_type, span: object.field("content")?.key }
        }
    })
}

/// The headers of a response or a part.
fn headers(document: &Document, stated: &IndexMap<String, ReferenceOr<stated::Header>>) -> Vec<Parameter> {
    stated.iter().filter_map(|(name, at)| header(document, name, document.header(at)?)).collect()
}

fn header(document: &Document, name: &str, located: Located<'_, stated::Header>) -> Option<Parameter> {
    let (stated, object) = (located.stated, located.object);
    let explode = located.value("explode").and_then(|(_, node)| node.as_bool());
    let written = Written { style: Style::Simple, explode, allow_reserved: false };
    let texts = Texts {
        description: stated.description.as_deref(),
        deprecated: stated.deprecated.unwrap_or_default(),
        ..Texts::default()
    };
    Some(Parameter {
        name: name.to_owned(),
        place: ParameterLocation::Header,
        any_path: None,
        may_be_empty: false,
        content: content(document, object, &stated.format, &written)?,
        required: stated.required,
        docs: docs(object, texts),
        examples: values::examples(document, located.value("example"), &stated.examples),
        span: object.name,
        name_span: object.name,
        keyword_spans: keyword_spans(object),
    })
}

/// Where the keywords of a parameter or header stand that say how it is written and whether it is there.
pub(super) fn keyword_spans(object: &ObjectSpans) -> Vec<(&'static str, EntrySpan)> {
    let names = ["required", "style", "explode", "allowReserved", "allowEmptyValue"];
    let span = |name: &'static str| {
        let field = object.field(name)?;
        Some((name, EntrySpan { key: field.key, value: field.span }))
    };
    names.into_iter().filter_map(span).collect()
}
