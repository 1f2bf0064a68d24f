//! What `x-specie-idempotency`, `x-specie-pagination` and `x-specie-envelope` say against the operation that they stand on.

use openapiv3::StatusCode;

use super::index::Index;
use super::pointers::{Pointee, follow};
use super::reconcile::{parameter, pointer};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::OperationAt;
use crate::document::operation_extensions::StatedIdempotency;
use crate::document::schema::Keyword;
use crate::extension_keys;
use crate::grammar::Kind;

/// Fields that the request body does not have, and objects that say nothing or too much.
pub(super) fn idempotency(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in &index.operations {
        let Some(stated) = &index.extensions(operation.id).idempotency else { continue };
        let StatedIdempotency::By { header, field, duplicate } = &stated.value else { continue };
        if header.is_some() == field.is_some() {
            diagnostics
                .error(
                    Code::MalformedExtension,
                    "`x-specie-idempotency` names either a `header` or a `field`",
                    stated.key,
                )
                .help("write `{header: NAME}` or `{field: /pointer, duplicate: 409}`");
            continue;
        }
        if let Some(status) = duplicate {
            duplicate_status(index, operation, field.is_some(), status, diagnostics);
        }
        let Some(field) = field else { continue };
        let place = Pointee::of(index.request_schema(operation));
        if follow(index, place, &field.value).is_nowhere() {
            let message = format!("the request body has nothing at {}", quoted(&field.value));
            diagnostics
                .error(Code::ExtensionTarget, message, field.span)
                .help("write a JSON pointer from the root of the body, such as `/data/attributes/reference_id`");
        }
    }
}

fn duplicate_status(
    index: &Index<'_>,
    operation: &OperationAt<'_>,
    has_field: bool,
    status: &Keyword<Box<str>>,
    diagnostics: &mut Diagnostics,
) {
    if !has_field {
        diagnostics
            .error(Code::MalformedExtension, "`duplicate` belongs to a `field`", status.span)
            .help("remove it, or name the field that the server keeps unique");
        return;
    }
    let stated = index.responses(operation);
    let is_declared = |code: u16| stated.iter().any(|(status, _)| *status == Some(&StatusCode::Code(code)));
    if !status.value.parse().is_ok_and(is_declared) {
        let message = format!("the operation has no response {}", quoted(&status.value));
        diagnostics
            .error(Code::ExtensionTarget, message, status.span)
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
        let Some(Keyword { key, value: stated, .. }) = &index.extensions(operation.id).pagination else { continue };
        let style = &*stated.style.text;
        let Some((_, needed, possible)) = PAGINATION_STYLES.iter().find(|(name, ..)| *name == style) else { continue };
        for need in needed.iter().filter(|need| stated.get(need).is_none()) {
            let message = format!("`x-specie-pagination` of the style `{style}` has no `{need}`");
            diagnostics.error(Code::MalformedExtension, message, *key).help(format!("add `{need}`"));
        }
        for (name, further) in &stated.further {
            if !needed.contains(&&**name) && !possible.contains(&&**name) {
                let message = format!("`{name}` does not belong to the style `{style}`");
                diagnostics
                    .error(Code::MalformedExtension, message, further.key)
                    .help("remove it, or change the style");
            }
        }
        let named = |name: &str| stated.get(name).map(|stated| (&*stated.value, stated.span));
        for (name, span) in ["number", "size", "parameter"].into_iter().filter_map(named) {
            parameter(index, operation, name, span, diagnostics);
        }
        let response = Pointee::of(index.success_schema(operation));
        let items = (&*stated.items.text, stated.items.span);
        for (text, span) in [Some(items), named("total"), named("next")].into_iter().flatten() {
            pointer(index, response, text, span, "the response", diagnostics);
        }
    }
}

/// `x-specie-envelope` on anything but a request body. Whether it fits its schema is checked when the body is planned.
pub(super) fn envelopes_outside_of_requests(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let objects = index.objects;
    for (_, media) in objects.iter().filter(|(_, object)| object.kind == Kind::MediaType) {
        let Some((key, _)) = media.extension(extension_keys::ENVELOPE) else { continue };
        let holder = media.parent.as_ref().map(|(holder, _)| objects[*holder].kind);
        if holder != Some(Kind::RequestBody) {
            diagnostics
                .error(Code::MisplacedExtension, "`x-specie-envelope` does not stand on a response", key.span)
                .help("remove it; only request bodies are passed in parts");
        }
    }
}
