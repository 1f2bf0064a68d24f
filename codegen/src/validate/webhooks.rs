//! Webhooks.

use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::document::Side;
use crate::grammar::Version;
use crate::http::METHODS;

/// Webhooks that are not exactly one `post` with a name. In documents by others they may be: only what is sent by `post` is generated
/// then, under the webhook's own name where its operation has none.
pub(super) fn not_one_post(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    // Those of OpenAPI 3.1 may be more.
    if index.version > Version::V30 {
        return;
    }
    let is_lenient = index.strictness.is_lenient();
    for (webhook, item) in &index.document.supplement.webhooks {
        let name = quoted(webhook);
        let Some(id) = index.document.id(&item.extensions) else { continue };
        let key = index.objects[id].name;
        let other =
            index.objects[id].fields.iter().find(|field| METHODS.contains(&&*field.name) && field.name != "post");
        let (span, message) = match (&item.post, other) {
            (_, Some(method)) => (method.key, format!("the webhook {name} is sent by `{}`", method.name)),
            (None, None) => (key, format!("the webhook {name} has no `post`")),
            (Some(post), None) if post.operation_id.is_none() && !is_lenient => {
                (key, format!("the operation of the webhook {name} has no `operationId`"))
            }
            _ => continue,
        };
        let (code, help) = if is_lenient {
            (Code::NotGenerated, "only what a webhook sends by `post` is generated")
        } else {
            (Code::MalformedExtension, "a webhook has one operation, `post`, with an `operationId`")
        };
        diagnostics.push(Diagnostic::new(code, index.strictness.severity(), message, span)).help(help);
    }
}

/// `x-specie-signature` on an operation that is no webhook.
pub(super) fn misplaced_signatures(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| operation.side == Side::Api) {
        if let Some((key, _)) = index.objects[operation.id].extension("x-specie-signature") {
            diagnostics
                .error(
                    Code::MisplacedExtension,
                    "`x-specie-signature` does not stand on an operation under `paths`",
                    key.span,
                )
                .help("put it on the operation of a webhook or of a callback");
        }
    }
}
