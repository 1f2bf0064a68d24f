//! How the values of parameters are written, and which types are values of parameters.

use std::collections::HashSet;

use crate::api::{Content, Media, MediaType, ParameterLocation, Shape, Style};
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::plan::operation_signatures::Parameter;
use crate::plan::operation_signatures::operations::{OperationSignature, SignaturePart};
use crate::plan::schemas::kinds::Kind;
use crate::plan::types::analysis::TypeAnalysis;
use crate::rust::{ParameterFormat, ParameterKind, Type, TypeId};
use crate::source::Span;

/// How the parameters of each operation are written.
///
/// What cannot be written is reported, and has the format of a single value: with an error there is no crate.
pub(in crate::plan) fn formats(
    analysis: &TypeAnalysis<'_>,
    operations: &[OperationSignature<'_>],
) -> (Vec<Vec<ParameterFormat>>, Diagnostics) {
    let mut report = Report::default();
    let mut format = |parameter: &Parameter<'_>| {
        let found = format(analysis, parameter, &mut report);
        found.unwrap_or_else(|| ParameterFormat::of(parameter.stated.place, ParameterKind::Scalar))
    };
    let formats = operations.iter().map(|operation| operation.parameters.iter().map(&mut format).collect()).collect();
    (formats, report.diagnostics)
}

/// How the header of a response is written; `None` where no style carries it.
pub(super) fn carried(analysis: &TypeAnalysis<'_>, header: &Parameter<'_>) -> Option<ParameterFormat> {
    format(analysis, header, &mut Report::default())
}

/// How one parameter is written; `None`, with a diagnostic, where it cannot be written.
fn format(analysis: &TypeAnalysis<'_>, parameter: &Parameter<'_>, report: &mut Report) -> Option<ParameterFormat> {
    let (stated, ty) = (parameter.stated, analysis.types.of(parameter.schema).ty);
    let kind = kind(analysis, &ty);
    match &stated.content {
        Content::Media { media_type, span } => {
            unread_encodings(media_type, report);
            of_media_type(parameter, kind, (media_type.kind(), *span), report)
        }
        Content::Schema { style, explode, allow_reserved, .. } => {
            let kind = kind.filter(|_| *style == Style::DeepObject || !is_nested(analysis, &ty));
            let Some(kind) = kind else {
                report.parameter_object(&stated.name, analysis.schemas[parameter.schema].span);
                return None;
            };
            let (style, explode) = style_of(stated.place, &kind, *style, *explode);
            Some(ParameterFormat { style, explode, allow_reserved: *allow_reserved, kind })
        }
    }
}

/// The style in which a value is written, and whether it explodes: of styles that write it alike, always the same.
const fn style_of(place: ParameterLocation, kind: &ParameterKind, style: Style, explode: bool) -> (Style, bool) {
    match (style, kind, explode) {
        // A single value is the same in every style that has a name for it, exploded or not.
        (Style::Matrix | Style::Label, ParameterKind::Scalar, _) | (Style::Simple, ParameterKind::List, _) => {
            (style, false)
        }
        (_, ParameterKind::Scalar, _) => place.default_style(),
        // Exploded, each item is a pair of its own, and nothing is left to delimit (OpenAPI 3.0.3, Style Values).
        (Style::SpaceDelimited | Style::PipeDelimited, _, true) => (Style::Form, true),
        (Style::DeepObject, ..) => (style, true),
        _ => (style, explode),
    }
}

/// Says which encodings of a form in the query are not followed: each value is a pair of its own (OpenAPI 3.2.0, Encoding Object).
fn unread_encodings(media_type: &MediaType, report: &mut Report) {
    if media_type.kind() != Media::Form {
        return;
    }
    for encoding in &media_type.encoding {
        let help = "leave it out, or describe the parameters of the query one by one";
        let is_default = matches!(encoding.style, None | Some(Style::Form)) && encoding.explode != Some(false);
        if !is_default || encoding.allow_reserved {
            report.unread_encoding("style", &encoding.property, encoding.span, help);
        } else if encoding.content_type.is_some() {
            report.unread_encoding("content type", &encoding.property, encoding.span, help);
        }
    }
}

