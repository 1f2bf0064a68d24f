//! Path templates and the parameters that fill them.

use openapiv3::Parameter;

use super::index::{Index, ParameterAt};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::document::Implementer;
use crate::grammar::{match_names, template_names};
use crate::http;
use crate::source::Span;
use crate::syntax::part_of;

/// Braces that do not match, names that are empty or repeated, and what is no part of a path.
pub(super) fn bad_templates(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (path, span, _) in index.paths() {
        if let Err(reason) = template_names(path) {
            let message = format!("the path {} {reason}", quoted(path));
            diagnostics
                .error(Code::PathTemplate, message, span)
                .help("write each parameter once, as `{name}`, and how it is written under `style` and `explode`");
        } else if let Some((_, rest)) = path.split_once(['?', '#']) {
            let sign = path.len() - rest.len() - 1;
            let part = path.get(sign..).unwrap_or_default();
            let message = format!("{} is sent as a part of the path, and starts no query", quoted(part));
            diagnostics
                .warning(Code::PathTemplate, message, part_of(path, span, part))
                .help("end the path before it, and declare what the query holds under `parameters`");
        }
    }
}

/// Keys of `additionalOperations` that are no methods.
pub(super) fn bad_methods(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| !http::is_token(operation.method)) {
        let message = format!("{} cannot be an HTTP method", quoted(operation.method));
        diagnostics
            .error(Code::UnknownValue, message, index.objects[operation.id].name)
            .help("write a method as it is sent, such as `COPY`: letters, digits and a few signs (RFC 9110, 5.6.2)");
    }
}

/// Names in a template that no parameter declares, and path parameters that stand in no template.
pub(super) fn parameters_and_templates_that_disagree(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| operation.implementer == Implementer::Api) {
        let Ok(names) = template_names(operation.path) else { continue };
        let path_span = index.objects[operation.item_id].name;
        let parameters: Vec<_> =
            index.parameters(operation).into_iter().filter_map(|at| path_parameter(index, at)).collect();
        let declared: Vec<&str> = parameters.iter().map(|(name, _)| *name).collect();
        let matching = match_names(&names, &declared);
        for (name, meant) in matching.surplus {
            let Some((_, place)) = parameters.iter().find(|(other, _)| *other == name) else { continue };
            let path = quoted(operation.path);
            let message = format!("the path {path} has no {}", in_braces(name));
            let found = diagnostics.error(Code::UnusedPathParameter, message, *place);
            match meant {
                Some(meant) => found
                    .label(part_of(operation.path, path_span, &format!("{{{meant}}}")), "the path's parameter")
                    .help(format!("rename it to `{meant}`")),
                None => found.label(path_span, "the path").help("remove the parameter, or write it into the path"),
            };
        }
        for name in matching.undeclared {
            diagnostics
                .error(
                    Code::UndeclaredPathParameter,
                    format!("no parameter declares {}", in_braces(name)),
                    part_of(operation.path, path_span, &format!("{{{name}}}")),
                )
                .label(index.objects[operation.id].name, "neither this operation nor its path item does")
                .help(format!("add `{{name: {name}, in: path, required: true, schema: …}}` to `parameters`"));
        }
    }
    optional_path_parameters(index, diagnostics);
}

/// The name of a path parameter, and the place that says it.
fn path_parameter<'a>(index: &Index<'a>, at: ParameterAt<'a>) -> Option<(&'a str, Span)> {
    let Parameter::Path { .. } = at.parameter else { return None };
    let stated = || index.field(at.id, "name").map(|field| field.span);
    Some((at.name(), at.reference.or_else(stated)?))
}

fn in_braces(name: &str) -> String {
    quoted(&format!("{{{name}}}"))
}

fn optional_path_parameters(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (id, parameter) in &index.by_kind.parameters {
        let data = parameter.parameter_data_ref();
        if data.required || !matches!(parameter, Parameter::Path { .. }) {
            continue;
        }
        let required = index.field(*id, "required");
        let place = required.map_or_else(|| index.objects[*id].name_span("name"), |field| field.span);
        // Said to be optional, it contradicts its path; without a word, it is plainly required.
        let (severity, how) = match required {
            Some(_) => (Severity::Error, "is optional"),
            None => (Severity::Warning, "is not said to be required"),
        };
        let message = format!("the path parameter {} {how}", quoted(&data.name));
        let diagnostic = diagnostics.push(Diagnostic::new(Code::OptionalPathParameter, severity, message, place));
        diagnostic.help("write `required: true`: path parameters are always required (OpenAPI 3.1, 4.8.12.2)");
    }
}
