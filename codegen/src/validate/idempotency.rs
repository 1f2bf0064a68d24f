//! `x-specie-idempotency`.

use openapiv3::StatusCode;

use super::index::Index;
use super::pointers::{Pointee, follow};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::OperationAt;
use crate::syntax::Node;

/// Fields that the request body does not have, and objects that say nothing or too much.
pub(super) fn unknown_targets(index: &Index<'_>, diagnostics: &mut Diagnostics) {
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
