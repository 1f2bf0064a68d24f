//! Path templates and the parameters that fill them.

use super::index::{Index, Side};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::grammar::Kind;
use crate::grammar::{match_names, template_names};
use crate::source::Span;
use crate::syntax::Node;

/// Braces that do not match, names that are empty or repeated, and what is no part of a path.
pub(super) fn bad_templates(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (path, _) in index.root.get("paths").into_iter().flat_map(Node::entries) {
        if !path.text().starts_with('/') {
            continue;
        }
        if let Err(reason) = template_names(path.text()) {
            let message = format!("the path {} {reason}", quoted(path.text()));
            diagnostics
                .error(Code::PathTemplate, message, path.span)
                .help("write each parameter once, as `{name}`, and how it is written under `style` and `explode`");
        } else if let Some((_, rest)) = path.text().split_once(['?', '#']) {
            let sign = path.text().len() - rest.len() - 1;
            let part = path.text().get(sign..).unwrap_or_default();
            let message = format!("{} is sent as a part of the path, and starts no query", quoted(part));
            diagnostics
                .warning(Code::PathTemplate, message, path.part(part))
                .help("end the path before it, and declare what the query holds under `parameters`");
        }
    }
}

/// Names in a template that no parameter declares, and path parameters that stand in no template.
pub(super) fn parameters_and_templates_that_disagree(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| operation.side == Side::Path) {
        let Ok(names) = template_names(operation.path.text()) else { continue };
        let parameters: Vec<_> = index.parameters(operation).into_iter().filter_map(path_parameter).collect();
        let declared: Vec<&str> = parameters.iter().map(|(name, _)| *name).collect();
        let matching = match_names(&names, &declared);
        for (name, meant) in matching.surplus {
            let Some((_, place)) = parameters.iter().find(|(other, _)| *other == name) else { continue };
            let path = quoted(operation.path.text());
            let message = format!("the path {path} has no {}", in_braces(name));
            let found = diagnostics.error(Code::UnusedPathParameter, message, *place);
            match meant {
                Some(meant) => found
                    .label(operation.path.part(&format!("{{{meant}}}")), "the path's parameter")
                    .help(format!("rename it to `{meant}`")),
                None => {
                    found.label(operation.path.span, "the path").help("remove the parameter, or write it into the path")
                }
            };
        }
        for name in matching.undeclared {
            diagnostics
                .error(
                    Code::UndeclaredPathParameter,
                    format!("no parameter declares {}", in_braces(name)),
                    operation.path.part(&format!("{{{name}}}")),
                )
                .label(operation.method.span, "neither this operation nor its path item does")
                .help(format!("add `{{name: {name}, in: path, required: true, schema: …}}` to `parameters`"));
        }
    }
    optional_path_parameters(index, diagnostics);
}

/// The name of a path parameter, and the place that says it.
fn path_parameter<'a>((site, target): (&'a Node, &'a Node)) -> Option<(&'a str, Span)> {
    let node = target.get("name")?;
    let is_path = target.get("in").and_then(Node::as_str) == Some("path");
    let place = if site.get("$ref").is_some() { site.span } else { node.span };
    node.as_str().filter(|_| is_path).map(|name| (name, place))
}

fn in_braces(name: &str) -> String {
    quoted(&format!("{{{name}}}"))
}

fn optional_path_parameters(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for found in index.all(Kind::Parameter) {
        let is_path = found.node.get("in").and_then(Node::as_str) == Some("path");
        let required = found.node.get("required");
        if !is_path || required.and_then(Node::as_bool) == Some(true) {
            continue;
        }
        let name = quoted(found.node.get("name").and_then(Node::as_str).unwrap_or_default());
        let place = required.or_else(|| found.node.get("name")).map_or(found.at, |node| node.span);
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
