//! Rules of webhooks and their signatures.

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Implementer;
use crate::document::operation_extensions::Word;
use crate::document::schema::Keyword;
use crate::grammar::Version;
use crate::http::METHODS;

/// Webhooks of 3.0 that are not exactly one `post` with a name. In documents by others, and those of OpenAPI 3.1, they may be.
pub(super) fn not_one_post(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    if index.version > Version::V30 || index.strictness.is_lenient() {
        return;
    }
    for (webhook, item) in &index.document.supplement.webhooks {
        let name = quoted(webhook);
        let Some(id) = index.document.id(item) else { continue };
        let key = index.objects[id].name;
        let other =
            index.objects[id].fields.iter().find(|field| METHODS.contains(&&*field.name) && field.name != "post");
        let (span, message) = match (&item.post, other) {
            (_, Some(method)) => (method.key, format!("the webhook {name} is sent by `{}`", method.name)),
            (None, None) => (key, format!("the webhook {name} has no `post`")),
            (Some(post), None) if post.operation_id.is_none() => {
                (key, format!("the operation of the webhook {name} has no `operationId`"))
            }
            _ => continue,
        };
        let help = "a webhook has one operation, `post`, with an `operationId`";
        diagnostics.error(Code::MalformedExtension, message, span).help(help);
    }
}

/// `x-specie-signature` with keys that its algorithm has no use for, or with a header that cannot be its own.
pub(super) fn contradictory_signatures(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| operation.implementer != Implementer::Api) {
        let Some(Keyword { value: stated, .. }) = &index.extensions(operation.id).signature else { continue };
        let algorithm = &*stated.algorithm.text;
        let is_hmac = algorithm.starts_with("hmac-");
        let has_time = stated.timestamp.is_some() || matches!(algorithm, "standard-webhooks" | "stripe");
        let mut useless = |name: &str, stated: &Word, help: &str| {
            if let Some(stated) = stated {
                let message = format!("the algorithm {} has no {}", quoted(algorithm), quoted(name));
                diagnostics.error(Code::MalformedExtension, message, stated.key).help(help);
            }
        };
        if !is_hmac {
            let help = "leave it out: only `hmac-sha256-hex` and `hmac-sha256-base64` have one";
            useless("prefix", &stated.prefix, help);
            useless("timestamp", &stated.timestamp, help);
        }
        if !has_time {
            useless("tolerance", &stated.tolerance, "leave it out, or name the header with the time under `timestamp`");
        }
        let header = stated.header.text.to_ascii_lowercase();
        if algorithm == "standard-webhooks" && header.strip_suffix("-signature").is_none_or(str::is_empty) {
            let message = "the header of `standard-webhooks` does not end with `-signature`";
            diagnostics
                .error(Code::MalformedExtension, message, stated.header.span)
                .help("write `webhook-signature`; the id and the time stand in `webhook-id` and `webhook-timestamp`");
        }
    }
}

/// `x-specie-signature` on an operation that the server answers.
pub(super) fn misplaced_signatures(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| operation.implementer == Implementer::Api) {
        if let Some(stated) = &index.extensions(operation.id).signature {
            diagnostics
                .error(
                    Code::MisplacedExtension,
                    "`x-specie-signature` does not stand on an operation under `paths`",
                    stated.key,
                )
                .help("put it on the operation of a webhook or of a callback");
        }
    }
}