/// How the text of a media type is written.
fn of_media_type(
    parameter: &Parameter<'_>,
    kind: Option<ParameterKind>,
    (media, span): (Media, Span),
    report: &mut Report,
) -> Option<ParameterFormat> {
    let place = parameter.stated.place;
    let kind = match (media, kind) {
        (Media::Json, _) => ParameterKind::Json,
        (Media::Text, Some(ParameterKind::Scalar)) => ParameterKind::Scalar,
        (Media::Form, Some(kind @ ParameterKind::Object { .. })) if place == ParameterLocation::QueryString => kind,
        _ => {
            report.parameter_content(&parameter.stated.name, span);
            return None;
        }
    };
    Some(ParameterFormat::of(place, kind))
}

/// What a value is made of; `None` for a secret that is more than one text, and for a list or map of nothing but itself.
fn kind(analysis: &TypeAnalysis<'_>, ty: &Type) -> Option<ParameterKind> {
    Some(match ty {
        Type::Named(id) => match analysis.kind(*id) {
            Some(Kind::Enum(_)) => ParameterKind::Scalar,
            Some(Kind::Struct(object)) => ParameterKind::Object {
                properties: object.properties.iter().map(|property| property.name.clone()).collect(),
                open: analysis.contents(*id).is_some_and(|contents| contents.rest.is_some()),
            },
            Some(Kind::Nested(Shape::List(_)) | Kind::Tuple(_)) => ParameterKind::List,
            Some(Kind::Nested(_)) => ParameterKind::Object { properties: Vec::new(), open: true },
            Some(Kind::Union(_) | Kind::Json(_)) | None => ParameterKind::Any,
        },
        Type::Option(inner) => return kind(analysis, inner),
        Type::Secret(inner) => return kind(analysis, inner).filter(|kind| *kind == ParameterKind::Scalar),
        Type::List(_) => ParameterKind::List,
        Type::Map(_) | Type::JsonObject => ParameterKind::Object { properties: Vec::new(), open: true },
        Type::Json => ParameterKind::Any,
        _ => ParameterKind::Scalar,
    })
}

/// Whether it is a list of anything but single values, which only `deepObject` can write.
fn is_nested(analysis: &TypeAnalysis<'_>, ty: &Type) -> bool {
    match ty {
        Type::List(item) => !matches!(kind(analysis, item), Some(ParameterKind::Scalar | ParameterKind::Any)),
        Type::Option(inner) => is_nested(analysis, inner),
        // A list of itself is a list of lists.
        Type::Named(id) => matches!(analysis.kind(*id), Some(Kind::Nested(Shape::List(_)))),
        _ => false,
    }
}

/// The types other than enums that are values of parameters, or items of lists that are.
pub(in crate::plan) fn in_parameters(
    analysis: &TypeAnalysis<'_>,
    operations: &[OperationSignature<'_>],
) -> HashSet<TypeId> {
    let parameters = operations.iter().flat_map(OperationSignature::parts).filter_map(|part| match part {
        SignaturePart::Parameter(parameter) | SignaturePart::Header(_, parameter) => Some(parameter),
        _ => None,
    });
    parameters.filter_map(|parameter| composite(analysis, &analysis.types.of(parameter.schema).ty)).collect()
}

fn composite(analysis: &TypeAnalysis<'_>, ty: &Type) -> Option<TypeId> {
    match ty {
        Type::List(inner) | Type::Option(inner) => composite(analysis, inner),
        Type::Named(id) => {
            matches!(analysis.kind(*id), Some(Kind::Struct(_) | Kind::Union(_) | Kind::Nested(_) | Kind::Tuple(_)))
                .then_some(*id)
        }
        _ => None,
    }
}
