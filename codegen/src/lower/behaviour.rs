//! What a document declares about repeating, asking and paging: our keys, and what the method implies.

use std::collections::HashMap;

use super::found::Found;
use super::texts::text;
use crate::grammar::is_safe;
use crate::ir::{Idempotency, Operation, Outcome, OutcomeRule, Pagination, Reconcile, Status};
use crate::syntax::Node;

/// `x-specie-outcome` of a response, whether it stands in the operation or is a component.
pub fn stated_outcome(status: Status, response: &Node) -> Option<OutcomeRule> {
    let outcome = outcome(response.get("x-specie-outcome")?.text()?)?;
    Some(OutcomeRule { status, outcome })
}

/// The key of `responses` that a status stands under.
pub fn key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn outcome(word: &str) -> Option<Outcome> {
    Some(match word {
        "done" => Outcome::Done,
        "refused" => Outcome::Refused,
        "unknown" => Outcome::Unknown,
        "duplicate" => Outcome::Duplicate,
        "none" => Outcome::None,
        _ => return None,
    })
}

/// `x-specie-outcome: none` on the operation, or a method that is safe by RFC 9110 section 9.2.1.
pub fn is_harmless(found: &Found<'_>) -> bool {
    let stated = found.at.node.get("x-specie-outcome").and_then(Node::text) == Some("none");
    stated || is_safe(found.http_method)
}

/// `x-specie-idempotency`, or what the method implies (RFC 9110 section 9.2.2).
pub fn idempotency(found: &Found<'_>) -> Idempotency {
    let implied = match found.http_method {
        "PUT" | "DELETE" => Idempotency::Natural,
        method if is_safe(method) => Idempotency::Natural,
        _ => Idempotency::None,
    };
    let Some(stated) = found.at.node.get("x-specie-idempotency") else {
        return implied;
    };
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

/// `x-specie-reconcile`; the operation is named by its id until [`link`].
pub fn reconcile(operation: &Node) -> Option<Reconcile> {
    let stated = operation.get("x-specie-reconcile")?;
    let find = stated.get("find")?;
    let agree = stated.get("agree").map(Node::items).unwrap_or_default();
    Some(Reconcile {
        operation: text(stated, "operation")?,
        parameter: text(stated, "parameter")?,
        value: text(stated, "value")?,
        items: text(find, "items"),
        matches: text(find, "match").or_else(|| find.text().map(str::to_owned)).unwrap_or_default(),
        agree: agree.iter().filter_map(|pair| Some((text(pair, "request")?, text(pair, "answer")?))).collect(),
        resource: text(stated, "resource").unwrap_or_default(),
    })
}

/// Replaces operation ids by the names that the operations were given.
pub fn link(operations: &mut [Operation]) {
    // Where an id stands twice, the first one counts.
    let names: HashMap<String, String> =
        operations.iter().rev().map(|operation| (operation.id.clone(), operation.type_name.clone())).collect();
    for reconcile in operations.iter_mut().filter_map(|operation| operation.reconcile.as_mut()) {
        if let Some(name) = names.get(&reconcile.operation) {
            reconcile.operation.clone_from(name);
        }
    }
}

/// `x-specie-pagination`.
pub fn pagination(operation: &Node) -> Option<Pagination> {
    let stated = operation.get("x-specie-pagination")?;
    let items = text(stated, "items")?;
    Some(match stated.get("style").and_then(Node::text)? {
        "page" => Pagination::Page {
            number: text(stated, "number")?,
            size: text(stated, "size"),
            items,
            total: text(stated, "total"),
        },
        "link" => Pagination::Link { next: text(stated, "next")?, items },
        "cursor" => Pagination::Cursor { parameter: text(stated, "parameter")?, next: text(stated, "next")?, items },
        _ => return None,
    })
}
