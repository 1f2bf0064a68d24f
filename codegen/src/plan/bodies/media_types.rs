//! The media types of a body: how each is written and read, and what it holds. None is refused; what is not decoded is bytes.

use std::collections::HashSet;

use crate::api::{Additional, Direction, Media, MediaType, SchemaId, Schemas, Shape};
use crate::http::essence;
use crate::names::{Contender, type_name, worded};
use crate::plan::diagnostics::Report;
use crate::plan::schemas::adapted::AdaptedSchemas;
use crate::plan::schemas::elements;
use crate::plan::schemas::kinds::{self, Kind};
use crate::plan::schemas::resolution::{End, LeadsOn, follow};
use crate::rust::BodyKind;

/// One way to write a body, under one media type or more.
pub(in crate::plan) struct BodyMedia<'a> {
    /// The media type, or the first of several that hold the same JSON: what is sent.
    pub(in crate::plan) stated: &'a MediaType,
    /// The others.
    pub(in crate::plan) others: Vec<&'a MediaType>,
    /// The name of its variant where several stand side by side: `Json`, `Csv`.
    pub(in crate::plan) variant: String,
    /// How it is written.
    pub(in crate::plan) kind: BodyKind,
    /// What it holds.
    pub(in crate::plan) value: Value,
}

/// What a body holds where it is a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum Value {
    /// A text.
    Text,
    /// Bytes, all in memory.
    Bytes,
    /// Bytes, as a stream.
    Stream,
    /// Any JSON, with the reason.
    Json(&'static str),
    /// Any JSON object, with the reason.
    JsonObject(&'static str),
    /// What a schema says.
    Schema(SchemaId),
    /// A stream of what a schema says, or of any JSON.
    Items(Option<SchemaId>),
    /// Server-sent events whose data is what a schema says, or any JSON.
    Events(Option<SchemaId>),
    /// Server-sent events whose data is text.
    TextEvents,
}

/// Whose body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum BodyOwner {
    /// That of a request.
    Request,
    /// That of a success.
    Success,
    /// That of an error, which is read whole.
    Error,
}

/// A media type with the schemas that it has where its body is sent.
#[derive(Clone, Copy)]
struct SentMediaType<'a> {
    stated: &'a MediaType,
    schema: Option<SchemaId>,
    item_schema: Option<SchemaId>,
    data_schema: Option<SchemaId>,
}

/// The ways to write a body that `sender` sends; JSON comes first.
pub(in crate::plan) fn media<'a>(
    adapted: &AdaptedSchemas<'_>,
    (content, sender): (&'a [MediaType], Direction),
    side: BodyOwner,
    report: &mut Report,
) -> Vec<BodyMedia<'a>> {
    let mut found: Vec<BodyMedia<'a>> = Vec::new();
    let (schemas, at) = (&*adapted.schemas, |id: Option<SchemaId>| id.map(|id| adapted.at(id, sender)));
    for stated in ordered(content) {
        let (schema, item_schema, data_schema) = (at(stated.schema), at(stated.item_schema), at(stated.data_schema));
        let sent = SentMediaType { stated, schema, item_schema, data_schema };
        let (kind, value) = read(schemas, sent, side);
        if let Some(known) = found.iter_mut().find(|one| is_same(schemas, (one.kind, one.value), (kind, value))) {
            known.others.push(stated);
            continue;
        }
        if let Some(json) =
            found.first().filter(|first| first.kind == BodyKind::Json && has_no_text(schemas, sent, first))
        {
            report.further_media_type(&stated.name, &json.stated.name, stated.span);
            continue;
        }
        found.push(BodyMedia { stated, others: Vec::new(), variant: String::new(), kind, value });
    }
    alone(&mut found, report);
    say(&found, side, report);
    say_ranges(schemas, &found, side, report);
    let variants = variants(&found, report);
    for (medium, variant) in found.iter_mut().zip(variants) {
        medium.variant = variant;
    }
    found
}

