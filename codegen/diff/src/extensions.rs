//! Our own extension keys: what they say decides whether money moves twice.

use std::fmt::Debug;

use specie_codegen::api::{
    Find, Idempotency, Operation, Outcome, Pagination, PaginationStyle, Reconcile, Response, Signature,
};

use crate::collect::{Collector, Site};
use crate::{Edit, Relation, Rule};

/// Compares what two operations say about repetition, reconciliation, pages and signatures.
pub(crate) fn compare(old: &Operation, new: &Operation, site: &Site, found: &mut Collector<'_>) {
    let edit = |rule, relation| Edit::new(rule, relation, Some(old.span), Some(new.span));
    if old.idempotency != new.idempotency || old.safe != new.safe {
        let text = |operation: &Operation| Some(repetition(operation));
        found.edit(site, edit(Rule::IdempotencyChanged, Relation::UNKNOWN).values(text(old), text(new)));
    }
    if old.reconcile.as_ref().map(reconcile) != new.reconcile.as_ref().map(reconcile) {
        found.edit(site, edit(Rule::ReconcileChanged, Relation::UNKNOWN));
    }
    if old.pagination.as_ref().map(pagination) != new.pagination.as_ref().map(pagination) {
        found.edit(site, edit(Rule::PaginationChanged, Relation::UNKNOWN));
    }
    let signed =
        |signature: &Option<Signature>| signature.as_ref().map(|one| (one.header.clone(), one.algorithm.clone()));
    if signed(&old.signature) != signed(&new.signature) {
        found.edit(site, edit(Rule::SignatureChanged, Relation::INCOMPARABLE));
    }
}

/// Compares what two responses say about whether money moved.
pub(crate) fn outcomes(old: &Response, new: &Response, site: &Site, found: &mut Collector<'_>) {
    if old.outcome == new.outcome {
        return;
    }
    let text = |outcome: Option<Outcome>| Some(outcome.map_or("not stated", name).to_owned());
    let edit = Edit::new(Rule::OutcomeChanged, Relation::UNKNOWN, Some(old.span), Some(new.span));
    found.edit(site, edit.values(text(old.outcome), text(new.outcome)));
}

const fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Refused => "refused",
        Outcome::Unknown => "unknown",
        Outcome::Duplicate => "duplicate",
        Outcome::None => "none",
    }
}

fn repetition(operation: &Operation) -> String {
    match &operation.idempotency {
        _ if operation.safe => "moves nothing".to_owned(),
        Idempotency::Natural => "natural".to_owned(),
        Idempotency::Header(name) => format!("header {name}"),
        Idempotency::Field { pointer, duplicate } => format!("field {pointer}, duplicate {duplicate}"),
        Idempotency::None => "none".to_owned(),
    }
}

/// What the key says, without where it stands.
fn reconcile(stated: &Reconcile) -> impl PartialEq + Debug + use<> {
    let Reconcile { operation, parameter, value, find, agree, resource, identity, settling, span: _ } = stated.clone();
    let find: Find = find;
    ((operation, parameter, value, find), (agree, resource, identity, settling))
}

fn pagination(stated: &Pagination) -> (String, PaginationStyle) {
    (stated.items.clone(), stated.style.clone())
}
