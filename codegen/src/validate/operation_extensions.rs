//! What `x-specie-idempotency`, `x-specie-pagination` and `x-specie-envelope` say against the operation that they stand on.

use openapiv3::StatusCode;

use super::index::Index;
use super::pointers::{Pointee, follow};
use super::reconcile::{parameter, pointer};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::OperationAt;
use crate::grammar::Kind;
use crate::syntax::Node;

/// Fields that the request body does not have, and objects that say nothing or too much.
pub(super) fn idempotency(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in &index.operations {
        let Some((key, node)) =
            index.objects[operation.id].extension("x-specie-idempotency").filter(|(_, node)| node.is_mapping())
        else {
            continue;
        };
        if node.get("header").is_some() == node.get("field").is_some() {
            diagnostics
                .error(
                    Code::MalformedExtension,
                    "`x-specie-idempotency` names either a `header` or a `field`",
                    key.span,
                )
                .help("write `{header: NAME}` or `{field: /pointer, duplicate: 409}`");
            continue;
        }
        if let Some(status) = node.get("duplicate") {
            duplicate_status(index, operation, node, status, diagnostics);
        }
        let Some(field) = node.get("field") else { continue };
        let place = Pointee::of(index.request_schema(operation));
        let text = field.as_str().unwrap_or_default();
        if follow(index, place, text).is_nowhere() {
            let message = format!("the request body has nothing at {}", quoted(text));
            diagnostics
                .error(Code::ExtensionTarget, message, field.span)
                .help("write a JSON pointer from the root of the body, such as `/data/attributes/reference_id`");
        }
    }
}

fn duplicate_status(
    index: &Index<'_>,
    operation: &OperationAt<'_>,
    node: &Node,
    status: &Node,
    diagnostics: &mut Diagnostics,
) {
    if node.get("field").is_none() {
        diagnostics
            .error(Code::MalformedExtension, "`duplicate` belongs to a `field`", status.span)
            .help("remove it, or name the field that the server keeps unique");
        return;
    }
    let text = status.number_text().unwrap_or_default();
    let stated = index.responses(operation);
    let is_declared = |code: u16| stated.iter().any(|(status, _)| *status == Some(&StatusCode::Code(code)));
    if !text.parse().is_ok_and(is_declared) {
        diagnostics
            .error(Code::ExtensionTarget, format!("the operation has no response {}", quoted(&text)), status.span)
            .help("declare the response, or correct the status");
    }
}

/// What each style needs, and what it may have beside `style` and `items`.
const PAGINATION_STYLES: &[(&str, &[&str], &[&str])] = &[
    ("page", &["number"], &["size", "total"]),
    ("link", &["next"], &[]),
    ("cursor", &["parameter", "next"], &["size"]),
];

/// Parameters and fields that are named and do not exist, and keys that do not belong to the style.
pub(super) fn pagination(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in &index.operations {
        let Some((key, node)) = index.objects[operation.id].extension("x-specie-pagination") else { continue };
        let style = node.get("style").and_then(Node::as_str).unwrap_or_default();
        let Some((_, needed, possible)) = PAGINATION_STYLES.iter().find(|(name, ..)| *name == style) else { continue };
        for need in needed.iter().filter(|need| node.get(need).is_none()) {
            let message = format!("`x-specie-pagination` of the style `{style}` has no `{need}`");
            diagnostics.error(Code::MalformedExtension, message, key.span).help(format!("add `{need}`"));
        }
        for (key, _) in node.entries() {
            let name = key.text();
            if !matches!(name, "style" | "items") && !needed.contains(&name) && !possible.contains(&name) {
                let message = format!("`{name}` does not belong to the style `{style}`");
                diagnostics.error(Code::MalformedExtension, message, key.span).help("remove it, or change the style");
            }
        }
        for name in ["number", "size", "parameter"] {
            parameter(index, operation, node.get(name), diagnostics);
        }
        let response = Pointee::of(index.success_schema(operation));
        for name in ["items", "total", "next"] {
            pointer(index, response, node.get(name), "the response", diagnostics);
        }
    }
}

/// `x-specie-envelope` on anything but a request body. Whether it fits its schema is checked when the body is planned.
pub(super) fn envelopes_outside_of_requests(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let objects = index.objects;
    for (_, media) in objects.iter().filter(|(_, object)| object.kind == Kind::MediaType) {
        let Some((key, _)) = media.extension("x-specie-envelope") else { continue };
        let holder = media.home.as_ref().map(|(holder, _)| objects[*holder].kind);
        if holder != Some(Kind::RequestBody) {
            diagnostics
                .error(Code::MisplacedExtension, "`x-specie-envelope` does not stand on a response", key.span)
                .help("remove it; only request bodies are passed in parts");
        }
    }
}
