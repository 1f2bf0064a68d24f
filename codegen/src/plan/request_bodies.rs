//! Request bodies: how each is written, and the enum of several media types.

use super::bodies::{self, Payload};
use super::media_types::Medium;
use super::operation_names::NamedOperation;
use super::responses::value_type;
use super::type_analysis::Tables;
use super::unions::{self, lints};
use super::{checks, element_schemas, parts};
use crate::rust::{Body, BodyKind, Docs, Envelope, Media, MediaEnum, MediaVariant, Text, Type};

/// The body of an operation.
pub(super) fn body(tables: &Tables<'_>, names: &NamedOperation<'_>, stated: &bodies::Body<'_>) -> Body {
    Body {
        required: stated.is_required(),
        payload: match &stated.payload {
            Payload::Fields(medium, fields) => crate::rust::Payload::Fields {
                media: media(medium),
                envelope: envelope(&names.method, fields),
                closed: element_schemas::is_closed(fields.object),
                content_types: content_types(tables, medium, fields),
            },
            Payload::Whole(medium) => crate::rust::Payload::Whole(media(medium)),
            Payload::Choice(several) => crate::rust::Payload::Choice(choice(tables, names, several)),
        },
    }
}

fn content_types(tables: &Tables<'_>, medium: &Medium<'_>, fields: &bodies::Fields<'_>) -> Vec<(String, String)> {
    if medium.kind != BodyKind::Multipart {
        return Vec::new();
    }
    parts::content_types(&tables.api.schemas, medium.stated, &fields.object.properties)
}

/// The media types of a way to write a body.
pub(super) fn media(medium: &Medium<'_>) -> Media {
    Media {
        name: medium.stated.name.clone(),
        others: medium.others.iter().map(|other| other.name.clone()).collect(),
        kind: medium.kind,
    }
}

fn envelope(method_name: &str, fields: &bodies::Fields<'_>) -> Option<Envelope> {
    (!fields.envelope.is_empty()).then(|| Envelope {
        constant: format!("{}_ENVELOPE", method_name.to_uppercase()),
        levels: fields.envelope.clone(),
    })
}

fn choice(tables: &Tables<'_>, names: &NamedOperation<'_>, several: &[Medium<'_>]) -> MediaEnum {
    let types: Vec<Type> = several.iter().map(|medium| value_type(tables.types, medium.value).element()).collect();
    let canonical: Vec<Type> = types.iter().map(|ty| tables.canonical(ty)).collect();
    let variants = several.iter().zip(&types).enumerate().map(|(place, (medium, ty))| {
        let known = canonical.get(place);
        // Of several variants with the same values JSON is meant, or else nobody knows which.
        let holders = canonical.iter().filter(|other| Some(*other) == known).count();
        let is_meant = holders == 1 || (place == 0 && medium.kind == BodyKind::Json);
        MediaVariant {
            name: medium.variant.clone(),
            docs: Docs::line(Text::from("As ").code(&medium.stated.name).words(".")),
            media: media(medium),
            value: ty.clone(),
            checks_value: checks::demands(tables, ty),
            conversion: unions::conversion(is_meant, known.unwrap_or(ty)),
        }
    });
    MediaEnum {
        name: names.body.clone(),
        docs: Docs::line(format!("The body of [`{}`], in one of its media types.", names.request)),
        lints: lints(types.iter().map(|ty| tables.size(ty)).max()),
        variants: variants.collect(),
    }
}
