//! Parameters: where they travel and how they are written.

use std::borrow::Cow;
use std::collections::HashSet;

use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::content::{self, Written};
use super::docs::{Texts, docs};
use super::values;
use crate::api::{EntrySpan, Parameter, ParameterLocation, Style};
use crate::document::path_step::{Entry, PathStep};
use crate::document::source_map::ObjectSpans;
use crate::document::{Document, Located};
use crate::extension_keys;
use crate::http::parameter_key;
use crate::source::Span;

/// The parameters of an operation: those of its path that it does not override, and its own.
pub(super) fn parameters(
    document: &Document,
    of_path: &[ReferenceOr<stated::Parameter>],
    own: &[ReferenceOr<stated::Parameter>],
) -> Vec<Parameter> {
    let own = all(document, own);
    let overridden: HashSet<_> = own.iter().map(|(place, stated)| identity(*place, stated.stated)).collect();
    let shared = all(document, of_path).into_iter();
    let kept = shared.filter(|(place, stated)| !overridden.contains(&identity(*place, stated.stated)));
    kept.chain(own.iter().copied()).filter_map(|(place, stated)| parameter(document, place, stated)).collect()
}

/// A parameter with the place that it travels in.
type Placed<'a> = (ParameterLocation, Located<'a, stated::Parameter>);

fn all<'a>(document: &'a Document, stated: &'a [ReferenceOr<stated::Parameter>]) -> Vec<Placed<'a>> {
    let found = stated.iter().filter_map(|at| document.parameter(at));
    found.map(|found| (place(found.stated, document.supplement.query_strings.contains(&found.id)), found)).collect()
}

/// What tells parameters apart (OpenAPI 3.0.4, 4.7.12).
fn identity(place: ParameterLocation, parameter: &stated::Parameter) -> (ParameterLocation, Cow<'_, str>) {
    let name = parameter.parameter_data_ref().name.as_str();
    (place, parameter_key(place == ParameterLocation::Header, name))
}

const fn place(parameter: &stated::Parameter, is_whole_query: bool) -> ParameterLocation {
    match parameter {
        stated::Parameter::Query { .. } if is_whole_query => ParameterLocation::QueryString,
        stated::Parameter::Query { .. } => ParameterLocation::Query,
        stated::Parameter::Header { .. } => ParameterLocation::Header,
        stated::Parameter::Path { .. } => ParameterLocation::Path,
        stated::Parameter::Cookie { .. } => ParameterLocation::Cookie,
    }
}

fn parameter(
    document: &Document,
    place: ParameterLocation,
    located: Located<'_, stated::Parameter>,
) -> Option<Parameter> {
    let (data, object) = (located.stated.parameter_data_ref(), located.object);
    let written = Written {
        style: style(located),
        explode: data.explode,
        allow_reserved: matches!(located.stated, stated::Parameter::Query { allow_reserved: true, .. }),
    };
    let texts = Texts {
        description: data.description.as_deref(),
        deprecated: data.deprecated.unwrap_or_default(),
        ..Texts::default()
    };
    let (span, name_span) = spans(object);
    Some(Parameter {
        name: data.name.clone(),
        place,
        any_path: any_path(object),
        may_be_empty: matches!(located.stated, stated::Parameter::Query { allow_empty_value: Some(true), .. }),
        content: content::content(document, object, &data.format, &written)?,
        required: data.required || place == ParameterLocation::Path,
        docs: docs(object, texts),
        examples: values::examples(document, located.value("example"), &data.examples),
        span,
        name_span,
        keyword_spans: content::keyword_spans(object),
    })
}

/// Where a parameter has `x-specie-path: any`, if it does.
fn any_path(parameter: &ObjectSpans) -> Option<EntrySpan> {
    parameter
        .extension(extension_keys::PATH)
        .filter(|(_, stated)| stated.text() == Some("any"))
        .map(|(key, node)| key.entry(node))
}

/// Where a parameter and its name stand. One in a list is known by its name, a component by its key.
fn spans(object: &ObjectSpans) -> (Span, Span) {
    let name = object.name_span("name");
    let is_item = matches!(object.parent, Some((_, PathStep { entry: Entry::Index(_), .. })));
    (if is_item { name } else { object.name }, name)
}

fn style(located: Located<'_, stated::Parameter>) -> Style {
    match located.stated {
        stated::Parameter::Query { style, .. } => content::query_style(style),
        stated::Parameter::Path { style: stated::PathStyle::Matrix, .. } => Style::Matrix,
        stated::Parameter::Path { style: stated::PathStyle::Label, .. } => Style::Label,
        stated::Parameter::Header { .. } | stated::Parameter::Path { style: stated::PathStyle::Simple, .. } => {
            Style::Simple
        }
        stated::Parameter::Cookie { .. } if located.text("style") == Some("cookie") => Style::Cookie,
        stated::Parameter::Cookie { .. } => Style::Form,
    }
}
