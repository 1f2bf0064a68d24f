//! Parameters: their types, and how their values are written.

use super::context::{Hint, Typing};
use super::objects::METHODS;
use super::{docs, scalars, schemas};
use crate::api::{
    self, Content, Media, MediaType, ParameterFormat, ParameterKind, ParameterPlace, SchemaId, Shape, Style,
};
use crate::ir::{Parameter, TypeKind, TypeRef};
use crate::names::{Scope, parameter_names, type_name, value_name};
use crate::source::Span;

/// The headers that OpenAPI takes out of the hands of parameters (3.0.4, 4.7.12.1).
const NOT_PARAMETERS: &[&str] = &["accept", "content-type", "authorization"];

/// The places of parameters; of several with one name, the first of these has it.
const PLACES: &[&str] = &["path", "query", "header", "cookie"];

/// The parameters of an operation.
pub fn parameters(
    typing: &mut Typing<'_>,
    operation: &api::Operation,
    hint: &Hint,
    scope: &mut Scope,
) -> Vec<Parameter> {
    let stated: Vec<&api::Parameter> = operation.parameters.iter().filter(|one| is_parameter(typing, one)).collect();
    let known: Vec<(&str, &str)> = stated.iter().map(|one| (one.name.as_str(), word(one.place))).collect();
    let names = parameter_names(&known, PLACES, METHODS);
    let mut parameters = Vec::new();
    for (one, found) in stated.iter().zip(names) {
        if let Some(holder) = found.holder {
            let holder = stated.get(holder).map(|holder| holder.name_span);
            typing.report.name_collision(&value_name(&one.name), &found.name, holder, one.name_span);
        }
        parameters.extend(parameter(typing, one, hint, (scope, found.name)));
    }
    parameters
}

const fn word(place: api::ParameterPlace) -> &'static str {
    match place {
        api::ParameterPlace::Path => "path",
        api::ParameterPlace::Query | api::ParameterPlace::QueryString => "query",
        api::ParameterPlace::Header => "header",
        api::ParameterPlace::Cookie => "cookie",
    }
}

/// Whether parameters describe it; a header that OpenAPI takes out of their hands is reported.
fn is_parameter(typing: &mut Typing<'_>, stated: &api::Parameter) -> bool {
    let is_header = stated.place == api::ParameterPlace::Header;
    if is_header && NOT_PARAMETERS.contains(&stated.name.to_ascii_lowercase().as_str()) {
        typing.report.header_not_a_parameter(&stated.name, stated.span);
        return false;
    }
    true
}

/// What the texts of its parameters' schemas count, which stand in the operation as well.
pub fn texts_of_schemas(typing: &Typing<'_>, operation: &api::Operation) -> usize {
    let schemas = operation.parameters.iter().filter_map(|stated| match stated.content {
        Content::Schema { schema, .. } => typing.schema(schema),
        Content::Media { .. } => None,
    });
    schemas.map(|schema| schema.docs.size()).sum()
}

fn parameter(
    typing: &mut Typing<'_>,
    stated: &api::Parameter,
    hint: &Hint,
    (scope, name): (&mut Scope, String),
) -> Option<Parameter> {
    let schema = schema_of(typing, stated)?;
    scope.claim_for(&name, Some(stated.name_span));
    let typed = schemas::schema(typing, schema, &hint.part(&type_name(&stated.name), &name));
    let format = format(typing, stated, schema, &typed.ty)?;
    let shape = typing.resolved(schema).map_or(&Shape::Null, |schema| schema.shape.base());
    Some(Parameter {
        name,
        wire: stated.name.clone(),
        place: stated.place,
        any_path: stated.any_path,
        format,
        ty: typed.ty,
        required: stated.required,
        docs: docs::of_parameter(stated, typing.schema(schema)),
        constraints: scalars::constraints(&typed.constraints, shape),
    })
}

/// The schema of the value, under `schema` or `content`.
fn schema_of(typing: &mut Typing<'_>, stated: &api::Parameter) -> Option<SchemaId> {
    match &stated.content {
        Content::Schema { schema, .. } => Some(*schema),
        Content::Media { media_type, span } => {
            let schema = media_type.schema;
            if schema.is_none() {
                typing.report.parameter_content(&stated.name, *span);
            }
            schema
        }
    }
}

