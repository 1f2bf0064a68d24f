//! Bodies of requests: read by their media type, and held to their schema.

mod form_data;
mod items;
mod parts;

use http::header::CONTENT_TYPE;
use specie_codegen::api::{Direction, Media, MediaType, RequestBody, Schemas, Value};
use specie_codegen::instance;

use crate::call::{Call, form_text, pairs_of};
use crate::json;
use crate::media_ranges;
use crate::rejection::Rejection;
use crate::text_values;

/// The statuses of a body that cannot be read.
const MALFORMED: &[u16] = &[400, 422];

/// The statuses of a body that is not as its schema says.
const INVALID: &[u16] = &[422, 400];

/// The value of the body, where it is one; `None` where there is no body, or nothing to look at.
pub(crate) fn read(schemas: &Schemas, stated: &RequestBody, call: &Call<'_>) -> Result<Option<Value>, Rejection> {
    let named = call.header(CONTENT_TYPE.as_str());
    if call.body.is_empty() && named.is_none_or(|_| !stated.required || is_textual(stated)) {
        return if stated.required { Err(Rejection::new(MALFORMED, "the body is missing")) } else { Ok(None) };
    }
    let documented: Vec<&str> = stated.content.iter().map(|media| media.name.as_str()).collect();
    let unsupported = |what: &str| {
        Rejection::new(&[415], format!("{what}; the document gives {}", documented.join(", ")))
            .header("accept", documented.join(", "))
    };
    let Some(named) = named else { return Err(unsupported("the request names no Content-Type")) };
    let media = media_ranges::of_request(&stated.content, named)
        .ok_or_else(|| unsupported(&format!("the body is of the media type {}", media_ranges::essence(named))))?;
    match media.kind() {
        Media::JsonLines | Media::JsonSequence => items_of(schemas, media, call.body).map(|()| None),
        Media::Multipart if has_form_parts(media) => parts_of(schemas, media, named, call.body).map(|()| None),
        _ => of_value(schemas, media, call.body),
    }
}

/// A body that is one value.
fn of_value(schemas: &Schemas, media: &MediaType, body: &[u8]) -> Result<Option<Value>, Rejection> {
    let Some(value) = value(schemas, media, body)? else { return Ok(None) };
    let Some(schema) = media.schema else { return Ok(Some(value)) };
    let found = instance::faults(schemas, schema, &value, Direction::Request);
    let faults = found.into_iter().map(|fault| {
        if fault.pointer.is_empty() {
            format!("the body {}", fault.reason)
        } else {
            format!("the body's {} {}", fault.pointer, fault.reason)
        }
    });
    refused(faults.collect()).map(|()| Some(value))
}

/// Checks a body that is a sequence of values.
fn items_of(schemas: &Schemas, media: &MediaType, body: &[u8]) -> Result<(), Rejection> {
    let items::Faults { malformed, invalid } = items::check(schemas, media, body);
    match malformed {
        Some(reason) => Err(Rejection::of_faults(MALFORMED, invalid.into_iter().chain([reason]).collect())),
        None => refused(invalid),
    }
}

/// Checks a body that is a form of parts.
fn parts_of(schemas: &Schemas, media: &MediaType, content_type: &str, body: &[u8]) -> Result<(), Rejection> {
    let parts = form_data::read(content_type, body)
        .map_err(|reason| Rejection::new(MALFORMED, format!("the body is no form of parts: {reason}")))?;
    refused(parts::faults(schemas, media, &parts))
}

/// Whether parts have names; those of other kinds of `multipart` have none.
fn has_form_parts(media: &MediaType) -> bool {
    media_ranges::essence(&media.name) == "multipart/form-data"
}

fn refused(faults: Vec<String>) -> Result<(), Rejection> {
    if faults.is_empty() { Ok(()) } else { Err(Rejection::of_faults(INVALID, faults)) }
}

/// Whether an empty body cannot be a value of any of the media types.
fn is_textual(stated: &RequestBody) -> bool {
    stated.content.iter().all(|media| matches!(media.kind(), Media::Json | Media::Multipart))
}

/// The value of a body of a media type that has values.
fn value(schemas: &Schemas, media: &MediaType, body: &[u8]) -> Result<Option<Value>, Rejection> {
    let text = || std::str::from_utf8(body).map_err(|_| Rejection::new(MALFORMED, "the body is no UTF-8 text"));
    match media.kind() {
        Media::Json => {
            let value = json::value(body);
            value.map(Some).map_err(|reason| Rejection::new(MALFORMED, format!("the body is no JSON: {reason}")))
        }
        Media::Form => {
            let Some(schema) = media.schema else { return Ok(None) };
            let pairs = pairs_of(text()?).into_iter().map(|(name, value)| (name, form_text(value)));
            Ok(Some(text_values::object(schemas, schema, &pairs.collect::<Vec<_>>())))
        }
        Media::Text => {
            let Some(schema) = media.schema else { return Ok(None) };
            Ok(Some(text_values::scalar(schemas, schema, text()?)))
        }
        // Parts without names, events and bytes are taken as they come.
        Media::Multipart
        | Media::EventStream
        | Media::JsonLines
        | Media::JsonSequence
        | Media::Binary
        | Media::Other => Ok(None),
    }
}
