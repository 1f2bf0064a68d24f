//! Our own extension keys: what an operation declares about repeating, asking and paging.

use crate::api::{
    Envelope, Find, Idempotency, Method, Name, Outcome, Pagination, PaginationStyle, Reconcile, Signature,
    SignatureAlgorithm, TOLERANCE,
};
use crate::document::source_map::Object;
use crate::names;
use crate::source::Span;
use crate::syntax::{Key, Node};

use super::docs;

fn text(node: &Node, key: &str) -> Option<String> {
    docs::text(node.get(key)?.text())
}

/// `x-specie-name` among the extensions of an operation or a schema.
pub(super) fn name(extension: Option<(&Key, &Node)>) -> Option<Name> {
    let (_, node) = extension.filter(|(key, _)| key.text() == names::KEY)?;
    Some(Name { text: node.text()?.to_owned(), span: node.span })
}

/// `x-specie-outcome` of a response.
pub(super) fn outcome(response: &Object) -> Option<Outcome> {
    let (_, stated) = response.extension("x-specie-outcome")?;
    Some(match stated.text()? {
        "done" => Outcome::Done,
        "refused" => Outcome::Refused,
        "unknown" => Outcome::Unknown,
        "duplicate" => Outcome::Duplicate,
        "none" => Outcome::None,
        _ => return None,
    })
}

/// `x-specie-outcome: none` on an operation, or a method that is safe.
pub(super) fn is_safe(operation: &Object, method: &Method) -> bool {
    let stated = operation.extension("x-specie-outcome").and_then(|(_, node)| node.text());
    stated == Some("none") || method.is_safe()
}

/// `x-specie-idempotency`, or what the method implies (RFC 9110 section 9.2.2).
pub(super) fn idempotency(operation: &Object, method: &Method) -> Idempotency {
    let implied = if method.is_idempotent() { Idempotency::Natural } else { Idempotency::None };
    let Some((_, stated)) = operation.extension("x-specie-idempotency") else { return implied };
    match stated.text() {
        Some("natural") => return Idempotency::Natural,
        Some("none") => return Idempotency::None,
        _ => {}
    }
    if let Some(header) = text(stated, "header") {
        return Idempotency::Header(header);
    }
    let duplicate = stated.get("duplicate").and_then(Node::text).and_then(|code| code.parse().ok()).unwrap_or(409);
    text(stated, "field").map_or(implied, |pointer| Idempotency::Field { pointer, duplicate })
}

/// `x-specie-reconcile`.
pub(super) fn reconcile(operation: &Object) -> Option<Reconcile> {
    let (key, stated) = operation.extension("x-specie-reconcile")?;
    let find = stated.get("find")?;
    let matches = text(find, "match").or_else(|| find.text().map(str::to_owned)).unwrap_or_default();
    let agree = stated.get("agree").map(Node::items).unwrap_or_default();
    Some(Reconcile {
        operation: text(stated, "operation")?,
        parameter: text(stated, "parameter")?,
        value: text(stated, "value")?,
        find: match text(find, "items") {
            Some(items) => Find::Among { items, matches },
            None => Find::One { matches },
        },
        agree: agree.iter().filter_map(|pair| Some((text(pair, "request")?, text(pair, "answer")?))).collect(),
        resource: text(stated, "resource").unwrap_or_default(),
        identity: text(stated, "identity"),
        settling: stated.get("settling").and_then(Node::text).and_then(|seconds| seconds.parse().ok()),
        span: key.span,
    })
}

/// `x-specie-pagination`.
pub(super) fn pagination(operation: &Object) -> Option<Pagination> {
    let (_, stated) = operation.extension("x-specie-pagination")?;
    let span_of = |name: &str| stated.get(name).map(|node| node.span);
    let (style, leads_on) = match stated.get("style").and_then(Node::text)? {
        "page" => {
            let (number, size, total) = (text(stated, "number")?, text(stated, "size"), text(stated, "total"));
            (PaginationStyle::Page { number, size, total }, "number")
        }
        "link" => (PaginationStyle::Link { next: text(stated, "next")? }, "next"),
        "cursor" => {
            let (parameter, next) = (text(stated, "parameter")?, text(stated, "next")?);
            (PaginationStyle::Cursor { parameter, next }, "parameter")
        }
        _ => return None,
    };
    Some(Pagination {
        items: text(stated, "items")?,
        style,
        items_span: span_of("items")?,
        next_span: span_of(leads_on)?,
    })
}

/// `x-specie-path: any` of a parameter.
pub(super) fn any_path(parameter: &Object) -> bool {
    parameter.extension("x-specie-path").is_some_and(|(_, stated)| stated.text() == Some("any"))
}

/// `x-specie-envelope` of a media type.
pub(super) fn envelope(media_type: &Object) -> Option<Envelope> {
    let (_, stated) = media_type.extension("x-specie-envelope")?;
    let keys = stated.text()?.split('.').map(str::to_owned).collect();
    Some(Envelope { keys, span: stated.span })
}

/// `x-specie-signature` of a webhook.
pub(super) fn signature(operation: &Object) -> Option<Signature> {
    let (_, stated) = operation.extension("x-specie-signature")?;
    let header = text(stated, "header")?;
    let algorithm = algorithm(stated, &header)?;
    Some(Signature { header, algorithm })
}

fn algorithm(stated: &Node, header: &str) -> Option<SignatureAlgorithm> {
    let stated_tolerance = stated.get("tolerance").and_then(Node::text).and_then(|seconds| seconds.parse::<u64>().ok());
    let tolerance = stated_tolerance.map_or(TOLERANCE, |seconds| u32::try_from(seconds).unwrap_or(u32::MAX));
    let hmac = |hex| SignatureAlgorithm::HmacSha256 {
        hex,
        prefix: text(stated, "prefix").unwrap_or_default(),
        timestamp: text(stated, "timestamp").map(|header| (header, tolerance)),
    };
    Some(match stated.get("algorithm")?.text()? {
        "hmac-sha256-hex" => hmac(true),
        "hmac-sha256-base64" => hmac(false),
        "standard-webhooks" => {
            let others = header.get(..header.len().checked_sub(SIGNATURE.len())?)?;
            let (id, timestamp) = (format!("{others}-id"), format!("{others}-timestamp"));
            SignatureAlgorithm::StandardWebhooks { id, timestamp, tolerance }
        }
        "stripe" => SignatureAlgorithm::Stripe { tolerance },
        _ => SignatureAlgorithm::Base64Sha1SecretBodySecret,
    })
}

/// How the header of a signature by the Standard Webhooks specification ends, beside which stand those with the id and the time.
const SIGNATURE: &str = "-signature";

/// `x-specie-sensitive` among the extensions of a schema, with where it stands.
pub(super) fn sensitive(extension: Option<(&Key, &Node)>) -> Option<(bool, Span)> {
    let (_, node) = extension?;
    Some((node.as_bool()?, node.span))
}
