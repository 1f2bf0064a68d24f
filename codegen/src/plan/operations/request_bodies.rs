//! Request bodies: how each is written, and the enum of several media types.

use crate::api::{Encoding, Shape, Style};
use crate::http::essence;
use crate::plan::bodies::media_types::BodyMedia;
use crate::plan::bodies::payloads::{self, BodyVariant, Payload};
use crate::plan::docs::namesakes::Namesakes;
use crate::plan::items::checks;
use crate::plan::items::structs;
use crate::plan::items::unions::{self, lints};
use crate::plan::members::OperationMembers;
use crate::plan::operation_signatures::constant_names::ConstantNames;
use crate::plan::schemas::elements;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::body_types::value_type;
use crate::plan::types::schema_types::Typed;
use crate::rust::{
    Body, BodyAssertions, BodyKind, Derive, Derives, Docs, Envelope, FormOfParts, FormStyle, FormStyles, Media,
    MediaEnum, MediaNaming, MediaVariant, Text, Type, type_link,
};

/// The body of an operation.
pub(super) fn body(
    (analysis, namesakes): (&TypeAnalysis<'_>, &Namesakes<'_>),
    of: &OperationMembers<'_>,
    stated: &payloads::Body<'_>,
) -> Body {
    let names = &of.signature.named;
    Body {
        required: stated.is_required(),
        payload: match &stated.payload {
            Payload::Fields(medium, fields) => crate::rust::Payload::Fields {
                media: of_request(analysis, &names.constants, medium, false),
                envelope: envelope(&names.constants, fields),
                closed: elements::is_closed(fields.object),
                size: if stated.is_required() { checks::of_size(analysis.schemas, fields.schema) } else { Vec::new() },
                assertions: assertions(analysis, &names.constants, (stated.is_required(), medium), fields),
                constants: fields.constants(),
            },
            Payload::Whole(medium) => {
                crate::rust::Payload::Whole(of_request(analysis, &names.constants, medium, false))
            }
            Payload::Choice(several) => {
                let choice = choice((analysis, namesakes), of, several);
                let docs = namesakes.beside_schema(&choice.name, choice.docs);
                crate::rust::Payload::Choice(MediaEnum { docs, ..choice })
            }
        },
    }
}

