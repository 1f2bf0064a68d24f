//! Lists of allowed values.

use std::collections::HashMap;

use super::fits;
use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::document::Node;
use crate::document::grammar::Kind;

/// Values of another type than the schema's, and values that are listed twice.
pub(super) fn values_of_another_type(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        let Some(values) = found.node.get("enum") else { continue };
        let word = found.node.get("type");
        let nullable = found.node.get("nullable").and_then(Node::as_bool) == Some(true);
        let mut seen = HashMap::new();
        for value in values.items() {
            let text = value.to_json_text();
            let shown = quoted(&text);
            if let Some(word) = word.filter(|_| !value.is_null())
                && let Some(name) = word.as_str()
                && !fits::is_of_type(value, name)
            {
                let message = format!("{shown} is not of the type `{name}`");
                diagnostics
                    .push(Diagnostic::new(Code::EnumValue, survey.strictness.severity(), message, value.place))
                    .label(word.place, "the type")
                    .help("change the value or the type");
            } else if value.is_null() && word.is_some() && !nullable {
                diagnostics
                    .warning(Code::EnumValue, "`null` is listed, and the schema is not nullable", value.place)
                    .help("add `nullable: true`, or remove the value");
            }
            if let Some(first) = seen.insert(text, value.place) {
                diagnostics
                    .warning(Code::DuplicateEnumValue, format!("{shown} is listed twice"), value.place)
                    .mark("again here")
                    .label(first, "first here")
                    .help("remove one of them");
            }
        }
    }
}
