//! `x-specie-reconcile`.

use super::index::{Index, ParameterAt};
use super::pointers::{Pointee, follow};
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::OperationAt;
use crate::document::operation_extensions::{StatedFind, StatedReconcile};
use crate::document::schema::Text;
use crate::http::is_safe;
use crate::source::Span;

/// Operations, parameters and fields that are named and do not exist.
pub(super) fn unknown_targets(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in &index.operations {
        if let Some(stated) = &index.extensions(operation.id).reconcile {
            check(index, operation, &stated.value, diagnostics);
        }
    }
}

fn check(index: &Index<'_>, operation: &OperationAt<'_>, stated: &StatedReconcile, diagnostics: &mut Diagnostics) {
    let request = Pointee::of(index.request_schema(operation));
    pointer_of(index, request, &stated.value, "the request body", diagnostics);
    let Some(other) = asked(index, &stated.operation, diagnostics) else { return };
    parameter(index, other, &stated.parameter.text, stated.parameter.span, diagnostics);
    asks_only(index, other, stated, diagnostics);
    let success = Pointee::of(index.success_schema(operation));
    if let Some(resource) = &stated.resource {
        pointer_of(index, success, resource, "the success", diagnostics);
    }
    let response = Pointee::of(index.success_schema(other));
    let item = find(index, response, &stated.find.value, diagnostics);
    if let Some(identity) = &stated.identity {
        pointer_of(index, item, identity, "what is found", diagnostics);
    }
    without_proof(stated, diagnostics);
    for pair in &stated.agree {
        pointer_of(index, request, &pair.request, "the request body", diagnostics);
        pointer_of(index, item, &pair.answer, "what is found", diagnostics);
    }
}

/// The operation that is named.
fn asked<'s, 'a>(index: &'s Index<'a>, named: &Text, diagnostics: &mut Diagnostics) -> Option<&'s OperationAt<'a>> {
    let id = &*named.text;
    let found = index.operations.iter().find(|other| other.operation.operation_id.as_deref() == Some(id));
    if found.is_none() {
        let diagnostic =
            diagnostics.error(Code::ExtensionTarget, format!("there is no operation {}", quoted(id)), named.span);
        let ids = index.operations.iter().filter_map(|other| other.operation.operation_id.as_deref());
        match closest(id, ids) {
            Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
            None => diagnostic.help("write the `operationId` of the operation that finds the resource"),
        };
    }
    found
}

/// Reports a resource that is found at one place of the response and compared with nothing: the runtime takes every success for it then.
/// Of a list, an item is taken by the value that it repeats.
fn without_proof(stated: &StatedReconcile, diagnostics: &mut Diagnostics) {
    if !matches!(stated.find.value, StatedFind::One(_)) || !stated.agree.is_empty() {
        return;
    }
    diagnostics
        .warning(Code::LookupWithoutProof, "nothing shows that what is found is what was asked for", stated.find.key)
        .help("add `agree` with the reference and the amount, or find an item by `{items: /pointer, match: /pointer}`");
}

/// Reports a lookup operation that may create or move something, and one that needs more parameters than the reference.
fn asks_only(index: &Index<'_>, asked: &OperationAt<'_>, stated: &StatedReconcile, diagnostics: &mut Diagnostics) {
    let named = stated.operation.span;
    if !is_safe(asked.method) && !index.is_stated_safe(asked) {
        diagnostics
            .error(Code::ExtensionTarget, "the operation that asks may create or move something itself", named)
            .help("name one that only reads, or write `x-specie-outcome: none` on it");
    }
    let required = index.parameters(asked).into_iter().filter(|at| at.parameter.parameter_data_ref().required);
    let further = required.map(|at| at.name()).filter(|name| *name != &*stated.parameter.text);
    for name in further {
        let message = format!("the operation that asks also needs the parameter {}", quoted(name));
        diagnostics
            .error(Code::ExtensionTarget, message, named)
            .help("name an operation that finds the resource by the one value");
    }
}

/// Follows `find` to the resource in the response of the lookup.
fn find(index: &Index<'_>, response: Pointee, stated: &StatedFind, diagnostics: &mut Diagnostics) -> Pointee {
    match stated {
        StatedFind::One(text) => pointer_of(index, response, text, "the response", diagnostics),
        StatedFind::Among { items, matches } => {
            let item = pointer_of(index, response, items, "the response", diagnostics).item(index);
            pointer_of(index, item, matches, "an item", diagnostics);
            item
        }
    }
}

fn pointer_of(index: &Index<'_>, start: Pointee, stated: &Text, whose: &str, diagnostics: &mut Diagnostics) -> Pointee {
    pointer(index, start, &stated.text, stated.span, whose, diagnostics)
}

/// Follows a pointer. A pointer to nothing is reported, and read as free JSON so that pointers below it are not reported as well.
pub(super) fn pointer(
    index: &Index<'_>,
    start: Pointee,
    text: &str,
    span: Span,
    whose: &str,
    diagnostics: &mut Diagnostics,
) -> Pointee {
    let place = follow(index, start, text);
    if place.is_nowhere() {
        diagnostics
            .error(Code::ExtensionTarget, format!("{whose} has nothing at {}", quoted(text)), span)
            .help("write a JSON pointer to a property that the schema declares");
        return Pointee::Free;
    }
    place
}

/// Reports a parameter that an operation does not have.
pub(super) fn parameter(
    index: &Index<'_>,
    operation: &OperationAt<'_>,
    name: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    let parameters = index.parameters(operation);
    let names = || parameters.iter().map(ParameterAt::name);
    if names().any(|other| other == name) {
        return;
    }
    let diagnostic =
        diagnostics.error(Code::ExtensionTarget, format!("the operation has no parameter {}", quoted(name)), span);
    match closest(name, names()) {
        Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
        None => diagnostic.help("declare it, or name one that is declared"),
    };
}
