//! `x-specie-reconcile`.

use super::index::{Index, ParameterAt};
use super::pointers::{Pointee, follow};
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::OperationAt;
use crate::http::is_safe;
use crate::syntax::Node;

/// Operations, parameters and fields that are named and do not exist.
pub(super) fn unknown_targets(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in &index.operations {
        if let Some((_, node)) = index.objects[operation.id].extension("x-specie-reconcile") {
            check(index, operation, node, diagnostics);
        }
    }
}

fn check<'a>(index: &Index<'a>, operation: &OperationAt<'a>, node: &'a Node, diagnostics: &mut Diagnostics) {
    let request = Pointee::of(index.request_schema(operation));
    pointer(index, request, node.get("value"), "the request body", diagnostics);
    let Some(named) = node.get("operation") else { return };
    let id = named.as_str().unwrap_or_default();
    let ids = || index.operations.iter().filter_map(|other| other.operation.operation_id.as_deref());
    let Some(other) = index.operations.iter().find(|other| other.operation.operation_id.as_deref() == Some(id)) else {
        let diagnostic =
            diagnostics.error(Code::ExtensionTarget, format!("there is no operation {}", quoted(id)), named.span);
        match closest(id, ids()) {
            Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
            None => diagnostic.help("write the `operationId` of the operation that finds the resource"),
        };
        return;
    };
    parameter(index, other, node.get("parameter"), diagnostics);
    asks_only(index, other, node, named, diagnostics);
    let success = Pointee::of(index.success_schema(operation));
    pointer(index, success, node.get("resource"), "the success", diagnostics);
    let response = Pointee::of(index.success_schema(other));
    let item = find(index, response, node.get("find"), diagnostics);
    pointer(index, item, node.get("identity"), "what is found", diagnostics);
    without_proof(node, diagnostics);
    for entry in node.get("agree").map_or(&[][..], Node::items) {
        pointer(index, request, entry.get("request"), "the request body", diagnostics);
        pointer(index, item, entry.get("answer"), "what is found", diagnostics);
    }
}

/// Reports a resource that is found at one place of the response and compared with nothing: the runtime takes every success for it then.
/// Of a list, an item is taken by the value that it repeats.
fn without_proof(node: &Node, diagnostics: &mut Diagnostics) {
    let Some((key, find)) = node.entry("find") else { return };
    if find.is_mapping() || node.get("agree").is_some_and(|agree| !agree.items().is_empty()) {
        return;
    }
    diagnostics
        .warning(Code::LookupWithoutProof, "nothing shows that what is found is what was asked for", key.span)
        .help("add `agree` with the reference and the amount, or find an item by `{items: /pointer, match: /pointer}`");
}

/// Whether an operation has `x-specie-outcome: none`: it creates and moves nothing.
pub(super) fn is_stated_safe(index: &Index<'_>, operation: &OperationAt<'_>) -> bool {
    let stated = index.objects[operation.id].extension("x-specie-outcome");
    stated.is_some_and(|(_, outcome)| outcome.as_str() == Some("none"))
}

/// Reports a lookup operation that may create or move something, and one that needs more parameters than the reference.
fn asks_only<'a>(index: &Index<'a>, asked: &OperationAt<'a>, node: &Node, named: &Node, diagnostics: &mut Diagnostics) {
    if !is_safe(asked.method) && !is_stated_safe(index, asked) {
        diagnostics
            .error(Code::ExtensionTarget, "the operation that asks may create or move something itself", named.span)
            .help("name one that only reads, or write `x-specie-outcome: none` on it");
    }
    let taken = node.get("parameter").and_then(Node::as_str);
    let required = index.parameters(asked).into_iter().filter(|at| at.parameter.parameter_data_ref().required);
    let further = required.map(|at| at.name()).filter(|name| Some(*name) != taken);
    for name in further {
        let message = format!("the operation that asks also needs the parameter {}", quoted(name));
        diagnostics
            .error(Code::ExtensionTarget, message, named.span)
            .help("name an operation that finds the resource by the one value");
    }
}

/// Follows `find` to the resource in the response of the lookup.
fn find<'a>(index: &Index<'a>, response: Pointee, node: Option<&'a Node>, diagnostics: &mut Diagnostics) -> Pointee {
    let Some(node) = node else { return Pointee::Free };
    if !node.is_mapping() {
        return pointer(index, response, Some(node), "the response", diagnostics);
    }
    let items = pointer(index, response, node.get("items"), "the response", diagnostics);
    let item = items.item(index);
    pointer(index, item, node.get("match"), "an item", diagnostics);
    item
}

/// Follows a pointer. A pointer to nothing is reported, and read as free JSON so that pointers below it are not reported as well.
pub(super) fn pointer<'a>(
    index: &Index<'a>,
    start: Pointee,
    node: Option<&'a Node>,
    whose: &str,
    diagnostics: &mut Diagnostics,
) -> Pointee {
    let Some(node) = node else { return Pointee::Free };
    let text = node.as_str().unwrap_or_default();
    let place = follow(index, start, text);
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
    index: &Index<'a>,
    operation: &OperationAt<'a>,
    node: Option<&'a Node>,
    diagnostics: &mut Diagnostics,
) {
    let Some(node) = node else { return };
    let name = node.as_str().unwrap_or_default();
    let parameters = index.parameters(operation);
    let names = || parameters.iter().map(ParameterAt::name);
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