/// The variants of media types that stand side by side. What else they could be called is made only where two have one name, because
/// making it costs more than all the rest.
fn variants(found: &[BodyMedia<'_>], report: &mut Report) -> Vec<String> {
    let wishes: Vec<String> = found.iter().map(|one| variant(&one.stated.name)).collect();
    if wishes.iter().collect::<HashSet<_>>().len() == wishes.len() {
        return wishes;
    }
    let contenders: Vec<_> = found.iter().map(|one| (contender(&one.stated.name), one.stated.span)).collect();
    report.told_apart(&contenders, &[])
}

/// The variant of a media type: among several of one name after all of its subtype, all of its type, or all of its text.
fn contender(name: &str) -> Contender {
    let essence = essence(name).to_ascii_lowercase();
    let subtype = essence.split_once('/').map_or(essence.as_str(), |(_, subtype)| subtype);
    let further = [type_name(&essence), type_name(name), type_name(&worded(name))];
    Contender::called(subtype, variant(name), type_name).or(further)
}

/// JSON first, and of JSON that which is called so.
fn ordered(content: &[MediaType]) -> Vec<&MediaType> {
    let mut all: Vec<&MediaType> = content.iter().collect();
    all.sort_by_key(|one| (one.kind() != Media::Json, !one.name.starts_with("application/json")));
    all
}

/// How a media type is written, and what it holds.
fn read(schemas: &Schemas, sent: SentMediaType<'_>, side: BodyOwner) -> (BodyKind, Value) {
    let stated = sent.stated;
    let raw =
        if side == BodyOwner::Error { (BodyKind::Bytes, Value::Bytes) } else { (BodyKind::Stream, Value::Stream) };
    match stated.kind() {
        Media::Json if is_range(stated) && sent.schema.is_none_or(|schema| is_binary(schemas, schema)) => raw,
        Media::Json => (BodyKind::Json, json(schemas, sent.schema, side)),
        Media::Form => form(schemas, sent, side).unwrap_or(raw),
        Media::Text => match sent.schema {
            Some(schema) if is_binary(schemas, schema) => raw,
            Some(schema) if has_text(schemas, schema) => (BodyKind::Text, Value::Schema(schema)),
            Some(_) | None => (BodyKind::Text, Value::Text),
        },
        Media::Multipart if side == BodyOwner::Request && is_form_of_parts(schemas, sent) => {
            (BodyKind::Multipart, sent.schema.map_or(raw.1, Value::Schema))
        }
        Media::EventStream if side == BodyOwner::Success => events(schemas, sent),
        Media::JsonLines if side != BodyOwner::Error => (BodyKind::JsonLines, items(schemas, sent)),
        Media::JsonSequence if side != BodyOwner::Error => (BodyKind::JsonSequence, items(schemas, sent)),
        Media::Binary
        | Media::Multipart
        | Media::EventStream
        | Media::JsonLines
        | Media::JsonSequence
        | Media::Other => raw,
    }
}

/// A form of what its schema says. Only that of a request has styles of its own: the Encoding Object is for those alone up to OpenAPI 3.1.0.
fn form(schemas: &Schemas, sent: SentMediaType<'_>, side: BodyOwner) -> Option<(BodyKind, Value)> {
    let is_written = side == BodyOwner::Request || sent.stated.encoding.is_empty();
    let schema = sent.schema.filter(|schema| is_written && is_object(schemas, *schema))?;
    Some((BodyKind::Form, Value::Schema(schema)))
}

/// The items of a stream: what `itemSchema` says (OpenAPI 3.2.0, Media Type Object), or else the items of an array, or else what the
/// schema says, for documents of earlier versions describe an item there.
fn items(schemas: &Schemas, sent: SentMediaType<'_>) -> Value {
    let of_array = |schema| match &schemas.get(schemas.resolve(schema))?.shape {
        Shape::List(list) => elements::item(list),
        _ => Some(schema),
    };
    Value::Items(sent.item_schema.or_else(|| sent.schema.and_then(of_array)))
}

/// Server-sent events. `itemSchema` describes the whole event, whose `data` is a text, which may hold JSON of a `contentSchema`
/// (OpenAPI 3.2.0, Server-Sent Event Streams); in documents of earlier versions the schema describes the data.
fn events(schemas: &Schemas, sent: SentMediaType<'_>) -> (BodyKind, Value) {
    let data = match sent.item_schema {
        Some(schema) => sent.data_schema.or_else(|| data_of(schemas, schema)),
        None => sent.schema.and_then(|_| items(schemas, sent).schema()),
    };
    match data.filter(|schema| !is_text(schemas, *schema)) {
        Some(data) => (BodyKind::Events, Value::Events(Some(data))),
        None => (BodyKind::TextEvents, Value::TextEvents),
    }
}

/// The schema of the data of an event.
fn data_of(schemas: &Schemas, event: SchemaId) -> Option<SchemaId> {
    let Shape::Object(object) = &schemas.get(schemas.resolve(event))?.shape else { return None };
    object.properties.iter().find(|property| property.name == "data").map(|property| property.schema)
}

/// Whether a schema is one of strings.
fn is_text(schemas: &Schemas, id: SchemaId) -> bool {
    matches!(shape(schemas, id).map(Shape::base), Some(Shape::String { .. }))
}

fn json(schemas: &Schemas, schema: Option<SchemaId>, side: BodyOwner) -> Value {
    match (schema, side) {
        (None, BodyOwner::Request) => Value::Json("the request body has no schema"),
        (None, _) => Value::Json("the response has no schema"),
        (Some(schema), BodyOwner::Success | BodyOwner::Error) if is_bare_object(schemas, schema) => {
            Value::JsonObject("a response body without stated properties")
        }
        (Some(schema), _) => Value::Schema(schema),
    }
}

/// Whether a body is an object without properties, stated in place: whatever comes is kept.
fn is_bare_object(schemas: &Schemas, id: SchemaId) -> bool {
    match schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => {
            !kinds::is_struct(object) && !matches!(elements::additional(schemas, object), Additional::Schema(_))
        }
        _ => false,
    }
}

