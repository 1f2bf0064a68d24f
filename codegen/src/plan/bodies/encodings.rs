//! Encodings of forms: what the document says of single properties that no form is written by.

use super::media_types::{self, BodyMedia};
use super::multipart_parts;
use crate::api::{Encoding, Media, SchemaId, Schemas, Shape};
use crate::plan::diagnostics::Report;
use crate::rust::BodyKind;

/// Says what no form is written by (OpenAPI 3.2.0, Encoding Object).
pub(super) fn say(schemas: &Schemas, medium: &BodyMedia<'_>, report: &mut Report) {
    for encoding in &medium.stated.encoding {
        match medium.kind {
            BodyKind::Multipart => of_part(encoding, report),
            BodyKind::Form => of_field(schemas, medium, encoding, report),
            // No form at all: the caller writes the bytes, and that is said of the media type.
            _ => {}
        }
    }
}

fn of_part(stated: &Encoding, report: &mut Report) {
    // OpenAPI describes it by `contentType`.
    let mut headers = stated.headers.iter().filter(|header| !header.name.eq_ignore_ascii_case("content-type"));
    if let Some(header) = headers.next() {
        let help =
            "a part has its name, its file name and its media type; let fields of the form carry what else there is";
        report.unread_encoding("headers", &stated.property, header.span, help);
    }
    if stated.style.is_some() || stated.explode.is_some() || stated.allow_reserved {
        let help = "describe the part by its schema and its `contentType`";
        report.unread_encoding("style", &stated.property, stated.span, help);
    }
    if let Some(span) = stated.nested {
        let help = "describe the part as JSON, or by `format: binary` as bytes that the caller writes";
        report.unread_encoding("encodings of what is inside", &stated.property, span, help);
    }
}

/// A field of a form is text, or JSON where its values have no text.
fn of_field(schemas: &Schemas, medium: &BodyMedia<'_>, stated: &Encoding, report: &mut Report) {
    let (Some(schema), Some(content_type)) = (property(schemas, medium, &stated.property), &stated.content_type) else {
        return;
    };
    let element = multipart_parts::item(schemas, schema).unwrap_or(schema);
    let written = if media_types::is_scalar(schemas, element) { Media::Text } else { Media::Json };
    if Media::of(content_type) != written {
        let help = "fields of a form are text, and JSON where they hold objects; use `multipart/form-data` for others";
        report.unread_encoding("content type", &stated.property, stated.span, help);
    }
}

fn property(schemas: &Schemas, medium: &BodyMedia<'_>, name: &str) -> Option<SchemaId> {
    let schema = schemas.get(schemas.resolve(medium.value.schema()?))?;
    let Shape::Object(object) = &schema.shape else { return None };
    object.properties.iter().find(|property| property.name == name).map(|property| property.schema)
}
