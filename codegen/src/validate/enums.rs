//! Lists of allowed values.

use std::collections::HashMap;

use super::fits;
use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::syntax::Node;

/// Values of another type than the schema's, and values that are listed twice.
pub(super) fn values_of_another_type(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        let Some(values) = found.node.get("enum") else { continue };
        let word = found.node.get("type");
        let nullable = found.node.get("nullable").and_then(Node::as_bool) == Some(true);
        let is_other = |value: &&Node| {
            word.and_then(Node::as_str).is_some_and(|name| !value.is_null() && !fits::is_of_type(value, name))
        };
        let others: Vec<&Node> = values.items().iter().filter(is_other).collect();
        if let Some(word) = word {
            let present = values.items().iter().filter(|value| !value.is_null()).count();
            report_others(survey, &others, others.len() == present, word, diagnostics);
        }
        if let Some(null) = values.items().iter().find(|value| value.is_null() && word.is_some() && !nullable) {
            diagnostics
                .warning(Code::EnumValue, "`null` is listed, and the schema is not nullable", null.span)
                .help("add `nullable: true`, or remove the value");
        }
        let mut seen = HashMap::new();
        for value in values.items() {
            let text = value.to_json_text();
            let shown = quoted(&text);
            if let Some(first) = seen.insert(text, value.span) {
                diagnostics
                    .warning(Code::DuplicateEnumValue, format!("{shown} is listed twice"), value.span)
                    .mark("again here")
                    .label(first, "first here")
                    .help("remove one of them");
            }
        }
    }
}

/// Each value of another type, or the type itself where it is wrong for all of them.
fn report_others(survey: &Survey<'_>, others: &[&Node], are_all: bool, word: &Node, diagnostics: &mut Diagnostics) {
    let severity = survey.strictness.severity();
    let name = word.as_str().unwrap_or_default();
    if let ([first, _, ..], true) = (others, are_all) {
        let message = format!("no listed value is of the type `{name}`");
        let help = if name == "array" { "move `enum` to `items`" } else { "change the type or the values" };
        diagnostics
            .push(Diagnostic::new(Code::EnumValue, severity, message, word.span))
            .label(first.span, "the first value")
            .help(help);
        return;
    }
    for value in others {
        let message = format!("{} is not of the type `{name}`", quoted(&value.to_json_text()));
        diagnostics
            .push(Diagnostic::new(Code::EnumValue, severity, message, value.span))
            .label(word.span, "the type")
            .help("change the value or the type");
    }
}
