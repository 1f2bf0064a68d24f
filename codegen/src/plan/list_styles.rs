//! How parameters are written: what has one text, and the style of lists.

use super::member_names::span;
use super::own_types::Kind;
use super::report::Report;
use super::selection::{Parameter, Selected};
use super::tables::Tables;
use crate::api::{ParameterPlace, Style};
use crate::diagnostic::Diagnostics;
use crate::rust::{ListStyle, Type};

/// How the parameters of each operation are written; `None`: as a single value.
pub(super) fn styles(tables: &Tables<'_>, operations: &[Selected<'_>]) -> (Vec<Vec<Option<ListStyle>>>, Diagnostics) {
    let mut report = Report::default();
    let mut style = |parameter| style(tables, parameter, &mut report);
    let styles = operations.iter().map(|operation| operation.parameters.iter().map(&mut style).collect()).collect();
    (styles, report.diagnostics)
}

/// How one parameter is written; what cannot be written is reported.
fn style(tables: &Tables<'_>, parameter: &Parameter<'_>, report: &mut Report) -> Option<ListStyle> {
    let (name, place) = (&parameter.stated.name, parameter.stated.place);
    let ty = tables.types.of(parameter.schema).ty;
    let at_schema = span(&tables.api.schemas, parameter.schema);
    if is_scalar(tables, &ty) {
        if matches!(parameter.style, Style::Matrix | Style::Label | Style::DeepObject) {
            report.parameter_style(name, parameter.style_span);
        }
        return None;
    }
    if !matches!(&ty, Type::List(item) if is_scalar(tables, item)) {
        report.parameter_object(name, at_schema);
        return None;
    }
    if place == ParameterPlace::Cookie {
        report.cookie_list(name, at_schema);
        return None;
    }
    let found = list_style(place, parameter.style, parameter.explode);
    if found.is_none() {
        report.parameter_style(name, parameter.style_span);
    }
    found
}

/// How a list is written; `None` where we cannot.
const fn list_style(place: ParameterPlace, style: Style, explode: bool) -> Option<ListStyle> {
    match (place, style, explode) {
        (ParameterPlace::Query, Style::Form, true) => Some(ListStyle::Repeated),
        (ParameterPlace::Query, Style::SpaceDelimited, false) => Some(ListStyle::Spaces),
        (ParameterPlace::Query, Style::PipeDelimited, false) => Some(ListStyle::Pipes),
        (ParameterPlace::Query, Style::Form, false)
        | (ParameterPlace::Header, ..)
        | (ParameterPlace::Path, Style::Simple, _) => Some(ListStyle::Commas),
        _ => None,
    }
}

/// Whether a value has one text: what a path segment, a header or a query value can hold.
fn is_scalar(tables: &Tables<'_>, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => matches!(tables.kind(*id), Some(Kind::Enum(_))),
        Type::Secret(inner) => is_scalar(tables, inner),
        Type::List(_) | Type::Map(_) | Type::Option(_) | Type::Json | Type::JsonObject => false,
        _ => true,
    }
}
