//! Responses: what a success gives, and a variant for each documented error.

use super::request_bodies;
use crate::http::reason_phrase;
use crate::plan::docs::namesakes::Namesakes;
use crate::plan::docs::paragraphs;
use crate::plan::items::unions::{self, lints};
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operation_signatures::response_variants::ResponseVariant;
use crate::plan::schemas::kinds::Kind;
use crate::plan::stated_docs::StatedDocs;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::body_types::{body_type, value_type};
use crate::rust::{
    BodyKind, Conversion, Derive, Derives, Docs, Response, ResponseBody, ResponseEnum, Status, Success, Text, Type,
    type_link,
};

/// What a successful call gives.
pub(super) fn success(
    (analysis, namesakes): (&TypeAnalysis<'_>, &Namesakes<'_>),
    operation: &OperationSignature<'_>,
    stated_docs: &[StatedDocs],
) -> Success {
    match operation.successes.as_slice() {
        [] => Success::Undocumented,
        [only] => Success::One(response(analysis, only, stated_docs.first(), |_| false)),
        several => {
            let of = successes(analysis, operation, several, stated_docs);
            Success::Several(ResponseEnum { docs: namesakes.beside_schema(&of.name, of.docs), ..of })
        }
    }
}

fn successes(
    analysis: &TypeAnalysis<'_>,
    operation: &OperationSignature<'_>,
    several: &[ResponseVariant<'_>],
    stated_docs: &[StatedDocs],
) -> ResponseEnum {
    let canonical: Vec<Option<Type>> = several.iter().map(|variant| converted(analysis, variant)).collect();
    let responses = several.iter().zip(stated_docs).enumerate().map(|(place, (variant, stated_docs))| {
        let conversion = canonical.get(place).and_then(Option::as_ref).map_or(Conversion::None, |ty| {
            let mut others =
                several.iter().zip(&canonical).enumerate().filter(|(_, (_, other))| other.as_ref() == Some(ty));
            // Of the media types of one status JSON is meant, which comes first.
            let is_json = variant.body.as_ref().is_some_and(|body| body.kind == BodyKind::Json);
            let is_meant = others.all(|(other, (at, _))| {
                other == place || (is_json && at.stated.status == variant.stated.status && other > place)
            });
            unions::conversion(is_meant, ty)
        });
        Response { conversion, ..response(analysis, variant, Some(stated_docs), |_| false) }
    });
    let bodies: Vec<Type> = several.iter().filter_map(|variant| body_type(analysis.types, variant)).collect();
    ResponseEnum {
        name: operation.named.output.clone(),
        docs: Docs::line(format!("Every success that the document gives {}.", type_link(&operation.named.request))),
        lints: lints(bodies.iter().map(|ty| analysis.size(ty)).max()),
        derives: Derives::of(&[Derive::Clone, Derive::Debug])
            .and(&[Derive::PartialEq], bodies.iter().all(Type::is_comparable)),
        responses: responses.collect(),
    }
}

/// The type whose values may become a variant: that of a body under a fixed status.
fn converted(analysis: &TypeAnalysis<'_>, variant: &ResponseVariant<'_>) -> Option<Type> {
    let is_fixed = matches!(variant.stated.status, Status::Code(_));
    body_type(analysis.types, variant).filter(|_| is_fixed).map(|ty| analysis.canonical(&ty))
}

/// The error enum; nothing where the document has no errors.
pub(super) fn errors(
    (analysis, namesakes): (&TypeAnalysis<'_>, &Namesakes<'_>),
    operation: &OperationSignature<'_>,
    stated_docs: &[StatedDocs],
) -> Option<ResponseEnum> {
    let errors = operation.errors.iter().zip(stated_docs);
    let responses = errors
        .map(|(variant, stated_docs)| response(analysis, variant, Some(stated_docs), |ty| is_object(analysis, ty)));
    let name = &operation.named.error;
    let docs = Docs::line(format!("The documented error responses of {}.", type_link(&operation.named.request)));
    (!operation.errors.is_empty()).then(|| ResponseEnum {
        name: name.clone(),
        docs: namesakes.beside_schema(name, docs),
        derives: Derives::of(&[Derive::Clone, Derive::PartialEq]),
        lints: Vec::new(),
        responses: responses.collect(),
    })
}

fn response(
    analysis: &TypeAnalysis<'_>,
    variant: &ResponseVariant<'_>,
    stated_docs: Option<&StatedDocs>,
    boxed: impl Fn(&Type) -> bool,
) -> Response {
    let of_status = match &variant.body {
        Some(body) if variant.has_several => {
            Docs::line(Text::from(status(variant)).words(" As ").code(&body.stated.name).words("."))
        }
        _ => Docs::line(status(variant)),
    };
    Response {
        status: variant.stated.status,
        variant: variant.name.clone(),
        body: variant.body.as_ref().map(|body| {
            let value = value_type(analysis.types, body.value).element();
            ResponseBody { media: request_bodies::media(body, variant.has_several), boxed: boxed(&value), value }
        }),
        docs: match stated_docs {
            Some(stated_docs) if repeats_reason(variant.stated.status, stated_docs) => {
                paragraphs::remarks(of_status, stated_docs)
            }
            Some(stated_docs) => paragraphs::document(of_status, stated_docs),
            None => of_status,
        },
        headers: variant.stated.headers.iter().map(|header| header.name.clone()).collect(),
        conversion: Conversion::None,
    }
}

/// Whether all that is said of a response is the reason phrase of its status, which is said anyway.
fn repeats_reason(status: Status, stated_docs: &StatedDocs) -> bool {
    let Status::Code(code) = status else { return false };
    let (None, Some(description)) = (&stated_docs.summary, &stated_docs.description) else { return false };
    let reason = reason_phrase(code).unwrap_or_default();
    description.trim().trim_end_matches('.').eq_ignore_ascii_case(reason)
}

/// Whether a type is a struct or a union.
fn is_object(analysis: &TypeAnalysis<'_>, ty: &Type) -> bool {
    match analysis.resolved(ty) {
        Type::Named(id) => !matches!(analysis.kind(*id), Some(Kind::Enum(_))),
        _ => false,
    }
}

fn status(variant: &ResponseVariant<'_>) -> String {
    match variant.stated.status {
        Status::Code(code) => match reason_phrase(code) {
            Some(reason) => format!("{code} {reason}."),
            None => format!("{code}."),
        },
        Status::Range(digit) => format!("Any status from {digit}00 to {digit}99."),
        Status::Default if variant.is_default_success => "Any status from 200 to 299.".to_owned(),
        Status::Default => "Any other status.".to_owned(),
    }
}
