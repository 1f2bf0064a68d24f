//! Our own extension keys of operations: what they declare about repeating, asking, paging and signing. Those of other objects are
//! read where the objects are.

use crate::api::{
    EntrySpan, Find, Idempotency, Method, Name, Pagination, PaginationStyle, Reconcile, Signature, SignatureAlgorithm,
    TOLERANCE,
};
use crate::document::operation_extensions::{
    OperationExtensions as Stated, StatedFind, StatedIdempotency, StatedPagination, StatedReconcile, StatedSignature,
    Word,
};
use crate::document::schema::{Keyword, Keywords, Text};
use crate::extension_keys;

use super::docs;

fn text(stated: &Text) -> Option<String> {
    docs::text(Some(&stated.text))
}

fn word(stated: &Word) -> Option<String> {
    docs::text(Some(&stated.as_ref()?.value))
}

fn number<T: std::str::FromStr>(stated: Option<&str>) -> Option<T> {
    stated.and_then(|text| text.parse().ok())
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

/// What an operation of a method declares, as facts.
pub(super) fn of_operation(stated: &Stated, method: &Method) -> OperationExtensions {
    OperationExtensions {
        given_name: stated.name.as_ref().map(name),
        safe: stated.outcome.as_ref().is_some_and(|outcome| &*outcome.value == "none") || method.is_safe(),
        outcome_span: stated.outcome.as_ref().map(Keyword::entry),
        idempotency: idempotency(stated.idempotency.as_ref().map(|stated| &stated.value), method),
        idempotency_span: stated.idempotency.as_ref().map(Keyword::entry),
        reconcile: stated.reconcile.as_ref().and_then(reconcile),
        pagination: stated.pagination.as_ref().and_then(pagination),
        signature: stated.signature.as_ref().and_then(signature),
    }
}

/// `x-specie-name` of a schema.
pub(super) fn name_of_schema(keywords: &Keywords) -> Option<Name> {
    let (_, node) = keywords.extension(extension_keys::NAME)?;
    Some(Name { text: node.text()?.to_owned(), span: node.span })
}

/// `x-specie-name` of an operation.
fn name(stated: &Keyword<Box<str>>) -> Name {
    Name { text: stated.value.to_string(), span: stated.span }
}

/// `x-specie-idempotency`, or what the method implies.
fn idempotency(stated: Option<&StatedIdempotency>, method: &Method) -> Idempotency {
    let implied = method.implied_idempotency();
    match stated {
        None => implied,
        Some(StatedIdempotency::Natural) => Idempotency::Natural,
        Some(StatedIdempotency::None) => Idempotency::None,
        Some(StatedIdempotency::By { header, field, duplicate }) => {
            let by_field = |pointer| {
                let duplicate = number(duplicate.as_ref().map(|stated| &*stated.value)).unwrap_or(409);
                Idempotency::Field { pointer, duplicate }
            };
            word(header).map(Idempotency::Header).or_else(|| word(field).map(by_field)).unwrap_or(implied)
        }
    }
}

/// `x-specie-reconcile`.
fn reconcile(Keyword { key, value: stated, .. }: &Keyword<StatedReconcile>) -> Option<Reconcile> {
    Some(Reconcile {
        operation: text(&stated.operation)?,
        parameter: text(&stated.parameter)?,
        value: text(&stated.value)?,
        find: find(&stated.find.value),
        agree: stated.agree.iter().filter_map(|pair| Some((text(&pair.request)?, text(&pair.answer)?))).collect(),
        resource: stated.resource.as_ref().and_then(text).unwrap_or_default(),
        identity: stated.identity.as_ref().and_then(text),
        settling: number(stated.settling.as_ref().map(|seconds| &*seconds.text)),
        span: *key,
    })
}

fn find(stated: &StatedFind) -> Find {
    match stated {
        // An empty pointer leads to the whole response.
        StatedFind::One(pointer) => Find::One { matches: pointer.text.to_string() },
        StatedFind::Among { items, matches } => {
            let matches = text(matches).unwrap_or_default();
            match text(items) {
                Some(items) => Find::Among { items, matches },
                None => Find::One { matches },
            }
        }
    }
}

/// `x-specie-pagination`.
fn pagination(keyword: &Keyword<StatedPagination>) -> Option<Pagination> {
    let stated = &keyword.value;
    let further = |name: &str| stated.get(name).and_then(|stated| docs::text(Some(&stated.value)));
    let (style, leads_on) = match &*stated.style.text {
        "page" => {
            let (number, size, total) = (further("number")?, further("size"), further("total"));
            (PaginationStyle::Page { number, size, total }, "number")
        }
        "link" => (PaginationStyle::Link { next: further("next")? }, "next"),
        "cursor" => (PaginationStyle::Cursor { parameter: further("parameter")?, next: further("next")? }, "parameter"),
        _ => return None,
    };
    Some(Pagination {
        items: text(&stated.items)?,
        style,
        span: keyword.entry(),
        items_span: stated.items.span,
        next_span: stated.get(leads_on)?.span,
    })
}

/// `x-specie-signature` of a webhook.
fn signature(keyword: &Keyword<StatedSignature>) -> Option<Signature> {
    let header = text(&keyword.value.header)?;
    let algorithm = algorithm(&keyword.value, &header)?;
    Some(Signature { header, algorithm, span: keyword.entry() })
}

fn algorithm(stated: &StatedSignature, header: &str) -> Option<SignatureAlgorithm> {
    let stated_tolerance = number::<u64>(stated.tolerance.as_ref().map(|seconds| &*seconds.value));
    let tolerance = stated_tolerance.map_or(TOLERANCE, |seconds| u32::try_from(seconds).unwrap_or(u32::MAX));
    let hmac = |hex| SignatureAlgorithm::HmacSha256 {
        hex,
        prefix: word(&stated.prefix).unwrap_or_default(),
        timestamp: word(&stated.timestamp).map(|header| (header, tolerance)),
    };
    Some(match &*stated.algorithm.text {
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
