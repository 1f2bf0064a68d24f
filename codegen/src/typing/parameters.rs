//! Parameters: their types, and how lists are written.

use super::context::{Hint, Typing};
use super::objects::METHODS;
use super::{docs, scalars, schemas};
use crate::api::{self, Content, SchemaId, Shape, Style};
use crate::ir::{Parameter, ParameterPlace, ParameterStyle, TypeKind, TypeRef};
use crate::names::{Scope, parameter_names, type_name, value_name};

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
    let schema = match &stated.content {
        Content::Schema { schema, allow_reserved_span, .. } => {
            if let Some(span) = allow_reserved_span {
                let help = "reserved characters are percent-encoded, which every server reads back";
                typing.report.not_generated("`allowReserved`", *span, help);
            }
            *schema
        }
        Content::Media { span, .. } => {
            typing.report.parameter_content(&stated.name, *span);
            return None;
        }
    };
    scope.claim_for(&name, Some(stated.name_span));
    let typed = schemas::schema(typing, schema, &hint.part(&type_name(&stated.name), &name));
    let style = style(typing, stated, schema, &typed.ty)?;
    let shape = typing.resolved(schema).map_or(&Shape::Null, |schema| schema.shape.base());
    Some(Parameter {
        name,
        wire: stated.name.clone(),
        place: place(stated.place),
        any_path: stated.any_path,
        style,
        ty: typed.ty,
        required: stated.required,
        docs: docs::of_parameter(stated, typing.schema(schema)),
        constraints: scalars::constraints(&typed.constraints, shape),
    })
}

/// A whole query is written like a part of it, until it has a form of its own.
const fn place(place: api::ParameterPlace) -> ParameterPlace {
    match place {
        api::ParameterPlace::Path => ParameterPlace::Path,
        api::ParameterPlace::Query | api::ParameterPlace::QueryString => ParameterPlace::Query,
        api::ParameterPlace::Header => ParameterPlace::Header,
        api::ParameterPlace::Cookie => ParameterPlace::Cookie,
    }
}

/// How the value is written; `None`, with a diagnostic, where we cannot write it.
fn style(typing: &mut Typing<'_>, stated: &api::Parameter, schema: SchemaId, ty: &TypeRef) -> Option<ParameterStyle> {
    let Content::Schema { style, style_span, explode, .. } = &stated.content else { return None };
    let style_span = style_span.unwrap_or(stated.span);
    if is_scalar(typing, ty) {
        if matches!(style, Style::Matrix | Style::Label | Style::DeepObject) {
            typing.report.parameter_style(&stated.name, style_span);
            return None;
        }
        return Some(ParameterStyle::Scalar);
    }
    let is_list = matches!(ty, TypeRef::List(element) if is_scalar(typing, element));
    if !is_list {
        typing.report.parameter_object(&stated.name, typing.span(schema));
        return None;
    }
    match (stated.place, style, explode) {
        (api::ParameterPlace::Query, Style::Form, true) => Some(ParameterStyle::Repeated),
        (api::ParameterPlace::Query, Style::Form, false) => Some(ParameterStyle::Commas),
        (api::ParameterPlace::Query, Style::SpaceDelimited, false) => Some(ParameterStyle::Spaces),
        (api::ParameterPlace::Query, Style::PipeDelimited, false) => Some(ParameterStyle::Pipes),
        (api::ParameterPlace::Header, ..) | (api::ParameterPlace::Path, Style::Simple, _) => {
            Some(ParameterStyle::Commas)
        }
        (api::ParameterPlace::Cookie, ..) => {
            typing.report.cookie_list(&stated.name, typing.span(schema));
            None
        }
        _ => {
            typing.report.parameter_style(&stated.name, style_span);
            None
        }
    }
}

/// Whether a value has one text: what a path segment, a header or a query value can hold.
fn is_scalar(typing: &Typing<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(id) => matches!(typing.types[id.0].kind, TypeKind::Enum(_)),
        TypeRef::Secret(inner) => is_scalar(typing, inner),
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Json | TypeRef::JsonObject => false,
        _ => true,
    }
}
