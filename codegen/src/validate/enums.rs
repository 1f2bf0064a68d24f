//! Lists of allowed values.

use std::collections::HashMap;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::document::schema::{Keyword, Type, TypeSet};
use crate::syntax::{Node, ScalarKind};

/// Values of another type than the schema's, and values that are listed twice.
pub(super) fn values_of_another_type(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (_, schema) in index.all_schemas() {
        let keywords = schema.keywords();
        let Some(values) = keywords.enumeration.as_ref().map(|list| &list.value) else { continue };
        if let Some(types) = &keywords.types {
            let present: Vec<&Node> = values.iter().filter(|value| !value.is_null()).collect();
            let is_other = |value: &&&Node| !is_of_types(value, types.value);
            let others: Vec<&Node> = present.iter().filter(is_other).copied().collect();
            report_others(index, &others, others.len() == present.len(), types, diagnostics);
            let null = values.iter().find(|value| value.is_null() && !types.value.contains(Type::Null));
            if let Some(null) = null {
                diagnostics
                    .warning(Code::EnumValue, "`null` is listed, and the schema is not nullable", null.span)
                    .help("add `nullable: true`, or remove the value");
            }
        }
        repeated(values, diagnostics);
    }
}

fn repeated(values: &[Node], diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for value in values {
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

/// Each value of another type, or the type itself where it is wrong for all of them.
fn report_others(
    index: &Index<'_>,
    others: &[&Node],
    are_all: bool,
    types: &Keyword<TypeSet>,
    diagnostics: &mut Diagnostics,
) {
    let severity = index.strictness.severity();
    let name = words(types.value);
    if let ([first, _, ..], true) = (others, are_all) {
        let message = format!("no listed value is of the type {name}");
        let is_list = types.value.without(Type::Null).only() == Some(Type::Array);
        let help = if is_list { "move `enum` to `items`" } else { "change the type or the values" };
        diagnostics
            .push(Diagnostic::new(Code::EnumValue, severity, message, types.span))
            .label(first.span, "the first value")
            .help(help);
        return;
    }
    for value in others {
        let message = format!("{} is not of the type {name}", quoted(&value.to_json_text()));
        diagnostics
            .push(Diagnostic::new(Code::EnumValue, severity, message, value.span))
            .label(types.span, "the type")
            .help("change the value or the type");
    }
}

/// Whether a value is of one of some types.
fn is_of_types(value: &Node, types: TypeSet) -> bool {
    types.iter().any(|one| match one {
        Type::Null => value.is_null(),
        Type::String => value.kind() == Some(ScalarKind::String),
        Type::Boolean => value.kind() == Some(ScalarKind::Bool),
        Type::Number => value.is_number(),
        Type::Integer => value.is_number() && value.as_integer().is_some(),
        Type::Object => value.is_mapping(),
        Type::Array => value.is_sequence(),
    })
}

/// Types as a message names them, null aside where there is another one.
fn words(types: TypeSet) -> String {
    let present = types.without(Type::Null);
    let named = if present.is_empty() { types } else { present };
    named.iter().map(|one| format!("`{}`", one.as_str())).collect::<Vec<_>>().join(" or ")
}
