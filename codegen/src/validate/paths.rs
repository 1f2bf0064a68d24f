//! Path templates and the parameters that fill them.

use std::collections::HashSet;

use super::survey::{Side, Survey};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::document::grammar::Kind;
use crate::document::{Node, closest, template_names};

/// Braces that do not match, names that are empty or repeated.
pub(super) fn bad_templates(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for (path, _) in survey.root.get("paths").into_iter().flat_map(Node::entries) {
        if !path.text().starts_with('/') {
            continue;
        }
        if let Err(reason) = template_names(path.text()) {
            let message = format!("the path {} {reason}", quoted(path.text()));
            diagnostics.error(Code::PathTemplate, message, path.place).help("write each parameter once, as `{name}`");
        }
    }
}

/// Names in a template that no parameter declares, and path parameters that stand in no template or may be absent.
pub(super) fn parameters_and_templates_that_disagree(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for operation in survey.operations.iter().filter(|operation| operation.side == Side::Path) {
        let Ok(names) = template_names(operation.path.text()) else { continue };
        let parameters = survey.parameters(operation);
        let mut declared = HashSet::new();
        for (site, target) in &parameters {
            if target.get("in").and_then(Node::as_str) != Some("path") {
                continue;
            }
            let Some(node) = target.get("name") else { continue };
            let name = node.as_str().unwrap_or_default();
            declared.insert(name);
            if !names.contains(&name) {
                let place = if site.get("$ref").is_some() { site.place } else { node.place };
                let message =
                    format!("the path {} has no {}", quoted(operation.path.text()), quoted(&format!("{{{name}}}")));
                let found = diagnostics.error(Code::UnusedPathParameter, message, place);
                found.label(operation.path.place, "the path");
                match closest(name, names.iter().copied()) {
                    Some(meant) => found.help(format!("rename it to `{meant}`")),
                    None => found.help("remove the parameter, or write it into the path"),
                };
            }
        }
        for name in names.iter().filter(|name| !declared.contains(*name)) {
            let message = format!("no parameter declares {}", quoted(&format!("{{{name}}}")));
            diagnostics
                .error(Code::UndeclaredPathParameter, message, operation.path.place)
                .label(operation.method.place, "neither this operation nor its path item does")
                .help(format!("add `{{name: {name}, in: path, required: true, schema: …}}` to `parameters`"));
        }
    }
    optional_path_parameters(survey, diagnostics);
}

fn optional_path_parameters(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Parameter) {
        let is_path = found.node.get("in").and_then(Node::as_str) == Some("path");
        let required = found.node.get("required");
        if !is_path || required.and_then(Node::as_bool) == Some(true) {
            continue;
        }
        let name = quoted(found.node.get("name").and_then(Node::as_str).unwrap_or_default());
        let place = required.or_else(|| found.node.get("name")).map_or(found.at, |node| node.place);
        // Said to be optional, it contradicts its path; without a word, it is plainly required.
        let (severity, how) = match required {
            Some(_) => (Severity::Error, "is optional"),
            None => (Severity::Warning, "is not said to be required"),
        };
        let message = format!("the path parameter {name} {how}");
        let diagnostic = diagnostics.push(Diagnostic::new(Code::OptionalPathParameter, severity, message, place));
        diagnostic.help("write `required: true`: a path without it is another path");
    }
}
