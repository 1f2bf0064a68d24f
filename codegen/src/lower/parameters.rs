//! Parameters: where they travel, how lists are written.

use std::borrow::Cow;

use openapiv3::{Parameter as Stated, ParameterSchemaOrContent, QueryStyle, ReferenceOr};

use super::context::{Hint, Lowering};
use super::found::Found;
use super::located::{At, SchemaAt};
use super::objects::METHODS;
use super::{located, schemas, texts};
use crate::document::Node;
use crate::ir::{Docs, Parameter, ParameterPlace, ParameterStyle, TypeKind, TypeRef};
use crate::names::{Scope, parameter_names, type_name, value_name};

/// The headers that OpenAPI takes out of the hands of parameters (3.0.4, 4.7.12.1).
const NOT_PARAMETERS: &[&str] = &["accept", "content-type", "authorization"];

/// The parameters of an operation: its own, and those of the path that it does not override.
pub fn parameters<'a>(
    lowering: &mut Lowering<'a>,
    found: &Found<'a>,
    hint: &Hint,
    scope: &mut Scope,
) -> Vec<Parameter> {
    let own = stated(lowering, &found.at.value.parameters, found.at.node);
    let shared = stated(lowering, &found.item.value.parameters, found.item.node);
    let mut all: Vec<At<'a, Stated>> = Vec::new();
    for at in shared {
        if !own.iter().any(|other| identity(other.value) == identity(at.value)) {
            all.push(at);
        }
    }
    all.extend(own);
    all.retain(|at| is_parameter(lowering, *at));
    let stated: Vec<(&str, &str)> =
        all.iter().map(|at| (at.value.parameter_data_ref().name.as_str(), word(at.value))).collect();
    let names = parameter_names(&stated, PLACES, METHODS);
    for (index, found) in names.iter().enumerate() {
        if let Some(holder) = found.holder {
            let name = |at: usize| all[at].node.get("name").unwrap_or(all[at].node);
            let wish = value_name(stated[index].0);
            lowering.report.name_collision(&wish, &found.name, Some(name(holder).place), name(index));
        }
    }
    all.iter().zip(names).filter_map(|(at, found)| parameter(lowering, *at, hint, (scope, found.name))).collect()
}

/// The places of parameters; of several with one name, the first of these has it.
const PLACES: &[&str] = &["path", "query", "header", "cookie"];

fn word(parameter: &Stated) -> &'static str {
    match place(parameter) {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    }
}

/// Whether parameters describe it; a header that OpenAPI takes out of their hands is reported.
fn is_parameter<'a>(lowering: &mut Lowering<'a>, at: At<'a, Stated>) -> bool {
    let name = &at.value.parameter_data_ref().name;
    if place(at.value) == ParameterPlace::Header && NOT_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
        lowering.report.header_not_a_parameter(name, at.node);
        return false;
    }
    true
}

/// How many parts the parameters of an operation are, with their texts.
pub fn parts<'a>(lowering: &Lowering<'a>, found: &Found<'a>) -> usize {
    let own = stated(lowering, &found.at.value.parameters, found.at.node);
    let shared = stated(lowering, &found.item.value.parameters, found.item.node);
    let bulk = |at: &At<'a, Stated>| texts::bulk(at.node) + at.node.get("schema").map_or(0, texts::bulk);
    own.iter().chain(&shared).map(|at| 1 + bulk(at)).sum()
}

/// What tells parameters apart (OpenAPI 3.0.4, 4.7.12); the names of headers ignore case (RFC 9110 section 5.1).
fn identity(parameter: &Stated) -> (ParameterPlace, Cow<'_, str>) {
    let (place, name) = (place(parameter), parameter.parameter_data_ref().name.as_str());
    (place, if place == ParameterPlace::Header { name.to_ascii_lowercase().into() } else { name.into() })
}

fn stated<'a>(lowering: &Lowering<'a>, list: &'a [ReferenceOr<Stated>], node: &'a Node) -> Vec<At<'a, Stated>> {
    let nodes = node.get("parameters").unwrap_or(node);
    list.iter()
        .enumerate()
        .filter_map(|(index, parameter)| resolve(lowering, parameter, nodes.items().get(index)?))
        .collect()
}

fn resolve<'a>(lowering: &Lowering<'a>, parameter: &'a ReferenceOr<Stated>, node: &'a Node) -> Option<At<'a, Stated>> {
    let reference = match parameter {
        ReferenceOr::Item(parameter) => return Some(At::new(parameter, node)),
        ReferenceOr::Reference { reference } => reference,
    };
    let components = lowering.document.api.components.as_ref()?;
    located::component(&lowering.document.root, "parameters", &components.parameters, reference)
}