/// Whether two media types are one way to write a body: the same JSON under two names.
fn is_same(schemas: &Schemas, one: (BodyKind, Value), other: (BodyKind, Value)) -> bool {
    let is_json = one.0 == BodyKind::Json && other.0 == BodyKind::Json;
    is_json
        && match (one.1, other.1) {
            (Value::Schema(one), Value::Schema(other)) => schemas.resolve(one) == schemas.resolve(other),
            (one, other) => one == other,
        }
}

/// Whether a media type is text of what JSON has, of a schema whose values have no text: nobody could tell what it looks like.
fn has_no_text(schemas: &Schemas, sent: SentMediaType<'_>, json: &BodyMedia<'_>) -> bool {
    let (Value::Schema(of_json), Some(schema)) = (json.value, sent.schema) else { return false };
    sent.stated.kind() == Media::Text
        && schemas.resolve(schema) == schemas.resolve(of_json)
        && !has_text(schemas, schema)
        && !is_binary(schemas, schema)
}

/// Leaves out multipart bodies beside others, but the first form: the boundary of any other is known only to its writer.
fn alone(found: &mut Vec<BodyMedia<'_>>, report: &mut Report) {
    let is_multipart = |one: &BodyMedia<'_>| one.stated.kind() == Media::Multipart;
    if found.len() < 2 || found.iter().all(is_multipart) && found.iter().all(|one| one.kind != BodyKind::Multipart) {
        return;
    }
    let form = found.iter().find(|one| one.kind == BodyKind::Multipart).map(|one| one.stated);
    let first = found.iter().find(|one| !is_multipart(one)).map(|one| one.stated);
    let Some(kept) = first.or(form) else { return };
    found.retain(|one| {
        let stays = !is_multipart(one) || form.is_some_and(|form| one.stated.span == form.span);
        if !stays {
            report.further_media_type(&one.stated.name, &kept.name, one.stated.span);
        }
        stays
    });
}

