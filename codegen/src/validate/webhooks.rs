//! Rules of webhooks and their signatures.

use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::document::Side;
use crate::grammar::Version;
use crate::http::METHODS;
use crate::syntax::Node;

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
        let Some(id) = index.document.id(item) else { continue };
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

/// `x-specie-signature` with keys that its algorithm has no use for, or with a header that cannot be its own.
pub(super) fn contradictory_signatures(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| operation.side != Side::Api) {
        let Some((_, stated)) = index.objects[operation.id].extension("x-specie-signature") else { continue };
        let text = |key: &str| stated.get(key).and_then(Node::text).unwrap_or_default();
        let algorithm = text("algorithm");
        let is_hmac = algorithm.starts_with("hmac-");
        let has_time = stated.get("timestamp").is_some() || matches!(algorithm, "standard-webhooks" | "stripe");
        let mut useless = |key: &str, help: &str| {
            if let Some((key, _)) = stated.entries().find(|(stated, _)| stated.text() == key) {
                let message = format!("the algorithm {} has no {}", quoted(algorithm), quoted(key.text()));
                diagnostics.error(Code::MalformedExtension, message, key.span).help(help);
            }
        };
        if !is_hmac {
            useless("prefix", "leave it out: only `hmac-sha256-hex` and `hmac-sha256-base64` have one");
            useless("timestamp", "leave it out: only `hmac-sha256-hex` and `hmac-sha256-base64` have one");
        }
        if !has_time {
            useless("tolerance", "leave it out, or name the header with the time under `timestamp`");
        }
        let header = text("header").to_ascii_lowercase();
        if algorithm == "standard-webhooks" && header.strip_suffix("-signature").is_none_or(str::is_empty) {
            let span = stated.get("header").map_or(stated.span, |header| header.span);
            let message = "the header of `standard-webhooks` does not end with `-signature`";
            diagnostics
                .error(Code::MalformedExtension, message, span)
                .help("write `webhook-signature`; the id and the time stand in `webhook-id` and `webhook-timestamp`");
        }
    }
}

/// `x-specie-signature` on an operation that the server answers.
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