/// How the value is written; `None`, with a diagnostic, where we cannot write it.
fn format(typing: &mut Typing<'_>, stated: &api::Parameter, schema: SchemaId, ty: &TypeRef) -> Option<ParameterFormat> {
    let kind = kind(typing, ty);
    let (place, is_nested) = (stated.place, is_nested(typing, ty));
    let (style, explode, allow_reserved) = match &stated.content {
        Content::Schema { style, explode, allow_reserved, .. } => (*style, *explode, *allow_reserved),
        Content::Media { media_type, span } => return of_media_type(typing, stated, kind, (&media_type.name, *span)),
    };
    if kind.is_none() || (is_nested && style != Style::DeepObject) {
        typing.report.parameter_object(&stated.name, typing.span(schema));
        return None;
    }
    let kind = kind?;
    let (style, explode) = match (style, &kind, explode) {
        // A single value is the same in every style that has a name for it, exploded or not.
        (Style::Matrix | Style::Label, ParameterKind::Scalar, _) | (Style::Simple, ParameterKind::List, _) => {
            (style, false)
        }
        (_, ParameterKind::Scalar, _) => place.default_style(),
        // Exploded, each item is a pair of its own, and nothing is left to delimit (OpenAPI 3.0.3, Style Values).
        (Style::SpaceDelimited | Style::PipeDelimited, _, true) => (Style::Form, true),
        (Style::DeepObject, ..) => (style, true),
        _ => (style, explode),
    };
    Some(ParameterFormat { style, explode, allow_reserved, kind })
}

/// How the text of a media type is written.
fn of_media_type(
    typing: &mut Typing<'_>,
    stated: &api::Parameter,
    kind: Option<ParameterKind>,
    (name, span): (&str, Span),
) -> Option<ParameterFormat> {
    let kind = match (MediaType::kind_of(name), kind) {
        (Media::Json, _) => ParameterKind::Json,
        (Media::Text, Some(ParameterKind::Scalar)) => ParameterKind::Scalar,
        (Media::Form, Some(kind @ ParameterKind::Object { .. })) if stated.place == ParameterPlace::QueryString => kind,
        _ => {
            typing.report.parameter_content(&stated.name, span);
            return None;
        }
    };
    Some(ParameterFormat::of(stated.place, kind))
}

/// What a value is made of; `None` for a secret that is more than one text.
fn kind(typing: &Typing<'_>, ty: &TypeRef) -> Option<ParameterKind> {
    Some(match ty {
        TypeRef::Named(id) => match &typing.types[id.0].kind {
            TypeKind::Enum(_) => ParameterKind::Scalar,
            TypeKind::Struct(object) => ParameterKind::Object {
                properties: object.fields.iter().map(|field| field.wire.clone()).collect(),
                open: object.rest.is_some(),
            },
            TypeKind::Union(_) => ParameterKind::Any,
            TypeKind::Alias(target) => return kind(typing, target),
        },
        TypeRef::Nullable(inner) => return kind(typing, inner),
        TypeRef::Secret(inner) => return kind(typing, inner).filter(|kind| *kind == ParameterKind::Scalar),
        TypeRef::List(_) => ParameterKind::List,
        TypeRef::Map(_) | TypeRef::JsonObject => ParameterKind::Object { properties: Vec::new(), open: true },
        TypeRef::Json => ParameterKind::Any,
        _ => ParameterKind::Scalar,
    })
}

/// Whether it is a list of anything but single values, which only `deepObject` can write.
fn is_nested(typing: &Typing<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::List(item) => !matches!(kind(typing, item), Some(ParameterKind::Scalar | ParameterKind::Any)),
        TypeRef::Named(id) => matches!(&typing.types[id.0].kind, TypeKind::Alias(target) if is_nested(typing, target)),
        TypeRef::Nullable(inner) => is_nested(typing, inner),
        _ => false,
    }
}
