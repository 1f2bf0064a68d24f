//! Lists of allowed values.

use std::collections::HashMap;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::document::schema::{Keyword, ListedValue, Type, TypeSet};

/// Values of another type than the schema's, and values that are listed twice.
pub(super) fn values_of_another_type(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (_, schema) in index.all_schemas() {
        let keywords = schema.keywords();
        let values: Vec<ListedValue> = keywords.listed_values().collect();
        if values.is_empty() {
            continue;
        }
        if let Some(types) = &keywords.types {
            let present: Vec<&ListedValue> = values.iter().filter(|value| !value.is_null()).collect();
            let others: Vec<&ListedValue> = present.iter().filter(|value| !value.is_of(types.value)).copied().collect();
            report_others(index, &others, others.len() == present.len(), types, diagnostics);
            let null = values.iter().find(|value| value.is_null() && !types.value.contains(Type::Null));
            if let Some(null) = null {
                diagnostics
                    .warning(Code::EnumValue, "`null` is listed, and the schema is not nullable", null.span)
                    .help("add `nullable: true`, or remove the value");
            }
        }
        repeated(&values, diagnostics);
    }
}

fn repeated(values: &[ListedValue], diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for value in values {
        if let Some(first) = seen.insert(&value.canonical, value.span) {
            diagnostics
                .warning(Code::DuplicateEnumValue, format!("{} is listed twice", quoted(&value.json)), value.span)
                .mark("again here")
                .label(first, "first here")
                .help("remove one of them");
        }
    }
}

/// Each value of another type, or the type itself where it is wrong for all of them.
fn report_others(
    index: &Index<'_>,
    others: &[&ListedValue],
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
        let message = format!("{} is not of the type {name}", quoted(&value.json));
        diagnostics
            .push(Diagnostic::new(Code::EnumValue, severity, message, value.span))
            .label(types.span, "the type")
            .help("change the value or the type");
    }
}

/// Types as a message names them, null aside where there is another one.
fn words(types: TypeSet) -> String {
    let present = types.without(Type::Null);
    let named = if present.is_empty() { types } else { present };
    named.iter().map(|one| format!("`{}`", one.as_str())).collect::<Vec<_>>().join(" or ")
}
