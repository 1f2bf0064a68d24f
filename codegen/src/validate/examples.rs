//! Defaults and examples.

use indexmap::IndexMap;
use openapiv3::{Example, ParameterSchemaOrContent, ReferenceOr, Schema};

use super::index::Index;
use super::instance::misfit;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::schema::SchemaId;
use crate::document::source_map::ObjectId;
use crate::http::Media;
use crate::syntax::Node;

/// Defaults and examples that their schema does not allow.
pub(super) fn defaults_and_examples_that_do_not_fit(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    // A reference may have a default beside it, which counts before that of its target.
    for (id, schema) in index.schemas.iter() {
        let annotations = &schema.keywords().annotations;
        let mut one = |value: Option<&Node>, code| check(index, id, value, code, diagnostics);
        one(annotations.default.as_ref().map(|keyword| &keyword.value), Code::DefaultMismatch);
        one(annotations.example.as_ref().map(|keyword| &keyword.value), Code::ExampleMismatch);
        for example in annotations.examples.iter().flat_map(|list| &list.value) {
            one(Some(example), Code::ExampleMismatch);
        }
    }
    for (id, parameter) in &index.parts.parameters {
        let data = parameter.parameter_data_ref();
        examples(index, *id, of_format(&data.format), &data.examples, Written::AsSent, diagnostics);
    }
    for (id, header) in &index.parts.headers {
        examples(index, *id, of_format(&header.format), &header.examples, Written::AsSent, diagnostics);
    }
    for (id, name, media) in &index.parts.media_types {
        let written = if Media::of(name) == Media::Json { Written::AsJson } else { Written::AsSent };
        examples(index, *id, media.schema.as_ref(), &media.examples, written, diagnostics);
    }
}

/// How an example may be written: as the value, or also as the text that is sent (OpenAPI 3.0.4, 4.7.12.3 and 4.7.14.1).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    AsJson,
    AsSent,
}

fn of_format(format: &ParameterSchemaOrContent) -> Option<&ReferenceOr<Schema>> {
    match format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

/// `example` and `examples` of an object with a schema.
fn examples(
    index: &Index<'_>,
    id: ObjectId,
    schema: Option<&ReferenceOr<Schema>>,
    named: &IndexMap<String, ReferenceOr<Example>>,
    written: Written,
    diagnostics: &mut Diagnostics,
) {
    let Some(schema) = schema.and_then(|schema| index.document.schema(schema)) else { return };
    let value = |id, key| index.document.supplement.value(id, key).map(|(_, node)| node);
    let named = named.values().filter_map(|example| Some(index.document.example(example)?.value("value")?.1));
    for example in value(id, "example").into_iter().chain(named) {
        let as_sent = written == Written::AsSent && example.as_str().is_some();
        check(index, schema, Some(example).filter(|_| !as_sent), Code::ExampleMismatch, diagnostics);
    }
}

fn check(index: &Index<'_>, schema: SchemaId, value: Option<&Node>, code: Code, diagnostics: &mut Diagnostics) {
    let Some(value) = value else { return };
    let Some((part, reason)) = misfit(index, schema, value) else { return };
    let what = if code == Code::DefaultMismatch { "default" } else { "example" };
    let shown = match part.text() {
        Some(_) if part.as_str().is_some() => quoted(&part.to_json_text()),
        Some(text) => quoted(text),
        None => "this".to_owned(),
    };
    let span =
        if part.text().is_some() { part.span } else { part.entries().next().map_or(part.span, |(key, _)| key.span) };
    let message = format!("the {what} does not fit its schema: {shown} {reason}");
    let is_json_in_text = part.as_str().is_some_and(|text| text.trim_start().starts_with(['{', '[']));
    let found = diagnostics.warning(code, message, span);
    if is_json_in_text {
        found.help("write the value itself, not its JSON as a text");
    } else {
        found.help(format!("correct the {what} or the schema"));
    }
}
