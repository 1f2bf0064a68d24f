//! Keywords of values that are handed on as bytes, of which nothing but the number of files is checked.

use super::media_types::{BodyMedia, Value, is_binary};
use super::multipart_parts;
use crate::api::{Additional, Property, Schema, SchemaId, Schemas, Shape};
use crate::plan::diagnostics::Report;
use crate::plan::schemas::elements;
use crate::rust::{BodyKind, PartKind};

/// The keywords that limit one file.
const OF_A_FILE: &[&str] = &["minLength", "maxLength", "pattern", "enum", "const"];

/// Says which keywords of a body's bytes, or of the files of a form, are not checked.
pub(super) fn say(schemas: &Schemas, medium: &BodyMedia<'_>, report: &mut Report) {
    if medium.value == Value::Stream {
        // What is no string of bytes was said to be bytes already.
        if let Some(schema) = medium.stated.schema.filter(|schema| is_binary(schemas, *schema)) {
            of_value(schemas, schema, OF_A_FILE, report);
        }
    }
    if medium.kind != BodyKind::Multipart {
        return;
    }
    let form = medium.value.schema().and_then(|schema| schemas.get(schemas.resolve(schema)));
    let Some(Shape::Object(object)) = form.map(|schema| &schema.shape) else { return };
    let is_file =
        |property: &&Property| multipart_parts::of_property(schemas, medium.stated, property).kind == PartKind::File;
    let listed = object.properties.iter().filter(is_file).map(|property| property.schema);
    let others = match elements::additional(schemas, object) {
        Additional::Schema(values) => Some(values),
        Additional::Any | Additional::None | Additional::Unstated => None,
    };
    let others = others.filter(|_| multipart_parts::of_others(schemas, object).kind == PartKind::File);
    for schema in listed.chain(others) {
        let item = multipart_parts::item(schemas, schema);
        if item.is_some() {
            of_value(schemas, schema, &["uniqueItems"], report);
        }
        of_value(schemas, item.unwrap_or(schema), OF_A_FILE, report);
    }
}

fn of_value(schemas: &Schemas, id: SchemaId, keywords: &[&str], report: &mut Report) {
    let stated = schemas.chain(id).flat_map(|schema: &Schema| &schema.keyword_spans);
    for (keyword, span) in stated.filter(|(keyword, _)| keywords.contains(keyword)) {
        report.unchecked_bytes(keyword, span.key);
    }
}