/// What is asserted of the properties together. The parts of a multipart form are no JSON.
fn assertions(
    analysis: &TypeAnalysis<'_>,
    constants: &ConstantNames,
    (is_required, medium): (bool, &BodyMedia<'_>),
    fields: &payloads::Fields<'_>,
) -> Option<BodyAssertions> {
    let is_object = is_required && medium.kind != BodyKind::Multipart;
    let assertions = if is_object { checks::of_type(analysis.schemas, fields.schema) } else { Vec::new() };
    (!assertions.is_empty()).then(|| BodyAssertions { constant: constants.assertions.clone(), assertions })
}

/// The media types of a way to write a body, which may be one of several.
pub(super) fn media(medium: &BodyMedia<'_>, is_one_of_several: bool) -> Media {
    Media {
        name: medium.stated.name.clone(),
        others: medium.others.iter().map(|other| other.name.clone()).collect(),
        kind: medium.kind,
        naming: naming(medium, is_one_of_several),
        is_told_by_kind: is_told_by_kind(medium),
        styles: None,
    }
}

fn naming(medium: &BodyMedia<'_>, is_one_of_several: bool) -> MediaNaming {
    let is_alone = medium.others.is_empty() && !is_one_of_several;
    let is_implied = is_alone && is_implied(medium.kind, &medium.stated.name);
    if is_implied { MediaNaming::Implied } else { MediaNaming::Named }
}

/// Whether a media type is the one that a kind of body implies. All else is written under a media type that is given.
fn is_implied(kind: BodyKind, media_type: &str) -> bool {
    // The parameters of a form of parts are sent as the document writes them.
    let stated = if kind == BodyKind::Multipart { media_type } else { essence(media_type) };
    kind.implied_media_type().is_some_and(|implied| stated.eq_ignore_ascii_case(implied))
}

/// Whether the kind of a body says all of its media types. Of a form of parts, the media type is named all the same.
fn is_told_by_kind(medium: &BodyMedia<'_>) -> bool {
    medium.others.is_empty()
        && medium.kind != BodyKind::Multipart
        && medium.kind.implied_media_type() == Some(medium.stated.name.as_str())
}

/// The media types of a way to write a request, with the styles of its form.
fn of_request(
    analysis: &TypeAnalysis<'_>,
    constants: &ConstantNames,
    medium: &BodyMedia<'_>,
    is_one_of_several: bool,
) -> Media {
    let encodings = medium.stated.encoding.iter().filter(|_| medium.kind == BodyKind::Form);
    let styles = encodings.filter_map(|encoding| Some((encoding.property.clone(), style(analysis, medium, encoding)?)));
    let properties: Vec<(String, FormStyle)> = styles.collect();
    let styles = (!properties.is_empty()).then(|| FormStyles { constant: constants.styles.clone(), properties });
    Media { styles, ..media(medium, is_one_of_several) }
}

/// The style of a property of a form (OpenAPI 3.2.0, Encoding Object), where it is not the default one.
fn style(analysis: &TypeAnalysis<'_>, medium: &BodyMedia<'_>, encoding: &Encoding) -> Option<FormStyle> {
    match (encoding.style.unwrap_or(Style::Form), encoding.explode) {
        (Style::DeepObject, _) => Some(FormStyle::Brackets),
        (Style::Form, Some(false)) => Some(FormStyle::Commas),
        (Style::SpaceDelimited, None | Some(false)) => Some(FormStyle::Spaces),
        (Style::PipeDelimited, None | Some(false)) => Some(FormStyle::Pipes),
        _ => None,
    }
    .filter(|style| *style == FormStyle::Brackets || is_list(analysis, medium, &encoding.property))
}

/// Whether a property of a body is a list.
fn is_list(analysis: &TypeAnalysis<'_>, medium: &BodyMedia<'_>, name: &str) -> bool {
    let schemas = analysis.schemas;
    let shape = |id| schemas.get(schemas.resolve(id)).map(|schema| &schema.shape);
    let Some(Shape::Object(object)) = medium.value.schema().and_then(shape) else { return false };
    let property = object.properties.iter().find(|property| property.name == name);
    matches!(property.and_then(|property| shape(property.schema)), Some(Shape::List(_)))
}

fn envelope(constants: &ConstantNames, fields: &payloads::Fields<'_>) -> Option<Envelope> {
    (!fields.envelope.is_empty())
        .then(|| Envelope { constant: constants.envelope.clone(), levels: fields.envelope.clone() })
}

fn choice(
    (analysis, namesakes): (&TypeAnalysis<'_>, &Namesakes<'_>),
    of: &OperationMembers<'_>,
    several: &[BodyVariant<'_>],
) -> MediaEnum {
    let names = &of.signature.named;
    let value = |variant: &BodyVariant<'_>| match &variant.parts {
        Some(_) => Typed::plain(Type::Parts(names.parts.clone())),
        None => value_type(analysis.types, variant.medium.value),
    };
    let values: Vec<Typed> = several.iter().map(value).collect();
    let types: Vec<Type> = values.iter().cloned().map(Typed::element).collect();
    let canonical: Vec<Type> = types.iter().map(|ty| analysis.canonical(ty)).collect();
    let variants = several.iter().zip(&types).zip(&values).enumerate().map(|(place, ((variant, ty), stated))| {
        let medium = &variant.medium;
        let known = canonical.get(place);
        // Of several variants with the same values JSON is meant, or else nobody knows which.
        let holders = canonical.iter().filter(|other| Some(*other) == known).count();
        let is_meant = holders == 1 || (place == 0 && medium.kind == BodyKind::Json);
        MediaVariant {
            name: medium.variant.clone(),
            docs: Docs::line(Text::from("As ").code(&medium.stated.name).words(".")),
            media: of_request(analysis, &names.constants, medium, true),
            value: ty.clone(),
            checks: checks::of_value(analysis, ty, &stated.value_constraints),
            conversion: unions::conversion(is_meant, known.unwrap_or(ty)),
            parts: variant.parts.as_ref().map(|fields| parts((analysis, namesakes), of, medium, fields)),
        }
    });
    MediaEnum {
        name: names.body.clone(),
        docs: Docs::line(format!("The body of {}, in one of its media types.", type_link(&names.request))),
        derives: Derives::of(&[Derive::Clone, Derive::Debug])
            .and(&[Derive::PartialEq], types.iter().all(Type::is_comparable)),
        lints: lints(types.iter().map(|ty| analysis.size(ty)).max()),
        variants: variants.collect(),
    }
}

/// The struct of the parts of a form that is one of several media types.
fn parts(
    (analysis, namesakes): (&TypeAnalysis<'_>, &Namesakes<'_>),
    of: &OperationMembers<'_>,
    medium: &BodyMedia<'_>,
    fields: &payloads::Fields<'_>,
) -> FormOfParts {
    let names = &of.signature.named;
    let docs = Text::from(format!("The parts of the body of {}, as ", type_link(&names.request)));
    let docs = Docs::line(docs.code(&medium.stated.name).words("."));
    let derives = Derives::of(&[Derive::Clone, Derive::Debug]);
    let structure = structs::structure(analysis, (&names.parts, &names.required_parts), docs, &derives, &of.parts);
    FormOfParts {
        structure: namesakes.beside_struct(structure),
        closed: elements::is_closed(fields.object),
        size: checks::of_size(analysis.schemas, fields.schema),
        constants: fields.constants(),
    }
}

#[cfg(test)]
mod tests {
    use super::{BodyKind, is_implied};

    #[test]
    fn each_kind_of_body_implies_one_media_type_at_most() {
        for (kind, media_type, expected) in [
            (BodyKind::Json, "application/json; charset=utf-8", true),
            (BodyKind::Json, "application/vnd.api+json", false),
            (BodyKind::Json, "*/*", false),
            (BodyKind::Form, "Application/x-www-form-urlencoded", true),
            (BodyKind::Multipart, "multipart/form-data", true),
            (BodyKind::Multipart, "Multipart/Form-Data", true),
            (BodyKind::Multipart, "multipart/form-data; boundary=x", false),
            (BodyKind::Text, "text/plain", false),
        ] {
            assert_eq!(is_implied(kind, media_type), expected, "{media_type}");
        }
    }
}