fn place(parameter: &Stated) -> ParameterPlace {
    match parameter {
        Stated::Query { .. } => ParameterPlace::Query,
        Stated::Header { .. } => ParameterPlace::Header,
        Stated::Path { .. } => ParameterPlace::Path,
        Stated::Cookie { .. } => ParameterPlace::Cookie,
    }
}

fn parameter<'a>(
    lowering: &mut Lowering<'a>,
    at: At<'a, Stated>,
    hint: &Hint,
    (scope, name): (&mut Scope, String),
) -> Option<Parameter> {
    let data = at.value.parameter_data_ref();
    let place = place(at.value);
    if let Some((key, _)) = at.node.entry("allowReserved") {
        let help = "reserved characters are percent-encoded, which every server reads back";
        lowering.report.not_generated("`allowReserved`", key.place, help);
    }
    let ParameterSchemaOrContent::Schema(schema) = &data.format else {
        lowering.report.parameter_content(&data.name, at.node);
        return None;
    };
    let schema = SchemaAt::of(at.child(schema, "schema"));
    let node = at.node.get("name").unwrap_or(at.node);
    scope.claim_for(&name, Some(node.place));
    let lowered = schemas::schema(lowering, schema, &hint.part(&type_name(&data.name), &name));
    let style = style(lowering, at, &lowered.ty)?;
    Some(Parameter {
        name,
        wire: data.name.clone(),
        place,
        style,
        ty: lowered.ty,
        required: data.required || place == ParameterPlace::Path,
        docs: docs(at.node),
        constraints: lowered.constraints,
    })
}

/// A parameter's texts; where it has none, those of its schema.
fn docs(node: &Node) -> Docs {
    let own = texts::schema_docs(node);
    match node.get("schema") {
        Some(schema) => {
            let behind = texts::schema_docs(schema);
            Docs {
                summary: own.summary.or(behind.summary),
                description: own.description.or(behind.description),
                notes: [own.notes, behind.notes].concat(),
                deprecated: own.deprecated || behind.deprecated,
                provenance: [own.provenance, behind.provenance].concat(),
            }
        }
        None => own,
    }
}

/// How the value is written; `None`, with a diagnostic, where we cannot write it.
fn style<'a>(lowering: &mut Lowering<'a>, at: At<'a, Stated>, ty: &TypeRef) -> Option<ParameterStyle> {
    let name = &at.value.parameter_data_ref().name;
    let style_node = at.node.get("style").unwrap_or(at.node);
    if is_scalar(lowering, ty) {
        let unusual = matches!(at.node.get("style").and_then(Node::text), Some("matrix" | "label" | "deepObject"));
        if unusual {
            lowering.report.parameter_style(name, style_node);
            return None;
        }
        return Some(ParameterStyle::Scalar);
    }
    let TypeRef::List(element) = ty else {
        lowering.report.parameter_object(name, at.node);
        return None;
    };
    if !is_scalar(lowering, element) {
        lowering.report.parameter_object(name, at.node);
        return None;
    }
    let explode = at.value.parameter_data_ref().explode;
    match at.value {
        Stated::Query { style: QueryStyle::Form, .. } => {
            Some(if explode.unwrap_or(true) { ParameterStyle::Repeated } else { ParameterStyle::Commas })
        }
        Stated::Query { style: QueryStyle::SpaceDelimited, .. } if explode != Some(true) => {
            Some(ParameterStyle::Spaces)
        }
        Stated::Query { style: QueryStyle::PipeDelimited, .. } if explode != Some(true) => Some(ParameterStyle::Pipes),
        Stated::Header { .. } | Stated::Path { style: openapiv3::PathStyle::Simple, .. } => {
            Some(ParameterStyle::Commas)
        }
        Stated::Cookie { .. } => {
            lowering.report.cookie_list(name, at.node);
            None
        }
        _ => {
            lowering.report.parameter_style(name, style_node);
            None
        }
    }
}

/// Whether a value has one text: what a path segment, a header or a query value can hold.
fn is_scalar(lowering: &Lowering<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(id) => matches!(lowering.types[id.0].kind, TypeKind::Enum(_)),
        TypeRef::Secret(inner) => is_scalar(lowering, inner),
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Json | TypeRef::JsonObject => false,
        _ => true,
    }
}
