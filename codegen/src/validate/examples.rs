//! Defaults and examples.

use super::fits::misfit;
use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Node;
use crate::document::grammar::Kind;

/// Defaults and examples that their schema does not allow.
pub(super) fn defaults_and_examples_that_do_not_fit(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        check(survey, found.node, found.node.get("default"), Code::DefaultMismatch, diagnostics);
        check(survey, found.node, found.node.get("example"), Code::ExampleMismatch, diagnostics);
    }
    for kind in [Kind::Parameter, Kind::Header, Kind::MediaType] {
        for found in survey.all(kind) {
            let Some(schema) = found.node.get("schema") else { continue };
            check(survey, schema, found.node.get("example"), Code::ExampleMismatch, diagnostics);
            for (_, example) in found.node.get("examples").into_iter().flat_map(Node::entries) {
                check(survey, schema, survey.target(example).get("value"), Code::ExampleMismatch, diagnostics);
            }
        }
    }
}

fn check<'a>(
    survey: &Survey<'a>,
    schema: &'a Node,
    value: Option<&'a Node>,
    code: Code,
    diagnostics: &mut Diagnostics,
) {
    let Some(value) = value else { return };
    let Some((part, reason)) = misfit(survey, schema, value) else { return };
    let what = if code == Code::DefaultMismatch { "default" } else { "example" };
    let shown = if part.text().is_some() { quoted(&part.to_json_text()) } else { "this".to_owned() };
    let place =
        if part.text().is_some() { part.place } else { part.entries().next().map_or(part.place, |(key, _)| key.place) };
    let message = format!("the {what} does not fit its schema: {shown} {reason}");
    diagnostics.warning(code, message, place).help(format!("correct the {what} or the schema"));
}
