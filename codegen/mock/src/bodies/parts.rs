//! Forms of parts (`multipart/form-data`, RFC 7578): which parts there are, and the values of those that are no files.

use specie_codegen::api::{
    Additional, Direction, Media, MediaType, Object, Property, SchemaId, Schemas, Shape, Untyped,
};
use specie_codegen::instance;

use super::form_data::Part;
use crate::json;
use crate::text_values::{self, Make};

/// Everything that is wrong with the parts of a form.
pub(super) fn faults(schemas: &Schemas, media: &MediaType, parts: &[Part<'_>]) -> Vec<String> {
    let Some(Shape::Object(object)) = media.schema.and_then(|id| shape(schemas, id)) else { return Vec::new() };
    let mut faults: Vec<String> =
        object.properties.iter().flat_map(|property| of_property(schemas, media, property, parts)).collect();
    if object.additional == Additional::None {
        let others = parts.iter().filter(|part| !is_known(object, &part.name));
        faults
            .extend(others.map(|part| format!("the body has a part `{}` that the document does not allow", part.name)));
    }
    faults
}

fn shape(schemas: &Schemas, id: SchemaId) -> Option<&Shape> {
    schemas.get(schemas.resolve(id)).map(|schema| schema.shape.base())
}

fn is_known(object: &Object, name: &str) -> bool {
    let constants = object.constants.iter().map(|constant| &constant.name);
    object.properties.iter().map(|property| &property.name).chain(constants).any(|known| known == name)
}

/// What is wrong with the parts of a property: a list has a part for each item, unless it is one part of JSON.
fn of_property(schemas: &Schemas, media: &MediaType, property: &Property, parts: &[Part<'_>]) -> Vec<String> {
    let named = format!("the body's part `{}`", property.name);
    let given: Vec<&Part<'_>> = parts.iter().filter(|part| part.name == property.name).collect();
    let content_type = content_type(media, property);
    let item = match shape(schemas, property.schema) {
        Some(Shape::List(list)) if content_type.map(Media::of) != Some(Media::Json) => Some(list.items),
        _ => None,
    };
    match (given.as_slice(), item) {
        ([], _) if is_required(schemas, property) => vec![format!("{named} is missing")],
        ([_, _, ..], None) => vec![format!("{named} is there more than once")],
        (given, item) => {
            let Some(schema) = item.unwrap_or(Some(property.schema)) else { return Vec::new() };
            let faults =
                given.iter().flat_map(|part| of_part(schemas, schema, kind(schemas, schema, content_type), part));
            faults.map(|fault| format!("{named}{fault}")).collect()
        }
    }
}

fn is_required(schemas: &Schemas, property: &Property) -> bool {
    schemas.presence(property, Direction::Request).is_some_and(|presence| presence.required)
}

/// The media type that the document gives the parts of a property.
fn content_type<'m>(media: &'m MediaType, property: &Property) -> Option<&'m str> {
    let encoding = media.encoding.iter().find(|encoding| encoding.property == property.name)?;
    encoding.content_type.as_deref()?.split(',').next()
}

/// How a part is written.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Json,
    /// As bytes, of which a schema says nothing.
    File,
}

/// How a value is written as a part (OpenAPI 3.2.0, Encoding Object, default values of `contentType`): as servers of generated crates read it.
fn kind(schemas: &Schemas, schema: SchemaId, content_type: Option<&str>) -> Kind {
    let named = content_type.map(Media::of);
    let is_bytes = match shape(schemas, schema) {
        Some(Shape::String { format, encoding, media_type }) => {
            named == Some(Media::Binary)
                || format.as_deref() == Some("binary")
                || (encoding.is_none() && media_type.is_some())
        }
        Some(Shape::Any(Untyped::NoType)) => true,
        _ => false,
    };
    match (is_bytes, text_values::make(schemas, schema), named) {
        (true, ..) => Kind::File,
        (_, _, Some(Media::Json)) => Kind::Json,
        (_, Make::One, _) => Kind::Text,
        (_, _, None) => Kind::Json,
        // Only the caller knows how such a value is written.
        (_, _, Some(_)) => Kind::File,
    }
}

fn of_part(schemas: &Schemas, schema: SchemaId, kind: Kind, part: &Part<'_>) -> Vec<String> {
    let value = match kind {
        Kind::File => return Vec::new(),
        Kind::Json => json::value(part.content).map_err(|reason| format!(" is no JSON: {reason}")),
        Kind::Text => std::str::from_utf8(part.content)
            .map(|text| text_values::scalar(schemas, schema, text))
            .map_err(|_| " is no UTF-8 text".to_owned()),
    };
    match value {
        Err(fault) => vec![fault],
        Ok(value) => {
            let found = instance::faults(schemas, schema, &value, Direction::Request);
            found.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.reason)).collect()
        }
    }
}
