//! Reports malformed runtime expressions (OpenAPI 3.2.0, Link Object).

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::path_step::Entry;
use crate::grammar::Kind;
use crate::runtime_expression::{NotAnExpression, template, value};
use crate::source::Span;

/// Addresses of callbacks, and values of links, that hold an expression which OpenAPI does not have.
pub(super) fn unknown(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (_, item) in index.objects.iter().filter(|(_, object)| object.kind == Kind::PathItem) {
        let Some((holder, step)) = &item.parent else { continue };
        if let Entry::Name(expression) = &step.entry
            && index.objects[*holder].kind == Kind::Callback
            && let Err(found) = template(expression)
        {
            say(&found, item.name, diagnostics);
        }
    }
    for (id, _) in &index.by_kind.links {
        for (text, span) in index.document.supplement.texts_of_link(*id) {
            if let Err(found) = value(text) {
                say(&found, span, diagnostics);
            }
        }
    }
}

fn say(found: &NotAnExpression, span: Span, diagnostics: &mut Diagnostics) {
    let message = format!("{} is no runtime expression", quoted(&found.0));
    diagnostics.warning(Code::RuntimeExpression, message, span).help(
        "write `$url`, `$method`, `$statusCode`, or `$request.` or `$response.` and `header.NAME`, `query.NAME`, `path.NAME` or `body#/POINTER`",
    );
}
