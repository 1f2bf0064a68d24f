//! Whether the values of a body are JSON, with types, or texts.

use std::collections::HashSet;

use specie_codegen::api::{Additional, Media, MediaType, SchemaId, Schemas, Shape, Style};

use super::names::{essence, exact};
use super::{DEPTH, encodings};
use crate::collect::Collector;
use crate::schemas::{ANY_OTHER, Carrier, View};

/// How a body is written, and how each item of a sequence is.
pub(super) struct Carriers {
    /// The body.
    pub(super) body: Carrier,
    /// Each item of a sequence.
    pub(super) item: Carrier,
}

impl Carriers {
    pub(super) const fn both(carrier: Carrier) -> Self {
        Self { body: carrier, item: carrier }
    }
}

/// How the values of two bodies are written. A range is what the other document narrows it to.
pub(super) fn of(old: &MediaType, new: &MediaType, found: &mut Collector<'_>) -> Carriers {
    let exact = exact(old, new);
    match exact.kind() {
        Media::Json | Media::JsonLines | Media::JsonSequence => Carriers::both(Carrier::Json),
        // The data of an event is JSON where a schema is stated for it; its other fields are texts (OpenAPI 3.2.0, Server-Sent Event Streams).
        Media::EventStream => Carriers { body: Carrier::Json, item: Carrier::Text },
        Media::Form | Media::Multipart => {
            let both =
                json_parts(found.old(), old).intersection(&json_parts(found.new_schemas(), new)).cloned().collect();
            let written = found.form(both);
            let are_lists = written == Carrier::Text && repeats_names(old) && repeats_names(new);
            Carriers::both(if are_lists { Carrier::Lists } else { written })
        }
        Media::Other if has_types(&essence(&exact.name)) => Carriers::both(Carrier::Json),
        Media::Text | Media::Other if is_xml(&essence(&exact.name)) => Carriers::both(Carrier::Xml),
        Media::Text | Media::Binary | Media::Other => Carriers::both(Carrier::Text),
    }
}

/// Whether lists in a form, or in a multipart body, are written item by item under one name (OpenAPI 3.2.0, Encoding Object).
fn repeats_names(media: &MediaType) -> bool {
    media.encoding.iter().all(|one| matches!(one.style, None | Some(Style::Form)) && one.explode != Some(false))
}

/// Whether a media type is one of XML (RFC 7303).
fn is_xml(essence: &str) -> bool {
    matches!(essence, "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// Whether a format beside JSON tells numbers from texts, or is a range that holds JSON.
fn has_types(essence: &str) -> bool {
    let named = ["application/*", "application/yaml", "application/x-yaml", "application/cbor", "application/msgpack"];
    named.contains(&essence) || essence.ends_with("+yaml") || essence.ends_with("+cbor")
}

/// The properties of a form, or parts of a multipart body, that are JSON.
fn json_parts(schemas: &Schemas, media: &MediaType) -> HashSet<String> {
    let mut found = HashSet::new();
    if let Some(body) = media.schema {
        add_parts(schemas, body, media, DEPTH, &mut found);
    }
    found
}

fn add_parts(schemas: &Schemas, body: SchemaId, media: &MediaType, depth: usize, found: &mut HashSet<String>) {
    match View::of(schemas, body).shape {
        Shape::Object(object) => {
            let listed = object.properties.iter().map(|one| (one.name.as_str(), one.schema));
            let others = match object.additional {
                Additional::Schema(id) => Some((ANY_OTHER, id)),
                _ => None,
            };
            let is_json = |(name, schema): &(&str, SchemaId)| {
                encodings::is_json(media, name).unwrap_or_else(|| holds_objects(schemas, *schema, DEPTH))
            };
            found.extend(listed.chain(others).filter(is_json).map(|(name, _)| name.to_owned()));
        }
        Shape::Union(union) if depth > 0 => {
            union.branches.iter().for_each(|branch| add_parts(schemas, branch.schema, media, depth - 1, found));
        }
        _ => {}
    }
}

/// Whether a part that states no media type is JSON: objects are, and each item of a list by itself (OpenAPI 3.2.0, Encoding Object).
fn holds_objects(schemas: &Schemas, id: SchemaId, depth: usize) -> bool {
    match View::of(schemas, id).shape.base() {
        Shape::Object(_) => true,
        Shape::List(list) if depth > 0 => list.items.is_some_and(|items| holds_objects(schemas, items, depth - 1)),
        Shape::Union(union) if depth > 0 => {
            union.branches.iter().any(|branch| holds_objects(schemas, branch.schema, depth - 1))
        }
        _ => false,
    }
}