/// Says which media types are not decoded.
fn say(found: &[BodyMedia<'_>], side: BodyOwner, report: &mut Report) {
    for stated in
        found.iter().filter(|one| matches!(one.kind, BodyKind::Stream | BodyKind::Bytes)).map(|one| one.stated)
    {
        if stated.kind() == Media::Binary || is_range(stated) || stated.kind() == Media::Text {
            continue;
        }
        match side {
            BodyOwner::Request => report.request_as_bytes(&stated.name, stated.span),
            BodyOwner::Success | BodyOwner::Error => report.response_as_bytes(&stated.name, stated.span),
        }
    }
}

/// Says which ranges with a schema of objects or lists are not read as all media types that they allow.
fn say_ranges(schemas: &Schemas, found: &[BodyMedia<'_>], side: BodyOwner, report: &mut Report) {
    let has_structure = |one: &&BodyMedia<'_>| {
        one.stated
            .schema
            .is_some_and(|id| matches!(shape(schemas, id), Some(Shape::Object(_) | Shape::Union(_) | Shape::List(_))))
    };
    for one in found.iter().filter(|one| is_range(one.stated)).filter(has_structure) {
        let (name, span) = (&one.stated.name, one.stated.span);
        match (one.kind, side) {
            (BodyKind::Json, BodyOwner::Request) => report.range_as_json(name, span),
            (BodyKind::Stream | BodyKind::Bytes, BodyOwner::Request) => report.request_as_bytes(name, span),
            (BodyKind::Stream | BodyKind::Bytes, _) => report.response_as_bytes(name, span),
            _ => {}
        }
    }
}

fn shape(schemas: &Schemas, id: SchemaId) -> Option<&Shape> {
    schemas.get(schemas.resolve(id)).map(|schema| &schema.shape)
}

fn is_range(stated: &MediaType) -> bool {
    stated.name.contains('*')
}

/// Whether a schema says that its values are bytes: `format: binary`, or a media type that they are of.
pub(super) fn is_binary(schemas: &Schemas, id: SchemaId) -> bool {
    match schemas.get(schemas.resolve(id)).map(|schema| schema.shape.base()) {
        Some(Shape::String { format, encoding, media_type }) => {
            format.as_deref() == Some("binary") || (encoding.is_none() && media_type.is_some())
        }
        _ => false,
    }
}

/// The media type of the bytes or text that a schema describes: `contentMediaType`, and bytes of any kind where there is `contentEncoding` alone
/// (OpenAPI 3.1.1, 4.8.15.1.1).
pub(super) fn content_media_type(schemas: &Schemas, id: SchemaId) -> Option<String> {
    match schemas.get(schemas.resolve(id)).map(|schema| schema.shape.base()) {
        Some(Shape::String { media_type, encoding, .. }) => {
            media_type.clone().or_else(|| encoding.as_ref().map(|_| "application/octet-stream".to_owned()))
        }
        _ => None,
    }
}

/// Whether each value of a schema has one text.
fn has_text(schemas: &Schemas, id: SchemaId) -> bool {
    !schemas.is_nullable(id) && is_scalar(schemas, id)
}

/// Whether each value of a schema but null has one text.
pub(super) fn is_scalar(schemas: &Schemas, id: SchemaId) -> bool {
    let in_place = follow(schemas, id);
    let leads_on = in_place.steps.iter().any(|step| matches!(step.leads_on, LeadsOn::Item | LeadsOn::Value));
    !leads_on
        && match in_place.end {
            End::Scalar(_) => true,
            End::Own(_, kind) => matches!(kind, Kind::Enum(_)),
            _ => false,
        }
}

/// Whether a body is `multipart/form-data` whose parts are properties of an object.
fn is_form_of_parts(schemas: &Schemas, sent: SentMediaType<'_>) -> bool {
    let is_form_data = essence(&sent.stated.name).eq_ignore_ascii_case("multipart/form-data");
    is_form_data && matches!(sent.schema.and_then(|id| shape(schemas, id)), Some(Shape::Object(_)))
}

/// Whether a form can hold the values of a schema: objects, or one of several.
fn is_object(schemas: &Schemas, id: SchemaId) -> bool {
    matches!(shape(schemas, id), Some(Shape::Object(_) | Shape::Union(_)))
}

/// What a media type is called among others: `Json`, `ProblemJson`, `Form`, `Text`, `Csv`, `Image`.
fn variant(name: &str) -> String {
    let essence = essence(name).to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), "*"));
    match (kind, subtype) {
        ("*", _) => "Any".to_owned(),
        (kind, "*") => type_name(kind),
        (_, "x-www-form-urlencoded") => "Form".to_owned(),
        ("multipart", "form-data") => "Multipart".to_owned(),
        ("text", "plain") => "Text".to_owned(),
        (_, "octet-stream") => "Bytes".to_owned(),
        (_, "event-stream") => "Events".to_owned(),
        (_, "x-ndjson" | "ndjson" | "jsonl") => "JsonLines".to_owned(),
        (_, "json-seq") => "JsonSequence".to_owned(),
        (_, subtype) => type_name(subtype.strip_prefix("x-").unwrap_or(subtype)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_called_after_their_media_types() {
        for (name, expected) in [
            ("application/json; charset=utf-8", "Json"),
            ("application/problem+json", "ProblemJson"),
            ("application/vnd.api+json", "VndApiJson"),
            ("text/csv", "Csv"),
            ("text/plain", "Text"),
            ("application/x-yaml", "Yaml"),
            ("image/*", "Image"),
            ("*/*", "Any"),
            ("odd", "Odd"),
        ] {
            assert_eq!(variant(name), expected, "{name}");
        }
    }
}
