//! Our own extension keys of operations: what they declare about repeating, asking, paging and signing. Those of other objects are
//! read where the objects are.

use crate::api::{
    EntrySpan, Find, Idempotency, Method, Name, Pagination, PaginationStyle, Reconcile, Signature, SignatureAlgorithm,
    TOLERANCE,
};
use crate::document::source_map::Object;
use crate::names;
use crate::syntax::{Key, Node};

use super::docs;

fn text(node: &Node, key: &str) -> Option<String> {
    docs::text(node.get(key)?.text())
}

/// What the extensions of an operation say.
pub(super) struct OperationExtensions {
    /// `x-specie-name`
    pub(super) given_name: Option<Name>,
    /// `x-specie-outcome: none`, or a method that is safe.
    pub(super) safe: bool,
    pub(super) outcome_span: Option<EntrySpan>,
    /// `x-specie-idempotency`, or what the method implies.
    pub(super) idempotency: Idempotency,
    pub(super) idempotency_span: Option<EntrySpan>,
    /// `x-specie-reconcile`
    pub(super) reconcile: Option<Reconcile>,
    /// `x-specie-pagination`
    pub(super) pagination: Option<Pagination>,
    /// `x-specie-signature`
    pub(super) signature: Option<Signature>,
}

/// Reads the extensions of an operation.
pub(super) fn of_operation(operation: &Object, method: &Method) -> OperationExtensions {
    let outcome = operation.extension("x-specie-outcome");
    let idempotency = operation.extension("x-specie-idempotency");
    OperationExtensions {
        given_name: name(operation.extension(names::KEY)),
        safe: outcome.and_then(|(_, node)| node.text()) == Some("none") || method.is_safe(),
        outcome_span: outcome.map(|(key, node)| key.entry(node)),
        idempotency: self::idempotency(idempotency.map(|(_, node)| node), method),
        idempotency_span: idempotency.map(|(key, node)| key.entry(node)),
        reconcile: operation.extension("x-specie-reconcile").and_then(reconcile),
        pagination: operation.extension("x-specie-pagination").and_then(pagination),
        signature: operation.extension("x-specie-signature").and_then(signature),
    }
}

/// `x-specie-name` among the extensions of an operation or a schema.
pub(super) fn name(extension: Option<(&Key, &Node)>) -> Option<Name> {
    let (_, node) = extension?;
    Some(Name { text: node.text()?.to_owned(), span: node.span })
}

/// `x-specie-idempotency`, or what the method implies (RFC 9110 section 9.2.2).
fn idempotency(stated: Option<&Node>, method: &Method) -> Idempotency {
    let implied = if method.is_idempotent() { Idempotency::Natural } else { Idempotency::None };
    let Some(stated) = stated else { return implied };
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
fn reconcile((key, stated): (&Key, &Node)) -> Option<Reconcile> {
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
fn pagination((key, stated): (&Key, &Node)) -> Option<Pagination> {
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
        span: key.entry(stated),
        items_span: span_of("items")?,
        next_span: span_of(leads_on)?,
    })
}

/// `x-specie-signature` of a webhook.
fn signature((key, stated): (&Key, &Node)) -> Option<Signature> {
    let header = text(stated, "header")?;
    let algorithm = algorithm(stated, &header)?;
    Some(Signature { header, algorithm, span: key.entry(stated) })
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
