//! `x-specie-reconcile`.

use super::pointers::{Pointee, follow};
use super::survey::{Operation, Survey, identity};
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::syntax::Node;

/// Operations, parameters and fields that are named and do not exist.
pub(super) fn unknown_targets(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for operation in &survey.operations {
        if let Some(node) = operation.node.get("x-specie-reconcile") {
            check(survey, operation, node, diagnostics);
        }
    }
}

fn check<'a>(survey: &Survey<'a>, operation: &Operation<'a>, node: &'a Node, diagnostics: &mut Diagnostics) {
    let request = Pointee::of(survey.request_schema(operation));
    pointer(survey, request, node.get("value"), "the request body", diagnostics);
    let Some(named) = node.get("operation") else { return };
    let id = named.as_str().unwrap_or_default();
    let ids = || survey.operations.iter().filter_map(|other| other.node.get("operationId")?.as_str());
    let Some(other) =
        survey.operations.iter().find(|other| other.node.get("operationId").and_then(Node::as_str) == Some(id))
    else {
        let diagnostic =
            diagnostics.error(Code::ExtensionTarget, format!("there is no operation {}", quoted(id)), named.span);
        match closest(id, ids()) {
            Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
            None => diagnostic.help("write the `operationId` of the operation that finds the resource"),
        };
        return;
    };
    parameter(survey, other, node.get("parameter"), diagnostics);
    asks_only(survey, other, node, named, diagnostics);
    let success = Pointee::of(survey.success_schema(operation));
    pointer(survey, success, node.get("resource"), "the success", diagnostics);
    let answer = Pointee::of(survey.success_schema(other));
    let item = find(survey, answer, node.get("find"), diagnostics);
    for entry in node.get("agree").map_or(&[][..], Node::items) {
        pointer(survey, request, entry.get("request"), "the request body", diagnostics);
        pointer(survey, item, entry.get("answer"), "what is found", diagnostics);
    }
}

/// Reports an operation that may act when it is asked, or that cannot be asked with one value.
fn asks_only<'a>(survey: &Survey<'a>, asked: &Operation<'a>, node: &Node, named: &Node, diagnostics: &mut Diagnostics) {
    let is_safe = matches!(asked.method.text(), "get" | "head" | "options" | "trace");
    if !is_safe && asked.node.get("x-specie-outcome").and_then(Node::as_str) != Some("none") {
        diagnostics
            .error(Code::ExtensionTarget, "the operation that asks may create or move something itself", named.span)
            .help("name one that only reads, or write `x-specie-outcome: none` on it");
    }
    let taken = node.get("parameter").and_then(Node::as_str);
    let further = survey.parameters(asked).into_iter().filter_map(|(_, target)| {
        let is_required = target.get("required").and_then(Node::as_bool) == Some(true);
        identity(target).1.filter(|name| is_required && Some(*name) != taken)
    });
    for name in further {
        let message = format!("the operation that asks also needs the parameter {}", quoted(name));
        diagnostics
            .error(Code::ExtensionTarget, message, named.span)
            .help("name an operation that finds the resource by the one value");
    }
}

/// Where the resource is in the answer.
fn find<'a>(survey: &Survey<'a>, answer: Pointee, node: Option<&'a Node>, diagnostics: &mut Diagnostics) -> Pointee {
    let Some(node) = node else { return Pointee::Free };
    if !node.is_mapping() {
        return pointer(survey, answer, Some(node), "the answer", diagnostics);
    }
    let items = pointer(survey, answer, node.get("items"), "the answer", diagnostics);
    let item = items.item(survey);
    pointer(survey, item, node.get("match"), "an item", diagnostics);
    item
}

/// Follows a pointer; what is not there is reported once, and anything may be below it.
pub(super) fn pointer<'a>(
    survey: &Survey<'a>,
    start: Pointee,
    node: Option<&'a Node>,
    whose: &str,
    diagnostics: &mut Diagnostics,
) -> Pointee {
    let Some(node) = node else { return Pointee::Free };
    let text = node.as_str().unwrap_or_default();
    let place = follow(survey, start, text);
    if place.is_nowhere() {
        diagnostics
            .error(Code::ExtensionTarget, format!("{whose} has nothing at {}", quoted(text)), node.span)
            .help("write a JSON pointer to a property that the schema declares");
        return Pointee::Free;
    }
    place
}

/// Reports a parameter that an operation does not have.
pub(super) fn parameter<'a>(
    survey: &Survey<'a>,
    operation: &Operation<'a>,
    node: Option<&'a Node>,
    diagnostics: &mut Diagnostics,
) {
    let Some(node) = node else { return };
    let name = node.as_str().unwrap_or_default();
    let parameters = survey.parameters(operation);
    let names = || parameters.iter().filter_map(|(_, target)| identity(target).1);
    if names().any(|other| other == name) {
        return;
    }
    let message = format!("the operation has no parameter {}", quoted(name));
    let diagnostic = diagnostics.error(Code::ExtensionTarget, message, node.span);
    match closest(name, names()) {
        Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
        None => diagnostic.help("declare it, or name one that is declared"),
    };
}
