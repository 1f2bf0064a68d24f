//! Parameters: where they travel and how they are written.

use std::borrow::Cow;
use std::collections::HashSet;

use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::content::{self, Written};
use super::docs::{Texts, docs};
use super::{extensions, values};
use crate::api::{Parameter, ParameterPlace, Style};
use crate::document::Document;
use crate::document::source_map::{Object, ObjectId};
use crate::document::step::{Entry, Step};
use crate::source::Span;

/// The parameters of an operation: those of the path that it does not override, and its own.
pub(super) fn parameters(
    document: &Document,
    item: &stated::PathItem,
    operation: &stated::Operation,
) -> Vec<Parameter> {
    let own = all(document, &operation.parameters);
    let overridden: HashSet<_> = own.iter().map(|stated| identity(document, stated)).collect();
    let shared = all(document, &item.parameters);
    let kept = shared.into_iter().filter(|stated| !overridden.contains(&identity(document, stated)));
    kept.chain(own.iter().copied()).filter_map(|stated| parameter(document, stated)).collect()
}

fn all<'a>(document: &'a Document, stated: &'a [ReferenceOr<stated::Parameter>]) -> Vec<&'a stated::Parameter> {
    stated.iter().filter_map(|at| document.parameter(at)).collect()
}

/// What tells parameters apart (OpenAPI 3.0.4, 4.7.12); the names of headers ignore case (RFC 9110 section 5.1).
fn identity<'a>(document: &Document, parameter: &'a stated::Parameter) -> (ParameterPlace, Cow<'a, str>) {
    let (place, name) = (place(document, parameter), parameter.parameter_data_ref().name.as_str());
    (place, if place == ParameterPlace::Header { name.to_ascii_lowercase().into() } else { name.into() })
}

fn place(document: &Document, parameter: &stated::Parameter) -> ParameterPlace {
    match parameter {
        stated::Parameter::Query { parameter_data, .. } => {
            let (id, _) = document.object(&parameter_data.extensions);
            let is_whole = document.supplement.query_strings.contains(&id);
            if is_whole { ParameterPlace::QueryString } else { ParameterPlace::Query }
        }
        stated::Parameter::Header { .. } => ParameterPlace::Header,
        stated::Parameter::Path { .. } => ParameterPlace::Path,
        stated::Parameter::Cookie { .. } => ParameterPlace::Cookie,
    }
}

fn parameter(document: &Document, stated: &stated::Parameter) -> Option<Parameter> {
    let data = stated.parameter_data_ref();
    let (id, at) = document.object(&data.extensions);
    let written = Written {
        style: style(document, id, stated),
        explode: data.explode,
        allow_reserved: matches!(stated, stated::Parameter::Query { allow_reserved: true, .. }),
    };
    let place = place(document, stated);
    let texts = Texts {
        description: data.description.as_deref(),
        deprecated: data.deprecated.unwrap_or_default(),
        ..Texts::default()
    };
    let (span, name_span) = spans(at);
    Some(Parameter {
        name: data.name.clone(),
        place,
        any_path: extensions::any_path(at),
        content: content::content(document, at, &data.format, &written)?,
        required: data.required || place == ParameterPlace::Path,
        docs: docs(at, texts),
        examples: values::examples(document, id, &data.examples),
        span,
        name_span,
    })
}

/// Where a parameter and its name stand. One in a list is known by its name, a component by its key.
fn spans(at: &Object) -> (Span, Span) {
    let name = at.value_span("name");
    let is_item = matches!(at.home, Some((_, Step { entry: Entry::Index(_), .. })));
    (if is_item { name } else { at.name }, name)
}

fn style(document: &Document, id: ObjectId, stated: &stated::Parameter) -> Style {
    match stated {
        stated::Parameter::Query { style, .. } => content::query_style(style),
        stated::Parameter::Path { style: stated::PathStyle::Matrix, .. } => Style::Matrix,
        stated::Parameter::Path { style: stated::PathStyle::Label, .. } => Style::Label,
        stated::Parameter::Header { .. } | stated::Parameter::Path { style: stated::PathStyle::Simple, .. } => {
            Style::Simple
        }
        stated::Parameter::Cookie { .. } if content::kept(document, id, "style") == Some("cookie") => Style::Cookie,
        stated::Parameter::Cookie { .. } => Style::Form,
    }
}
