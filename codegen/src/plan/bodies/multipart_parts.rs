//! The parts of a form (`multipart/form-data`): which property is a file, which is text, and which is JSON.

use super::media_types::{self, is_binary};
use crate::api::{
    Additional, Constant, Encoding, Media, MediaType, Object, Property, Schema, SchemaId, Schemas, Shape, Untyped,
};
use crate::plan::schemas::resolution::{LeadsOn, follow};
use crate::plan::schemas::{elements, kinds};
use crate::rust::{FormPart, PartKind};

/// How a property is written (OpenAPI 3.2.0, Encoding Object, default values of `contentType`): bytes are a file, what has one text is text,
/// everything else is JSON, and a list is a part per item.
pub(in crate::plan) fn of_property(schemas: &Schemas, stated: &MediaType, property: &Property) -> FormPart {
    let of_encoding = encoding(stated, property).and_then(|encoding| encoding.content_type.as_deref());
    let kind = |schema| kind(schemas, schema, of_encoding);
    let part = match item(schemas, property.schema) {
        // A whole list as one part.
        Some(_) if of_encoding.is_some_and(|name| Media::of(name) == Media::Json) => part(PartKind::Json, false),
        Some(item) if item_is_plain(schemas, item) => part(kind(item), true),
        Some(_) => part(PartKind::Json, true),
        None => part(kind(property.schema), false),
    };
    FormPart { content_type: content_type(schemas, property, of_encoding), ..part }
}

/// How the parts are written that are not listed: those of a schema as a property of it, and any others as files, of which a name may have
/// several.
pub(in crate::plan) fn of_others(schemas: &Schemas, object: &Object) -> FormPart {
    let part = match elements::additional(schemas, object) {
        Additional::Schema(values) => match item(schemas, values) {
            Some(item) if item_is_plain(schemas, item) => part(kind(schemas, item, None), true),
            Some(_) => part(PartKind::Json, true),
            None => part(kind(schemas, values, None), false),
        },
        Additional::Any | Additional::None | Additional::Unstated => part(PartKind::File, true),
    };
    let listed = object.properties.iter().map(|property| property.name.clone()).collect();
    FormPart { listed: Some(listed), ..part }
}

/// Whether a form holds parts that are not listed: the document says so, or lists none.
pub(super) fn has_others(schemas: &Schemas, object: &Object) -> bool {
    elements::keeps_additional(schemas, object) || !kinds::is_struct(object)
}

/// Whether each property of one value is a part that is text, and no limit counts it as one of the parts.
pub(super) fn are_texts(stated: &MediaType, constants: &[Constant], schema: &Schema) -> bool {
    let is_encoded = |constant: &Constant| stated.encoding.iter().any(|encoding| encoding.property == constant.name);
    let limits = &schema.constraints;
    limits.min_properties.is_none() && limits.max_properties.is_none() && !constants.iter().any(is_encoded)
}

const fn part(kind: PartKind, is_list: bool) -> FormPart {
    FormPart { kind, is_list, content_type: None, listed: None }
}

/// The media type that a part has where the caller says none.
fn content_type(schemas: &Schemas, property: &Property, of_encoding: Option<&str>) -> Option<String> {
    let value = item(schemas, property.schema).unwrap_or(property.schema);
    let of_schema = media_types::content_media_type(schemas, value);
    match of_encoding {
        // Of several media types and ranges the caller has to choose one, unless the schema does.
        Some(several) if several.contains([',', '*']) => of_schema.filter(|one| lists(several, one)),
        Some(one) => Some(one.to_owned()),
        None => of_schema.filter(|one| !one.contains('*')),
    }
}

/// Whether a media type is one of several.
fn lists(several: &str, one: &str) -> bool {
    several.split(',').any(|listed| listed.trim().eq_ignore_ascii_case(one))
}

fn encoding<'a>(stated: &'a MediaType, property: &Property) -> Option<&'a Encoding> {
    stated.encoding.iter().find(|encoding| encoding.property == property.name)
}

fn kind(schemas: &Schemas, schema: SchemaId, content_type: Option<&str>) -> PartKind {
    let named = content_type.and_then(|name| name.split(',').next()).map(Media::of);
    if is_bytes(schemas, schema) || named == Some(Media::Binary) && is_string(schemas, schema) {
        return PartKind::File;
    }
    match (media_types::is_scalar(schemas, schema), named) {
        (_, Some(Media::Json)) | (false, None) => PartKind::Json,
        (true, _) => PartKind::Text,
        // Only the caller knows how such a value is written.
        (false, Some(_)) => PartKind::File,
    }
}

/// Whether values are bytes: said so, or a schema that says nothing of its values.
fn is_bytes(schemas: &Schemas, id: SchemaId) -> bool {
    let shape = schemas.get(schemas.resolve(id)).map(|schema| &schema.shape);
    is_binary(schemas, id) || matches!(shape, Some(Shape::Any(Untyped::NoType)))
}

fn is_string(schemas: &Schemas, id: SchemaId) -> bool {
    matches!(schemas.get(schemas.resolve(id)).map(|schema| schema.shape.base()), Some(Shape::String { .. }))
}

/// The schema of the items of a list.
pub(super) fn item(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let schema = schemas.get(schemas.resolve(id))?;
    match kinds::shape(schema) {
        Shape::List(list) => elements::item(list),
        _ => None,
    }
}

/// Whether an item is no list itself, whose own items would have to be told from those of the others.
fn item_is_plain(schemas: &Schemas, id: SchemaId) -> bool {
    let in_place = follow(schemas, id);
    !in_place.steps.iter().any(|step| step.leads_on == LeadsOn::Item)
}
