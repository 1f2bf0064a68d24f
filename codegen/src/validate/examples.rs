//! Defaults and examples.

use super::index::Index;
use super::instance::misfit;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::schema::SchemaId;
use crate::grammar::Kind;
use crate::http::Media;
use crate::syntax::Node;

/// Defaults and examples that their schema does not allow.
pub(super) fn defaults_and_examples_that_do_not_fit(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (id, schema) in index.all_schemas() {
        let annotations = &schema.keywords().annotations;
        let mut one = |value: Option<&Node>, code| check(index, id, value, code, diagnostics);
        one(annotations.default.as_ref().map(|keyword| &keyword.value), Code::DefaultMismatch);
        one(annotations.example.as_ref().map(|keyword| &keyword.value), Code::ExampleMismatch);
        for example in annotations.examples.iter().flat_map(|list| &list.value) {
            one(Some(example), Code::ExampleMismatch);
        }
    }
    for kind in [Kind::Parameter, Kind::Header, Kind::MediaType] {
        for found in index.all(kind) {
            let Some(schema) = found.node.get("schema").and_then(|node| index.schema_at(node)) else { continue };
            // Values that are not sent as JSON may be shown as they are sent (OpenAPI 3.0.4, 4.7.12.3 and 4.7.14.1).
            let is_sent_otherwise = kind != Kind::MediaType || Media::of(found.name) != Media::Json;
            let mut one = |value: Option<&Node>| {
                let as_sent = value.is_some_and(|value| is_sent_otherwise && value.as_str().is_some());
                check(index, schema, value.filter(|_| !as_sent), Code::ExampleMismatch, diagnostics);
            };
            one(found.node.get("example"));
            for (_, example) in found.node.get("examples").into_iter().flat_map(Node::entries) {
                one(index.target(example).get("value"));
            }
        }
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
